import { BindProblem } from '../types/bind-problem.ts';
import type { Probe, Scope } from '../types/check-type.ts';
import type { BoundCheck } from './bound.ts';
import { boundAssertions } from './bound-assertions.ts';
import type { GeneratedValues } from './generated-values.ts';
import type { ScopeParts, Values } from './scope.ts';
import { namesOf, scopeOf } from './scope.ts';

/**
 * The same check of the previous release: `url` is `previous-url`. undefined where that is not known, or where the
 * check does not go by `url` and would only ask the new release again.
 */
export function boundToPrevious(
  { check, document, probe }: BoundCheck,
  binding: Values & Pick<ScopeParts, 'redactor' | 'files'> & { readonly generated: GeneratedValues },
): BoundCheck | undefined {
  const url = binding.variables['previous-url'] ?? '';
  if (url === '') return undefined;
  const names = namesOf(
    document,
    { ...binding, variables: { ...binding.variables, url } },
    binding.generated,
  );
  // Which build the old release is does not matter here, only whether it answers, and how fast.
  const scope = scopeOf(check, document, { ...binding, names, build: { kind: 'unknown' } });
  const previous = probeOf((one) => check.blueprint.bind(one), scope);
  if (previous === undefined || previous.url === probe.url) return undefined;
  const expect = boundAssertions(check.expect, scope);
  return { check, document, probe: previous, expect };
}

function probeOf(bind: (scope: Scope) => Probe, scope: Scope): Probe | undefined {
  try {
    return bind(scope);
  } catch (error) {
    if (error instanceof BindProblem) return undefined;
    throw error;
  }
}
