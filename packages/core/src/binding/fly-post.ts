import type { MainEnd, PostReport } from '../action/action.ts';
import { errorMessage } from '../failure.ts';
import { endLeftBehind } from '../platforms/fly/left-behind.ts';
import type { Live } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import { type PostFindings, postReport } from '../report/post-report.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { type ResumedVerdict, resumeInPost } from '../rollout/resume.ts';
import { readSaved, type SavedRollout } from '../rollout/saved.ts';
import { closeFly, closeFlyAtExit, flyConfigDir } from './fly.ts';
import { type FlyLookInputs, flyLook, lookMs } from './fly-look.ts';
import { openInPost, writeOwedFacts } from './owed-facts.ts';
import type { RecordInputs } from './retire-records.ts';
import { stillServing } from './still.ts';
import { startTimeBudget } from './time-budget.ts';

/** The service ends a cancelled job after 5 minutes; by then everything has been said. Milliseconds. */
const postMs = 285_000;

/** What `post` of an action on Fly goes by. */
export interface FlyPost {
  readonly inputs: RecordInputs;
  /** The app that the step was about, if it was about one. */
  readonly app: FlyLookInputs | undefined;
  /** Opens the rollout that was cut, as main had it. */
  open(saved: SavedRollout): Promise<RolloutPorts>;
  /** Finishes what else was cut, before anything is looked at; answers what it did, as a sentence. */
  finish?(): Promise<string | undefined>;
}

/**
 * Ends what main left behind and says what serves: a restore that was cut is finished, records get their end, a flyctl
 * whose parent was killed is ended, and its private folder removed. Never ships. Silent where main has told how it ended.
 */
export async function postOfFly(
  action: string,
  doors: Ports,
  main: MainEnd,
  story: (ports: Ports) => FlyPost,
): Promise<PostReport | undefined> {
  closeFlyAtExit(doors);
  const { ports } = startTimeBudget(doors, { timeoutMs: postMs, restoreTimeoutMs: 0 });
  try {
    const saved = readSaved(ports.runner.state('rollout'));
    if (main === 'told' && saved === undefined) return undefined;
    const post = new PostOfFly(ports, story(ports), main);
    const isOwedOnly = await post.writeOwed(saved);
    if (main === 'told' && isOwedOnly) return undefined;
    return postReport({ action, main, ...(await post.findings(isOwedOnly ? undefined : saved)) });
  } finally {
    await closeFly(doors);
  }
}

type Findings = Omit<PostFindings, 'action' | 'main'>;

class PostOfFly {
  readonly #ports: Ports;
  readonly #main: MainEnd;
  readonly #story: FlyPost;

  constructor(ports: Ports, story: FlyPost, main: MainEnd) {
    this.#ports = ports;
    this.#main = main;
    this.#story = story;
  }

  /** Whether the rollout itself has come to its end: then only facts are owed, and they are written. */
  async writeOwed(saved: SavedRollout | undefined): Promise<boolean> {
    if (saved === undefined) return true;
    if (saved.ended !== true) return false;
    await writeOwedFacts(this.#ports, this.#story.inputs, saved);
    return true;
  }

  async findings(saved: SavedRollout | undefined): Promise<Findings> {
    const did = [...(await this.#endedTools()), ...(await this.#finished())];
    const { app } = this.#story;
    if (app === undefined) return { target: undefined, did };
    const target = `fly:${app.flyApp}`;
    if (saved === undefined) return { target, did, ...(await this.#look(app)) };
    const { restore } = saved;
    const label = restore?.release.label;
    try {
      const { live, isRestored, unproved, recorded, timeline } = await this.#resume(saved, app);
      return {
        ...{ target, live, timeline, unproved, did: [...did, ...recorded] },
        ...(label === undefined ? {} : { restore: { label, finished: isRestored } }),
      };
    } catch (error) {
      const why = errorMessage(error);
      return { target, did, why, ...(label === undefined ? {} : { restore: { label, finished: false } }) };
    }
  }

  async #resume(saved: SavedRollout, app: FlyLookInputs) {
    const { open, inputs } = this.#story;
    const rollout = await openInPost({ ...this.#ports, inputs }, saved, () => open(saved));
    // A restore goes on at once; anything else is only looked at, once it has come to rest.
    if (saved.restore === undefined) await this.#look(app);
    const end = await resumeInPost(saved, rollout, this.#ports.signal);
    const { live, outcome, release, serving } = end;
    const isNew = saved.known.plan.kind === 'deploy' && serving === 'new';
    return {
      ...{ live, isRestored: outcome === 'restored', timeline: rollout.timeline.steps },
      unproved: isNew ? release?.label : undefined,
      recorded: recordsOf(end),
    };
  }

  async #endedTools(): Promise<readonly string[]> {
    const { runner, clock, signal } = this.#ports;
    const dir = flyConfigDir(runner);
    if (dir === '') return [];
    if (runner.context.os !== 'linux' && this.#main !== 'cancelled')
      return ['Whether flyctl is still at work cannot be told on this system.'];
    const count = await endLeftBehind(dir, { clock, signal });
    return count === 0 ? [] : ['flyctl was still at work, and was ended.'];
  }

  async #finished(): Promise<readonly string[]> {
    try {
      const sentence = await this.#story.finish?.();
      return sentence === undefined ? [] : [sentence];
    } catch (error) {
      return [`What was begun could not be finished: ${errorMessage(error)}`];
    }
  }

  /** Where nothing was begun, one look tells. */
  async #look(app: FlyLookInputs): Promise<{ readonly live?: Live; readonly why?: string }> {
    const { clock, signal } = this.#ports;
    try {
      const look = flyLook(this.#ports, app);
      return {
        live: await (this.#main === 'unbegun' ? look(lookMs) : stillServing(look, { clock, signal })),
      };
    } catch (error) {
      return { why: errorMessage(error) };
    }
  }
}

/** What became of the records; nothing where there are none. */
function recordsOf({ ledgerId, isRecorded }: ResumedVerdict): readonly string[] {
  if (!isRecorded) return ['GitHub has not taken everything there was to record.'];
  return ledgerId === undefined ? [] : ['Its records are ended.'];
}
