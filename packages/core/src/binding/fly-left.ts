import type { Ports } from '../ports.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';
import { within } from '../rollout/within.ts';
import type { OpenFly } from './fly.ts';

/** The leases of a flyctl that was killed run out within 13 s; longer nobody is waited for, milliseconds. */
const tidyMs = 20_000;

type Left = Pick<OpenFly, 'platform' | 'target'>;

/**
 * Where nothing was to be shipped, nothing has cleared away what deploys that are over left beside the release: it takes
 * no traffic, or the release would not have been unchanged. `leftMs`: of the run's own time. Never throws: the verdict
 * stands.
 */
export async function tidyUnchanged(
  { clock, runner, signal }: Pick<Ports, 'clock' | 'runner' | 'signal'>,
  { platform, target }: Left,
  { outcome }: Pick<RolloutVerdict, 'outcome'>,
  leftMs: number,
): Promise<void> {
  if (outcome !== 'unchanged' || platform.beside.left.length === 0) return;
  const ms = Math.max(0, Math.min(tidyMs, leftMs));
  const tidied = await within({ clock, ms, windUpMs: 0, cancel: signal }, (cut) =>
    platform.clearAbandoned(target, { budgetMs: cut.budgetMs, signal: cut.signal }),
  );
  if (tidied.kind === 'done' && tidied.value !== undefined) runner.info(tidied.value.what);
}

/** What is left at the end, each with what becomes of it. */
export function leftWarnings({ platform, target }: Left): readonly string[] {
  return platform.beside.left.map(
    (line) =>
      `${line[0]?.toUpperCase()}${line.slice(1)}. The next deploy destroys it; so does \`fly machine destroy ID --app ${target.name} --force\`.`,
  );
}
