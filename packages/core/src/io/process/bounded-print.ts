import { basename } from 'node:path';

export type Print = (line: string) => void;

/** What of one tool's output is printed, characters: a log of more is read by nobody, and slow to load. */
const mostPrinted = 8 * 1024 * 1024;
/** Of what was not printed, the end is. */
const lastLines = 20;

/** Prints a tool's lines up to a limit, and then says how many were left out. */
export function boundedPrint(print: Print, command: string) {
  let room = mostPrinted;
  let left = 0;
  return {
    line(line: string): void {
      room -= line.length + 1;
      if (room >= 0) print(line);
      else left += 1;
    },
    /** `tail`: the last lines there were. */
    end(tail: readonly string[]): void {
      if (left === 0) return;
      const last = tail.slice(-Math.min(left, lastLines));
      const many = `${left.toLocaleString('en-US')} ${left === 1 ? 'line' : 'lines'}`;
      print(
        `${basename(command)} printed more than ${mostPrinted / 1024 ** 2} MiB: ${many} were left out here.`,
      );
      for (const line of last) print(line);
    },
  };
}
