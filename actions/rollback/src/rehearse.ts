import { type ActionResult, describeLive, escapeMarkdown, servingBefore } from '#core';
import { candidatesOf, candidatesTable, warningsOf } from './candidates.ts';
import { notUndone } from './decide.ts';
import type { OpenRollback } from './open.ts';

/** The candidates, the choice and why, and what would not be undone: found out by reading alone. */
export async function rehearse({ fly, bound, choice: made }: OpenRollback): Promise<ActionResult> {
  const live = await fly.platform.live(fly.target);
  const choice = await made.choose(live);
  const chosen = choice.kind === 'no-target' ? 'nothing' : choice.release.label;
  const decision = `${fly.target.id} serves ${describeLive(live)}; a rollback would go to ${chosen}: ${choice.why}`;
  const records = bound.recordsLine();
  const left = fly.platform.beside.left.map((line) => `A rollback clears away what a deploy left: ${line}.`);
  const undone = notUndone.map((text) => `Not undone: ${text}`);
  const looked = candidatesOf(choice).map(({ label, passedOver }) => `${label}: ${passedOver ?? 'taken'}`);
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: servingBefore(live, 'rollback'),
    ok: true,
    outputs: {
      target: fly.target.id,
      'restored-release': choice.kind === 'no-target' ? '' : choice.release.id,
      candidates: JSON.stringify(candidatesOf(choice)),
    },
    summary: [
      '## 📝 Rehearsed: nothing was changed',
      escapeMarkdown(decision),
      left.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
      warningsOf(choice),
      candidatesTable(choice),
      records === undefined ? '' : `**Records:** ${records}`,
      `${undone.map((text) => `- ${escapeMarkdown(text)}`).join('\n')}\n`,
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
    headline: [...looked, decision, ...left, ...undone].join('\n'),
  };
}
