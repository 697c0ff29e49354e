import { isMeasure } from './measures.ts';
import type { Fact, LatencyMeasurement } from './record.ts';

/** GitHub refuses a status whose description is longer. */
export const longest = 140;
const prefix = 'belay/1';
const absent = '-';

/**
 * Writes a fact as a status description of at most `room` characters: `belay/1 shipped rel_1 v43 sha256:…`.
 * Where that is too long, the label is cut, then the artifact left out; ids never are. How many latencies fit is for
 * `latencyFacts` to see to.
 */
export function writeFact(fact: Fact, room = longest): string {
  switch (fact.kind) {
    case 'shipped':
      return shippedLine(fact, room);
    case 'activated':
    case 'staged':
    case 'restoring':
    case 'restored':
      return line(fact.kind, encodedWord(fact.release));
    case 'turn':
      return turnLine(fact, room);
    case 'verdict':
      return line('verdict', fact.verdict);
    case 'latency':
      return line('latency', ...fact.of.flatMap(markWords));
    case 'abandoned':
      return line('abandoned', encodedWord(fact.by));
  }
}

/** Reads what `writeFact` wrote. Anything else, people's own descriptions included, is undefined. */
export function readFact(text: string): Fact | undefined {
  const [first, kind, ...rest] = text.split(' ');
  if (first !== prefix || kind === undefined || !Object.hasOwn(readers, kind)) return undefined;
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
  staged: (_, words) => releaseFact('staged', words),
  turn: readTurn,
  restoring: (_, words) => releaseFact('restoring', words),
  restored: (_, words) => releaseFact('restored', words),
  verdict: (_, [text, ...more]) => {
    const verdict = verdicts.find((known) => known === text);
    return verdict === undefined || more.length > 0 ? undefined : { kind: 'verdict', verdict };
  },
  latency: (_, words) => {
    const of: LatencyMeasurement[] = [];
    for (let at = 0; at < words.length; at += measurementWords) {
      const measurement = readMeasurement(words.slice(at, at + measurementWords));
      if (measurement === undefined) return undefined;
      of.push(measurement);
    }
    return of.length === 0 ? undefined : { kind: 'latency', of };
  },
  abandoned: (_, [by, ...more]) => {
    return by === undefined || more.length > 0 ? undefined : { kind: 'abandoned', by };
  },
};

/** `home p95 182 n 30`: of thirty samples of the check home, the p95 is 182 ms. */
function markWords({ check, metric, ms, samples }: LatencyMeasurement): string[] {
  return [encodedWord(check), metric, String(ms), 'n', String(samples)];
}

const measurementWords = 5;

function readMeasurement(words: readonly string[]): LatencyMeasurement | undefined {
  const [check, metric = '', ms = '', n, samples = ''] = words;
  if (check === undefined || !isMeasure(metric) || n !== 'n') return undefined;
  if (!/^\d+(\.\d+)?$/.test(ms) || !/^\d+$/.test(samples)) return undefined;
  return { check, metric, ms: Number(ms), samples: Number(samples) };
}

const verdicts = ['pass', 'settled', 'fail', 'inconclusive'] as const;

function releaseFact(
  kind: 'activated' | 'staged' | 'restoring' | 'restored',
  words: string[],
): Fact | undefined {
  const [release, ...more] = words;
  return release === undefined || more.length > 0 ? undefined : { kind, release };
}

/** `turn v42 open web/iad 2`: the parts are left out where there is no room for all of them. */
function turnLine({ previous, barrier, fleet = {} }: Extract<Fact, { kind: 'turn' }>, room: number): string {
  const start = [previous === null ? absent : encodedWord(previous), barrier ? 'barrier' : 'open'];
  const whole = line(
    'turn',
    ...start,
    ...Object.entries(fleet).flatMap(([part, count]) => [encodedWord(part), `${count}`]),
  );
  return whole.length <= room ? whole : line('turn', ...start);
}

function readTurn(raw: string[], [previous, how, ...counts]: string[]): Fact | undefined {
  if (previous === undefined || (how !== 'barrier' && how !== 'open') || counts.length % 2 !== 0)
    return undefined;
  const fleet = new Map<string, number>();
  for (let at = 0; at < counts.length; at += 2) {
    const [part = '', count = ''] = counts.slice(at, at + 2);
    if (!/^\d{1,4}$/.test(count)) return undefined;
    fleet.set(part, Number(count));
  }
  const fact = {
    kind: 'turn',
    previous: raw[0] === absent ? null : previous,
    barrier: how === 'barrier',
  } as const;
  return counts.length === 0 ? fact : { ...fact, fleet: Object.fromEntries(fleet) };
}

function shippedLine(fact: Extract<Fact, { kind: 'shipped' }>, room: number): string {
  const release = encodedWord(fact.release);
  const artifact = fact.artifact === null ? absent : encodedWord(fact.artifact);
  const whole = fitted(fact.label, room, (label) => line('shipped', release, label, artifact));
  return whole.length <= room
    ? whole
    : fitted(fact.label, room, (label) => line('shipped', release, label, absent));
}

/** The line with as much of `text` as there is room for, at least its first character. */
function fitted(text: string, room: number, write: (encoded: string) => string): string {
  const characters = [...text];
  let whole = write(encodedWord(text));
  while (whole.length > room && characters.length > 1) {
    characters.pop();
    whole = write(encodedWord(characters.join('')));
  }
  return whole;
}

function line(...words: string[]): string {
  return [prefix, ...words].join(' ');
}

/**
 * One word of a line: white space, controls, `%` and a lone `-` are percent-encoded, so that splitting at spaces is
 * enough; so is a `~` at its start, which is that of a signature.
 */
export function encodedWord(text: string): string {
  if (text === absent) return '%2D';
  const word = text.toWellFormed().replace(/[%\s\p{Cc}]/gu, encodeURIComponent);
  return word.startsWith('~') ? `%7E${word.slice(1)}` : word;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
