import { type ActionResult, escapeMarkdown, type Ports } from '#core';
import {
  type ChosenTarget,
  candidatesOf,
  type OpenRollback,
  type RolloutVerdict,
  rolloutResult,
  withCommands,
  withWarnings,
} from '#core/deployment';
import { defined } from '#core/inputs';
import { candidatesTable, warningsOf } from './candidates.ts';
import { withRebuild } from './rebuild.ts';

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
  { open, bound, choice: made, evidence }: OpenRollback,
  { verdict, durationMs, slaMs, reason }: Measured,
): Promise<ActionResult> {
  const choice = made.chosen;
  // Of what was not brought back there is nothing to be measured.
  const isBroughtBack = verdict.outcome === 'restored';
  const restored = choice.kind === 'target' ? choice.release : undefined;
  const result = await rolloutResult(runner.context, bound, {
    action: 'rollback',
    target: open.target,
    verdict: withRebuild(await withCommands(verdict, open), restored),
    durationMs,
    notUndone: open.notUndone,
    ...(isBroughtBack ? { slaMs } : {}),
    from: restored && (await bound.history.commit(restored)),
    to: verdict.previous && (await bound.history.commit(verdict.previous)),
    ...defined({ because: reason }),
    folds: [
      { title: 'How the release was chosen', body: chosenBy(choice) },
      { title: 'What else runs', body: open.beside().markdown },
    ],
    outputs: {
      'restored-release': restored?.id ?? '',
      rebuilt: isBroughtBack ? String(restored?.rebuild === 'allowed') : '',
      candidates: JSON.stringify(candidatesOf(choice)),
      'sla-met': isBroughtBack ? String(durationMs <= slaMs) : '',
    },
    evidence: evidence.lines,
    evidenceTitle: open.evidenceTitle,
  });
  return withWarnings(result, open.beside().warnings);
}

function chosenBy(choice: ChosenTarget): string {
  return [`**Choice:** ${escapeMarkdown(choice.why)}`, warningsOf(choice), candidatesTable(choice)]
    .filter((text) => text !== '')
    .join('\n\n');
}
