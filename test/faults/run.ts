/**
 * `npm run test:faults`: every request of a deploy, a restore and a rollback × every fault, judged from outside.
 * `-- --list` names the cases, `--only TEXT` plays those whose name contains it, `--log` prints the log of wrong ones,
 * `--flyctl real` lets the real flyctl act in a smaller selection.
 */
import { parseArgs } from 'node:util';
import { endings as deployEndings } from '../../actions/fly-deploy/src/reasons.ts';
import { endings as rollbackEndings } from '../../actions/rollback/src/reasons.ts';
import { type Lane, openLane, type Played } from './lane.ts';
import { judge } from './oracle.ts';
import { type Case, callerOf, casesOf, requestsOf, withRealFlyctl } from './plan.ts';
import { secrets, stories } from './stories.ts';
import { type Judged, lineOf, nameOf, outcomesByKind } from './table.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
    flyctl: { type: 'string', default: 'stand-in' },
  },
});

/** Twice as many as there are cores where cases compute, since each pauses as well; those that wait for a limit need none. */
const lanes = { computing: 4, waiting: 8 };
const endings = { 'fly-deploy': deployEndings, rollback: rollbackEndings };

const started = performance.now();
const flyctl = options.flyctl === 'real' ? 'any' : 'stand-in';
const first = await openLane(flyctl);
say(`flyctl: ${first.flyctl.kind} (${first.flyctl.says})`);
const all = await allCases(first);
const selected = first.flyctl.kind === 'real' ? withRealFlyctl(all) : all;
const cases = selected.filter((one) => nameOf(one).includes(options.only));
if (options.list) for (const one of cases) say(nameOf(one));
else process.exitCode = report(await playAll(cases));
await first.close();

/** The cases that follow from a clean run of each story. */
async function allCases(lane: Lane): Promise<readonly Case[]> {
  const found: Case[] = [];
  const known = new Set<string>();
  for (const story of stories) {
    const { said, journal, log } = await lane.play(story);
    const ending = `${said.outcome}/${said.reason}`;
    if (ending !== story.ending) {
      throw new Error(`without any fault the ${story.name} ended ${ending}:\n${log.join('\n')}`);
    }
    found.push(...casesOf(story, journal, lane.flyLies, known));
    for (const seen of requestsOf(journal)) known.add(callerOf(seen));
  }
  return found;
}

async function playAll(all: readonly Case[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const work = async (queue: Case[]) => {
    const lane = await openLane(flyctl);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const one = judgedOf(next, await lane.play(next.story, next.rules));
      judged.push(one);
      say(lineOf(one, `[${judged.length}/${all.length}]`));
      if (options.log && one.wrongs.length > 0) for (const line of one.played.log) say(`    | ${line}`);
    }
    await lane.close();
  };
  const queues = [
    { queue: all.filter(({ waits }) => !waits), width: lanes.computing },
    { queue: all.filter(({ waits }) => waits), width: lanes.waiting },
  ];
  await Promise.all(
    queues.flatMap(({ queue, width }) =>
      Array.from({ length: Math.min(width, queue.length) }, () => work(queue)),
    ),
  );
  return judged;
}

function judgedOf(tried: Case, played: Played): Judged {
  const { action, roles, allowedMs } = tried.story;
  const law = {
    ...{ action, roles, allowedMs, secrets },
    endings: endings[action],
    ...(tried.service === 'github' && tried.mutation ? { mustEnd: tried.story.ending } : {}),
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
