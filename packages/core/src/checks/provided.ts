import type { CheckFile } from './check-file.ts';

/** What a check file may use without defining it. What is absent here has no value there: using it is an error. */
export interface ProvidedFacts {
  readonly url?: string | undefined;
  /** The commit of the release under test. */
  readonly sha?: string | undefined;
  readonly release?: string | undefined;
  readonly environment: string;
  readonly service?: string | undefined;
  /** Where the previous release can still be asked; '' where it cannot, as on Fly. */
  readonly previousUrl: string;
}

/** The provided variables by the names that check files know. */
export function providedVariables(facts: ProvidedFacts): Readonly<Record<string, string>> {
  const { previousUrl, ...others } = facts;
  const known = Object.entries({ ...others, 'previous-url': previousUrl });
  return Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The same checks without the one of the build that serves: someone chose not to ask for it. */
export function withoutRelease(file: CheckFile): CheckFile {
  const documents = file.documents.map((document) => ({
    ...document,
    checks: document.checks.filter(({ type }) => type !== 'release'),
  }));
  return { ...file, documents };
}
