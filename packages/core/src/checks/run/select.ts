import type { Redactor } from '../../io/redactor.ts';
import { nearest } from '../../text/nearest.ts';
import type { Check, CheckDocument, CheckFile, Scenario, ScenarioStep } from '../check-file.ts';
import { stepsOf } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';

/** Which checks of a file are wanted. */
export interface Selection {
  readonly only?: ReadonlySet<string> | undefined;
  readonly tags?: ReadonlySet<string> | undefined;
  /** Names come from reports, and those are masked. */
  readonly redactor: Redactor;
}

export interface Selected {
  readonly document: CheckDocument;
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
}

/** What is left of each document. A filter that matches nothing, or leaves nothing that could fail, is a complaint. */
export function select(file: CheckFile, selection: Selection, complaints: Complaint[]): Selected[] {
  const { only, tags } = selection;
  const selected = file.documents.map((document) => ({
    document,
    checks: document.checks.filter((check) => isNamed(check, selection) && isTagged(check, tags)),
    scenarios: document.scenarios
      .filter((scenario) => isTagged(scenario, tags))
      .flatMap((scenario) => narrowed(scenario, selection)),
  }));
  complaints.push(...unmatched(file, selection));
  const left = selected.flatMap(({ checks, scenarios }) => [
    ...checks,
    ...scenarios.flatMap((one) => one.steps),
  ]);
  if (
    complaints.length === 0 &&
    (only ?? tags) !== undefined &&
    !left.some(({ severity }) => severity === 'gate')
  )
    complaints.push({ message: 'Every selected check is advisory, so nothing could fail. Select a gate.' });
  return selected;
}

function isNamed({ name }: { readonly name: string }, { only, redactor }: Selection): boolean {
  return only === undefined || only.has(name) || only.has(redactor.redact(name));
}

/** The release check belongs to every selection: without it the others may have asked the old build. */
function isTagged(one: Check | Scenario, tags: ReadonlySet<string> | undefined): boolean {
  if (tags === undefined || ('type' in one && one.type === 'release')) return true;
  return one.tags.some((tag) => tags.has(tag));
}

/** A scenario goes as far as its last named step; the steps before it are needed, and decide nothing. */
function narrowed(scenario: Scenario, selection: Selection): Scenario[] {
  if ([scenario, ...scenario.last].some((one) => isNamed(one, selection))) return [scenario];
  const last = scenario.steps.findLastIndex((step) => isNamed(step, selection));
  if (last === -1) return [];
  const steps = scenario.steps
    .slice(0, last + 1)
    .map((step): ScenarioStep => (isNamed(step, selection) ? step : { ...step, severity: 'advisory' }));
  return [{ ...scenario, steps }];
}

function unmatched({ documents }: CheckFile, { only, tags, redactor }: Selection): Complaint[] {
  const parts = documents.flatMap(({ checks, scenarios }) => [...checks, ...scenarios]);
  const steps = documents.flatMap(({ scenarios }) => scenarios.flatMap(stepsOf));
  const names = [...parts, ...steps].map(({ name }) => name);
  const known = new Set([...names, ...names.map((name) => redactor.redact(name))]);
  const allTags = new Set(parts.flatMap((part) => part.tags));
  return [
    ...unknownNames(only, known, 'check is called'),
    ...unknownNames(tags, allTags, 'check has the tag'),
  ];
}

function unknownNames(
  wanted: ReadonlySet<string> = new Set(),
  known: ReadonlySet<string>,
  what: string,
): Complaint[] {
  const strange = [...wanted].filter((name) => !known.has(name));
  return strange.map((name) => {
    const meant = nearest(name, [...known]);
    const hint = meant === undefined ? '' : ` Did you mean ${JSON.stringify(meant)}?`;
    return { message: `No ${what} ${JSON.stringify(name)}.${hint}` };
  });
}
