/** Each piece that is printed waits by itself for a slow log, at some hundred bytes: so many lines go together. */
const linesAtMost = 500;

/** Prints lines by the many: those that come in one go, as one text. */
export function inBatches(print: (text: string) => void): (line: string) => void {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) print(lines.join('\n'));
    lines = [];
  };
  return (line) => {
    if (lines.length === 0) queueMicrotask(flush);
    lines.push(line);
    if (lines.length >= linesAtMost) flush();
  };
}
