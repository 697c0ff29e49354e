import type { ActionResult } from '../../../action/action.ts';
import { escapeMarkdown } from '../../../text/markdown.ts';
import { describeFlyToken, type FlyTokenNeed, flyTokenAdvice } from './token-advice.ts';
import { flyTokenKind } from './token-kind.ts';

/** What `withFlyToken` answers. */
export function withTokenNotes(result: ActionResult, token: string, need: FlyTokenNeed): ActionResult {
  const kind = flyTokenKind(token);
  const advice = flyTokenAdvice(kind, need);
  const described = result.outcome === 'rehearsed' ? describeFlyToken(kind) : undefined;
  const told = [described, advice].filter((text) => text !== undefined).join(' ');
  if (told === '') return result;
  const summary = `${(result.summary ?? '').trimEnd()}\n\n**Token:** ${escapeMarkdown(told)}\n`.trimStart();
  return {
    ...result,
    ...(described === undefined ? {} : { headline: `${result.headline}\n${described}` }),
    ...(advice === undefined
      ? {}
      : { annotations: [...(result.annotations ?? []), { level: 'notice', message: advice }] }),
    summary,
  };
}
