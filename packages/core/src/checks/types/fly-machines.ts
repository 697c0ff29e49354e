import type { Evidence } from '../../platforms/platform.ts';
import type { Source } from '../check-file.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import { percentage } from '../parse/scalars.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue } from '../parse/source-grammar.ts';
import { readExpect } from '../parse/sources.ts';
import type { AttemptContext, Blueprint, CheckType, Implied, Objection, Observation } from './check-type.ts';
import { askPlatform } from './platform-answer.ts';

const sources: SourceGrammars = {
  machines: anyValue,
  failing: anyValue,
  passing: { keyed: false, value: percentage },
  stopped: anyValue,
};

/** Fly's own health checks vouch for a service that nobody can reach from outside. */
export const flyMachinesCheck: CheckType = { name: 'fly-machines', sources, assertsItself: true, read };

/** Reads `true`, or what must hold: `{ machines: { gte: 2 }, passing: 100% }`. */
function read(at: Cursor): Blueprint | undefined {
  const common = { queries: [], implied: impliedAt(at), bind: () => probe };
  if (at.value === true) return common;
  if (!isMapping(at.value))
    return at.fail(
      `\`fly-machines\` must be true or a mapping such as { machines: { gte: 2 } }, not ${shown(at.value)}.`,
    );
  const expect = readExpect(at, sources);
  return expect && { ...common, expect };
}

/** There is a machine, and every one is healthy. */
function impliedAt(origin: Cursor): readonly Implied[] {
  const some = { name: 'gte', negated: false, expected: 1, nested: [] };
  const none = { name: 'empty', negated: false, expected: true, nested: [] };
  return [
    {
      assertion: { source: { name: 'machines', argument: undefined }, filters: [], predicate: some, origin },
      unless: ['machines'],
    },
    {
      assertion: { source: { name: 'failing', argument: undefined }, filters: [], predicate: none, origin },
      unless: ['failing', 'passing'],
    },
  ];
}

const probe = { url: undefined, host: undefined, repeatable: true, attempt };

async function attempt(context: AttemptContext): Promise<Observation> {
  const started = context.clock.monotonic();
  const answer = await askPlatform(context);
  context.signal.throwIfAborted();
  const phases = { total: Math.round(context.clock.monotonic() - started) };
  if (answer.kind === 'nobody') {
    const { summary, objection } = answer;
    return { kind: 'answered', summary, phases, objections: [objection], read: () => ({ kind: 'missing' }) };
  }
  return { ...judged(answer.evidence), phases };
}

function judged(evidence: readonly Evidence[]): Omit<Extract<Observation, { kind: 'answered' }>, 'phases'> {
  // What is out of sight is neither well nor ill.
  const seen = evidence.filter(({ outOfSight }) => outOfSight !== true);
  const started = seen.filter(({ atRest }) => atRest !== true);
  const failing = started.filter(({ healthy }) => healthy !== true);
  const objections = isUnchecked(started) ? [unchecked] : [];
  if (seen.length === 0 && evidence.length > 0) objections.push(noneInSight);
  return {
    kind: 'answered',
    summary: `fly machines → ${started.length - failing.length} of ${started.length} healthy`,
    notes: evidence.map(({ instance, note }) => `${instance}: ${note}`),
    objections,
    read: (source) => readSource(source, { seen, started, failing }),
  };
}

/** Fly calls a machine without checks healthy once its process has lived a while: that is no evidence of service. */
function isUnchecked(started: readonly Evidence[]): boolean {
  return started.length > 0 && started.every(({ checks }) => checks === 0);
}

const unchecked: Objection = {
  failureClass: 'definition',
  failure: {
    read: 'fly machines',
    expected: 'health checks',
    actual: 'no started machine has one: add `[checks]` to fly.toml',
  },
  endsAs: 'error',
};

const noneInSight: Objection = {
  failureClass: 'gateway',
  failure: { read: 'fly machines', expected: 'at least one in sight', actual: 'no host answers' },
  endsAs: 'unknown',
};

interface Fleet {
  /** On hosts that answer. */
  readonly seen: readonly Evidence[];
  readonly started: readonly Evidence[];
  readonly failing: readonly Evidence[];
}

function readSource({ name }: Source, { seen, started, failing }: Fleet): Reading {
  switch (name) {
    case 'machines':
      return { kind: 'found', value: started.length };
    case 'stopped':
      return { kind: 'found', value: seen.length - started.length };
    case 'failing':
      return { kind: 'found', value: failing.map(({ instance, note }) => `${instance}: ${note}`) };
    case 'passing':
      return started.length === 0
        ? { kind: 'missing', note: 'no started machine' }
        : { kind: 'found', value: (started.length - failing.length) / started.length };
    default:
      return { kind: 'invalid', why: `Fly’s machines have no ${name}` };
  }
}
