import { createHash } from 'node:crypto';
import type { WireLogLine } from '../api/wire.ts';

/**
 * Takes each line of a log once, however often a stream begins again with what it had told. Lines of one moment are told
 * apart by what they say, and the same line twice in one moment by which of the two it is: Railway's timestamps come equal,
 * and out of order. It remembers the newest `most`.
 */
export class LogLines {
  /** Line → how many of it were taken. */
  readonly #taken = new Map<string, number>();
  /** The same of the reading under way. */
  #told = new Map<string, number>();
  #reading: unknown;
  readonly #most: number;
  constructor(most = 5_000) {
    this.#most = most;
  }

  /** Those that are new. `reading`: what begins anew with what it had told, a subscription or one answer. */
  take(reading: unknown, lines: readonly WireLogLine[]): readonly WireLogLine[] {
    if (reading !== this.#reading) {
      this.#reading = reading;
      this.#told = new Map();
    }
    return lines.filter((line) => this.#isNew(keyOf(line)));
  }

  #isNew(key: string): boolean {
    const told = (this.#told.get(key) ?? 0) + 1;
    const isNew = told > (this.#taken.get(key) ?? 0);
    keep(this.#told, key, { count: told, most: this.#most });
    if (isNew) keep(this.#taken, key, { count: told, most: this.#most });
    return isNew;
  }
}

function keep(
  counts: Map<string, number>,
  key: string,
  { count, most }: { readonly count: number; readonly most: number },
): void {
  counts.set(key, count);
  if (counts.size <= most) return;
  const [oldest] = counts.keys();
  if (oldest !== undefined) counts.delete(oldest);
}

/** A line may be long, and is kept as long as the deploy takes. */
function keyOf({ timestamp, message }: WireLogLine): string {
  return `${timestamp} ${createHash('sha1').update(message).digest('base64')}`;
}
