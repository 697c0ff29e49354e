import { type ActionResult, escapeMarkdown } from '#core';
import {
  type Allowance,
  candidatesOf,
  describeLive,
  gatesInDryRun,
  type OpenRollback,
  servingBefore,
  shownTarget,
} from '#core/deployment';
import { candidatesTable, warningsOf } from './candidates.ts';

/** The candidates, the choice and why, and what would not be undone: found out by reading alone. */
export async function reportDryRun(
  { open, bound, choice: made, rollout }: OpenRollback,
  allowance: Allowance,
): Promise<ActionResult> {
  const live = await open.platform.live(open.target);
  const choice = await made.choose(live);
  const facts = await rollout.gateFacts('manual-rollback', live, allowance);
  const gates = gatesInDryRun(rollout.gates, facts, rollout.force);
  const chosen = choice.kind === 'no-target' ? 'nothing' : choice.release.label;
  const decision = `${shownTarget(open.target)} serves ${describeLive(live)}; a rollback would go to ${chosen}: ${choice.why}`;
  const records = bound.recordsLine();
  const left = open.beside().left.map((line) => `A rollback clears away what a deploy left: ${line}.`);
  const undone = open.notUndone.map((text) => `Not undone: ${text}`);
  const looked = candidatesOf(choice).map(({ label, passedOver }) => `${label}: ${passedOver ?? 'taken'}`);
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: servingBefore(live, 'rollback'),
    ok: true,
    outputs: {
      target: open.target.id,
      'restored-release': choice.kind === 'no-target' ? '' : choice.release.id,
      candidates: JSON.stringify(candidatesOf(choice)),
    },
    summary: [
      '## 📝 Rehearsed: nothing was changed',
      escapeMarkdown(decision),
      [...gates, ...left].map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
      warningsOf(choice),
      candidatesTable(choice),
      records === undefined ? '' : `**Records:** ${records}`,
      `${undone.map((text) => `- ${escapeMarkdown(text)}`).join('\n')}\n`,
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
    headline: [...looked, decision, ...gates, ...left, ...undone].join('\n'),
  };
}
