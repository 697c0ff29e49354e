import type { Scenario, ScenarioStep } from '../check-file.ts';
import type { Reference } from '../origin.ts';
import { checkTypes } from '../types/index.ts';
import { capturedSource, readCaptures } from './captures.ts';
import type { CheckForm, Defaults } from './check.ts';
import { commonKeys, readCheck, readCommon, typeNames } from './check.ts';
import type { Cursor } from './cursor.ts';
import { isMapping } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields, quoted } from './fields.ts';
import { perFamily } from './host-lookup.ts';
import { listOf, text, word } from './scalars.ts';
import { collectReferences } from './template.ts';
import { builtInRetry, retryRules, stepRetryRules } from './timing.ts';
import { readVariables } from './variables.ts';
import { bareReference, readWhen } from './when.ts';

const sampleKeys = ['samples', 'warmup', 'baseline'];
const scenarioKeys = [
  ...commonKeys.filter((key) => !sampleKeys.includes(key)),
  'variables',
  'steps',
  'finally',
];

/** One item of `scenarios`. What it says of time and severity holds for its steps unless they say otherwise. */
export function readScenario(at: Cursor, defaults: Defaults): Scenario | undefined {
  const given = fields(at, { what: 'a scenario', keys: scenarioKeys });
  if (given === undefined) return undefined;
  const name = given.read('name', text);
  if (!given.has('name')) at.fail('A scenario needs a `name`.');
  const common = readCommon(given, defaults, stepRetryRules);
  // Waiting before the first step is the scenario's; the others follow when it is their turn.
  // Many passes of a session are nobody's idea of a sample: a step takes those it asks for itself.
  const baseline = defaults.baseline && { ...defaults.baseline, samples: undefined };
  const forSteps = { ...defaults, ...common, baseline, delayMs: 0 };
  const steps = given.read('steps', (one) => readSteps(one, forSteps, name ?? ''));
  if (!given.has('steps')) at.fail('A scenario needs `steps`.');
  const last = given.read('finally', (one) => readLast(one, forSteps, name ?? '')) ?? [];
  if (name === undefined || steps === undefined) return undefined;
  return {
    name,
    tags: given.read('tags', listOf(word)) ?? [],
    when: given.read('if', readWhen),
    delayMs: common.delayMs,
    window: common.window,
    watch: common.watch,
    variables: given.read('variables', readVariables) ?? {},
    references: ownReferences(given),
    steps,
    last,
    origin: at,
  };
}

function readSteps(at: Cursor, defaults: Defaults, scenario: string): ScenarioStep[] | undefined {
  if (Array.isArray(at.value) && at.value.length === 0) at.fail('There is no step: nothing would be proved.');
  const steps = listOf((one) => readStep(one, defaults, { scenario, form: stepForm }))(at)?.flatMap(
    perFamily,
  );
  for (const [index, step] of (steps ?? []).entries()) {
    const name = step.severity === 'gate' ? shakyCapture(step, (steps ?? []).slice(0, index)) : undefined;
    if (name !== undefined)
      at.child(index, step).fail(
        `Only an advisory step captures ${quoted(name)}, and this gate needs it. Make that step a gate.`,
      );
  }
  return steps;
}

/** The steps of `finally`: what they meet is a warning, and they do not wait as the others may. */
function readLast(at: Cursor, defaults: Defaults, scenario: string): ScenarioStep[] | undefined {
  if (Array.isArray(at.value) && at.value.length === 0) at.fail('There is no step: leave `finally` out.');
  const own: Defaults = { ...defaults, severity: 'advisory', retry: builtInRetry, baseline: undefined };
  return listOf((one) => readStep(one, own, { scenario, form: lastForm }))(at)?.flatMap(perFamily);
}

/** A gate that could not be tried because of an advisory failure would pass unseen. */
function shakyCapture({ references }: ScenarioStep, before: readonly ScenarioStep[]): string | undefined {
  return references.find(({ name }) => {
    const capturing = before.filter(({ captures }) => captures.some((one) => one.name === name));
    return capturing.length > 0 && capturing.every(({ severity }) => severity === 'advisory');
  })?.name;
}

const stepForm: CheckForm = {
  what: 'a step',
  // A scenario is selected, held and watched as a whole.
  keys: [
    ...commonKeys.filter((key) => !['tags', 'window', 'watch'].includes(key)),
    'expect',
    'capture',
    ...typeNames,
  ],
  sources: (own) => ({ ...own, ...capturedSource }),
  retry: stepRetryRules,
};

/** They clean up: nothing depends on them, and nothing is measured. */
const lastForm: CheckForm = {
  ...stepForm,
  what: 'a step of `finally`',
  keys: stepForm.keys.filter((key) => key !== 'severity' && !sampleKeys.includes(key)),
  retry: retryRules,
};

interface Standing {
  readonly scenario: string;
  readonly form: CheckForm;
}

function readStep(at: Cursor, defaults: Defaults, { scenario, form }: Standing): ScenarioStep | undefined {
  const check = readCheck(at, defaults, form);
  const type = checkTypes.find(({ name }) => name === check?.type);
  if (check === undefined || type === undefined) return undefined;
  const written = isMapping(at.value) ? at.value.capture : undefined;
  const captures = written === undefined ? [] : readCaptures(at.child('capture', written), type);
  if (captures === undefined) return undefined;
  const asserted = check.expect.flatMap(({ source, origin }) =>
    source.name === 'capture' ? [{ name: source.argument ?? '', origin }] : [],
  );
  return {
    ...check,
    name: `${scenario} / ${check.name}`,
    scenario,
    references: [...check.references, ...asserted],
    captures,
  };
}

function ownReferences(given: Fields): readonly Reference[] {
  const found: Reference[] = [];
  for (const key of ['if', 'variables']) given.read(key, (at) => collectReferences(at, found));
  return [...found, ...(given.read('if', bareReference) ?? [])];
}
