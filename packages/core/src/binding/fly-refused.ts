import type { ActionResult } from '../action/action.ts';
import type { UntrustedRun } from '../gates/untrusted-run.ts';
import type { FleetScope } from '../platforms/fly/scope.ts';
import { flyTarget } from '../platforms/fly/target.ts';
import type { Live } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import { rehearsedSummary } from '../report/rehearsed-summary.ts';
import { servingBefore } from '../rollout/serving.ts';
import { describeLive, soleRelease } from '../rollout/standing.ts';
import { Timeline } from '../rollout/timeline.ts';
import { flySight, lookMs, type SeenOnFly } from './fly-look.ts';
import { rolloutResult } from './result.ts';

/** A run that the fork rule stops, and the app it would have changed. */
export interface RefusedOnFly {
  readonly action: 'fly-deploy' | 'rollback';
  readonly untrusted: UntrustedRun;
  readonly app: string;
  readonly token: string;
  readonly scope?: FleetScope;
  readonly acceptMachines: readonly string[];
  readonly dryRun: boolean;
}

/** What the step says of a run of strangers' code. What serves is asked of Fly by us: no tool is started. */
export async function toldAsRefused(ports: Ports, refused: RefusedOnFly): Promise<ActionResult> {
  const { target, live } = await lookAt(ports, refused);
  const { action, dryRun, untrusted } = refused;
  const { what, next } = untrusted;
  const kind = action === 'rollback' ? 'rollback' : 'deploy';
  const serving = live === undefined ? 'unknown' : servingBefore(live, kind);
  if (dryRun) {
    const lines = [
      `${target.id} serves ${describeLive(live)}.`,
      `It would be blocked (blocked/fork): ${what}`,
    ];
    return {
      ...{ outcome: 'rehearsed', reason: 'dry-run', serving, ok: true },
      outputs: { target: target.id, url: target.url ?? '' },
      summary: rehearsedSummary(lines),
      headline: lines.join('\n'),
    };
  }
  const previous = live === undefined ? undefined : soleRelease(live);
  const report = { checks: undefined, timeline: new Timeline(ports.clock), recordsLine: () => undefined };
  return rolloutResult(ports.runner.context, report, {
    ...{ action, target, durationMs: 0, from: undefined, to: undefined, outputs: {}, evidence: [] },
    verdict: {
      ...{ outcome: 'blocked', reason: 'fork', serving, notes: [] },
      cause: { reason: 'fork', what, next },
      ...(live === undefined ? {} : { live }),
      ...(previous === undefined ? {} : { previous }),
    },
  });
}

/** That it is blocked does not depend on what Fly answers: `live` is undefined where it does not tell. */
async function lookAt(
  ports: Ports,
  { app: flyApp, token: flyToken, scope, acceptMachines }: RefusedOnFly,
): Promise<Pick<SeenOnFly, 'target'> & { readonly live: Live | undefined }> {
  const narrowed = scope === undefined ? {} : { scope };
  try {
    return await flySight(ports, { flyApp, flyToken, acceptMachines, ...narrowed })(lookMs);
  } catch {
    return { target: flyTarget(flyApp), live: undefined };
  }
}
