import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { ActionResult, StepResult } from '#local-runner';
import { bundleProcess, bundleStarted, signalTo } from '../bundle-process.ts';
import { recordedDeploys } from '../recorded-deploys.ts';
import { ended, logOf } from '../shop-stage.ts';
import type { CancelScript } from './script.ts';
import type { CancelStage, PostStart } from './stage.ts';

/** Everything that the promises are held against. */
export interface Played {
  readonly script: CancelScript;
  /** How main ended, as post was told: `unbegun`, `killed`, `cancelled`, `told`. */
  readonly found: string;
  /** The last sentence on what serves, by the versions it comes to; undefined where there was none. */
  readonly said: string | undefined;
  /** Whether post has come to its own sentence: what main says before it may be older than what serves. */
  readonly isPostHeard: boolean;
  /** Whether post had begun: a SIGINT that comes while node itself starts ends it, and nobody can clear away after it. */
  readonly isPostBegun: boolean;
  readonly served: string;
  readonly openRecords: readonly string[];
  /** What post itself changed on the platform, and the deploys it started; none of it where it resumed a restore. */
  readonly shippedByPost: readonly string[];
  /** What the run started and that was on its way when it had ended: it would go live when nobody looks. */
  readonly underWay: readonly string[];
  readonly orphans: readonly string[];
  readonly left: readonly string[];
  /** How the next deploy ended, and what it left serving. */
  readonly next: string;
  readonly log: string;
}

export async function playCancel(script: CancelScript, lane: CancelStage): Promise<Played> {
  const { stage } = lane;
  await lane.begin(script.work);
  const over = new AbortController();
  const cancel = new AbortController();
  const cutting = cut(script, { temp: stage.temp, cancel, gone: over.signal });
  const watching = watchPost(lane, over.signal);
  const result = await lane.run(script.work, { signal: cancel.signal });
  over.abort();
  await cutting;
  const postFrom = await watching;
  const log = logOf(result);
  const said = lastSaid(result.job, lane)?.map((label) => lane.versionOf(script.work, label));
  const underWay = await lane.underWay();
  const served = await lane.served(script.work);
  const isResumed = result.post?.state.rollout?.includes('"restore":{') === true;
  const facts = {
    script,
    found: foundBy(result),
    said: said && (said.length === 0 ? 'nothing' : [...new Set(said)].sort().join(' ')),
    isPostHeard: result.post !== undefined && lastSaid(result.post, lane) !== undefined,
    isPostBegun: hasBegun(result.post),
    served,
    openRecords: await openRecords(lane),
    shippedByPost: isResumed || postFrom === undefined ? [] : lane.shippedSince(postFrom),
    underWay,
    orphans: result.job.orphans.map(({ command }) => command),
    left: readdirSync(stage.temp, { recursive: true })
      .map(String)
      .filter((name) => /belay-(?:fly|railway)/.test(name)),
  };
  const next = await lane.next(script.work);
  return {
    ...facts,
    next: `${ended(next)}, ${await lane.served(script.work)}`,
    log: `${log}\n-- next --\n${logOf(next)}`,
  };
}

interface Cutting {
  readonly temp: string;
  readonly cancel: AbortController;
  readonly gone: AbortSignal;
}

async function cut(
  { cut: how, atMs, againMs }: CancelScript,
  { temp, cancel, gone }: Cutting,
): Promise<void> {
  const main = await bundleStarted('index.js', temp, gone);
  await sleep(atMs, gone);
  if (gone.aborted) return;
  if (how === 'kill' || how === 'early kill') return signalTo(main, 'SIGKILL');
  cancel.abort();
  if (how === 'cancelled twice') {
    await sleep(againMs, gone);
    if (bundleProcess('index.js', temp) === main) signalTo(main, 'SIGINT');
  }
  if (how === 'cancel in post') {
    const post = await bundleStarted('post.js', temp, gone);
    await sleep(againMs, gone);
    if (!gone.aborted) signalTo(post, 'SIGINT');
  }
}

async function watchPost(
  { stage, deploysBegun }: CancelStage,
  gone: AbortSignal,
): Promise<PostStart | undefined> {
  const post = await bundleStarted('post.js', stage.temp, gone);
  if (post === undefined) return undefined;
  return { seq: stage.cloud.journal.entries().at(-1)?.seq ?? 0, deploys: deploysBegun() };
}

/** From its first act on a SIGINT cannot end it; the runner's word for one that did is 128 and the signal's number. */
function hasBegun(post: StepResult | undefined): boolean {
  return post !== undefined && post.exitCode !== null && post.exitCode !== 128 + constants.signals.SIGINT;
}

async function openRecords({ stage }: CancelStage): Promise<readonly string[]> {
  const records = await recordedDeploys(stage.cloud);
  return records
    .filter(({ statuses }) => !/^(success|failure|error|inactive):/.test(statuses.at(-1) ?? ''))
    .map(({ task, statuses }) => `${task}: ${statuses.join(', ')}`);
}

function foundBy({ post, main }: ActionResult): string {
  const end = (post ?? main).state.main ?? '';
  return { '': 'unbegun', begun: 'killed' }[end] ?? end;
}

/** Labels of the releases in the last sentence that says what serves; post's comes after main's. */
function lastSaid(
  said: Pick<StepResult, 'log'>,
  { target: { source: target }, label }: CancelStage,
): readonly string[] | undefined {
  // `fly:shop serves v2`, and of what is more than one or none `v2 and v1 serve fly:shop`.
  const telling = new RegExp(`${target} serves ([^.:]*)|(?:^|\\. )([^.]*) serves? ${target}`, 'g');
  const sentences = said.log.flatMap(({ line }) => [...line.matchAll(telling)]);
  const [, one, other] = sentences.at(-1) ?? [];
  const last = one ?? other;
  if (last === undefined || last.startsWith('is not known')) return undefined;
  return [...last.replace(/\([\w-]+ again\)/, '').matchAll(label)].map(([name]) => name);
}

async function sleep(ms: number, gone: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: gone }).catch(() => undefined);
}
