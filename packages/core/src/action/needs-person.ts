import { type ActionKind, outcomeGroup } from '../outcome/outcome-group.ts';
import type { ActionResult } from './action.ts';

/** Whether a person must look now, by how a step ended. */
export function needsPerson(kind: ActionKind, result: ActionResult): boolean {
  return result.needsPerson ?? groupOf(kind, result) === 'needs-a-person';
}

/** What an ending asks of people. */
export function groupOf(kind: ActionKind, result: ActionResult) {
  const { serving = 'unknown', outputs } = result;
  const hadServed = (outputs['previous-release'] ?? '') !== '';
  return outcomeGroup(kind, { ...result, serving, hadServed });
}
