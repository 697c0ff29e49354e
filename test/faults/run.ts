/**
 * `npm run test:faults`: every request of a deploy, a restore and a rollback on each platform × every fault, and what
 * comes between their looks, judged from outside.
 * `-- --platform railway` plays one platform’s stories alone, `--list` names the cases, `--only TEXT` plays those whose name contains it, `--log` prints the log of wrong ones,
 * `--flyctl real` lets the real flyctl act in a smaller selection. `--lanes 2` plays fewer at once: on a machine that
 * others keep busy, limits run out that are none of a fault's doing.
 */
import { parseArgs } from 'node:util';
import { endings as deployEndings } from '../../actions/fly-deploy/src/reasons.ts';
import { endings as uploadEndings } from '../../actions/railway-up/src/reasons.ts';
import { endings as rollbackEndings } from '../../actions/rollback/src/reasons.ts';
import type { Case } from './case.ts';
import { type Lane, openLane, type Played } from './lane.ts';
import { isLate } from './late.ts';
import { judge } from './oracle.ts';
import { asItIs, type Before, casesOf, remember, withRealFlyctl } from './plan.ts';
import { railwayStories } from './railway/stories.ts';
import { flyStories } from './stories.ts';
import { type Story, secrets } from './story.ts';
import { type Judged, lineOf, nameOf, outcomesByKind } from './table.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
    flyctl: { type: 'string', default: 'stand-in' },
    lanes: { type: 'string', default: '6' },
    platform: { type: 'string', default: '' },
  },
});

/** More than there are cores, since a case mostly pauses; one that waits for a limit hardly computes. */
const lanes = { computing: Number(options.lanes), waiting: 2 * Number(options.lanes) };
const endings = { 'fly-deploy': deployEndings, 'railway-up': uploadEndings, rollback: rollbackEndings };

const stories = [...flyStories, ...railwayStories].filter(
  ({ platform }) => options.platform === '' || options.platform === platform,
);

const started = performance.now();
const flyctl = options.flyctl === 'real' ? 'any' : 'stand-in';
const clean = await cleanRuns();
const all = clean.flatMap(({ cases }) => cases);
const cases = (options.flyctl === 'real' ? withRealFlyctl(all) : all).filter(isMeant);
if (options.list) for (const one of [...clean.map(({ tried }) => tried), ...cases]) say(nameOf(one));
else process.exitCode = report([...clean.filter(({ tried }) => isMeant(tried)), ...(await playAll(cases))]);

interface CleanRun extends Judged {
  /** What follows from it. */
  readonly cases: readonly Case[];
}

/** Each story as it is; what the cases are made of, in the order of the stories. */
async function cleanRuns(): Promise<readonly CleanRun[]> {
  const played = new Map<Story, Judged>();
  const lies: string[] = [];
  await inLanes([...stories], lanes.computing, async (story, lane) => {
    if (played.size === 0 && lies.length === 0) say(`flyctl: ${lane.flyctl.kind} (${lane.flyctl.says})`);
    lies.splice(0, lies.length, ...lane.flyLies);
    const one = judgedOf(asItIs(story), await lane.play(story));
    played.set(story, one);
    tell(one, '[clean]');
  });
  for (const one of await aloneWhereLate([...played.values()])) played.set(one.tried.story, one);
  const before: Before = { called: new Set(), struck: new Set() };
  return stories.flatMap((story) => {
    const one = played.get(story);
    if (one === undefined) return [];
    const { journal } = one.played;
    const cases = casesOf(story, journal, lies, before);
    remember(before, story, journal);
    return { ...one, cases };
  });
}

async function playAll(all: readonly Case[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const play = async (next: Case, lane: Lane) => {
    const one = judgedOf(next, await lane.play(next.story, next));
    judged.push(one);
    tell(one, `[${judged.length}/${all.length}]`);
  };
  const queue = (waits: boolean) => all.filter((one) => one.waits === waits);
  await Promise.all([
    inLanes(queue(false), lanes.computing, play),
    inLanes(queue(true), lanes.waiting, play),
  ]);
  return aloneWhereLate(judged);
}

/**
 * What only took too long beside the others, or used up its own limit, is played once more alone, and that counts: its
 * time is its own then. What the cases are made of is played so as well: no case is made of a run that was cut short.
 */
async function aloneWhereLate(judged: readonly Judged[]): Promise<readonly Judged[]> {
  const again = new Map<Judged, Judged>();
  await inLanes(judged.filter(isLate), 1, async (late, lane) => {
    const one = judgedOf(late.tried, await lane.play(late.tried.story, late.tried));
    again.set(late, one);
    tell(one, '[alone]');
  });
  return judged.map((one) => again.get(one) ?? one);
}

/** Takes one after the other, in so many lanes at once. */
async function inLanes<T>(queue: T[], width: number, play: (next: T, lane: Lane) => Promise<void>) {
  const work = async () => {
    const lane = await openLane(flyctl);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await play(next, lane);
    await lane.close();
  };
  await Promise.all(Array.from({ length: Math.min(width, queue.length) }, work));
}

function isMeant(one: Case): boolean {
  return nameOf(one).includes(options.only);
}

function tell(one: Judged, place: string): void {
  if (!options.list) say(lineOf(one, place));
  if (options.log && one.wrongs.length > 0) for (const line of one.played.log) say(`    | ${line}`);
}

function judgedOf(tried: Case, played: Played): Judged {
  const { action, roles, allowedMs } = tried.story;
  const law = {
    action,
    roles,
    allowedMs,
    secrets,
    endings: endings[action],
    isUnknowable: tried.incident?.unknowable === true,
    ...(tried.decidesNothing ? { mustEnd: tried.story.ending } : {}),
  };
  return { tried, played, wrongs: judge(played.said, played.truth, law) };
}

/** Answers the exit code. */
function report(judged: readonly Judged[]): number {
  const wrong = judged.filter(({ wrongs }) => wrongs.length > 0);
  say('');
  for (const line of outcomesByKind(judged)) say(line);
  for (const one of wrong) say(lineOf(one, '\n'));
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`\n${judged.length} cases in ${seconds} s, ${wrong.length} of them wrong.`);
  return wrong.length === 0 && judged.length > 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
