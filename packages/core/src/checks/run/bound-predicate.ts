import type { Predicate } from '../assertion.ts';
import { CoercibleValue } from '../judge/coerce.ts';
import { isNumeral, numberOf } from '../judge/exact-number.ts';
import { inDoubles } from '../judge/json-text.ts';
import { schemaRefusal } from '../judge/schema/refusal.ts';
import { rangeOf } from '../judge/values.ts';
import { isVersionRange } from '../judge/version-ranges.ts';
import type { Problem } from '../parse/cursor.ts';
import { Cursor } from '../parse/cursor.ts';
import { provesNothing } from '../parse/idle-operands.ts';
import { wrongOperand } from '../parse/predicates.ts';
import { filledDeep, namesUsed, wholeName } from '../parse/template.ts';
import { isPutOff, TemplateOperand } from '../parse/template-operand.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Scope } from '../types/check-type.ts';
import type { FilledText } from './filled-schema.ts';
import { filledSchema } from './filled-schema.ts';
import type { VariableValue } from './variable-value.ts';
import { isPlain } from './variable-value.ts';

/** What operands are filled in with. */
export type OperandScope = Pick<Scope, 'fill' | 'given' | 'isSecret'>;

/**
 * A predicate with its variables filled in. Throws BindProblem for an operand that its variables make empty, or nothing
 * that could be compared with; one that waits for a capture stays as it is.
 */
export function boundPredicate(predicate: Predicate, scope: OperandScope): Predicate {
  if (predicate.nested.length > 0)
    return { ...predicate, nested: predicate.nested.map((one) => boundPredicate(one, scope)) };
  const { name, expected: written } = predicate;
  const expected = boundOperand(written, predicate, scope);
  if (expected === written || isPutOff(expected)) return { ...predicate, expected };
  const wrong = wrongOperand(name, expected);
  if (wrong !== undefined)
    throw new BindProblem(`\`${name}\` takes ${wrong}, and ${describedOf(written)} is not.`);
  if (name === 'semver' && isVersionRange(String(expected)) === false)
    throw new BindProblem(
      `\`semver\` takes a range of versions such as ^2.1, and ${describedOf(written)} is not.`,
    );
  const idle = provesNothing(name, expected, predicate.negated);
  if (idle !== undefined) throw new BindProblem(idle);
  const refusal =
    name === 'schema' && typeof expected === 'object' ? schemaRefusal(inDoubles(expected)) : undefined;
  if (refusal !== undefined) throw new BindProblem(`The schema is wrong: ${refusal}.`);
  const isRange = name === 'equals' && isStatus(written) && rangeOf(expected) !== undefined;
  return isRange ? { ...predicate, name: 'in', expected: [expected] } : { ...predicate, expected };
}

/** A plain status may be a range. */
function isStatus(written: unknown): boolean {
  return written instanceof TemplateOperand && written.key === 'status';
}

/** What is compared with text takes text; what has a type of its own is told by what it is compared with. */
const ofAnyKind: readonly string[] = ['equals', 'gt', 'gte', 'lt', 'lte', 'between', 'in', 'contains'];

function boundOperand(written: unknown, { name }: Predicate, scope: OperandScope): unknown {
  if (written instanceof TemplateOperand) return operandOf(written, scope);
  if (Array.isArray(written) && isPutOff(written))
    return written.map((item) => (item instanceof TemplateOperand ? operandOf(item, scope) : item));
  if (!holdsTemplate(written) || waits(written, scope)) return written;
  if (name === 'schema' && typeof written !== 'string')
    return filledSchema(written, (text) => inSchema(text, scope));
  const fits = ofAnyKind.includes(name);
  return filledDeep(written, (text) => {
    const given = givenOf(text, scope);
    return fits
      ? fitting(given, filledOrRefused(text, name, scope, given))
      : filledOrRefused(text, name, scope);
  });
}

/** A schema holds values of all types. */
function inSchema(text: string, scope: OperandScope): FilledText {
  const given = givenOf(text, scope);
  if (given !== undefined && typeof given.value !== 'string') return { value: given.value, isOpen: false };
  return { value: filledOrRefused(text, 'schema', scope), isOpen: given?.isTyped === false };
}

