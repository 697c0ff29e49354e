import { setTimeout as sleep } from 'node:timers/promises';
import type { Redactor } from '../../io/redactor.ts';
import type { Predicate } from '../assertion.ts';
import type { FailureClass } from '../check-result.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { ByteCollector } from '../exchange/byte-collector.ts';
import { ExchangeError } from '../exchange/exchange-error.ts';
import { evaluate } from '../judge/evaluate.ts';
import type { PatternThread } from '../judge/patterns.ts';
import { mostJudgingMs } from '../judge/resource-limit.ts';
import { expectedText } from '../judge/wording.ts';
import type { Finding, Judging } from './check-type.ts';
import type { DialogueStep, Opcode } from './dialogue-steps.ts';
import type { TurnState } from './stream-turn.ts';
import { StreamTurn } from './stream-turn.ts';

/** What came in at once: a piece of a stream, or a message. */
export interface ReceivedPiece {
  readonly bytes: Buffer;
  readonly opcode: Opcode | undefined;
}

/** The other side of a dialogue. */
export interface Line {
  send(saying: NonNullable<DialogueStep['send']>): void;
  /**
   * The next that comes in; undefined when the other side has hung up. Rejects when the line breaks or is cut. Asked
   * again before it came, it answers the same.
   */
  next(): Promise<ReceivedPiece | undefined>;
  /** A stream's pieces belong together; messages stand alone. */
  readonly joins: boolean;
  /** How the other side has hung up, in words. */
  ending(): string;
}

export interface Listening {
  readonly patterns: PatternThread;
  readonly judging: Judging;
  readonly redactor: Redactor;
  readonly timeoutMs: number;
  readonly watch: AttemptWatch;
}

/** A line that never says the right thing must not fill the memory. */
export const mostHeard = 1024 * 1024;

/**
 * Takes every step in order: says what it has to say, then listens until something matches or the attempt's time is
 * up. Answers what was wrong with the first step that got nowhere.
 */
export async function converse(
  steps: readonly DialogueStep[],
  line: Line,
  listening: Listening,
): Promise<readonly Finding[]> {
  for (const [index, step] of steps.entries()) {
    if (step.send !== undefined) line.send(step.send);
    if (step.expect.length === 0 && step.opcode === undefined) continue;
    const missed = await (line.joins ? listenToStream : listen)(step, line, listening);
    if (missed === undefined) continue;
    const read = steps.length === 1 ? 'answer' : `answer in step ${index + 1}`;
    const failure = { read, expected: expectation(step, listening.redactor), actual: missed.actual };
    return [{ failureClass: missed.failureClass, failure, endsAs: missed.endsAs ?? 'fail' }];
  }
  return [];
}

interface Missed {
  readonly failureClass: FailureClass;
  readonly actual: string;
  readonly endsAs?: 'error';
}

async function listen(step: DialogueStep, line: Line, listening: Listening): Promise<Missed | undefined> {
  let last: Buffer | undefined;
  let size = 0;
  while (true) {
    const heard = await nextOf(line, listening);
    if (heard === 'late') return { failureClass: 'timeout', actual: `${quoted(last)}, and no more in time` };
    if (heard === undefined)
      return { failureClass: 'assertion', actual: `${quoted(last)}, then ${line.ending()}` };
    size += heard.bytes.length;
    last = heard.bytes;
    const match = await judged(listening, () => matches(step, heard, listening));
    if (match === true) return undefined;
    if (match !== false) return unsound(match);
    if (size > mostHeard) return endless(last);
  }
}

/** How long a stream rests before what it said is taken for all of it, milliseconds: a prompt ends no line. */
const restMs = 1000;

