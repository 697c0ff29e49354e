import type { Fields } from '../fields.ts';
import type { ServiceAnswer } from '../service.ts';
import type { ControlledCloud } from './controlled-cloud.ts';

export interface ControlRequest {
  readonly query: URLSearchParams;
  /** Parsed JSON, without a problem; undefined where none was sent. */
  readonly body: unknown;
}

/** One thing that can be asked of the cloud itself. */
export interface ControlRoute {
  /** What it does, in the words of the documentation. */
  readonly does: string;
  /** Absent: it takes no query. */
  readonly query?: Fields;
  /** Everything that keeps a body from being taken. Absent: it takes none. */
  readonly bodyProblems?: (body: unknown, cloud: ControlledCloud) => readonly string[];
  readonly answer: (
    cloud: ControlledCloud,
    request: ControlRequest,
  ) => ServiceAnswer | Promise<ServiceAnswer>;
}

export const done: ServiceAnswer = { status: 204 };

export function ok(body: object): ServiceAnswer {
  return { status: 200, body };
}

export function bad(problems: readonly string[]): ServiceAnswer {
  return { status: 400, body: { problems } };
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
