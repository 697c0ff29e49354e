import { type InputRule, lines, matching, timeLimit } from '#core/inputs';

/** What is to be saved before the release, and when. */
export const snapshotInputs = {
  snapshot: matching('snapshot', {
    pattern: /^(mpg:)?[A-Za-z0-9][A-Za-z0-9_-]*$/,
    legal: 'a volume’s id or name, the name of a Fly Postgres app, or mpg: and the id of a cluster',
  }),
  snapshotWhen: lines('snapshot-when'),
  snapshotTimeoutMs: timeLimit('snapshot-timeout', { default: '10m' }),
};

interface Snapshots {
  readonly snapshot: string | undefined;
  readonly snapshotWhen: readonly string[];
}

export const snapshotRules: readonly InputRule<Snapshots>[] = [
  {
    between: ['snapshot', 'snapshotWhen'],
    accuses: ['snapshot'],
    broken: ({ snapshot, snapshotWhen }) =>
      snapshot === undefined && snapshotWhen.length > 0
        ? '`snapshot-when` says when, but `snapshot` does not say of what.'
        : undefined,
  },
  {
    between: ['snapshotWhen'],
    broken: ({ snapshotWhen }) => {
      // A glob that can match nothing would let a migration pass without its snapshot.
      const never = snapshotWhen.filter((glob) => /^(!|\.?\/|\.\.|.*\\)/.test(glob));
      return never.length === 0
        ? undefined
        : `\`snapshot-when\` holds ${never.map((glob) => JSON.stringify(glob)).join(', ')}; a glob starts at the repository’s root, such as db/migrate/**, and cannot exclude.`;
    },
  },
];
