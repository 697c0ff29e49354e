/** The last lines of a tool, bounded: kept for the error message, however long the tool talks. */
export interface Tail {
  add(line: string): void;
  lines(): readonly string[];
}

const mostLines = 200;
const mostBytes = 64 * 1024;

export function createTail(): Tail {
  const kept: { line: string; bytes: number }[] = [];
  let total = 0;
  return {
    add(line) {
      const bytes = Buffer.byteLength(line);
      kept.push({ line, bytes });
      total += bytes;
      while (kept.length > mostLines || (total > mostBytes && kept.length > 1))
        total -= kept.shift()?.bytes ?? 0;
    },
    lines: () => kept.map(({ line }) => line),
  };
}
