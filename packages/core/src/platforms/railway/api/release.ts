import { isCommit } from '../../../text/commit.ts';
import { defined } from '../../../text/defined.ts';
import type { Release, ReleaseState } from '../../platform.ts';
import { messageMark } from './deploy-message.ts';
import { classOf, type DeploymentClass, isFinal } from './deployment-status.ts';
import { isPastRetention, retentionWords } from './retention.ts';
import type { WireDeployment } from './wire.ts';

/** What is known beside a deployment. */
export interface ReleaseFacts {
  /** Wall clock, milliseconds since the epoch. */
  readonly now: number;
  /** Of the project's workspace: `hobby`. */
  readonly plan?: string | undefined;
  /** Whether what serves includes it; absent where that was not asked. */
  readonly isActive?: boolean;
  /** Id of the older one that it brought back. */
  readonly restores?: string | undefined;
  /** Whether what is no longer kept may be built again from its source. */
  readonly mayRebuild?: boolean;
}

/**
 * A deployment as a release. What cannot be moved is its image's digest, else itself; until it is final it may get an image
 * still, and has no artifact. Its commit is that of Git deploys, or of our own mark.
 */
export function toRelease(wire: WireDeployment, facts: ReleaseFacts): Release {
  const { id, createdAt, meta, staticUrl } = wire;
  const one = classOf(wire);
  const commit = meta.commitHash ?? messageMark(meta.commitMessage).commit;
  const digest = digestOf(meta.imageDigest);
  const url = staticUrl === undefined || staticUrl === '' ? undefined : `https://${staticUrl}`;
  return {
    id,
    label: shortId(id),
    state: stateOf(one, facts),
    created: createdAt,
    ...defined({
      commit: isCommit(commit) ? commit : undefined,
      artifact: digest ?? (isFinal(one) ? id : undefined),
      restores: facts.restores,
      url,
    }),
    ...restorability(wire, one, facts),
  };
}

/** What people call a deployment: the first group of its id. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** Of an image, whole; undefined where it is none. */
export function digestOf(digest: string | undefined): string | undefined {
  return digest !== undefined && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

/** The digest that an image is named with; undefined where it is named by a tag alone. */
export function digestNamed(image: string | undefined): string | undefined {
  return digestOf(image?.split('@')[1]);
}

function stateOf(one: DeploymentClass, { isActive = true }: ReleaseFacts): ReleaseState {
  switch (one) {
    case 'live':
    case 'asleep':
    case 'stopped':
      return isActive ? 'live' : 'superseded';
    // The history of what once served is REMOVED.
    case 'superseded':
      return 'superseded';
    case 'failed':
    case 'crashed':
    case 'skipped':
      return 'failed';
    default:
      return 'building';
  }
}

type Restorability = Pick<Release, 'restorable' | 'restorableWhy' | 'rebuild'>;

/** By Railway's own word, `canRollback`; why it is not, by what is known of how long images are kept. */
function restorability(
  { canRollback, canRedeploy, statusUpdatedAt }: WireDeployment,
  one: DeploymentClass,
  { plan, now, mayRebuild = false }: ReleaseFacts,
): Restorability {
  const never = neverServed[one];
  if (never !== undefined) return { restorable: 'no', restorableWhy: never };
  if (canRollback === true) return { restorable: 'yes' };
  if (canRollback === undefined)
    return { restorable: 'unknown', restorableWhy: 'Railway does not tell whether it can be rolled back to' };
  if (canRedeploy === true && mayRebuild) return { restorable: 'yes', rebuild: 'allowed' };
  const kept = retentionWords(plan);
  const gone = one === 'superseded' && isPastRetention(statusUpdatedAt, { plan, now }) !== false;
  const why = gone
    ? `Railway keeps the image of a removed deployment for ${kept ?? '24 to 360 hours, by the plan'}`
    : 'Railway says that it cannot be rolled back to';
  if (canRedeploy !== true) return { restorable: 'no', restorableWhy: why };
  const rebuilt = 'the rollback action with `allow-rebuild: true` builds it again from its source';
  return { restorable: 'no', restorableWhy: `${why}; ${rebuilt}`, rebuild: 'not-allowed' };
}

const neverServed: Readonly<Partial<Record<DeploymentClass, string>>> = {
  failed: 'it failed before it served',
  crashed: 'its process kept exiting',
  skipped: 'it was skipped, and never built',
  'in-flight': 'it is not live yet',
  waiting: 'it is not live yet: it waits for the checks of its commit',
  'needs-approval': 'it is not live yet: it waits for a person to approve it',
  unknown: 'it is not known to be live',
};