function operandOf(operand: TemplateOperand, scope: OperandScope): unknown {
  const { text, key, read } = operand;
  if (isOpen(text, scope)) return operand;
  const given = givenOf(text, scope);
  const whole = filledOrRefused(text, key, scope, read === undefined ? given : undefined);
  return read === undefined ? fitting(given, whole) : firstRead(operand, formsOf(whole, given), scope);
}

/** What a text stands for that is one name and nothing else. */
function givenOf(text: string, { given }: OperandScope): VariableValue | undefined {
  const name = wholeName(text);
  return name === undefined ? undefined : given(name);
}

/** Text that YAML or JSON made text, and what has no form in a text, is what it is; all else fits what it meets. */
function fitting(given: VariableValue | undefined, whole: string): unknown {
  if (given === undefined) return whole;
  const isFixed = given.isTyped && (typeof given.value === 'string' || !isPlain(given.value));
  return isFixed ? given.value : new CoercibleValue(given.value, given.text, given.isTyped);
}

/** Everything that a value may be read as, the likeliest first. */
function formsOf(text: string, given: VariableValue | undefined): readonly unknown[] {
  return [
    ...(given === undefined ? [] : [given.value]),
    text,
    ...(isNumeral(text) ? [numberOf(text)] : []),
    ...(text === 'true' || text === 'false' ? [text === 'true'] : []),
  ];
}

function firstRead(
  { text, key, read }: TemplateOperand,
  forms: readonly unknown[],
  { isSecret }: OperandScope,
): unknown {
  const problems: Problem[] = [];
  for (const form of forms) {
    const before = problems.length;
    const value = read?.(new Cursor(form, problems, undefined, key));
    if (problems.length === before && value !== undefined) return value;
  }
  // Cut short, the value of a secret would no longer be known as one.
  const why = namesUsed(text).some(isSecret) ? 'It is of another kind.' : (problems[0]?.message ?? '');
  throw new BindProblem(`\`${key}\` is given ${text}. ${why}`);
}

/** A text with its variables filled in. Throws BindProblem when nothing is left of it. `whole`: need not be text. */
export function filledOrRefused(
  text: string,
  key: string,
  { fill, given }: OperandScope,
  whole?: VariableValue,
): string {
  if (isOpen(text, { given })) return text;
  const filled = whole === undefined || isPlain(whole.value) ? fill(text) : whole.text;
  if (text === '' || filled !== '') return filled;
  const what = whole?.value === null ? 'null' : 'empty';
  throw new BindProblem(
    `\`${key}\` is given ${text}, which is ${what}: that would prove nothing. Give it a value.`,
  );
}

function describedOf(written: unknown): string {
  if (written instanceof TemplateOperand) return written.text;
  return typeof written === 'string' ? written : 'what its variables make of it';
}

/** Whether a value of the file has a template anywhere in it. */
export function holdsTemplate(written: unknown): boolean {
  return written instanceof TemplateOperand || someText(written, (text) => text.includes('${'));
}

/** Whether a part of a check, templates and all, names one of these. */
export function usesOneOf(written: unknown, names: ReadonlySet<string>): boolean {
  return names.size > 0 && someText(written, (text) => namesUsed(text).some((name) => names.has(name)));
}

/** Whether a value needs what nothing has captured yet. */
export function waits(written: unknown, scope: Pick<OperandScope, 'given'>): boolean {
  return someText(written, (text) => isOpen(text, scope));
}

function isOpen(text: string, { given }: Pick<OperandScope, 'given'>): boolean {
  return namesUsed(text).some((name) => given(name)?.isOpen === true);
}

/** Whether `test` holds of any text inside a value. */
function someText(written: unknown, test: (text: string) => boolean): boolean {
  if (typeof written === 'string') return test(written);
  if (typeof written !== 'object' || written === null) return false;
  return Object.values(written).some((part) => someText(part, test));
}
