import type { JournalEntry } from '#local-cloud';
import { railwayWrongStates } from '../../../packages/local-cloud/src/railway/wrong-states.ts';
import type { Case } from '../case.ts';
import type { Kind } from '../kinds.ts';
import type { RailwayStory } from '../story.ts';
import {
  again,
  lastingKinds,
  mutationKinds,
  readKinds,
  socketManners,
  upgradeKinds,
  uploadKinds,
} from './kinds.ts';

/** A request of a clean run. */
interface Call {
  readonly route: string;
  /** Of GraphQL: `DeploymentState`. */
  readonly operation?: string;
  /** Which of its operation, or else of its route, it was, from 1. */
  readonly nth: number;
  readonly mutation: boolean;
  /** The requests of checks before it, and which of its operation it was since the last of them. */
  readonly since: { readonly checks: number; readonly nth: number };
}

const lies = Object.keys(railwayWrongStates);
const upgradeRoute = 'subscriptions.connect';
/** The first story of uploads has what every story asks; the others add what only they come to. */
const firstStory = 'railway upload';

/**
 * Every change × every fault, each question once × the faults of questions, the WebSocket, and Railway that dies in the
 * middle. What a story has in common with the first is played there: of a restore what follows the failed check, of
 * the others what they change and what they ask last.
 */
export function railwayCasesOf(story: RailwayStory, entries: readonly JournalEntry[]): readonly Case[] {
  const all = callsOf(entries);
  const calls = all.slice(story.name === 'railway restore' ? callsBefore(entries, all) : 0);
  const changes = calls.filter(({ mutation }) => mutation);
  const isFirst = story.name === firstStory;
  const reads = asked(calls, isFirst);
  return [
    ...changes.flatMap((call) => changeKinds(story, call).map((kind) => once(story, call, kind))),
    ...reads.flatMap((call) => readKinds(call.route, lies).map((kind) => once(story, call, kind))),
    ...(isFirst ? onSockets(story, calls) : []),
    ...(story.name === 'railway approval' ? [] : lasting(story, all, calls)),
  ];
}

/** The requests to Railway's API in their order. */
export function callsOf(entries: readonly JournalEntry[]): readonly Call[] {
  const counts = new Map<string, number>();
  let sinceCheck = new Map<string, number>();
  let checks = 0;
  const counted = (counts: Map<string, number>, key: string) => {
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return nth;
  };
  return entries.flatMap(({ service, route, mutation, body }) => {
    if (route === 'app') {
      checks += 1;
      sinceCheck = new Map();
    }
    if (service !== 'railway' || route === null || route === 'app') return [];
    const operation = operationIn(route, body);
    const key = operation ?? route;
    const nth = counted(counts, key);
    const since = { checks, nth: counted(sinceCheck, key) };
    return [{ route, nth, mutation, since, ...(operation !== undefined && { operation }) }];
  });
}

function operationIn(route: string, body: string): string | undefined {
  return route.startsWith('graphql.') ? String(JSON.parse(body).operationName) : undefined;
}

/** How many there were when the first check failed. */
function callsBefore(entries: readonly JournalEntry[], calls: readonly Call[]): number {
  const failed = entries.findIndex(({ route, status }) => route === 'app' && status === 500);
  return Math.min(calls.length, callsOf(entries.slice(0, failed + 1)).length);
}

/** The first call of each operation, and the last, by which it judges in the end. */
function asked(calls: readonly Call[], isFirst: boolean): readonly Call[] {
  const reads = calls.filter(({ mutation, route }) => !mutation && route !== upgradeRoute);
  return [...Map.groupBy(reads, nameOf).values()].flatMap((same) => {
    const [first] = same;
    const last = same.at(-1);
    if (first === undefined || last === undefined) return [];
    if (first === last) return first.nth === 1 && !isFirst ? [] : [first];
    return isFirst ? [first, last] : [last];
  });
}

function changeKinds({ name }: RailwayStory, { route }: Call): readonly Kind[] {
  if (route === 'upload') return name === firstStory ? uploadKinds : [];
  const all = mutationKinds(route.replace('graphql.', ''));
  return name === 'railway rollback' ? all.filter(({ name: kind }) => again.includes(kind)) : all;
}

/** What pushes decides nothing: whatever becomes of it, the story ends as it does. */
function onSockets(story: RailwayStory, calls: readonly Call[]): readonly Case[] {
  const connect = calls.find(({ route }) => route === upgradeRoute);
  if (connect === undefined) return [];
  return [
    ...upgradeKinds.map((kind) => ({
      ...once(story, connect, kind),
      // None is opened later either.
      rules: [{ ...kind.fault, service: 'railway', route: upgradeRoute, count: 100_000 }],
      decidesNothing: true,
    })),
    ...Object.entries(socketManners).map(([kind, switches]) => ({
      ...once(story, connect, { name: kind, fault: { kind: 'stall' } }),
      rules: [],
      switches,
      decidesNothing: true,
    })),
  ];
}

function once(story: RailwayStory, call: Call, kind: Kind): Case {
  const { route, operation, nth, mutation, since } = call;
  // How often it looks until a deployment has come to rest varies: what comes after is counted from a check.
  const which = since.checks === 0 ? { nth } : { nth: since.nth, after: { route: 'app', nth: since.checks } };
  return {
    story,
    request: `${nameOf(call)} #${nth}`,
    kind: kind.name,
    service: 'railway',
    rules: [
      { ...kind.fault, service: 'railway', route, ...which, ...(operation !== undefined && { operation }) },
    ],
    decidesNothing: false,
    mutation,
    lasting: false,
    // A rollback mostly waits for its window.
    waits: kind.waits === true || story.action === 'rollback',
  };
}

/** Railway dies when what is new in a story begins, and in the middle of that. */
function lasting(story: RailwayStory, all: readonly Call[], calls: readonly Call[]): readonly Case[] {
  const moments = { start: calls[0], middle: calls[Math.floor(calls.length / 2)] };
  return Object.entries(moments).flatMap(([moment, from]) => {
    if (from === undefined) return [];
    const before = all.slice(0, all.indexOf(from));
    return lastingKinds.map((kind) => dead(story, { kind, moment, before }));
  });
}

/** Routes by pattern, since `*` would be the service as well. */
const apis: Readonly<Record<string, (call: Call) => boolean>> = {
  'graphql.*': ({ operation }) => operation !== undefined,
  upload: ({ route }) => route === 'upload',
  [upgradeRoute]: ({ route }) => route === upgradeRoute,
};

function dead(
  story: RailwayStory,
  {
    kind,
    moment,
    before,
  }: { readonly kind: Kind; readonly moment: string; readonly before: readonly Call[] },
): Case {
  return {
    story,
    request: `all of Railway, from the ${moment} on`,
    kind: kind.name,
    service: 'railway',
    rules: Object.entries(apis).map(([route, covers]) => {
      const nth = before.filter(covers).length + 1;
      return { ...kind.fault, service: 'railway', route, nth, count: 100_000 };
    }),
    decidesNothing: false,
    mutation: false,
    lasting: true,
    waits: true,
  };
}

function nameOf({ operation, route }: Call): string {
  return operation ?? route;
}
