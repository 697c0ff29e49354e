/** The last lines of a tool, bounded: kept for the error message, however long the tool talks. */
export interface Tail {
  add(line: string): void;
  lines(): readonly string[];
}

const mostLines = 200;
const mostBytes = 64 * 1024;

export function createTail(): Tail {
  const kept: string[] = [];
  let total = 0;
  return {
    add(line) {
      kept.push(line);
      total += Buffer.byteLength(line);
      while (kept.length > mostLines || (total > mostBytes && kept.length > 1))
        total -= Buffer.byteLength(kept.shift() ?? '');
    },
    lines: () => [...kept],
  };
}
