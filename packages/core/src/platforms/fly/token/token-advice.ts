import type { FlyTokenKind } from './token-kind.ts';

/** The least that a run can do with: one app, or what is in an organization besides. */
export interface FlyTokenNeed {
  /** The app it is about; absent where it is about several, or makes its own. */
  readonly app?: string;
  /** Slug; absent where one app is enough, `''` where it is not known. */
  readonly organization?: string;
}

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

/** One line for who gave a run a token that may do more than it needs, or for longer; undefined where nothing is known to be too much. */
export function flyTokenAdvice(kind: FlyTokenKind, need: FlyTokenNeed): string | undefined {
  const reaches = tooFar(kind, need);
  const lives = (kind.lifeMs ?? 0) > yearMs + dayMs ? `is valid for ${wordsOf(kind.lifeMs ?? 0)}` : undefined;
  if (reaches === undefined && lives === undefined) return undefined;
  const faults = [reaches, lives].filter((fault) => fault !== undefined).join(' and ');
  const enough = reaches === undefined ? '' : `, and this run needs ${neededBy(need)} alone`;
  return `\`fly-token\` ${faults}${enough}. Store what \`${commandFor(need)}\` prints in its place.`;
}

function tooFar({ reach }: FlyTokenKind, { organization }: FlyTokenNeed): string | undefined {
  if (reach === 'account') return 'may do whatever its owner may';
  if (reach === 'organization' && organization === undefined)
    return 'may change every app of its organization';
  return undefined;
}

function neededBy({ app, organization }: FlyTokenNeed): string {
  if (organization === undefined) return app === undefined ? 'one app' : `the app ${app}`;
  return organization === '' ? 'one organization' : `the organization ${organization}`;
}

/** Three months: long enough to be renewed at leisure. */
function commandFor({ app = '<app>', organization }: FlyTokenNeed): string {
  const whose =
    organization === undefined ? `deploy --app ${app}` : `org --org ${organization || '<organization>'}`;
  return `fly tokens create ${whose} --expiry 2160h`;
}

const reaches = {
  app: 'is bound to its app',
  reads: 'may only read',
  organization: 'may change every app of its organization',
  account: 'may do whatever its owner may',
} as const;

/** What is known of it, for `dry-run`; undefined where nothing is. */
export function describeFlyToken({ reach, lifeMs }: FlyTokenKind): string | undefined {
  const known = [
    ...(reach === undefined ? [] : [reaches[reach]]),
    ...(lifeMs === undefined ? [] : [`is valid for ${wordsOf(lifeMs)} in all`]),
  ];
  return known.length === 0 ? undefined : `\`fly-token\` ${known.join(' and ')}.`;
}

function wordsOf(ms: number): string {
  const years = Math.floor(ms / yearMs);
  if (years > 1) return `${years} years`;
  const days = Math.round(ms / dayMs);
  if (days > 1) return `${days} days`;
  const hours = Math.max(1, Math.round(ms / 3_600_000));
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
