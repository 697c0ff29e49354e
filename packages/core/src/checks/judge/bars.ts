import { failureText } from '../../report/checks-text.ts';
import type { Assertion } from '../check-file.ts';
import type { Warning } from '../verdict.ts';
import type { Read } from './extract.ts';
import type { JudgeContext, Judgement } from './judge.ts';
import { judge } from './judge.ts';

/** Asks every assertion; those that are bars only warn. */
export async function judgeWithBars(
  assertions: readonly Assertion[],
  read: Read,
  context: JudgeContext,
): Promise<Judgement & { readonly warnings: readonly Warning[] }> {
  if (!assertions.some(isBar)) return { ...(await judge(assertions, read, context)), warnings: [] };
  const decided = await judge(
    assertions.filter((one) => !isBar(one)),
    read,
    context,
  );
  const degraded = await judge(assertions.filter(isBar), read, context);
  const warnings = degraded.failures.map((failure) => ({
    message: `degraded: ${failureText(failure)}`,
    ...(failure.where === undefined ? {} : { where: failure.where }),
  }));
  return { ...decided, warnings };
}

function isBar({ advisory }: Assertion): boolean {
  return advisory === true;
}
