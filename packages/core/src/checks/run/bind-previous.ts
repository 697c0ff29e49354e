import type { Redactor } from '../../redactor.ts';
import type { Probe, Scope } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import type { BoundCheck } from './bind.ts';
import { filledAssertions } from './bind.ts';
import type { Values } from './scope.ts';
import { namesOf, scopeOf } from './scope.ts';

/**
 * The same check of the previous release: `url` is `previous-url`. undefined where that is not known, or where the
 * check does not go by `url` and would only ask the new release again.
 */
export function boundToPrevious(
  { check, document, probe }: BoundCheck,
  { redactor, ...values }: Values & { readonly redactor: Redactor },
): BoundCheck | undefined {
  const url = values.variables['previous-url'] ?? '';
  if (url === '') return undefined;
  const names = namesOf(document, { ...values, variables: { ...values.variables, url } });
  // Which build the old release is does not matter here, only whether it answers, and how fast.
  const { protectionBypass } = values;
  const build = { kind: 'unknown' } as const;
  const scope = scopeOf(check, document, { names, redactor, protectionBypass, build });
  const previous = probeOf((one) => check.blueprint.bind(one), scope);
  if (previous === undefined || previous.url === probe.url) return undefined;
  return { check, document, probe: previous, expect: filledAssertions(check, scope) };
}

function probeOf(bind: (scope: Scope) => Probe, scope: Scope): Probe | undefined {
  try {
    return bind(scope);
  } catch (error) {
    if (error instanceof BindProblem) return undefined;
    throw error;
  }
}
