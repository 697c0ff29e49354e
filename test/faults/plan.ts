import type { JournalEntry } from '#local-cloud';
import type { Case } from './case.ts';
import { type Client, clientOf } from './client.ts';
import { type Kind, lastingKinds, mutationKinds, readKinds, trafficKinds, wrongKind } from './kinds.ts';
import { type Incident, incidentsOf } from './looks.ts';
import { railwayCasesOf } from './railway/plan.ts';
import type { FlyStory, Story } from './story.ts';

/** One request of a clean run. */
export interface Seen {
  readonly service: string;
  readonly route: string;
  /** Which call of this route it was, from 1. */
  readonly nth: number;
  readonly client: Client;
  readonly mutation: boolean;
  /** flyctl's mutation before it: the looks at machines while flyctl runs vary in number, so they are counted from there. */
  readonly after: { readonly route: string; readonly nth: number; readonly calls: number } | undefined;
}

/** What the action asks for once a second while flyctl runs. */
const watchedRoute = 'flaps.machines.list';
/** Before flyctl lists machines, and when it has ended. */
const anchors = ['uiex.builds.finish', 'uiex.releases.patch'];

/** The requests of a journal in order, counted by service and route. */
export function requestsOf(entries: readonly JournalEntry[]): readonly Seen[] {
  const calls = new Map<string, number>();
  let anchor: { route: string; nth: number } | undefined;
  let looks = 0;
  return entries.flatMap(({ service, route, mutation, headers }) => {
    if (service === null || route === null) return [];
    const key = `${service} ${route}`;
    const nth = (calls.get(key) ?? 0) + 1;
    calls.set(key, nth);
    const client = clientOf(headers);
    if (route === watchedRoute) looks += 1;
    const after = route === watchedRoute && anchor !== undefined ? { ...anchor, calls: looks } : undefined;
    if (anchors.includes(route)) {
      anchor = { route, nth };
      looks = 0;
    }
    return [{ service, route, nth, client, mutation, after }];
  });
}

