import type { Clock } from '../../../io/clock.ts';
import { HttpError } from '../../../io/http.ts';
import { settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { Snapshot, SnapshotSource } from './snapshot-source.ts';

/** How often a request is sent whose answer was lost, and no copy seen after it. */
const asksAtMost = 3;

/** How long a copy that was asked for may take to be listed, milliseconds. */
const listedWithinMs = 5_000;

export interface TakingOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For asking and waiting together, milliseconds. */
  readonly budgetMs: number;
  onProgress(line: string): void;
}

/**
 * Takes a copy and waits until it is whole. Fly does not say which copy was asked for: it is the newest of those that
 * were not there before. Another one that is newer still is as good.
 * Failures: `snapshot-failed`, `snapshot-timeout`, `token-kind`, HttpError when Fly cannot be asked.
 */
export async function takeSnapshot(source: SnapshotSource, options: TakingOptions): Promise<Snapshot> {
  const end = options.clock.monotonic() + options.budgetMs;
  const leftMs = () => end - options.clock.monotonic();
  const before = await source.list(leftMs());
  await asked(source, before, { ...options, leftMs });
  const settled = await watch(source, before, { ...options, budgetMs: leftMs() });
  if (settled.kind === 'unreachable') throw settled.error;
  const taken = settled.kind === 'final' ? settled.value : settled.last;
  if (taken?.state === 'done') return taken;
  if (taken?.state === 'failed') throw cameToNothing(source, taken);
  throw tooSlow(source, taken, options.budgetMs);
}

interface Asking extends TakingOptions {
  leftMs(): number;
}

/** Asks until the request is known to have come through: an answer that was lost is looked for in the list. */
async function asked(source: SnapshotSource, before: readonly Snapshot[], options: Asking): Promise<void> {
  for (let ask = 1; ; ask += 1) {
    options.signal.throwIfAborted();
    try {
      await source.ask(options.leftMs());
      return;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      options.onProgress(
        `The answer to the request was lost (${error.message}); looking whether it came through.`,
      );
      const isListed = await listedSoon(source, before, options);
      if (isListed) return;
      if (ask === asksAtMost || options.leftMs() <= 0) throw error;
    }
  }
}

async function listedSoon(
  source: SnapshotSource,
  before: readonly Snapshot[],
  options: Asking,
): Promise<boolean> {
  const { clock, signal, leftMs } = options;
  const settled = await settle({
    clock,
    signal,
    look: async (remainingMs) => newest(await source.list(remainingMs), before) !== undefined,
    isFinal: (isListed) => isListed,
    policy: { ...settlePolicy, deadlineMs: Math.max(1, Math.min(listedWithinMs, leftMs())) },
  });
  return settled.kind === 'final';
}

function watch(source: SnapshotSource, before: readonly Snapshot[], options: TakingOptions) {
  const { clock, signal, budgetMs, onProgress } = options;
  let seen = '';
  return settle<Snapshot | undefined>({
    clock,
    signal,
    look: async (remainingMs) => newest(await source.list(remainingMs), before),
    isFinal: (taken) => {
      const status = taken?.status ?? 'not listed yet';
      if (status !== seen) onProgress(`${named(taken)} of ${source.label}: ${status}`);
      seen = status;
      return taken !== undefined && taken.state !== 'pending';
    },
    policy: { ...settlePolicy, deadlineMs: Math.max(1, budgetMs) },
  });
}

/** The newest copy that was not there before; those that waited without an id then have one by now, perhaps. */
function newest(now: readonly Snapshot[], before: readonly Snapshot[]): Snapshot | undefined {
  const known = new Set(before.map(({ id }) => id).filter((id) => id !== ''));
  const waiting = before.filter(({ id }) => id === '').length;
  const fresh = now.filter(({ id }) => id === '' || !known.has(id));
  if (fresh.length <= waiting) return undefined;
  return fresh.reduce((one, other) => (begunAt(other) > begunAt(one) ? other : one));
}

/** One that has not begun yet is the newest of all. */
function begunAt({ begun }: Snapshot): number {
  return begun === '' ? Number.POSITIVE_INFINITY : Date.parse(begun);
}

function named(taken: Snapshot | undefined): string {
  return taken === undefined || taken.id === '' ? 'Snapshot' : `Snapshot ${taken.id}`;
}

function cameToNothing(source: SnapshotSource, taken: Snapshot): ActionFailure {
  return new ActionFailure({
    code: 'snapshot-failed',
    what: `${named(taken)} of ${source.label} came to nothing: Fly calls it ${taken.status}`,
    next: 'Look at https://status.flyio.net, then run the job again; nothing was deployed.',
  });
}

function tooSlow(source: SnapshotSource, taken: Snapshot | undefined, budgetMs: number): ActionFailure {
  const state = taken === undefined ? 'not even listed' : `still ${taken.status}`;
  return new ActionFailure({
    code: 'snapshot-timeout',
    what: `${named(taken)} of ${source.label} was ${state} after ${Math.round(budgetMs / 1000)} s`,
    why: 'Fly takes snapshots when it comes to them, and says of none when that will be',
    next: 'Raise `snapshot-timeout`, and `timeout` to at least twice as much, if the data are large; otherwise look at https://status.flyio.net. Nothing was deployed.',
  });
}
