// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language and of workflows

import { startOf } from '../../text/cut.ts';
import { ExactNumber } from '../judge/exact-number.ts';
import type { Origin } from '../origin.ts';

/** Something wrong with a check file, and the value it is about. */
export interface Problem {
  readonly message: string;
  readonly origin: Origin;
  readonly on: 'key' | 'value';
}

/** A value of the parsed document that knows where it stands, so that a problem can be placed later. */
export class Cursor implements Origin {
  readonly value: unknown;
  readonly parent: Cursor | undefined;
  readonly key: string | number;
  readonly problems: Problem[];
  /** Why the run is not trusted, one sentence; undefined when it is. */
  readonly untrusted: string | undefined;

  constructor(
    value: unknown,
    problems: Problem[],
    parent?: Cursor,
    key: string | number = '',
    untrusted: string | undefined = parent?.untrusted,
  ) {
    this.value = value;
    this.problems = problems;
    this.parent = parent;
    this.key = key;
    this.untrusted = untrusted;
  }

  /** Notes a problem and answers undefined, so that readers can `return at.fail(…)`. */
  fail(message: string, on: 'key' | 'value' = 'value'): undefined {
    const isExpression = on === 'value' && typeof this.value === 'string' && this.value.includes('${{');
    if (!isExpression) this.problems.push({ message, origin: this, on });
    else if (!this.problems.some((one) => one.message === ofWorkflow && isSamePlace(one.origin, this)))
      this.problems.push({ message: ofWorkflow, origin: this, on });
    return undefined;
  }

  child(key: string | number, value: unknown): Cursor {
    return new Cursor(value, this.problems, this, key);
  }
}

/** Said where the syntax of workflows stands in a check file, whatever else would be wrong with it there. */
export const ofWorkflow =
  '`${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.';

function isSamePlace(one: Origin, other: Origin): boolean {
  return pathOf(one).join('\n') === pathOf(other).join('\n');
}

/** The keys from the root down to `origin`. */
export function pathOf(origin: Origin): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Origin | undefined = origin; at?.parent !== undefined; at = at.parent) path.unshift(at.key);
  return path;
}

/** A value as a message shows it: JSON on one line, at most 80 characters. */
export function shown(value: unknown): string {
  // Of a long text no more is written out than is shown.
  const text = JSON.stringify(typeof value === 'string' ? startOf(value, 80) : value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}
