import { createHmac } from 'node:crypto';
import { canonical, isMap, sorted } from './canonical.ts';

/**
 * What a release was made of, part by part, so that a later deploy can tell what differs by name. A part's name may be
 * grouped by dots (`env.GREETING`); its fingerprint is equal where the content is, and tells nothing else.
 */
export interface Fingerprint {
  /** A fingerprint of the key the others were made with: with another key nothing can be compared. */
  readonly key: string;
  /** `{"image":"Xk3…","env.GREETING":"9fQ…"}`, sorted by name. */
  readonly parts: Readonly<Record<string, string>>;
}

/** What parts hold, by their names: anything that JSON can hold. */
export type Contents = Readonly<Record<string, unknown>>;

/** A record is read with a hundred others: so many characters of JSON, and its groups are folded into one fingerprint each. */
const longest = 4_000;
const markLength = 10;
const legalName = /^[\w.-]{1,100}$/;

/**
 * Records are read by everyone who can read the repository, and values such as `true` are soon guessed. So each fingerprint is
 * keyed with `secret`, which those who read do not have, and with the part's own name: two variables of one value do
 * not show it.
 */
export function fingerprintOf(contents: Contents, secret: string): Fingerprint {
  const fingerprint = (name: string, content: unknown) =>
    createHmac('sha256', secret)
      .update(`${name}\0${canonical(content)}`)
      .digest('base64url')
      .slice(0, markLength);
  const marked = (kept: Contents): Fingerprint => ({
    key: fingerprint('key', null),
    parts: Object.fromEntries(sorted(kept).map(([name, content]) => [name, fingerprint(name, content)])),
  });
  const named = foldedWhere(contents, (group) =>
    group.some((name) => !legalName.test(name)) ? 'fold' : 'keep',
  );
  const whole = marked(named);
  if (JSON.stringify(whole).length <= longest) return whole;
  return marked(foldedWhere(named, () => 'fold'));
}

/** Reads what `fingerprintOf` made. What is not wholly that says nothing of a release: undefined. */
export function readFingerprint(value: unknown): Fingerprint | undefined {
  if (!isMap(value)) return undefined;
  const { key, parts } = value;
  if (!isPartFingerprint(key) || !isMap(parts)) return undefined;
  const all = Object.entries(parts);
  if (all.length > longest / markLength) return undefined;
  if (!all.every(([name, fingerprint]) => legalName.test(name) && isPartFingerprint(fingerprint)))
    return undefined;
  return { key, parts: Object.fromEntries(all) as Record<string, string> };
}

/** The names of the parts that only one has, or both and not alike; `another-key` where that cannot be told. */
export function differingParts(one: Fingerprint, other: Fingerprint): readonly string[] | 'another-key' {
  if (one.key !== other.key) return 'another-key';
  const [left, right] = [new Map(Object.entries(one.parts)), new Map(Object.entries(other.parts))];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((name) => left.get(name) !== right.get(name)).sort();
}

/** The same contents with groups made one part each: `env.A` and `env.B` become `env`. */
function foldedWhere(contents: Contents, decide: (names: readonly string[]) => 'fold' | 'keep'): Contents {
  const groups = Map.groupBy(Object.keys(contents), (name) => name.split('.', 1)[0] ?? name);
  return Object.fromEntries(
    [...groups].flatMap(([group, names]): (readonly [string, unknown])[] => {
      const own = names.map((name) => [name, contents[name]] as const);
      const isOne = names.length === 1 && names[0] === group;
      return isOne || decide(names) === 'keep' ? own : [[group, Object.fromEntries(own)]];
    }),
  );
}

function isPartFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{10}$/.test(value);
}
