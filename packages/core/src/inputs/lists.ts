import { ownValue } from '../text/own-value.ts';
import type { Parsed } from '../text/parsed.ts';
import { problem, shown, value } from '../text/parsed.ts';
import type { Input, InputSource, Presence } from './input.ts';
import { declareInput } from './input.ts';
import type { Shape } from './kinds.ts';

type Pairs = Readonly<Record<string, string>>;

/** One item a line, trimmed; blank lines are passed over. Absent is the empty list. */
export function lines(name: string, options?: Presence): Input<readonly string[]> {
  return orElse(
    declareInput(name, options, (given) => value(linesOf(given).map(({ line }) => line))),
    [],
  );
}

/** One item of a shape a line; the same item twice is a mistake. Absent is the empty list. */
export function matchingLines(
  name: string,
  { pattern, legal }: Shape,
  options?: Presence,
): Input<readonly string[]> {
  const read = (given: string): Parsed<readonly string[]> => {
    const items = new Set<string>();
    for (const { at, line } of linesOf(given)) {
      if (!pattern.test(line)) return problem(`${at} is ${shown(line)}; it must be ${legal}.`);
      if (items.has(line)) return problem(`${at} names ${line} a second time.`);
      items.add(line);
    }
    return value([...items]);
  };
  return orElse(declareInput(name, options, read), []);
}

/**
 * `NAME=VALUE` lines; the value is everything after the first `=`. Absent is no pairs. Check files have names that no
 * environment has: `previous-url`.
 */
export function pairs(
  name: string,
  { names = 'of the environment', ...presence }: Presence & { readonly names?: keyof typeof legalNames } = {},
): Input<Pairs> {
  return orElse(
    declareInput(name, presence, (given) =>
      readPairs(given, (line, at) => parsePair(line, at, legalNames[names])),
    ),
    {},
  );
}

/**
 * `NAME=VALUE` lines, or `NAME` alone to take it from the step's `env`: so come values of several lines. Values are
 * masked and never shown. An empty one is what GitHub makes of a secret that the repository does not have.
 */
export function secretPairs(
  name: string,
  { empty = 'taken', needsNone = () => false, ...presence }: Presence & Emptiness = {},
): Input<Pairs> {
  return orElse(
    declareInput(name, presence, (given, source) => {
      const read = readPairs(given, (line, at) => {
        const pair = parseSecretPair(line, at, source.env);
        if (pair.kind === 'problem' || pair.value[1] !== '') return pair;
        const [secretName] = pair.value;
        if (line === secretName && !needsNone(source))
          return problem(`${at} names ${secretName}, which the step's env sets to nothing: ${noSecret}`);
        return empty === 'refused' ? problem(`${at} gives ${secretName} no value: ${noSecret}`) : pair;
      });
      if (read.kind === 'value') for (const secret of Object.values(read.value)) source.mask(secret);
      return read;
    }),
    {},
  );
}

interface Emptiness {
  /** What becomes of `NAME=` without a value. */
  readonly empty?: 'taken' | 'refused';
  /** Whether `NAME` alone may be set to nothing, as where nothing is sent. Never, unless it says so. */
  readonly needsNone?: (source: InputSource) => boolean;
}

const noSecret = 'there is no such secret, or it belongs to an environment that the job does not name.';

function orElse<T>(input: Input<T | undefined>, absent: T): Input<T> {
  return {
    ...input,
    read(source) {
      const read = input.read(source);
      return read.kind === 'value' ? value(read.value ?? absent) : read;
    },
  };
}

/** The lines that hold something, numbered as their writer sees them. */
function linesOf(given: string): { readonly at: string; readonly line: string }[] {
  return given
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ at: `line ${index + 1}`, line: line.trim() }))
    .filter(({ line }) => line !== '');
}

type Pair = readonly [name: string, value: string];

const nameRule = 'A name is letters, digits and "_", and does not start with a digit.';
const legalNames = {
  'of the environment': { legal: /^[A-Za-z_][A-Za-z0-9_]*$/, rule: nameRule },
  'of check files': {
    legal: /^[A-Za-z_][A-Za-z0-9_-]*$/,
    rule: 'A name is letters, digits, "_" and "-", and starts with a letter or "_".',
  },
};
const { 'of the environment': environment } = legalNames;

function parsePair(line: string, at: string, { legal, rule } = environment): Parsed<Pair> {
  const equals = line.indexOf('=');
  if (equals < 0) return problem(`${at} is ${shown(line)}, which has no "=". Write NAME=VALUE.`);
  const name = line.slice(0, equals).trim();
  if (!legal.test(name)) return problem(`${at} has the name ${shown(name)}. ${rule}`);
  return value([name, line.slice(equals + 1).trim()]);
}

function parseSecretPair(
  line: string,
  at: string,
  env: Readonly<Record<string, string | undefined>>,
): Parsed<Pair> {
  if (line.includes('=')) {
    const parsed = parsePair(line, at);
    return parsed.kind === 'value' ? parsed : problem(`${at} has a name that is not legal. ${nameRule}`);
  }
  if (!environment.legal.test(line)) {
    return problem(
      `${at} is neither NAME=VALUE nor the NAME of an environment variable; only from there come values of several lines.`,
    );
  }
  const found = ownValue(env, line);
  if (found === undefined) {
    return problem(`${at} names ${line}, which the step's env does not set. Write NAME=VALUE, or set it.`);
  }
  return value([line, found]);
}

function readPairs(given: string, parse: (line: string, at: string) => Parsed<Pair>): Parsed<Pairs> {
  const read = new Map<string, string>();
  for (const { at, line } of linesOf(given)) {
    const pair = parse(line, at);
    if (pair.kind === 'problem') return pair;
    if (read.has(pair.value[0])) return problem(`${at} names ${pair.value[0]} a second time.`);
    read.set(...pair.value);
  }
  return value(Object.fromEntries(read));
}
