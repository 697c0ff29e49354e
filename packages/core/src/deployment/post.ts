import type { Ports } from '../action/ports.ts';
import { errorMessage } from '../outcome/failure.ts';
import type { Live } from '../platforms/platform.ts';
import { type MainEnd, type PostFindings, type PostReport, postReport } from '../report/post-report.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { type ResumedVerdict, resumeInPost } from '../rollout/resume.ts';
import { readSaved } from '../rollout/saved.ts';
import type { SavedRollout } from '../rollout/saved-shape.ts';
import { openInPost, writeOwedFacts } from './owed-facts.ts';
import { type Look, lookMs, type PlatformTools } from './platform-module.ts';
import type { RecordInputs } from './record-ledger.ts';
import { hasRecordedEnd } from './recorded-end.ts';
import { stillServing } from './still.ts';
import { startTimeBudget } from './time-budget.ts';

/** The service ends a cancelled job after 5 minutes; by then everything has been said. Milliseconds. */
const postMs = 285_000;

/** What is left of the runner's time budget for one look, milliseconds. */
const cutLookMs = 4_000;

/** The target that the step was about. */
export interface PostTarget {
  readonly id: string;
  look(ports: Ports): Look;
}

/** What `post` of a deploy or a rollback goes by. */
export interface PostStory {
  readonly inputs: RecordInputs;
  /** Undefined where the step was about none. */
  readonly target: PostTarget | undefined;
  /** Opens the rollout that was cut, as main had it. */
  open(saved: SavedRollout): Promise<RolloutPorts>;
  /** Finishes what else was cut, before anything is looked at; answers what it did, as a sentence. */
  finish?(): Promise<string | undefined>;
}

/**
 * Ends what main left behind and says what serves: a restore that was cut is finished, records get their end, a tool
 * whose parent was killed is ended, and what it left is removed. Never ships. Silent where main has told how it ended.
 */
export async function runPost(
  { action, main, tools }: PostOf,
  doors: Ports,
  story: (ports: Ports) => Promise<PostStory>,
): Promise<PostReport | undefined> {
  tools?.removeAtExit(doors);
  try {
    return await wholePost({ action, main, tools }, doors, story);
  } catch (error) {
    if (!doors.signal.aborted) throw error;
    return postReport({ action, main, ...(await cutShort(doors, story)) });
  } finally {
    await tools?.close(doors);
  }
}

/** Whose `post` it is, and how its main ended. */
interface PostOf {
  readonly action: string;
  readonly main: MainEnd;
  /** What may have left something on the machine; undefined where main came to no platform. */
  readonly tools: PlatformTools | undefined;
}

async function wholePost(...[{ action, main, tools }, doors, story]: Parameters<typeof runPost>) {
  const { ports } = startTimeBudget(doors, { timeoutMs: postMs, restoreTimeoutMs: 0 });
  const kept = ports.runner.state('rollout');
  const saved = readSaved(kept);
  // What was kept and cannot be read had something left to do.
  const isUnread = saved === undefined && kept !== '';
  if (main === 'told' && saved === undefined && !isUnread) return undefined;
  const post = new Post(ports, await story(ports), { main, tools });
  const isOwedOnly = await post.writeOwed(saved);
  if (main === 'told' && isOwedOnly && !isUnread) return undefined;
  const findings = await post.findings(isOwedOnly ? undefined : saved);
  return postReport({ action, main, ...findings, ...(isUnread && { unread: true }) });
}

/** A post that is cancelled itself has 10 s until it is killed: one short look, and what it was about is left. */
async function cutShort(doors: Ports, story: (ports: Ports) => Promise<PostStory>): Promise<Findings> {
  const did = ['The job was cancelled once more: what else was to be done is left.'];
  const about = (await story(doors)).target;
  if (about === undefined) return { target: undefined, did };
  const { label } = readSaved(doors.runner.state('rollout'))?.restore?.release ?? {};
  const restore = label === undefined ? {} : { restore: { label, finished: false } };
  const target = about.id;
  try {
    const { live } = await about.look(doors)(cutLookMs);
    return { target, did, ...restore, live };
  } catch (error) {
    return { target, did, ...restore, why: errorMessage(error) };
  }
}

