import { ExactNumber } from '../judge/exact-number.ts';

/** What a service reported, held against the wanted commit. */
export type Compared =
  | { readonly kind: 'same'; readonly reported: string }
  | { readonly kind: 'other'; readonly reported: string }
  /** The endpoint names no commit at all. */
  | { readonly kind: 'none'; readonly why: string };

const placeholders: readonly string[] = ['', 'unknown', 'dev', 'head', 'null', 'undefined'];

/** Of a name of a build, in characters. */
const longest = 256;

/** Compares as people write commits (any build will do when none is wanted): any case, spaces around, short on either side, `sha-abc1234`. */
export function compareCommits(
  answered: unknown,
  wanted: string | undefined,
  match: 'exact' | 'prefix',
): Compared {
  const value = answered instanceof ExactNumber ? answered.toString() : answered;
  if (value === undefined || value === null) return { kind: 'none', why: 'no commit is there' };
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return { kind: 'none', why: `the number ${value}, which lost its digits: answer the commit as text` };
  }
  if (typeof value !== 'string' && typeof value !== 'number')
    return { kind: 'none', why: 'what is there is not text' };
  const reported = String(value).trim().toLowerCase();
  if (reported.length > longest)
    return { kind: 'none', why: `what is there has more than ${longest} characters` };
  if (placeholders.includes(reported))
    return { kind: 'none', why: `${JSON.stringify(reported)} is not a commit` };
  if (wanted === undefined) return { kind: 'same', reported };
  if (match === 'prefix' && !isHex(bare(reported))) {
    const why = `${JSON.stringify(reported)} is not a commit: compare other names with \`equals\` and \`match: exact\``;
    return { kind: 'none', why };
  }
  const expected = wanted.trim().toLowerCase();
  const same = match === 'exact' ? reported === expected : samePrefix(bare(reported), bare(expected));
  return { kind: same ? 'same' : 'other', reported };
}

function bare(commit: string): string {
  return commit.replace(/^(sha|git|commit)[-:]/, '');
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/.test(text);
}

function samePrefix(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return length >= 7 && one.slice(0, length) === other.slice(0, length);
}
