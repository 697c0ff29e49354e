import type { Source } from '../../../checks/assertion.ts';
import type { Reading } from '../../../checks/judge/values.ts';
import type { Cursor } from '../../../checks/parse/cursor.ts';
import { isMapping, shown } from '../../../checks/parse/cursor.ts';
import { percentage } from '../../../checks/parse/scalars.ts';
import type { SourceGrammars } from '../../../checks/parse/source-grammar.ts';
import { anyValue } from '../../../checks/parse/source-grammar.ts';
import { readExpect } from '../../../checks/parse/sources.ts';
import { answeredWithFinding } from '../../../checks/types/answered-with-finding.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Finding,
  Implied,
  Observation,
} from '../../../checks/types/check-type.ts';
import { about } from '../../../checks/types/named-facts.ts';
import { askPlatform } from '../../../checks/types/platform-answer.ts';
import { programSources } from '../../../checks/types/program-end.ts';
import type { InstanceHealth } from '../../platform.ts';
import { readFlyCommand } from './fly-command.ts';

const sources: SourceGrammars = {
  machines: anyValue,
  failing: anyValue,
  passing: { keyed: false, value: percentage },
  stopped: anyValue,
};

/** Fly's own health checks vouch for a service that nobody can reach from outside, or a command does that runs beside it. */
export const flyMachinesCheck: CheckType = {
  name: 'fly-machines',
  sources: { ...sources, ...programSources },
  assertsItself: true,
  read,
};

/** Reads `true`, what must hold: `{ machines: { gte: 1 }, passing: 100% }`, or a command: `{ exec: [bin/check] }`. */
function read(at: Cursor): Blueprint | undefined {
  const common = { queries: [], implied: impliedAt(at), sources, bind: () => probe };
  if (at.value === true) return common;
  if (isMapping(at.value) && Object.hasOwn(at.value, 'exec')) return readFlyCommand(at);
  if (!isMapping(at.value))
    return at.fail(
      `\`fly-machines\` must be true or a mapping such as { machines: { gte: 1 } }, not ${shown(at.value)}.`,
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
      unless: about('machines'),
    },
    {
      assertion: { source: { name: 'failing', argument: undefined }, filters: [], predicate: none, origin },
      unless: about('failing', 'passing'),
    },
  ];
}

const probe = { url: undefined, host: undefined, repeatable: true, attempt };

async function attempt(context: AttemptContext): Promise<Observation> {
  const started = context.clock.monotonic();
  const answer = await askPlatform(context);
  context.signal.throwIfAborted();
  const ms = context.clock.monotonic() - started;
  if (answer.kind === 'nobody') return answeredWithFinding(answer.summary, answer.finding, ms);
  return { ...judged(answer.evidence), phases: { total: Math.round(ms) } };
}

function judged(
  evidence: readonly InstanceHealth[],
): Omit<Extract<Observation, { kind: 'answered' }>, 'phases'> {
  // What is out of sight is neither well nor ill.
  const seen = evidence.filter(({ outOfSight }) => outOfSight !== true);
  const started = seen.filter(({ atRest }) => atRest !== true);
  const failing = started.filter(({ healthy }) => healthy !== true);
  const findings = isUnchecked(started) ? [unchecked] : [];
  if (seen.length === 0 && evidence.length > 0) findings.push(noneInSight);
  return {
    kind: 'answered',
    summary: `fly machines → ${started.length - failing.length} of ${started.length} healthy${besides(seen)}`,
    notes: evidence.map(({ instance, note }) => `${instance}: ${note}`),
    findings,
    read: (source) => readSource(source, { seen, started, failing }),
  };
}

/** Whoever counts two machines of a worker has one that runs, and one that waits. */
function besides(seen: readonly InstanceHealth[]): string {
  const standbys = seen.filter(({ standby }) => standby === true).length;
  if (standbys === 0) return '';
  const [are, run] = standbys === 1 ? ['is a standby', 'runs'] : ['are standbys', 'run'];
  return ` (${standbys} more ${are}, which ${run} when a host is lost: \`machines\` counts what runs)`;
}

/** Fly calls a machine without checks healthy once its process has lived a while: that is no evidence of service. */
function isUnchecked(started: readonly InstanceHealth[]): boolean {
  return started.length > 0 && started.every(({ checks }) => checks === 0);
}

const unchecked: Finding = {
  failureClass: 'definition',
  failure: {
    read: 'fly machines',
    expected: 'health checks',
    actual: 'no started machine has one: add `[checks]` to fly.toml',
  },
  endsAs: 'error',
};

const noneInSight: Finding = {
  failureClass: 'gateway',
  failure: { read: 'fly machines', expected: 'at least one in sight', actual: 'no host answers' },
  endsAs: 'unknown',
};

interface Fleet {
  /** On hosts that answer. */
  readonly seen: readonly InstanceHealth[];
  readonly started: readonly InstanceHealth[];
  readonly failing: readonly InstanceHealth[];
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
