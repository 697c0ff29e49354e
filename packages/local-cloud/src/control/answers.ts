import type { ServiceAnswer } from '../service.ts';

export interface ControlRequest {
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where none was sent. */
  readonly body: unknown;
}

export const done: ServiceAnswer = { status: 204 };

export function ok(body: object): ServiceAnswer {
  return { status: 200, body };
}

export function bad(problems: readonly string[]): ServiceAnswer {
  return { status: 400, body: { problems } };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** A list as it is, anything else as a list of one. */
export function listOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : [body];
}

/** The problems of each entry of a list, with its place. */
export function problemsIn(
  entries: readonly unknown[],
  problemsOf: (entry: unknown) => readonly string[],
): readonly string[] {
  return entries.flatMap((entry, index) => problemsOf(entry).map((problem) => `[${index}] ${problem}`));
}
