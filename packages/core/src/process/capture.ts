import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ToolRun } from '../process.ts';
import type { Redactor } from '../redactor.ts';
import { createLineSplitter } from '../runner/line-splitter.ts';
import { stripControls } from '../runner/neutralise.ts';
import { createTail } from './tail.ts';

const mostStdout = 8 * 1024 * 1024;

/** Everything a tool says, as it is said. */
export interface Capture {
  read(pipe: Readable, stream: 'stdout' | 'stderr'): void;
  /** Passes on what was not ended by a line break; call it once, when both pipes are done. */
  finish(): { readonly tail: readonly string[]; readonly stdout: string; readonly stdoutTruncated: boolean };
}

/** `print` receives whole lines without controls and secrets; making them safe for the log is its own business. */
export function createCapture(
  run: Pick<ToolRun, 'echo' | 'onLine'>,
  { print, secrets }: { readonly print: (line: string) => void; readonly secrets: Redactor },
): Capture {
  const tail = createTail();
  const stdout = createBoundedText(mostStdout);
  const flushes: (() => void)[] = [];
  const take = (raw: string, stream: 'stdout' | 'stderr') => {
    const line = stripControls(raw);
    tail.add(line);
    run.onLine?.(line, stream);
    if (run.echo !== false) print(line);
  };
  return {
    read(pipe, stream) {
      const decoder = new StringDecoder('utf8');
      const splitter = createLineSplitter(secrets);
      const takeText = (text: string) => {
        if (stream === 'stdout') stdout.add(text);
        for (const line of splitter.push(text)) take(line, stream);
      };
      pipe.on('data', (chunk: Buffer) => takeText(decoder.write(chunk)));
      flushes.push(() => {
        takeText(decoder.end());
        for (const line of splitter.end()) take(line, stream);
      });
    },
    finish() {
      for (const flush of flushes.splice(0)) flush();
      return { tail: tail.lines(), stdout: stdout.text(), stdoutTruncated: stdout.truncated() };
    },
  };
}

function createBoundedText(mostCharacters: number) {
  const parts: string[] = [];
  let room = mostCharacters;
  let truncated = false;
  return {
    add(text: string) {
      truncated ||= text.length > room;
      if (room > 0) parts.push(text.slice(0, room));
      room -= Math.min(room, text.length);
    },
    text: () => parts.join(''),
    truncated: () => truncated,
  };
}
