import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo, type JournalEntry } from '#local-cloud';
import type { Trouble, Watch } from '../case.ts';
import type { Observed } from '../observed.ts';
import { newRecords, strikesOf, versionsServed } from '../outside.ts';
import { deploymentsOf, railwayFleetOf, versionOf } from './fleet.ts';
import { railwaySeed } from './scenes.ts';

/** For what was asked for before a run ended, milliseconds. */
const settledWithinMs = 8_000;

/** Watches Railway from when a run is about to begin. */
export function watchRailway(cloud: Cloud): Watch {
  const railway = cloud.service(railwaySeed);
  const before = railwayFleetOf(railway);
  const known = new Set(deploymentsOf(railway).map(({ id }) => id));
  return {
    async whatIsTrue(trouble): Promise<Observed> {
      const journal = cloud.journal.entries();
      await settled(cloud);
      const made = deploymentsOf(railway).filter(({ id }) => !known.has(id));
      return {
        answers: await versionsServed(cloud, demo.railway.host),
        releases: made.map((deployment) => ({
          image: `${demo.railway.service} ${versionOf(deployment)}`,
          version: versionOf(deployment),
          // One that failed may be tried again; two that did not are two for one intent.
          isComplete: deployment.status !== 'FAILED' && deployment.status !== 'CRASHED',
        })),
        records: await newRecords(cloud),
        before,
        after: railwayFleetOf(railway),
        isStruck: isStruck(cloud, trouble),
        blind: wasBlindOnRailway(journal),
      };
    },
  };
}

/** Until nothing is on its way: what goes live after a run has ended is part of what it left. */
async function settled(cloud: Cloud): Promise<void> {
  const railway = cloud.service(railwaySeed);
  const until = performance.now() + settledWithinMs;
  // A rollback is answered before it has its deployment.
  await delay(railway.switches.pace.rollbackMs + 50);
  const goes = () =>
    deploymentsOf(railway).some(({ isOnTheWay, status }) => isOnTheWay && status !== 'NEEDS_APPROVAL');
  while (goes() && performance.now() < until) await delay(50);
}

/** A socket that speaks badly has struck once it is open. */
function isStruck(cloud: Cloud, { rules, switches = {} }: Trouble): boolean {
  if (Object.keys(switches).length > 0)
    return cloud.journal
      .entries()
      .some(({ route, status }) => route === 'subscriptions.connect' && status === 101);
  return rules.length === 0 || strikesOf(cloud, rules) > 0;
}

/** A look asks for the service and for its deployments: when either was struck last, the action could not know what serves. */
export function wasBlindOnRailway(journal: readonly JournalEntry[]): boolean {
  const asked = journal.filter(
    ({ service, route }) => service === 'railway' && route?.startsWith('graphql.'),
  );
  const looks = ['graphql.serviceInstance', 'graphql.deployments'].map((look) =>
    asked.findLast(({ route }) => route === look),
  );
  // Where it never came to look, what kept it from that was anything it asked.
  return (looks[0] === undefined ? asked : looks).some((entry) => entry?.fault != null);
}
