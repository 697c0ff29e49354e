import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripControls } from '../../text/neutralise.ts';
import { createLineSplitter } from '../line-splitter.ts';
import type { ToolRun } from '../process.ts';
import { Redactor } from '../redactor.ts';
import { boundedPrint, type Print } from './bounded-print.ts';
import { createBoundedText } from './bounded-text.ts';
import { createTail } from './tail.ts';

const mostStdout = 8 * 1024 * 1024;

/** Everything a tool says, as it is said. */
export interface Capture {
  read(pipe: Readable, stream: 'stdout' | 'stderr'): void;
  /** The tool is gone: what is left in its pipes is little, and is taken without waiting for the log. */
  hurry(): void;
  /** Passes on what was not ended by a line break; call it once, when both pipes are done. */
  finish(): { readonly tail: readonly string[]; readonly stdout: string; readonly stdoutTruncated: boolean };
}

/** Where a tool's lines go. */
export interface Log {
  /** Receives whole lines without controls and secrets; making them safe for the log is its own business. */
  readonly print: Print;
  /** Taken out of what a tool says before it is cut into lines. Its `stdout`, which is read and not shown, is whole. */
  readonly secrets?: Redactor;
  /** Resolves once the log has taken what was printed; undefined where it has. The tool waits as long. */
  readonly drained?: () => Promise<void> | undefined;
}

export function createCapture(
  { command, onLine, echo = true }: Pick<ToolRun, 'command' | 'echo' | 'onLine'>,
  { print, secrets = new Redactor([]), drained = () => undefined }: Log,
): Capture {
  const tail = createTail();
  const stdout = createBoundedText(mostStdout);
  const printed = echo ? boundedPrint(print, command) : undefined;
  const flushes: (() => void)[] = [];
  const held = new Set<Readable>();
  let isHurried = false;
  const take = (raw: string, stream: 'stdout' | 'stderr') => {
    const line = stripControls(raw);
    tail.add(line);
    onLine?.(line, stream);
    printed?.line(line);
  };
  /** Without this, Node keeps in memory whatever a full pipe does not take, and fails with EINVAL in the end. */
  const waitForLog = (pipe: Readable) => {
    const waiting = isHurried ? undefined : drained();
    if (waiting === undefined) return;
    pipe.pause();
    held.add(pipe);
    void waiting.then(() => {
      held.delete(pipe);
      pipe.resume();
    });
  };
  return {
    read(pipe, stream) {
      const decoder = new StringDecoder('utf8');
      const splitter = createLineSplitter(secrets);
      const takeText = (text: string) => {
        for (const line of splitter.push(text)) take(line, stream);
      };
      pipe.on('data', (chunk: Buffer) => {
        if (stream === 'stdout') stdout.add(chunk);
        takeText(decoder.write(chunk));
        waitForLog(pipe);
      });
      flushes.push(() => {
        takeText(decoder.end());
        for (const line of splitter.end()) take(line, stream);
      });
    },
    hurry() {
      isHurried = true;
      for (const pipe of held) pipe.resume();
    },
    finish() {
      for (const flush of flushes.splice(0)) flush();
      printed?.end(tail.lines());
      return { tail: tail.lines(), stdout: stdout.text(), stdoutTruncated: stdout.truncated() };
    },
  };
}
