import type { Redactor } from '../../redactor.ts';
import type { Predicate } from '../check-file.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { ByteCollector } from '../exchange/byte-collector.ts';
import { Trouble } from '../exchange/trouble.ts';
import { evaluate } from '../judge/evaluate.ts';
import type { PatternThread } from '../judge/patterns.ts';
import { mostJudgingMs } from '../judge/resource-limit.ts';
import { expectedText } from '../judge/wording.ts';
import type { FailureClass } from '../verdict.ts';
import type { Judging, Objection } from './check-type.ts';
import type { Opcode, Step } from './dialogue-steps.ts';

/** What came in at once: a piece of a stream, or a message. */
export interface Heard {
  readonly bytes: Buffer;
  readonly opcode: Opcode | undefined;
}

/** The other side of a dialogue. */
export interface Line {
  send(saying: NonNullable<Step['send']>): void;
  /** The next that comes in; undefined when the other side has hung up. Rejects when the line breaks or is cut. */
  next(): Promise<Heard | undefined>;
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
  steps: readonly Step[],
  line: Line,
  listening: Listening,
): Promise<readonly Objection[]> {
  for (const [index, step] of steps.entries()) {
    if (step.send !== undefined) line.send(step.send);
    if (step.expect.length === 0 && step.opcode === undefined) continue;
    const missed = await listen(step, line, listening);
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

async function listen(step: Step, line: Line, listening: Listening): Promise<Missed | undefined> {
  let last: Buffer | undefined;
  let size = 0;
  const joined = new ByteCollector();
  while (true) {
    const heard = await nextOf(line, listening);
    if (heard === 'late') return { failureClass: 'timeout', actual: `${quoted(last)}, and no more in time` };
    if (heard === undefined)
      return { failureClass: 'assertion', actual: `${quoted(last)}, then ${line.ending()}` };
    size += heard.bytes.length;
    joined.add(line.joins ? heard.bytes : nothing);
    last = line.joins ? joined.whole : heard.bytes;
    const said = { bytes: last, opcode: heard.opcode };
    const match = await listening.watch.uncounted(() =>
      listening.judging(() => matches(step, said, listening)),
    );
    if (match === true) return undefined;
    if (match !== false) return { failureClass: 'definition', actual: match.why, endsAs: 'error' };
    if (size > mostHeard)
      return {
        failureClass: 'assertion',
        actual: `no match in the first ${mostHeard} bytes: ${quoted(last)}`,
      };
  }
}

const nothing = Buffer.alloc(0);

/** The next that comes in; undefined when the other side has hung up, `late` when the attempt's time is up. */
export async function nextOf(
  line: Pick<Line, 'next'>,
  { watch }: Pick<Listening, 'watch'>,
): Promise<Heard | undefined | 'late'> {
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
  if (!(why instanceof Trouble && why.failureClass === 'timeout')) throw why;
}

async function matches(
  { expect, opcode }: Step,
  heard: Heard,
  { patterns, timeoutMs }: Listening,
): Promise<boolean | { readonly why: string }> {
  if (opcode !== undefined && heard.opcode !== opcode) return false;
  const reading = { kind: 'found', value: heard.bytes.toString() } as const;
  for (const predicate of expect) {
    const held = await evaluate(predicate, reading, {
      patterns,
      deadlineMs: Math.min(timeoutMs, mostJudgingMs),
    });
    if (held.kind === 'invalid') return held;
    if (held.kind === 'broken') return false;
  }
  return true;
}

function expectation({ expect, opcode }: Step, redactor: Redactor): string {
  const words = expect.map((one: Predicate) =>
    expectedText(one, { name: '', argument: undefined }, redactor),
  );
  return [...(opcode === undefined ? [] : [`is ${opcode}`]), ...words].join(' and ');
}

function quoted(heard: Buffer | undefined): string {
  return heard === undefined ? 'nothing' : JSON.stringify(heard.toString());
}
