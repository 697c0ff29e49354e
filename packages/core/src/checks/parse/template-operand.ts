import type { Cursor } from './cursor.ts';
import { hasReference } from './template.ts';

/** Reads one expected value of the source's own kind; undefined notes a problem. */
export type ReadValue = (at: Cursor) => unknown;

/** For sources that are compared with whatever they hold. */
export const anyOperand: ReadValue = (at) => at.value;

const ofNumbers = new WeakSet<ReadValue>();

/** The reader of a source that is a number, whatever is answered. */
export function numeric(read: ReadValue): ReadValue {
  ofNumbers.add(read);
  return read;
}

export function isNumeric(read: ReadValue): boolean {
  return ofNumbers.has(read);
}

/** An operand with a variable in it: only when its value is known can it be read as what it is compared with. */
export class TemplateOperand {
  readonly text: string;
  /** What it stands under. */
  readonly key: string;
  /** Undefined where any value may be compared with. */
  readonly read: ReadValue | undefined;

  constructor(text: string, key: string, read: ReadValue | undefined) {
    this.text = text;
    this.key = key;
    this.read = read;
  }
}

/** An operand as it stands in the file, read as its source wants it, or put off until its variables have values. */
export function operandAt(at: Cursor, read: ReadValue): unknown {
  return typeof at.value === 'string' && hasReference(at.value)
    ? new TemplateOperand(at.value, String(at.key), read === anyOperand ? undefined : read)
    : read(at);
}

/** Whether an operand is whole only when the run starts. */
export function isPutOff(expected: unknown): boolean {
  return expected instanceof TemplateOperand || (Array.isArray(expected) && expected.some(isPutOff));
}