/** `main`, where it turns out to have ended otherwise than its state says. */
type Findings = Omit<PostFindings, 'action' | 'main'> & Partial<Pick<PostFindings, 'main'>>;

class Post {
  readonly #ports: Ports;
  readonly #main: MainEnd;
  readonly #tools: PlatformTools | undefined;
  readonly #story: PostStory;

  constructor(ports: Ports, story: PostStory, { main, tools }: Pick<PostOf, 'main' | 'tools'>) {
    this.#ports = ports;
    this.#main = main;
    this.#tools = tools;
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
    const ended = (await this.#tools?.endLeftBehind(this.#ports, this.#main)) ?? [];
    const did = [...ended, ...(await this.#finished())];
    const about = this.#story.target;
    if (about === undefined) return { target: undefined, did };
    const target = about.id;
    if (saved === undefined) return { target, did, ...(await this.#look(about)) };
    if (this.#main === 'killed' && (await hasRecordedEnd(this.#ports, this.#story.inputs, saved)))
      return { main: 'unkept', target, did, ...(await this.#look(about)) };
    const { restore } = saved;
    const label = restore?.release.label;
    try {
      const { live, isRestored, unproved, recorded, timeline } = await this.#resume(saved, about);
      return {
        target,
        live,
        timeline,
        unproved,
        did: [...did, ...recorded],
        ...(label === undefined ? {} : { restore: { label, finished: isRestored } }),
      };
    } catch (error) {
      this.#ports.signal.throwIfAborted();
      const why = errorMessage(error);
      return { target, did, why, ...(label === undefined ? {} : { restore: { label, finished: false } }) };
    }
  }

  async #resume(saved: SavedRollout, about: PostTarget) {
    const { open, inputs } = this.#story;
    const rollout = await openInPost({ ...this.#ports, inputs }, saved, () => open(saved));
    // A restore goes on at once; anything else is only looked at, once it has come to rest.
    if (saved.restore === undefined) await this.#look(about);
    const end = await resumeInPost(saved, rollout, this.#ports.signal);
    const { live, outcome, release, serving } = end;
    // What a rollback has chosen is its old one.
    const [ours, how] =
      saved.known.plan.kind === 'deploy' ? (['new', 'shipped'] as const) : (['old', 'brought back'] as const);
    const isOurs = serving === ours && release !== undefined;
    return {
      live,
      isRestored: outcome === 'restored',
      timeline: rollout.timeline.steps,
      unproved: isOurs ? { label: release.label, how } : undefined,
      recorded: recordsOf(end),
    };
  }

  async #finished(): Promise<readonly string[]> {
    try {
      const sentence = await this.#story.finish?.();
      return sentence === undefined ? [] : [sentence];
    } catch (error) {
      this.#ports.signal.throwIfAborted();
      return [`What was begun could not be finished: ${errorMessage(error)}`];
    }
  }

  /** Where nothing was begun, one look tells. */
  async #look(about: PostTarget): Promise<{ readonly live?: Live; readonly why?: string }> {
    const { clock, signal } = this.#ports;
    try {
      const look = about.look(this.#ports);
      const live = async (remainingMs: number) => (await look(remainingMs)).live;
      return {
        live: await (this.#main === 'unbegun' ? live(lookMs) : stillServing(live, { clock, signal })),
      };
    } catch (error) {
      signal.throwIfAborted();
      return { why: errorMessage(error) };
    }
  }
}

/** What became of the records; nothing where there are none. */
function recordsOf({ ledgerId, isRecorded }: ResumedVerdict): readonly string[] {
  if (!isRecorded) return ['GitHub has not taken everything there was to record.'];
  return ledgerId === undefined ? [] : ['Its records are ended.'];
}
