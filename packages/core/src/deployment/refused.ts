import type { ActionResult } from '../action/action.ts';
import type { Ports } from '../action/ports.ts';
import { noForcePasses } from '../gates/ask-gates.ts';
import type { UntrustedRun } from '../gates/untrusted-run.ts';
import type { Live, Target } from '../platforms/platform.ts';
import { shownTarget } from '../platforms/shown-target.ts';
import { dryRunSummary } from '../report/dry-run-summary.ts';
import { describeLive, soleRelease } from '../rollout/live-relation.ts';
import { servingBefore } from '../rollout/serving.ts';
import { Timeline } from '../rollout/timeline.ts';
import { defined } from '../text/defined.ts';
import { type Look, lookMs, type SeenTarget } from './platform-module.ts';
import { rolloutResult } from './result.ts';

/** A run that the fork rule stops, and the target it would have changed. */
export interface RefusedRun {
  /** `fly-deploy`, `rollback`. */
  readonly action: string;
  readonly kind: 'deploy' | 'rollback';
  readonly untrusted: UntrustedRun;
  /** As the inputs name it. */
  readonly target: Target;
  readonly look: Look;
  readonly dryRun: boolean;
  readonly environment: string;
}

/** What the step says of a run of strangers' code. What serves is asked of the platform by us: no tool is started. */
export async function resultOfRefused(ports: Ports, refused: RefusedRun): Promise<ActionResult> {
  const { target, live } = await lookAt(refused);
  const { action, kind, dryRun, untrusted } = refused;
  const { what, next } = untrusted;
  const serving = live === undefined ? 'unknown' : servingBefore(live, kind);
  if (dryRun) {
    const lines = [
      `${shownTarget(target)} serves ${describeLive(live)}.`,
      `It would be blocked (blocked/fork): ${what} ${noForcePasses}`,
    ];
    return {
      outcome: 'rehearsed',
      reason: 'dry-run',
      serving,
      ok: true,
      outputs: { target: target.id, url: target.url ?? '' },
      summary: dryRunSummary(lines),
      headline: lines.join('\n'),
    };
  }
  const previous = live === undefined ? undefined : soleRelease(live);
  const report = {
    checks: undefined,
    timeline: new Timeline(ports.clock),
    environment: refused.environment,
    recordsLine: () => undefined,
    commit: async () => undefined,
  };
  return rolloutResult(ports.runner.context, report, {
    action,
    target,
    durationMs: 0,
    from: undefined,
    to: undefined,
    outputs: {},
    evidence: [],
    verdict: {
      outcome: 'blocked',
      reason: 'fork',
      serving,
      notes: [],
      cause: { reason: 'fork', what, next: `${next} ${noForcePasses}` },
      ...defined({ live, previous }),
    },
  });
}

/** That it is blocked does not depend on what the platform answers: `live` is undefined where it does not tell. */
async function lookAt({
  target,
  look,
}: RefusedRun): Promise<Pick<SeenTarget, 'target'> & { readonly live: Live | undefined }> {
  try {
    return await look(lookMs);
  } catch {
    return { target, live: undefined };
  }
}
