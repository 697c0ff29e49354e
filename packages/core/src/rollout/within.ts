import type { Clock } from '../io/clock.ts';
import type { Allowance } from './ports.ts';

/** Aborts work whose time is up. */
export class DeadlineReached extends Error {
  constructor(ms: number) {
    super(`The time allowed for it, ${Math.ceil(ms / 1000)} s, is up.`);
    this.name = 'DeadlineReached';
  }
}

export interface Bounds {
  readonly clock: Clock;
  readonly ms: number;
  /** Cuts the work short as well. */
  readonly cancel?: AbortSignal;
  /** How long the work may take to end itself after it was cut, before it is abandoned. */
  readonly windUpMs: number;
}

export type Ended<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'deadline' };

/** Runs `work` within its bounds. A value that comes after the cut still counts: what happened, happened. */
export async function within<T>(
  bounds: Bounds,
  work: (allowance: Allowance) => Promise<T>,
): Promise<Ended<T>> {
  const { clock, ms, cancel, windUpMs } = bounds;
  const cut = new AbortController();
  const over = new AbortController();
  let cutBy: 'cancelled' | 'deadline' | undefined;
  const cutShort = (by: 'cancelled' | 'deadline', reason: unknown) => {
    cutBy ??= by;
    cut.abort(reason);
  };
  const onCancel = () => cutShort('cancelled', cancel?.reason);
  const abandoned = new Promise<Ended<T>>((resolve) => {
    cut.signal.addEventListener('abort', () => {
      const abandon = () => resolve({ kind: cutBy ?? 'deadline' });
      clock.sleep(windUpMs, over.signal).then(abandon, () => {});
    });
  });
  clock.sleep(ms, over.signal).then(
    () => cutShort('deadline', new DeadlineReached(ms)),
    () => {},
  );
  if (cancel?.aborted === true) onCancel();
  cancel?.addEventListener('abort', onCancel);
  const attempt = async (): Promise<Ended<T>> => {
    try {
      return { kind: 'done', value: await work({ signal: cut.signal, budgetMs: ms }) };
    } catch (error) {
      return cutBy === undefined ? { kind: 'threw', error } : { kind: cutBy };
    }
  };
  try {
    return await Promise.race([attempt(), abandoned]);
  } finally {
    cancel?.removeEventListener('abort', onCancel);
    over.abort();
  }
}