/** What the real flyctl makes of the faults that matter most to it: it waits long, so each change once, by four kinds. */
export function withRealFlyctl(cases: readonly Case[]): readonly Case[] {
  const kinds = ['401', '503', 'reset-after', 'stall'];
  const seen = new Set<string>();
  return cases.filter(({ story, rules: [rule], mutation, service, kind }) => {
    const name = `${story.name} ${rule?.route} ${kind}`;
    if (!mutation || service !== 'fly' || !kinds.includes(kind) || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/**
 * Every mutation × every fault, and again once for each class of faults: in its story, and in a story after it where it
 * stands for the same. A deploy and a way back are handled apart; the ledger is written to by one hand.
 */
function onMutations(story: Story, mutations: readonly Seen[], struck: ReadonlySet<string>): readonly Case[] {
  const seen = new Set(struck);
  return mutations.flatMap((one) => {
    const name = struckName(story, one);
    const kinds = mutationKinds(one.service).filter(
      ({ name: kind }) => !seen.has(name) || again.includes(kind),
    );
    seen.add(name);
    return kinds.map((kind) => once(story, one, kind));
  });
}

/** What a fault of a mutation is handled as. */
function struckName(story: Story, seen: Seen): string {
  const isBack = story.action === 'rollback' || story.name === 'restore';
  return seen.service === 'github' || !isBack ? callerOf(seen) : `${callerOf(seen)} on the way back`;
}

/** Refused by the server, refused for its sender, done without an answer, never answered. */
const again = ['503', '401', 'reset-after', 'stall'];

/** What the stories before had: calls that were made, and mutations that were struck by every fault. */
export interface Before {
  readonly called: Set<string>;
  readonly struck: Set<string>;
}

/** Adds a story to those before. */
export function remember(before: Before, story: Story, entries: readonly JournalEntry[]): void {
  for (const seen of requestsOf(entries)) {
    const isNews = !before.called.has(callerOf(seen));
    before.called.add(callerOf(seen));
    if (story.platform === 'fly' && (story.faults === 'all' || (story.faults === 'news' && isNews)))
      before.struck.add(struckName(story, seen));
  }
}

/**
 * Every mutation × every fault, each read route once a client × the read faults, checks × theirs, APIs that die in the
 * middle, and what comes between two looks. A restore begins as a deploy does, so of its story only what follows the
 * first failed check is new.
 */
export function casesOf(
  story: Story,
  entries: readonly JournalEntry[],
  flyLies: readonly string[],
  before: Before,
): readonly Case[] {
  if (story.platform === 'railway') return railwayCasesOf(story, entries);
  return [
    ...(story.faults === 'none' ? [] : faultsOf(story, entries, flyLies, before)),
    ...(story.looks ? incidentsOf(entries).map((incident) => during(story, incident)) : []),
  ];
}

function faultsOf(
  story: FlyStory,
  entries: readonly JournalEntry[],
  flyLies: readonly string[],
  before: Before,
): readonly Case[] {
  const all = requestsOf(entries);
  const broken = entries.findIndex(({ route, status }) => route === 'app' && status === 500);
  const fresh = story.faults === 'news' ? all.filter((seen) => !before.called.has(callerOf(seen))) : all;
  const requests = story.name === 'restore' ? all.slice(broken + 1) : fresh;
  const mutations = requests.filter(({ mutation }) => mutation);
  const reads = ends(requests.filter(({ mutation, route }) => !mutation && route !== 'app'));
  const traffic = ends(requests.filter(({ route }) => route === 'app'));
  return [
    ...onMutations(story, mutations, before.struck),
    ...reads.flatMap((seen) => [
      ...readKinds.map((kind) => once(story, seen, kind)),
      ...[wrongKind(seen, flyLies) ?? []].flat().map((kind) => once(story, seen, kind)),
    ]),
    ...traffic.flatMap((seen) => trafficKinds.map((kind) => once(story, seen, kind))),
    ...(story.faults === 'news' ? [] : lasting(story, all, requests)),
  ];
}

const plain = { service: '', rules: [], mutation: false, lasting: false, waits: false } as const;

/** What stands in its scene is what goes wrong. */
export function asItIs(story: Story): Case {
  return { ...plain, story, request: 'as it is', kind: 'nothing', decidesNothing: true };
}

/** A stale list tells nothing that holds, so it changes no end. */
function during(story: Story, incident: Incident): Case {
  const { name, kind } = incident;
  return { ...plain, story, request: name, kind, incident, decidesNothing: kind === 'stale' };
}

/** The first call of each route by each client, and the action's last: what it judges by in the end. */
function ends(requests: readonly Seen[]): readonly Seen[] {
  return [...Map.groupBy(requests, callerOf).values()].flatMap((calls) => {
    const [first] = calls;
    const last = calls.at(-1);
    if (first === undefined || last === undefined) return [];
    return first === last || first.client === 'flyctl' ? [first] : [first, last];
  });
}

/** A route, and who calls it. */
export function callerOf({ client, service, route }: Seen): string {
  return `${client} ${service} ${route}`;
}

function once(story: Story, seen: Seen, kind: Kind): Case {
  const { service, route, nth, client, mutation, after } = seen;
  const which =
    after === undefined ? { nth } : { nth: after.calls, after: { route: after.route, nth: after.nth } };
  return {
    story,
    request: `${client} ${route} #${nth}`,
    kind: kind.name,
    service,
    rules: [{ ...kind.fault, service, route, ...which }],
    // The ledger alone decides nothing.
    decidesNothing: service === 'github' && mutation,
    mutation,
    lasting: false,
    waits: kind.waits === true,
  };
}

/** What may die for good: routes by prefix, since `*` of Fly would be the app as well. */
const processes = [
  { name: 'all of Fly', service: 'fly', routes: ['flaps.*', 'graphql.*', 'uiex.*'] },
  { name: 'the Machines API', service: 'fly', routes: ['flaps.*'] },
  { name: 'the app', service: 'fly', routes: ['app'] },
  { name: 'GitHub', service: 'github', routes: ['*'] },
] as const;

/** Each dies at the start and in the middle of what is new in the story. */
function lasting(story: Story, all: readonly Seen[], requests: readonly Seen[]): readonly Case[] {
  return processes.flatMap(({ name, service, routes }) => {
    const own = requests.filter((seen) => seen.service === service && routes.some(covers(seen)));
    const moments = { start: own[0], middle: own[Math.floor(own.length / 2)] };
    return Object.entries(moments).flatMap(([moment, from]) => {
      if (from === undefined) return [];
      const before = all.slice(0, all.indexOf(from)).filter((seen) => seen.service === service);
      return dead(story, { name: `${name}, from the ${moment} on`, service, routes }, before);
    });
  });
}

function dead(
  story: Story,
  { name, service, routes }: { name: string; service: string; routes: readonly string[] },
  before: readonly Seen[],
): readonly Case[] {
  return lastingKinds.map((kind) => ({
    story,
    request: name,
    kind: kind.name,
    service,
    rules: routes.map((route) => {
      const nth = before.filter((seen) => covers(seen)(route)).length + 1;
      return { ...kind.fault, service, route, nth, count: 100_000 };
    }),
    decidesNothing: false,
    mutation: false,
    lasting: true,
    waits: true,
  }));
}

function covers({ route }: Seen): (pattern: string) => boolean {
  return (pattern) => (pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern);
}
