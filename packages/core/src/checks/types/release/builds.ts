import { asText } from '../../judge/values.ts';
import { compareCommits } from '../commits.ts';

/** How the names of builds are compared. */
export interface Comparing {
  /** Undefined when nobody knows what to compare with. */
  readonly wanted: string | undefined;
  readonly match: 'exact' | 'prefix';
}

/** Whether several names are of one build. One that names none, such as null or `unknown`, is of none. */
export function areOneBuild(names: readonly unknown[], comparing: Comparing): boolean {
  const [first] = names;
  return names.length < 2 || names.every((one) => isSameBuild(one, first, comparing));
}

/** Whether any of them may be the name of a build. */
export function nameAny(names: readonly unknown[], comparing: Comparing): boolean {
  return names.some((name) => isName(name, comparing));
}

/** Where nobody knows what to compare with, every word is a name. */
function isName(name: unknown, { wanted, match }: Comparing): boolean {
  return compareCommits(name, wanted === undefined ? undefined : anyCommit, match).kind !== 'none';
}

const anyCommit = '0000000';

/** Both of the wanted one, or of each other where none is wanted. */
function isSameBuild(one: unknown, other: unknown, comparing: Comparing): boolean {
  const { wanted, match } = comparing;
  const name = plain(other);
  if (!isName(one, comparing)) return false;
  if (plain(one) === name) return true;
  const pairs =
    wanted === undefined ? [[one, name] as const] : [one, other].map((each) => [each, wanted] as const);
  return pairs.every(([value, expected]) => compareCommits(value, expected, match).kind === 'same');
}

function plain(name: unknown): string {
  return asText(name).trim().toLowerCase();
}

const [mostNamed, mostShown] = [4, 256] as const;

/** For the report; what has no name is `""`. */
export function namesOf(builds: readonly unknown[]): string {
  const names = [...new Set(builds.map((one) => asText(one).trim().slice(0, mostShown) || '""'))];
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}
