import {
  type ActionResult,
  besideMarkdown,
  escapeMarkdown,
  leftWarnings,
  type Ports,
  type RolloutVerdict,
  rolloutResult,
} from '#core';
import { candidatesOf, candidatesTable, warningsOf } from './candidates.ts';
import { notUndone } from './decide.ts';
import type { OpenRollback } from './open.ts';

/** How it ended, and how long it took against what was promised. */
export interface Measured {
  readonly verdict: RolloutVerdict;
  readonly durationMs: number;
  readonly slaMs: number;
  /** Why it was asked for. */
  readonly reason: string | undefined;
}

/** What the step says about a rollback that ran. */
export async function resultOf(
  { runner }: Ports,
  { fly, bound, choice: made, evidence }: OpenRollback,
  { verdict, durationMs, slaMs, reason }: Measured,
): Promise<ActionResult> {
  const choice = made.chosen;
  const restored = choice.kind === 'target' ? choice.release : undefined;
  const result = await rolloutResult(runner.context, bound, {
    action: 'rollback',
    target: fly.target,
    ...{ verdict, durationMs, slaMs, notUndone },
    from: restored && (await bound.history.commit(restored)),
    to: verdict.previous && (await bound.history.commit(verdict.previous)),
    lead: [
      ...(reason === undefined ? [] : [`**Why:** ${escapeMarkdown(reason)}`]),
      `**Choice:** ${escapeMarkdown(choice.why)}`,
      warningsOf(choice),
      candidatesTable(choice),
      besideMarkdown(fly.platform.beside),
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
    outputs: {
      'restored-release': restored?.id ?? '',
      candidates: JSON.stringify(candidatesOf(choice)),
      'sla-met': String(durationMs <= slaMs),
    },
    evidence: evidence.lines,
  });
  const left = leftWarnings(fly).map((message) => ({ level: 'warning', message }) as const);
  return { ...result, annotations: [...(result.annotations ?? []), ...left] };
}
