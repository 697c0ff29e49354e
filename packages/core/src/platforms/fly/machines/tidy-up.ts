import type { Ports } from '../../../action/ports.ts';
import { errorLine } from '../../../outcome/failure.ts';
import { type Ended, within } from '../../../rollout/within.ts';
import type { TidyFacts } from '../../open-platform.ts';
import type { Target } from '../../platform.ts';
import type { FlyPlatform } from '../adapter.ts';
import { describeUnmade } from './half-made.ts';

/** The leases of a flyctl that was killed run out within 13 s; longer nobody is waited for, milliseconds. */
const tidyMs = 20_000;

interface Left {
  readonly target: Target;
  readonly platform: Pick<FlyPlatform, 'beside' | 'clearAbandoned' | 'completeHalfMade' | 'missing'>;
}

/**
 * After the verdict: what deploys before this one had left, too much or too little. Where nothing was to be shipped,
 * nothing has cleared away what stands beside the release: it takes no traffic, or the release would not have been
 * unchanged. What cannot be made is told of: no later deploy makes it. Never throws: the verdict stands.
 */
export async function tidyUp(
  { clock, runner, signal }: Pick<Ports, 'clock' | 'runner' | 'signal'>,
  { platform, target }: Left,
  { outcome, leftMs, ha }: TidyFacts & { readonly ha: boolean },
): Promise<void> {
  const isBeside = outcome === 'unchanged' && platform.beside.left.length > 0;
  const isShort = outcome === 'live' && ha;
  if (!isBeside && !isShort) return;
  const ms = Math.max(0, Math.min(tidyMs, leftMs));
  const tidied = await within({ clock, ms, windUpMs: 0, cancel: signal }, async (cut) => {
    if (isBeside) return platform.clearAbandoned(target, cut);
    await platform.completeHalfMade(target, cut.signal);
    return undefined;
  });
  if (tidied.kind === 'done' && tidied.value !== undefined) runner.info(tidied.value.what);
  if (isBeside && tidied.kind === 'threw')
    runner.info(`What an earlier deploy had left stays: ${String(tidied.error)}`);
  if (isShort)
    for (const part of platform.missing) runner.warning(describeUnmade(part, target.name, whyUnmade(tidied)));
}

function whyUnmade(tidied: Ended<unknown>): string {
  if (tidied.kind === 'threw') return `a second could not be made: ${errorLine(tidied.error)}`;
  if (tidied.kind === 'cancelled') return 'the job was cancelled before a second was made';
  return 'no time was left to make a second';
}
