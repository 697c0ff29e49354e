/** Cuts a stream of text into lines, wherever its chunks happen to end. */
export interface LineSplitter {
  /** The lines that `chunk` completed. */
  push(chunk: string): string[];
  /** The unfinished last line, when there is one. */
  end(): string[];
}

/** A tool that never ends a line must not fill the memory: longer lines are cut. Characters. */
const longestLine = 65_536;

/** Lines end at LF, CRLF or a lone CR, which is how the runner reads them. */
export function createLineSplitter(): LineSplitter {
  let rest = '';
  let afterReturn = false;
  return {
    push(chunk) {
      if (chunk === '') return [];
      // A CR at the end of the last chunk has ended its line; an LF now belongs to it.
      const text = afterReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
      afterReturn = chunk.endsWith('\r');
      const parts = (rest + text).split(/\r\n|\r|\n/);
      rest = parts.pop() ?? '';
      const lines = parts.flatMap(cut);
      while (rest.length > longestLine) {
        lines.push(rest.slice(0, longestLine));
        rest = rest.slice(longestLine);
      }
      return lines;
    },
    end() {
      const last = rest;
      rest = '';
      afterReturn = false;
      return last === '' ? [] : [last];
    },
  };
}

function cut(line: string): string[] {
  if (line.length <= longestLine) return [line];
  const pieces = [];
  for (let at = 0; at < line.length; at += longestLine) pieces.push(line.slice(at, at + longestLine));
  return pieces;
}
