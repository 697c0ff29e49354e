import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type Stage } from '../../scripts/stage.ts';
import type { Trouble } from './case.ts';
import { beginFly } from './fly-ground.ts';
import { githubSeed } from './ledger.ts';
import type { Observed, Report } from './observed.ts';
import { beginRailway } from './railway/ground.ts';
import { railwayFolders, railwaySeed } from './railway/scenes.ts';
import { crew } from './scenes.ts';
import type { Story } from './story.ts';
import { flySeed } from './story-fly.ts';

/** What a run said, what is true, and what it may be explained by. */
export interface Played {
  readonly said: Report;
  readonly truth: Observed;
  readonly journal: readonly JournalEntry[];
  readonly log: readonly string[];
}

/** A cloud of its own, on which one case after the other is played. */
export interface Lane {
  readonly flyctl: Stage['flyctl'];
  /** The routes of Fly that can answer with something valid and untrue. */
  readonly flyLies: readonly string[];
  /** Plays a story from the start, with what goes wrong in a case or with nothing. */
  play(story: Story, trouble?: Trouble): Promise<Played>;
  close(): Promise<void>;
}

export async function openLane(flyctl: 'any' | 'stand-in'): Promise<Lane> {
  const stage = await openStage({ flyctl, cloud: { services: [flySeed, githubSeed, railwaySeed] } });
  writeFileSync(join(stage.workspace, 'crew.json'), JSON.stringify(crew.app?.definition));
  for (const [folder, tree] of Object.entries(railwayFolders)) {
    mkdirSync(join(stage.workspace, folder));
    for (const [name, text] of Object.entries(tree)) writeFileSync(join(stage.workspace, folder, name), text);
  }
  return {
    flyctl: stage.flyctl,
    flyLies: Object.keys(stage.cloud.service(flySeed).mutators),
    play: (story, trouble = { rules: [] }) => play(stage, story, trouble),
    close: () => stage.close(),
  };
}

async function play(stage: Stage, story: Story, trouble: Trouble): Promise<Played> {
  const { cloud, temp, toolCache } = stage;
  await cloud.reset();
  const watch =
    story.platform === 'fly'
      ? await beginFly(cloud, story, trouble)
      : await beginRailway(cloud, story, trouble);
  for (const rule of [...trouble.rules, ...(story.given ?? [])]) cloud.faults.add(rule);
  const env = { NODE_COMPILE_CACHE: join(toolCache, 'compiled'), STAND_IN_BLUEGREEN_PAUSE_MS: '20' };
  const result = await stage.run(story.action, story.inputs, { sha: story.sha, env });
  const journal = cloud.journal.entries();
  const truth = await watch.whatIsTrue(trouble);
  const said = testimony(result, [...filesUnder(temp), ...requestTexts(journal)]);
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp);
  return { said, truth, journal, log: result.job.log.map(({ line }) => line) };
}

function testimony({ main, job }: ActionResult, beside: Report['texts']): Report {
  const { outcome = '', reason = '', serving = '', 'needs-a-person': needsPerson = '' } = main.outputs;
  return {
    outcome,
    reason,
    serving,
    needsPerson,
    exitCode: main.exitCode,
    durationMs: main.durationMs,
    annotations: job.steps.flatMap(({ annotations }) => annotations),
    texts: [
      { where: 'the log', text: job.log.map(({ line }) => line).join('\n') },
      { where: 'the summary', text: job.summary },
      { where: 'the annotations', text: JSON.stringify(job.steps.map(({ annotations }) => annotations)) },
      ...Object.entries(main.outputs).map(([name, text]) => ({ where: `output ${name}`, text })),
      ...beside,
    ],
    orphans: job.orphans.map(({ command }) => command),
  };
}

/** What the job left on the disk: reports, and whatever else it forgot. */
function filesUnder(folder: string): Report['texts'] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ where: file.slice(folder.length + 1), text: readFileSync(file, 'utf8') }));
}

/** Paths of every request, and bodies of those to GitHub. Fly is sent what its own client sends. */
function requestTexts(journal: readonly JournalEntry[]): Report['texts'] {
  return journal.map(({ service, path, body }) => ({
    where: `a request to ${service}`,
    text: service === 'github' ? `${path}\n${body}` : path,
  }));
}
