import type { Fact } from './record.ts';

/** GitHub refuses a status whose description is longer. */
const longest = 140;
const prefix = 'belay/1';
const absent = '-';

/**
 * Writes a fact as a status description of at most 140 characters: `belay/1 shipped rel_1 v43 sha256:…`.
 * Where that is too long, the label or the name of the check is cut, then the artifact left out; ids never are.
 */
export function writeFact(fact: Fact): string {
  switch (fact.kind) {
    case 'shipped':
      return shippedLine(fact);
    case 'activated':
    case 'restoring':
    case 'restored':
      return line(fact.kind, word(fact.release));
    case 'verdict':
      return line('verdict', fact.verdict);
    case 'latency':
      return fitted(fact.check, (check) =>
        line('latency', check, 'p95', String(fact.p95Ms), 'samples', String(fact.samples)),
      );
    case 'abandoned':
      return line('abandoned', word(fact.by));
  }
}

/** Reads what `writeFact` wrote. Anything else, people's own descriptions included, is undefined. */
export function readFact(text: string): Fact | undefined {
  const [mark, kind, ...rest] = text.split(' ');
  if (mark !== prefix || kind === undefined || !Object.hasOwn(readers, kind)) return undefined;
  const words = rest.map(decoded);
  if (words.includes(undefined) || words.includes('')) return undefined;
  return readers[kind as Fact['kind']](rest, words as string[]);
}

/** Each is given the words as they stand and as they read; it must use every one of them. */
const readers: { [K in Fact['kind']]: (raw: string[], words: string[]) => Fact | undefined } = {
  shipped: (raw, [release, label, artifact, ...more]) => {
    if (release === undefined || label === undefined || artifact === undefined || more.length > 0)
      return undefined;
    return { kind: 'shipped', release, label, artifact: raw[2] === absent ? null : artifact };
  },
  activated: (_, words) => releaseFact('activated', words),
  restoring: (_, words) => releaseFact('restoring', words),
  restored: (_, words) => releaseFact('restored', words),
  verdict: (_, [text, ...more]) => {
    const verdict = verdicts.find((known) => known === text);
    return verdict === undefined || more.length > 0 ? undefined : { kind: 'verdict', verdict };
  },
  latency: (_, words) => {
    const [check, p95, p95Ms = '', samples, count = ''] = words;
    if (check === undefined || p95 !== 'p95' || samples !== 'samples' || words.length !== 5) return undefined;
    if (!/^\d+(\.\d+)?$/.test(p95Ms) || !/^\d+$/.test(count)) return undefined;
    return { kind: 'latency', check, p95Ms: Number(p95Ms), samples: Number(count) };
  },
  abandoned: (_, [by, ...more]) => {
    return by === undefined || more.length > 0 ? undefined : { kind: 'abandoned', by };
  },
};

const verdicts = ['pass', 'settled', 'fail', 'inconclusive'] as const;

function releaseFact(kind: 'activated' | 'restoring' | 'restored', words: string[]): Fact | undefined {
  const [release, ...more] = words;
  return release === undefined || more.length > 0 ? undefined : { kind, release };
}

function shippedLine(fact: Extract<Fact, { kind: 'shipped' }>): string {
  const release = word(fact.release);
  const artifact = fact.artifact === null ? absent : word(fact.artifact);
  const whole = fitted(fact.label, (label) => line('shipped', release, label, artifact));
  return whole.length <= longest
    ? whole
    : fitted(fact.label, (label) => line('shipped', release, label, absent));
}

/** The line with as much of `text` as there is room for, at least its first character. */
function fitted(text: string, write: (word: string) => string): string {
  const characters = [...text];
  let whole = write(word(text));
  while (whole.length > longest && characters.length > 1) {
    characters.pop();
    whole = write(word(characters.join('')));
  }
  return whole;
}

function line(...words: string[]): string {
  return [prefix, ...words].join(' ');
}

/** One word of a line: white space, `%` and a lone `-` are percent-encoded, so that splitting at spaces is enough. */
function word(text: string): string {
  if (text === absent) return '%2D';
  return text.toWellFormed().replace(/[%\s]/g, encodeURIComponent);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
