import { Redactor } from './redactor.ts';

/** Cuts a stream of text into lines, wherever its chunks happen to end. */
export interface LineSplitter {
  /** The lines that `chunk` completed: one at a time, since all of them at once would make the heap grow. Read to the end. */
  push(chunk: string): Iterable<string>;
  /** The unfinished last line, when there is one. */
  end(): string[];
}

/** A tool that never ends a line must not fill the memory: longer lines are cut. Characters. */
const longestLine = 65_536;

/**
 * Lines end at LF, CRLF or a lone CR, which is how the runner reads them. They are masked before they are cut: the two
 * halves of a secret would pass every mask.
 */
export function createLineSplitter(secrets = new Redactor([])): LineSplitter {
  /** Of a line that has not ended: what is not masked yet. */
  let rest = '';
  /** Of such a line: what is masked and not given out yet. */
  let masked = '';
  let afterReturn = false;
  function* endLine(end: string): Generator<string> {
    const line = masked + secrets.redact(rest + end);
    [rest, masked] = ['', ''];
    for (let at = 0; at === 0 || at < line.length; at += longestLine)
      yield line.length <= longestLine ? line : line.slice(at, at + longestLine);
  }
  function* maskStart(): Generator<string> {
    const start = secrets.redactStart(rest);
    rest = rest.slice(start.length);
    masked += start.shown;
    while (masked.length > longestLine) {
      yield masked.slice(0, longestLine);
      masked = masked.slice(longestLine);
    }
  }
  return {
    *push(chunk) {
      if (chunk === '') return;
      // A CR at the end of the last chunk has ended its line; an LF now belongs to it.
      let from = afterReturn && chunk.startsWith('\n') ? 1 : 0;
      for (let at = nextBreak(chunk, from); at < chunk.length; at = nextBreak(chunk, from)) {
        yield* endLine(chunk.slice(from, at));
        from = chunk.startsWith('\r\n', at) ? at + 2 : at + 1;
      }
      afterReturn = chunk.endsWith('\r');
      rest += chunk.slice(from);
      // Not sooner: what may be half a secret is looked at again with what follows.
      if (rest.length > longestLine + 2 * secrets.reach) yield* maskStart();
    },
    end() {
      const lines = [...endLine('')];
      afterReturn = false;
      return lines.filter((line) => line !== '');
    },
  };
}

const [lineFeed, carriageReturn] = [10, 13] as const;

/** Of the first line break from `from` on; the length of the text where there is none. */
function nextBreak(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== lineFeed && text.charCodeAt(at) !== carriageReturn)
    at += 1;
  return at;
}
