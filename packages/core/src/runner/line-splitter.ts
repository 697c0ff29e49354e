import { Redactor } from '../redactor.ts';

/** Cuts a stream of text into lines, wherever its chunks happen to end. */
export interface LineSplitter {
  /** The lines that `chunk` completed. */
  push(chunk: string): string[];
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
  let rest = '';
  /** Of a line that has not ended: what is masked and not given out yet. */
  let masked = '';
  let afterReturn = false;
  const ended = (line: string) => {
    const whole = masked + secrets.redact(line);
    masked = '';
    return cut(whole);
  };
  return {
    push(chunk) {
      if (chunk === '') return [];
      // A CR at the end of the last chunk has ended its line; an LF now belongs to it.
      const text = afterReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
      afterReturn = chunk.endsWith('\r');
      const parts = (rest + text).split(/\r\n|\r|\n/);
      rest = parts.pop() ?? '';
      const lines = parts.flatMap(ended);
      if (rest.length > longestLine) {
        const start = secrets.redactStart(rest);
        rest = rest.slice(start.length);
        masked += start.shown;
      }
      while (masked.length > longestLine) {
        lines.push(masked.slice(0, longestLine));
        masked = masked.slice(longestLine);
      }
      return lines;
    },
    end() {
      const last = ended(rest);
      rest = '';
      afterReturn = false;
      return last.filter((line) => line !== '');
    },
  };
}

function cut(line: string): string[] {
  if (line.length <= longestLine) return [line];
  const pieces = [];
  for (let at = 0; at < line.length; at += longestLine) pieces.push(line.slice(at, at + longestLine));
  return pieces;
}
