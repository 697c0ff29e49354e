import type { Clock } from '../../../io/clock.ts';
import type { Http } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { PlatformFailure, Shipped } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { type ArchiveListing, openArchive } from '../archive/archive.ts';
import type { Follower } from './follower.ts';
import type { OwnDeployments } from './own-deployments.ts';
import { ProgressLog } from './progress-log.ts';
import { mayHaveArrived, type Uploaded, upload } from './upload.ts';

/** What `ship` uploads. */
export interface RailwaySource {
  readonly listing: ArchiveListing;
  /** What Railway shows of the deployment; it ends with the mark of this step. */
  readonly message: string;
}

export interface DeployerParts {
  readonly api: RailwayApi;
  readonly http: Http;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  readonly follower: Follower;
  log(line: string): void;
}

interface Allowed {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
}

/** After an upload whose answer was lost, its deployment shows within this, milliseconds. */
const appearsWithinMs = 15_000;
const pauseMs = 1_000;

/** Uploads, and follows what Railway makes of it. */
export class RailwayDeployer {
  readonly #parts: DeployerParts;
  /** What the newest upload was answered. */
  uploaded: Uploaded | undefined;

  constructor(parts: DeployerParts) {
    this.#parts = parts;
  }

  async ship(source: RailwaySource, { budgetMs, signal }: Allowed): Promise<Shipped> {
    const { clock, follower } = this.#parts;
    const end = clock.monotonic() + budgetMs;
    const sent = await this.#send(source, { budgetMs, signal });
    if ('reason' in sent) return { failure: sent };
    return follower.follow(sent.id, { budgetMs: end - clock.monotonic(), signal });
  }

  /** The deployment that Railway made of it, or why it made none. */
  async #send(source: RailwaySource, allowed: Allowed): Promise<{ readonly id: string } | PlatformFailure> {
    const { own, log } = this.#parts;
    // An answer that does not come in time is lost as well: its deployment is looked for while there is time to cancel it.
    const lookMs = Math.min(appearsWithinMs, allowed.budgetMs / 4);
    try {
      this.uploaded = await this.#post(source, { ...allowed, budgetMs: allowed.budgetMs - lookMs });
      const id = this.uploaded.deploymentId;
      own.made({ id });
      log(`Railway has taken the upload: deployment ${id}.`);
      return { id };
    } catch (error) {
      allowed.signal.throwIfAborted();
      if (error instanceof ActionFailure) return failureOf(error);
      if (!mayHaveArrived(error)) throw error;
      // Never sent twice: the deployment may be there.
      log(
        `The upload was cut before Railway answered (${(error as Error).message}): looking for its deployment.`,
      );
      const id = await this.#appeared({ ...allowed, budgetMs: lookMs });
      if (id === undefined) return notTaken(error as Error);
      log(`Railway had taken the upload: deployment ${id}.`);
      return { id };
    }
  }

  async #post({ listing, message }: RailwaySource, { budgetMs, signal }: Allowed): Promise<Uploaded> {
    const { api, http, ids, clock, log } = this.#parts;
    const progress = new ProgressLog(clock, log);
    return upload(http, {
      ids,
      token: api.token,
      message,
      body: openArchive(listing, { signal }),
      onProgress: (bytes) => progress.sent(bytes),
      budgetMs,
      signal,
    });
  }

  /** Id of the deployment with the mark of this step. */
  async #appeared({ budgetMs, signal }: Allowed): Promise<string | undefined> {
    const { api, ids, clock, own } = this.#parts;
    const end = clock.monotonic() + budgetMs;
    do {
      const page = await api
        .within(pauseMs * 4)
        .deploymentPage(ids, { first: 20 })
        .catch(() => undefined);
      own.see(page?.nodes ?? []);
      if (own.upload !== undefined) return own.upload;
      await clock.sleep(pauseMs, signal);
    } while (clock.monotonic() < end);
    return undefined;
  }
}

/** What Railway refused, as a failure of shipping: nothing was made. */
function failureOf({ code, what, why, next, details = [] }: ActionFailure): PlatformFailure {
  return { reason: code, what, next, ...(why === undefined ? {} : { why }), evidence: details };
}

function notTaken(error: Error): PlatformFailure {
  return {
    reason: 'upload-failed',
    what: `Railway did not confirm the upload: ${error.message}`,
    why: 'no deployment of it has appeared either; one may still, where Railway was slow to answer',
    next: 'Look whether one has come in Railway’s dashboard, then run the job again.',
  };
}
