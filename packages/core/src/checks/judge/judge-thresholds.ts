import { defined } from '../../text/defined.ts';
import type { Assertion } from '../assertion.ts';
import type { Warning } from '../check-result.ts';
import { failureText } from '../failure-text.ts';
import type { Read } from './extract.ts';
import type { JudgeContext, Judgement } from './judge.ts';
import { judge } from './judge.ts';

/** Asks every assertion; those that are thresholds only warn. */
export async function judgeWithThresholds(
  assertions: readonly Assertion[],
  read: Read,
  context: JudgeContext,
): Promise<Judgement & { readonly warnings: readonly Warning[] }> {
  if (!assertions.some(isThreshold)) return { ...(await judge(assertions, read, context)), warnings: [] };
  const decided = await judge(
    assertions.filter((one) => !isThreshold(one)),
    read,
    context,
  );
  const degraded = await judge(assertions.filter(isThreshold), read, context);
  const warnings = degraded.failures.map((failure) => ({
    message: `degraded: ${failureText(failure)}`,
    ...defined({ where: failure.where }),
  }));
  return { ...decided, warnings };
}

function isThreshold({ advisory }: Assertion): boolean {
  return advisory === true;
}
