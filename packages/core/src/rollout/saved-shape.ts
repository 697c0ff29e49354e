import { readFact } from '../ledger/facts.ts';
import { readIntent } from '../ledger/intent.ts';
import type { LedgerState } from '../ledger/ledger.ts';
import type { Intent, ReleaseVerdict } from '../ledger/record.ts';
import type {
  Live,
  LiveShare,
  Missing,
  Part,
  PlatformFailure,
  Release,
  ReleaseState,
  Running,
  Unmanaged,
} from '../platforms/platform.ts';
import type { LedgerPlace, OwedEntry } from './ledger-place.ts';
import type { RolloutPlan } from './plan.ts';
import type { Activation, Before, Cause, RolloutContext } from './state.ts';

/** Reads what was saved field by field; throws at the first that is not what it must be. */
export function readSavedRollout(value: unknown): SavedRollout {
  const saved = record(value);
  if (saved.schema !== 1) throw new TypeError('an unknown schema');
  const records = record(saved.records);
  return {
    schema: 1,
    known: known(saved.known),
    ...optional('restore', saved.restore, restore),
    records: { ...optional('change', records.change, text), ...optional('restore', records.restore, text) },
    ...optional('intent', saved.intent, intent),
    ...optional('former', saved.former, (all) => list(all, intent)),
    ...optional('caveat', saved.caveat, text),
    ...optional('restoreIntent', saved.restoreIntent, intent),
    ...optional('owed', saved.owed, (all) => list(all, owed)),
    ...optional('memory', saved.memory, text),
    ...(saved.ended === true ? { ended: true as const } : {}),
  };
}

function owed(value: unknown): OwedEntry {
  const it = record(value);
  const states: readonly LedgerState[] = ['in_progress', 'success', 'failure', 'error', 'inactive'];
  if (readFact(text(it.text)) === undefined) throw new TypeError('not a fact');
  return {
    record: text(it.record),
    text: text(it.text),
    state: oneOf(it.state, states),
    ...optional('url', it.url, text),
  };
}

function intent(value: unknown): Intent {
  const read = readIntent(value);
  if (read === undefined) throw new TypeError('not an intent');
  return read;
}

function known(value: unknown): RolloutContext {
  const it = record(value);
  return {
    plan: plan(it.plan),
    before: before(it.before),
    ...optional('wanted', it.wanted, release),
    ...optional('back', it.back, release),
    ...optional('passed', it.passed, texts),
    unchanged: flag(it.unchanged),
    ...optional('settled', it.settled, running),
    ...(it.recorded === true ? { recorded: true as const } : {}),
    ...optional('between', it.between, texts),
    ...(it.again === true ? { again: true as const } : {}),
    notes: texts(it.notes),
  };
}

function plan(value: unknown): RolloutPlan {
  const it = record(value);
  return {
    kind: oneOf(it.kind, ['deploy', 'rollback']),
    obtain: oneOf(it.obtain, ['ship', 'find', 'choose']),
    activation: oneOf(it.activation, ['with-obtain', 'separate']),
    until: oneOf(it.until, ['live', 'staged']),
    onFailure: oneOf(it.onFailure, ['restore', 'none']),
    barrier: flag(it.barrier),
    hasChecks: flag(it.hasChecks),
    checksStaged: flag(it.checksStaged),
  };
}

function before(value: unknown): Before {
  const it = record(value);
  const verdicts: readonly ReleaseVerdict[] = ['pass', 'settled', 'fail', 'inconclusive', 'none'];
  return { live: live(it.live), verdict: oneOf(it.verdict, verdicts) };
}

function live(value: unknown): Live {
  const it = record(value);
  const kind = oneOf(it.kind, ['nothing', 'one', 'mixed']);
  const rest = running(it);
  if (kind === 'nothing') return { kind, ...rest };
  if (kind === 'one') return { kind, release: release(it.release), ...rest };
  return { kind, shares: list(it.shares, share), ...rest };
}

function running(value: unknown): Running {
  const it = record(value);
  return {
    ...(it.switchedOff === true ? { switchedOff: true as const } : {}),
    ...optional('parts', it.parts, (parts) => list(parts, part)),
    ...optional('unmanaged', it.unmanaged, (all) => list(all, unmanaged)),
    ...optional('outOfSight', it.outOfSight, texts),
    ...optional('exits', it.exits, texts),
  };
}

function part(value: unknown): Part {
  const it = record(value);
  return {
    name: text(it.name),
    running: count(it.running),
    resting: count(it.resting),
    ended: count(it.ended),
    unknown: count(it.unknown),
    wakes: flag(it.wakes),
  };
}

function unmanaged(value: unknown): Unmanaged {
  const it = record(value);
  return {
    ...{ id: text(it.id), note: text(it.note), adopt: text(it.adopt), destroy: text(it.destroy) },
    ...(it.mayStay === false ? { mayStay: false as const } : {}),
  };
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new TypeError('not a count');
  return value;
}

function share(value: unknown): LiveShare {
  const it = record(value);
  if (typeof it.share !== 'number') throw new TypeError('not a number');
  return { release: release(it.release), share: it.share };
}

function release(value: unknown): Release {
  const it = record(value);
  const states: readonly ReleaseState[] = ['building', 'ready', 'live', 'superseded', 'failed', 'removed'];
  return {
    id: text(it.id),
    label: text(it.label),
    state: oneOf(it.state, states),
    created: text(it.created),
    ...optional('commit', it.commit, text),
    ...optional('artifact', it.artifact, text),
    ...optional('restores', it.restores, text),
    ...optional('url', it.url, text),
    restorable: oneOf(it.restorable, ['yes', 'no', 'unknown']),
    ...optional('restorableWhy', it.restorableWhy, text),
  };
}

function restore(value: unknown): RestoreActivation {
  const it = record(value);
  return {
    to: oneOf(it.to, ['restore']),
    release: release(it.release),
    trouble: trouble(it.trouble),
    ...optional('caveat', it.caveat, text),
  };
}

function trouble(value: unknown): Cause {
  const it = record(value);
  return { failure: failure(it.failure), tookTraffic: flag(it.tookTraffic) };
}

function failure(value: unknown): PlatformFailure {
  const it = record(value);
  return {
    reason: text(it.reason),
    what: text(it.what),
    ...optional('why', it.why, text),
    next: text(it.next),
    ...optional('evidence', it.evidence, texts),
    ...optional('missing', it.missing, (parts) => list(parts, missing)),
  };
}

function missing(value: unknown): Missing {
  const it = record(value);
  return { name: text(it.name), there: count(it.there), owed: count(it.owed) };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return Object.fromEntries(Object.entries(value));
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not text');
  return value;
}

function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('neither true nor false');
  return value;
}

function texts(value: unknown): readonly string[] {
  return list(value, text);
}

function list<T>(value: unknown, read: (value: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(read);
}

function oneOf<const T extends string>(value: unknown, legal: readonly T[]): T {
  const found = legal.find((one) => one === value);
  if (found === undefined) throw new TypeError(`none of ${legal.join(', ')}`);
  return found;
}

function optional<K extends string, T>(
  key: K,
  value: unknown,
  read: (value: unknown) => T,
): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: read(value) } as Partial<Record<K, T>>);
}

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
