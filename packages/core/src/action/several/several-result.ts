import { type FailureText, failureLine } from '../../outcome/failure.ts';
import { type Outcome, outcomes } from '../../outcome/outcome.ts';
import { type ActionKind, outcomeGroups } from '../../outcome/outcome-group.ts';
import type { Annotation } from '../../report/annotation.ts';
import { code, table } from '../../text/markdown.ts';
import type { ActionResult } from '../action.ts';
import { groupOf, needsPerson } from '../needs-person.ts';
import { summaryOf } from '../summary-of.ts';

/** How one of several targets ended. */
export interface NamedResult {
  readonly name: string;
  readonly result: ActionResult;
}

/**
 * One result of several: outcome, reason and failure of the worst, the outputs of the first, and `results` of all. Green
 * only where all are.
 */
export function severalResult(kind: ActionKind, all: readonly [NamedResult, ...NamedResult[]]): ActionResult {
  const [first] = all;
  const worst =
    all.toSorted((one, other) => badness(kind, other.result) - badness(kind, one.result))[0] ?? first;
  const red = all.filter(({ result }) => result.failure !== undefined);
  const { outcome, reason, failure } = worst.result;
  return {
    outcome,
    reason,
    serving: servingOf(all),
    ok: all.every(({ result }) => result.ok),
    needsPerson: all.some(({ result }) => needsPerson(kind, result)),
    outputs: { ...first.result.outputs, results: JSON.stringify(all.flatMap(listed)) },
    summary: page(all),
    headline: all.map(({ name, result }) => `${name}: ${result.headline}`).join('\n'),
    annotations: [...all.flatMap(annotationsOf), ...(red.length > 1 ? red.map(failureOf) : [])],
    ...(failure !== undefined && { failure: named(worst.name, failure) }),
  };
}

/** By what it asks of people first; among those, in the order of the closed list. */
function badness(kind: ActionKind, result: ActionResult): number {
  const group = outcomeGroups.indexOf(groupOf(kind, result));
  return group * outcomes.length + outcomes.indexOf(result.outcome as Outcome);
}

/** The one word for all of them: what is not the same everywhere is a mix, and what is not known somewhere is not known. */
function servingOf(all: readonly NamedResult[]): NonNullable<ActionResult['serving']> {
  const servings = new Set(all.map(({ result }) => result.serving ?? 'unknown'));
  if (servings.has('unknown')) return 'unknown';
  const [one, ...others] = servings;
  return one !== undefined && others.length === 0 ? one : 'mixed';
}

/** As the output `results` has it; what ended before it had outputs is told by how it ended. */
function listed({ name, result }: NamedResult): readonly object[] {
  const { outcome, reason, serving = 'unknown', outputs } = result;
  const { results, ...own } = outputs;
  return results === undefined ? [{ name, outcome, reason, serving, ...own }] : withName(name, results);
}

function withName(name: string, results: string): readonly object[] {
  const parsed: unknown = JSON.parse(results);
  return Array.isArray(parsed) ? parsed.map((one: object) => ({ name, ...one })) : [];
}

function page(all: readonly NamedResult[]): string {
  const rows = all.map(({ name, result: { ok, outcome, reason, serving = 'unknown' } }) => [
    code(name),
    `${ok ? '✅' : '❌'} ${outcome}/${reason}`,
    serving,
  ]);
  const green = all.filter(({ result }) => result.ok).length;
  return [
    `## ${green === all.length ? '✅' : '❌'} ${green} of ${all.length} services ended well`,
    table(['Service', 'Came to', 'Serves now'], rows),
    ...all.map(({ result }) => (summaryOf(result) ?? '').trimEnd()),
    '',
  ].join('\n\n');
}

function annotationsOf({ name, result: { annotations = [] } }: NamedResult): readonly Annotation[] {
  return annotations.map((annotation) => ({ ...annotation, message: `${name}: ${annotation.message}` }));
}

/** One annotation for each that failed; the step's own line names the worst. */
function failureOf({ name, result }: NamedResult): Annotation {
  const line = result.failure === undefined ? result.headline : failureLine(result.failure);
  return { level: 'error', message: `${name}: ${line}` };
}

function named(name: string, failure: FailureText): FailureText {
  return { ...failure, what: `${name}: ${failure.what}` };
}
