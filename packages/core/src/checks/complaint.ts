import { ActionFailure } from '../outcome/failure.ts';
import type { Check, CheckDocument, LoadWarning } from './check-file.ts';
import type { SourcePlace } from './check-result.ts';

/** Something wrong, and where. */
export interface Complaint {
  readonly message: string;
  readonly place?: SourcePlace | undefined;
}

/** Problems that are named; a log that lists more is read by nobody. */
export const mostNamed = 200;

/** The one failure that lists everything wrong with the checks, in the order of the files. */
export function invalidChecks(
  complaints: readonly Complaint[],
  warnings: readonly LoadWarning[] = [],
): ActionFailure {
  const lines = complaints.slice(0, mostNamed).map(complaintLine);
  const [first = '', ...others] = lines;
  return new ActionFailure({
    code: 'checks-invalid',
    what:
      others.length === 0
        ? `The checks cannot be used: ${first}`
        : `The checks have ${complaints.length} problems; the first: ${first}`,
    next: 'Correct the places named below.',
    details: [
      ...lines,
      ...(complaints.length > mostNamed ? [`and ${complaints.length - mostNamed} more`] : []),
      ...warnings.map(({ message, where }) =>
        complaintLine({ message: `(warning) ${message}`, place: where }),
      ),
    ],
  });
}

function complaintLine({ message, place }: Complaint): string {
  if (place === undefined) return message;
  return `${place.file ?? 'checks'}:${place.line}:${place.column}: ${message}`;
}

/** What is wrong with a value of a check, at its place. */
export function bindComplaint(
  { name, origin }: Check,
  { source }: CheckDocument,
  message: string,
): Complaint {
  return { message: `Check ${JSON.stringify(name)}: ${message}`, place: source.place(origin) };
}
