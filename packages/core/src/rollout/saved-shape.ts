import { readFact } from '../ledger/facts.ts';
import { readIntent } from '../ledger/intent.ts';
import type { Intent } from '../ledger/record.ts';
import type { Live, PlatformFailure, Release, Running } from '../platforms/platform.ts';
import {
  count,
  DecodeError,
  type Decoder,
  flag,
  list,
  number,
  object,
  oneOf,
  sparse,
  text,
} from '../text/decode.ts';
import type { LedgerPlace, OwedEntry } from './ledger-place.ts';
import type { RolloutPlan } from './plan.ts';
import type { Activation, Before, RolloutContext } from './state.ts';

const texts = list(text);

const intent: Decoder<Intent> = (value, path) => {
  const read = readIntent(value);
  if (read === undefined) throw new DecodeError(path, 'an intent', value);
  return read;
};

const factText: Decoder<string> = (value, path) => {
  const read = text(value, path);
  if (readFact(read) === undefined) throw new DecodeError(path, 'a fact', value);
  return read;
};

const owed: Decoder<OwedEntry> = sparse(
  {
    record: text,
    text: factText,
    state: oneOf('in_progress', 'success', 'failure', 'error', 'inactive'),
  },
  { url: text },
);

const plan: Decoder<RolloutPlan> = object({
  kind: oneOf('deploy', 'rollback'),
  obtain: oneOf('ship', 'find', 'choose'),
  activation: oneOf('with-obtain', 'separate'),
  until: oneOf('live', 'staged'),
  onFailure: oneOf('restore', 'none'),
  barrier: flag,
  hasChecks: flag,
  checksStaged: flag,
});

const release: Decoder<Release> = sparse(
  {
    id: text,
    label: text,
    state: oneOf('building', 'ready', 'live', 'superseded', 'failed', 'removed'),
    created: text,
    restorable: oneOf('yes', 'no', 'unknown'),
  },
  {
    commit: text,
    artifact: text,
    restores: text,
    url: text,
    restorableWhy: text,
    rebuild: oneOf('allowed', 'not-allowed'),
  },
);

const part = object({
  name: text,
  running: count,
  resting: count,
  ended: count,
  unknown: count,
  wakes: flag,
});

const unmanaged = sparse({ id: text, note: text, adopt: text, destroy: text }, { mayStay: oneOf(false) });

const runningShape = {
  switchedOff: oneOf(true),
  parts: list(part),
  unmanaged: list(unmanaged),
  outOfSight: texts,
  exits: texts,
};

const running: Decoder<Running> = sparse({}, runningShape);

const lives = {
  nothing: sparse({ kind: oneOf('nothing') }, runningShape),
  one: sparse({ kind: oneOf('one'), release }, runningShape),
  mixed: sparse({ kind: oneOf('mixed'), shares: list(object({ release, share: number })) }, runningShape),
};
const liveKind = object({ kind: oneOf('nothing', 'one', 'mixed') });
const live: Decoder<Live> = (value, path) => lives[liveKind(value, path).kind](value, path);

const before: Decoder<Before> = object({
  live,
  verdict: oneOf('pass', 'settled', 'fail', 'inconclusive', 'none'),
});

const known: Decoder<RolloutContext> = sparse(
  { plan, before, unchanged: flag, notes: texts },
  {
    wanted: release,
    back: release,
    passed: texts,
    settled: running,
    recorded: oneOf(true),
    between: texts,
    again: oneOf(true),
  },
);

const failure: Decoder<PlatformFailure> = sparse(
  { reason: text, what: text, next: text },
  { why: text, evidence: texts, missing: list(object({ name: text, there: count, owed: count })) },
);

const restore: Decoder<RestoreActivation> = sparse(
  { to: oneOf('restore'), release, trouble: object({ failure, tookTraffic: flag }) },
  { caveat: text },
);

/** Every field of what was saved; fails at the first that is not what it must be. */
export const savedRollout: Decoder<SavedRollout> = sparse(
  { schema: oneOf(1), known, records: sparse({}, { change: text, restore: text }) },
  {
    restore,
    intent,
    former: list(intent),
    caveat: text,
    restoreIntent: intent,
    owed: list(owed),
    memory: text,
    ended: oneOf(true),
  },
);

export type RestoreActivation = Extract<Activation, { to: 'restore' }>;

/** What `post` needs to finish a rollout that was cut: kept as one line of JSON in the runner's state. */
export interface SavedRollout extends LedgerPlace {
  readonly schema: 1;
  readonly known: RolloutContext;
  /** The restore that was under way. */
  readonly restore?: RestoreActivation;
  /** What a restore cannot bring back, as far as the run had found out. */
  readonly caveat?: string;
  /** What the adapter needs to recognise this run's releases. */
  readonly memory?: string;
  /** The rollout has come to its verdict: only the facts that are owed are left. */
  readonly ended?: true;
}
