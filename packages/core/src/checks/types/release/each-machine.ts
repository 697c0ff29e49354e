import { defined } from '../../../text/defined.ts';
import { leastMs } from '../../exchange/attempt-watch.ts';
import { limiter } from '../../run/limit.ts';
import type { Answered, AttemptContext, Finding, Observation, Unanswered } from '../check-type.ts';
import { askPlatform } from '../platform-answer.ts';
import type { Comparing } from './builds.ts';
import { areOneBuild, namesOf } from './builds.ts';

/** Machines asked at once. */
const connections = 6;

interface Told {
  readonly machine: string;
  readonly observation: Observation;
}

/** Asks every started machine that takes requests, each by its own name; all must agree. Rejects only when aborted. */
export async function askEachMachine(
  ask: Ask,
  comparing: Comparing,
  context: AttemptContext,
): Promise<Observation> {
  const started = context.clock.monotonic();
  const answer = await askPlatform(context);
  context.signal.throwIfAborted();
  const elapsed = () => context.clock.monotonic() - started;
  if (answer.kind === 'nobody') return objecting(answer.summary, [answer.finding], elapsed());
  const machines = answer.evidence.filter(
    ({ atRest, takesRequests }) => atRest !== true && takesRequests !== false,
  );
  const lost = new Set(
    machines.filter(({ outOfSight }) => outOfSight === true).map(({ instance }) => instance),
  );
  if (machines.length === lost.size) {
    const finding = lost.size === 0 ? noMachine : noneInSight;
    return objecting('no machine to ask', [finding], elapsed());
  }
  const limit = limiter(connections);
  const told = await Promise.all(
    machines.map(({ instance: machine }) =>
      limit(async () => {
        const timeoutMs = context.timeoutMs - elapsed();
        if (timeoutMs < leastMs) return { machine, observation: notAsked(elapsed()) };
        const limits = { timeoutMs, connectTimeoutMs: Math.min(context.connectTimeoutMs, timeoutMs) };
        // Fly's proxy hands such a request to that machine, or refuses it.
        const headers = { 'fly-force-instance-id': machine };
        return { machine, observation: await ask({ ...context, ...limits }, headers) };
      }),
    ),
  );
  // A lost machine that answers decides like any other; that it does not, nobody can hold against the release.
  return together(
    told.filter(({ machine, observation }) => !lost.has(machine) || namesRelease(observation)),
    comparing,
    elapsed(),
  );
}

/** Asked with no time left, it could only tell that there was none. */
function notAsked(totalMs: number): Unanswered {
  const summary = 'not asked, since no time was left: raise `timeout`';
  return { kind: 'unanswered', failureClass: 'timeout', summary, phases: { total: Math.round(totalMs) } };
}

function namesRelease(observation: Observation): boolean {
  if (observation.kind !== 'answered') return false;
  const { release, findings = [] } = observation;
  return release !== undefined || findings.some(({ failureClass }) => failureClass === 'stale-release');
}

/** What one machine objects to outweighs that another gave no answer. */
function together(told: readonly Told[], comparing: Comparing, totalMs: number): Observation {
  const findings = told.flatMap(findingsOf);
  const silent = told.find(({ observation }) => observation.kind === 'unanswered');
  if (findings.length === 0 && silent !== undefined)
    return { ...silent.observation, summary: `machine ${silent.machine}: ${silent.observation.summary}` };
  const releases = told.flatMap(({ observation }) =>
    observation.kind === 'answered' && observation.release !== undefined ? [observation.release] : [],
  );
  const [release] = releases;
  // Where the build is known, each was held against it.
  const isOne = comparing.wanted !== undefined || areOneBuild(releases, comparing);
  const all = isOne ? findings : [...findings, differing(releases)];
  return {
    ...objecting(`${told.length} ${told.length === 1 ? 'machine' : 'machines'} asked`, all, totalMs),
    ...defined({ release }),
    notes: told.map(({ machine, observation }) => `${machine}: ${observation.summary}`),
  };
}

function findingsOf({ machine, observation }: Told): Finding[] {
  const findings = observation.kind === 'answered' ? (observation.findings ?? []) : [];
  return findings.map(({ failure, ...finding }) => ({
    ...finding,
    failure: { ...failure, read: `machine ${machine}: ${failure.read}` },
  }));
}

function differing(releases: readonly string[]): Finding {
  const failure = {
    read: 'machines',
    expected: 'one build',
    actual: `builds that differ: ${namesOf(releases)}`,
  };
  return { failureClass: 'stale-release', failure, endsAs: 'fail' };
}

const noMachine: Finding = {
  failureClass: 'assertion',
  failure: { read: 'machines', expected: 'at least one that takes requests', actual: 'none' },
  endsAs: 'fail',
};

const noneInSight: Finding = {
  failureClass: 'gateway',
  failure: { read: 'machines', expected: 'at least one in sight', actual: 'no host answers' },
  endsAs: 'unknown',
};

function objecting(summary: string, findings: readonly Finding[], totalMs: number): Answered {
  return {
    kind: 'answered',
    summary,
    phases: { total: Math.round(totalMs) },
    findings,
    read: () => ({ kind: 'missing' }),
  };
}

/** One request for the build, with headers of its own. */
export type Ask = (
  context: AttemptContext,
  headers: Readonly<Record<string, string>>,
) => Promise<Observation>;
