import { limiter } from '../../run/limit.ts';
import type { Answered, AttemptContext, Objection, Observation } from '../check-type.ts';
import { askPlatform } from '../platform-answer.ts';
import type { Ask } from '../release.ts';

/** Machines asked at once. */
const connections = 6;

interface Told {
  readonly machine: string;
  readonly observation: Observation;
}

/** Asks every started machine that takes requests, each by its own name; all must agree. Rejects only when aborted. */
export async function askEachMachine(ask: Ask, context: AttemptContext): Promise<Observation> {
  const started = context.clock.monotonic();
  const answer = await askPlatform(context);
  context.signal.throwIfAborted();
  const elapsed = () => context.clock.monotonic() - started;
  if (answer.kind === 'nobody') return objecting(answer.summary, [answer.objection], elapsed());
  const machines = answer.evidence.filter(
    ({ atRest, takesRequests }) => atRest !== true && takesRequests !== false,
  );
  const lost = new Set(
    machines.filter(({ outOfSight }) => outOfSight === true).map(({ instance }) => instance),
  );
  if (machines.length === lost.size) {
    const objection = lost.size === 0 ? noMachine : noneInSight;
    return objecting('no machine to ask', [objection], elapsed());
  }
  const limit = limiter(connections);
  const told = await Promise.all(
    machines.map(({ instance: machine }) =>
      limit(async () => {
        const timeoutMs = Math.max(1, context.timeoutMs - elapsed());
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
    elapsed(),
  );
}

function namesRelease(observation: Observation): boolean {
  return observation.kind === 'answered' && observation.release !== undefined;
}

/** What one machine objects to outweighs that another gave no answer. */
function together(told: readonly Told[], totalMs: number): Observation {
  const objections = told.flatMap(objectionsOf);
  const silent = told.find(({ observation }) => observation.kind === 'unanswered');
  if (objections.length === 0 && silent !== undefined)
    return { ...silent.observation, summary: `machine ${silent.machine}: ${silent.observation.summary}` };
  const releases = told.flatMap(({ observation }) =>
    observation.kind === 'answered' && observation.release !== undefined ? [observation.release] : [],
  );
  const [release] = releases;
  return {
    ...objecting(`${told.length} ${told.length === 1 ? 'machine' : 'machines'} asked`, objections, totalMs),
    ...(release === undefined ? {} : { release }),
    notes: told.map(({ machine, observation }) => `${machine}: ${observation.summary}`),
  };
}

function objectionsOf({ machine, observation }: Told): Objection[] {
  const objections = observation.kind === 'answered' ? (observation.objections ?? []) : [];
  return objections.map(({ failure, ...objection }) => ({
    ...objection,
    failure: { ...failure, read: `machine ${machine}: ${failure.read}` },
  }));
}

const noMachine: Objection = {
  failureClass: 'assertion',
  failure: { read: 'machines', expected: 'at least one that takes requests', actual: 'none' },
  endsAs: 'fail',
};

const noneInSight: Objection = {
  failureClass: 'gateway',
  failure: { read: 'machines', expected: 'at least one in sight', actual: 'no host answers' },
  endsAs: 'unknown',
};

function objecting(summary: string, objections: readonly Objection[], totalMs: number): Answered {
  return {
    kind: 'answered',
    summary,
    phases: { total: Math.round(totalMs) },
    objections,
    read: () => ({ kind: 'missing' }),
  };
}
