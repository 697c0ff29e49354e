import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { isPassing } from '../api/failures.ts';
import { sparingPause } from '../api/rate-limit.ts';
import type { WireDeployment } from '../api/wire.ts';
import { type MadeOf, tellOurs } from './tell-ours.ts';

export interface AwaitOptions {
  readonly ids: ServiceIds;
  /** The ids there were before it was asked for. */
  readonly known: ReadonlySet<string>;
  /** What is gone back to, or deployed. */
  readonly wanted: MadeOf;
  readonly signal: AbortSignal;
  /** Milliseconds; Railway was seen to take 10 s. */
  readonly budgetMs?: number;
}

/** What appeared. */
export interface Appeared {
  /** The one that was asked for; undefined where none has appeared. */
  readonly deployment: WireDeployment | undefined;
  /** `maybe`: others were at work too, or Railway says nothing of what it is made of. */
  readonly isOurs: 'yes' | 'maybe';
  /** Those that appeared beside it, whoever made them. */
  readonly others: readonly WireDeployment[];
}

const pause = { firstMs: 1_000, factor: 1.3, maxMs: 3_000 };
/** What tells of itself does so within this long of its appearing, milliseconds. */
const telling = 8_000;
/** More than ever appear in a minute. */
const first = 20;

/**
 * Waits for the deployment that a change makes without answering its id. Others may appear meanwhile: it is told by what it
 * is made of. Trouble that may pass is waited out. Failures: those of the API, or the signal's reason.
 */
export async function awaitNewDeployment(api: RailwayApi, options: AwaitOptions): Promise<Appeared> {
  const { clock } = api;
  const { signal, budgetMs = 60_000 } = options;
  const end = clock.monotonic() + budgetMs;
  let maybeSince: number | undefined;
  for (let pauseMs = pause.firstMs; ; pauseMs = Math.min(pause.maxMs, pauseMs * pause.factor)) {
    signal.throwIfAborted();
    const isLast = clock.monotonic() + pauseMs >= end;
    const appeared = await newIn(api.within(Math.max(1_000, end - clock.monotonic())), options, isLast);
    const ours = tellOurs(appeared, options.wanted);
    if (ours.kind !== 'none') {
      maybeSince ??= clock.monotonic();
      const isTold = ours.kind === 'yes' || clock.monotonic() - maybeSince >= telling;
      if (isTold || isLast) {
        const others = appeared.filter(({ id }) => id !== ours.deployment.id);
        return { deployment: ours.deployment, isOurs: ours.kind, others };
      }
    }
    if (isLast) return { deployment: undefined, isOurs: 'maybe', others: appeared };
    const left = end - clock.monotonic();
    await clock.sleep(Math.min(left, Math.max(pauseMs, sparingPause(api.rate))), signal);
  }
}

async function newIn(
  api: RailwayApi,
  { ids, known }: AwaitOptions,
  isLast: boolean,
): Promise<readonly WireDeployment[]> {
  try {
    const { nodes } = await api.deploymentPage(ids, { first });
    return nodes.filter(({ id }) => !known.has(id));
  } catch (error) {
    if (!isPassing(error) || isLast) throw error;
    return [];
  }
}