/** Of a stream all pieces of a turn belong together; the turn says what of them must be whole. */
async function listenToStream(
  { expect }: DialogueStep,
  line: Line,
  listening: Listening,
): Promise<Missed | undefined> {
  const heard = new ByteCollector();
  const turn = new StreamTurn(expect, (predicate, text) => asks(predicate, text, listening));
  const hear = (state: Parameters<StreamTurn['hear']>[1]) =>
    judged(listening, () => turn.hear(heard.whole.toString(), state));
  while (true) {
    const coming = nextOf(line, listening);
    // Whoever is asked next tells what became of it.
    coming.catch(() => {});
    let came = heard.size === 0 ? await coming : await soon(coming);
    let standing: TurnState = 'goes on';
    if (came === 'rests') {
      standing = await hear('rests');
      if (standing === 'goes on' || standing === 'unended') came = await coming;
    }
    if (typeof came === 'object') heard.add(came.bytes);
    if (heard.size > 0 && came !== 'rests') standing = await hear(stateAfter(came));
    if (standing === 'holds') return undefined;
    if (typeof standing === 'object') return unsound(standing);
    const said = quoted(heard.size === 0 ? undefined : heard.whole);
    if (standing === 'never') return { failureClass: 'assertion', actual: said };
    if (came === 'late') {
      const why = standing === 'unended' ? 'whose line did not end in time' : 'and no more in time';
      return { failureClass: 'timeout', actual: `${said}, ${why}` };
    }
    if (came === undefined) return { failureClass: 'assertion', actual: `${said}, then ${line.ending()}` };
    if (heard.size > mostHeard) return endless(heard.whole);
  }
}

function stateAfter(came: ReceivedPiece | 'late' | 'rests' | undefined): Parameters<StreamTurn['hear']>[1] {
  if (came === undefined) return 'over';
  return typeof came === 'object' ? 'goes on' : 'rests';
}

async function soon<T>(coming: Promise<T>): Promise<T | 'rests'> {
  const over = new AbortController();
  const rest = sleep(restMs, 'rests' as const, { signal: over.signal }).catch(() => 'rests' as const);
  try {
    return await Promise.race([coming, rest]);
  } finally {
    over.abort();
  }
}

function judged<T>({ watch, judging }: Listening, work: () => Promise<T>): Promise<T> {
  return watch.uncounted(() => judging(work));
}

function unsound({ why }: { readonly why: string }): Missed {
  return { failureClass: 'definition', actual: why, endsAs: 'error' };
}

function endless(heard: Buffer): Missed {
  return {
    failureClass: 'assertion',
    actual: `no match in the first ${mostHeard} bytes: ${quoted(heard)}`,
  };
}

/** The next that comes in; undefined when the other side has hung up, `late` when the attempt's time is up. */
export async function nextOf(
  line: Pick<Line, 'next'>,
  { watch }: Pick<Listening, 'watch'>,
): Promise<ReceivedPiece | undefined | 'late'> {
  const heard = await line.next().catch((error: unknown) => {
    throwUnlessLate(watch.cutBy ?? error);
    return 'late' as const;
  });
  // A line that was cut off may look like one that was hung up.
  if (heard !== undefined || watch.cutBy === undefined) return heard;
  throwUnlessLate(watch.cutBy);
  return 'late';
}

function throwUnlessLate(why: unknown): void {
  if (!(why instanceof ExchangeError && why.failureClass === 'timeout')) throw why;
}

async function matches(
  { expect, opcode }: DialogueStep,
  heard: ReceivedPiece,
  listening: Listening,
): Promise<boolean | { readonly why: string }> {
  if (opcode !== undefined && heard.opcode !== opcode) return false;
  for (const predicate of expect) {
    const held = await asks(predicate, heard.bytes.toString(), listening);
    if (held !== true) return held;
  }
  return true;
}

async function asks(
  predicate: Predicate,
  text: string,
  { patterns, timeoutMs }: Listening,
): Promise<boolean | { readonly why: string }> {
  const deadlineMs = Math.min(timeoutMs, mostJudgingMs);
  const held = await evaluate(predicate, { kind: 'found', value: text }, { patterns, deadlineMs });
  return held.kind === 'invalid' ? held : held.kind !== 'broken';
}

function expectation({ expect, opcode }: DialogueStep, redactor: Redactor): string {
  const words = expect.map((one: Predicate) =>
    expectedText(one, { name: '', argument: undefined }, redactor),
  );
  return [...(opcode === undefined ? [] : [`is ${opcode}`]), ...words].join(' and ');
}

function quoted(heard: Buffer | undefined): string {
  return heard === undefined ? 'nothing' : JSON.stringify(heard.toString());
}
