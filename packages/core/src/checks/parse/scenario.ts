import type { Reference, Scenario, Step } from '../check-file.ts';
import { checkTypes } from '../types/index.ts';
import { capturedSource, readCaptures } from './captures.ts';
import type { CheckForm, Defaults } from './check.ts';
import { commonKeys, readCheck, readCommon } from './check.ts';
import type { Cursor } from './cursor.ts';
import { isMapping } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields, quoted } from './fields.ts';
import { listOf, text, word } from './scalars.ts';
import { collectReferences } from './template.ts';
import { stepRetryRules } from './timing.ts';
import { readVariables } from './variables.ts';
import { bareReference, readWhen } from './when.ts';

const scenarioKeys = [...commonKeys, 'variables', 'steps'];

/** One item of `scenarios`. What it says of time and severity holds for its steps unless they say otherwise. */
export function readScenario(at: Cursor, defaults: Defaults): Scenario | undefined {
  const given = fields(at, { what: 'a scenario', keys: scenarioKeys });
  if (given === undefined) return undefined;
  const name = given.read('name', text);
  if (!given.has('name')) at.fail('A scenario needs a `name`.');
  const common = readCommon(given, defaults, stepRetryRules);
  // Waiting before the first step is the scenario's; the others follow when it is their turn.
  const forSteps = { ...defaults, ...common, delayMs: 0 };
  const steps = given.read('steps', (one) => readSteps(one, forSteps, name ?? ''));
  if (!given.has('steps')) at.fail('A scenario needs `steps`.');
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
    origin: at,
  };
}

function readSteps(at: Cursor, defaults: Defaults, scenario: string): Step[] | undefined {
  if (Array.isArray(at.value) && at.value.length === 0) at.fail('There is no step: nothing would be proved.');
  const steps = listOf((one) => readStep(one, defaults, scenario))(at);
  for (const [index, step] of (steps ?? []).entries()) {
    const name = step.severity === 'gate' ? shakyCapture(step, (steps ?? []).slice(0, index)) : undefined;
    if (name !== undefined)
      at.child(index, step).fail(
        `Only an advisory step captures ${quoted(name)}, and this gate needs it. Make that step a gate.`,
      );
  }
  return steps;
}

/** A gate that could not be tried because of an advisory failure would pass unseen. */
function shakyCapture({ references }: Step, before: readonly Step[]): string | undefined {
  return references.find(({ name }) => {
    const capturing = before.filter(({ captures }) => captures.some((one) => one.name === name));
    return capturing.length > 0 && capturing.every(({ severity }) => severity === 'advisory');
  })?.name;
}

const stepForm: CheckForm = {
  what: 'a step',
  // A scenario is selected, held and watched as a whole.
  keys: [...commonKeys.filter((key) => !['tags', 'window', 'watch'].includes(key)), 'expect', 'capture'],
  sources: capturedSource,
  retry: stepRetryRules,
};

function readStep(at: Cursor, defaults: Defaults, scenario: string): Step | undefined {
  const check = readCheck(at, defaults, stepForm);
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
