import type { Predicate } from '../assertion.ts';
import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import type { Fields } from '../parse/fields.ts';
import { fields } from '../parse/fields.ts';
import { fitting } from '../parse/misfits.ts';
import { readPredicates } from '../parse/predicates.ts';
import { listOf, oneOf, text } from '../parse/scalars.ts';
import { textSource } from '../parse/source-grammar.ts';
import { anyOperand } from '../parse/template-operand.ts';
import { boundPredicate } from '../run/bound-predicate.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope } from './check-type.ts';

/** One turn of a dialogue, as written: something is said, something must be heard; either may be absent. */
export interface StepSpec {
  readonly send: Saying | undefined;
  readonly expect: readonly Predicate[];
  readonly opcode: Opcode | undefined;
}

export type Opcode = 'text' | 'binary';

type Saying =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown };

/** A turn with its templates filled in. */
export interface DialogueStep {
  readonly send: { readonly bytes: Buffer; readonly opcode: Opcode } | undefined;
  readonly expect: readonly Predicate[];
  readonly opcode: Opcode | undefined;
}

export interface StepGrammar {
  /** What a plain text under `expect` means: a stream has no ends of messages, so there it is `contains`. */
  readonly plain: 'equals' | 'contains';
  /** Whether messages are marked as text or binary. */
  readonly framed: boolean;
}

/** Keys for `fields` of a type with a dialogue. */
export const dialogueKeys: readonly string[] = ['send', 'expect', 'steps'];

/** A dialogue: `send` and `expect` for one turn, or `steps` for several. */
export function readDialogue(given: Fields, grammar: StepGrammar): readonly StepSpec[] | undefined {
  const steps = given.get('steps');
  if (steps === undefined) {
    const turn = readTurn(given, grammar);
    return turn.send === undefined && turn.expect.length === 0 && turn.opcode === undefined ? [] : [turn];
  }
  if (given.has('send') || given.has('expect'))
    return steps.fail('A dialogue is either `send` and `expect`, or `steps`: not both.', 'key');
  return listOf((one) => readStep(one, grammar))(steps);
}

function readStep(at: Cursor, grammar: StepGrammar): StepSpec | undefined {
  const keys = ['send', 'expect', ...(grammar.framed ? ['opcode'] : [])];
  const given = fields(at, { what: 'a step of a dialogue', keys });
  if (given === undefined) return undefined;
  if (!given.has('send') && !given.has('expect'))
    return at.fail('A step needs `send`, `expect`, or both: it would do nothing.');
  return readTurn(given, grammar);
}

function readTurn(given: Fields, { plain, framed }: StepGrammar): StepSpec {
  return {
    send: given.read('send', saying),
    expect: given.read('expect', (at) => heard(at, plain)) ?? [],
    opcode: framed ? given.read('opcode', oneOf<Opcode>(['text', 'binary'])) : undefined,
  };
}

function saying(at: Cursor): Saying | undefined {
  if (!isMapping(at.value)) {
    const line = text(at);
    return line === undefined ? undefined : { kind: 'text', text: line };
  }
  const given = fields(at, { what: '`send`', keys: ['base64', 'json'] });
  if (given === undefined) return undefined;
  if (given.has('base64') === given.has('json'))
    return at.fail('`send` is text, or one of { base64: … } and { json: … }.');
  const base64 = given.read('base64', text);
  if (given.has('json')) return { kind: 'json', value: given.get('json')?.value };
  return base64 === undefined ? undefined : { kind: 'base64', text: base64 };
}

function heard(at: Cursor, plain: StepGrammar['plain']): readonly Predicate[] | undefined {
  if (isMapping(at.value)) {
    const predicates = readPredicates(at, textSource.value ?? anyOperand);
    return fitting({ filters: [], predicates }, textSource, at).predicates;
  }
  if (typeof at.value !== 'string' || at.value === '')
    return at.fail(`\`expect\` of a dialogue is text or predicates, not ${shown(at.value)}.`);
  return [{ name: plain, negated: false, expected: at.value, nested: [] }];
}

/** All that is asked of what is heard. */
export function heardIn(steps: readonly StepSpec[]): readonly Predicate[] {
  return steps.flatMap(({ expect }) => expect);
}

/** Fills in the templates of a dialogue. Throws BindProblem for what cannot be sent. */
export function boundSteps(steps: readonly StepSpec[], scope: Scope): readonly DialogueStep[] {
  return steps.map(({ send, expect, opcode }) => ({
    send: send && boundSaying(send, scope),
    expect: expect.map((one) => boundPredicate(one, scope)),
    opcode,
  }));
}

function boundSaying(saying: Saying, scope: Scope): NonNullable<DialogueStep['send']> {
  switch (saying.kind) {
    case 'text':
      return { bytes: Buffer.from(scope.fill(saying.text)), opcode: 'text' };
    case 'json':
      return { bytes: Buffer.from(JSON.stringify(scope.fillDeep(saying.value))), opcode: 'text' };
    case 'base64': {
      const text = scope.fill(saying.text).trim();
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
        throw new BindProblem(`${JSON.stringify(text)} is not base64.`);
      return { bytes: Buffer.from(text, 'base64'), opcode: 'binary' };
    }
  }
}
