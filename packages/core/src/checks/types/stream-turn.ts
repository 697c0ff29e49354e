import type { Predicate } from '../assertion.ts';
import { withoutLastBreak } from './program-end.ts';

/** Whether a predicate holds of a text, or why it cannot be asked. */
export type TestPredicate = (
  predicate: Predicate,
  text: string,
) => Promise<boolean | { readonly why: string }>;

/**
 * How a turn stands: it `holds`; it never will; more may make it hold, or may not (`unended`: all is well so far, but the
 * line has not ended); or a predicate cannot be asked.
 */
export type TurnState = 'holds' | 'never' | 'goes on' | 'unended' | { readonly why: string };

/** Lines of one turn that are looked at one by one. */
const mostLines = 10_000;

/**
 * What one turn of a dialogue heard of a stream, which comes in pieces of any size. What asks for a part holds as soon as
 * the part is there. What names a line is asked of every whole line, and of all together where a line has ended. What
 * must not be is asked when the line has ended: the rest of it may be what must not be.
 */
export class StreamTurn {
  readonly #ask: TestPredicate;
  readonly #missing: Set<Predicate>;
  readonly #negative: readonly Predicate[];
  /** Lines that have ended, without their ends. */
  readonly #lines: string[] = [];
  /** Of which so many have been looked at. */
  readonly #looked = new Map<Predicate, number>();
  #from = 0;

  constructor(expect: readonly Predicate[], ask: TestPredicate) {
    this.#ask = ask;
    this.#negative = expect.filter(({ negated }) => negated);
    this.#missing = new Set(expect.filter(({ negated }) => !negated));
  }

  /** Takes all that was heard until now. `rests`: nothing more comes for now; `over`: nothing more will. */
  async hear(text: string, state: 'goes on' | 'rests' | 'over'): Promise<TurnState> {
    this.#takeLines(text);
    const rest = state === 'goes on' ? [] : [text.slice(this.#from)].filter((line) => line !== '');
    const isWhole = state !== 'goes on' || text.endsWith('\n');
    for (const predicate of this.#missing) {
      const lines = predicate.name === 'contains' ? [] : [...this.#newLines(predicate), ...rest];
      const whole = isWhole ? [text, withoutLastBreak(text)] : isPart(predicate) ? [text] : [];
      const held = await this.#some(predicate, [...whole, ...lines]);
      if (typeof held === 'object') return held;
      if (held) this.#missing.delete(predicate);
    }
    const isEnded = state === 'over' || (text.endsWith('\n') && text.trim() !== '');
    for (const predicate of isEnded ? this.#negative : []) {
      const lines = [...this.#newLines(predicate), ...rest];
      const broken = await this.#some(opposite(predicate), [withoutLastBreak(text), ...lines]);
      if (typeof broken === 'object') return broken;
      if (broken) return 'never';
    }
    if (this.#missing.size > 0) return this.#lines.length < mostLines ? 'goes on' : 'never';
    return isEnded || this.#negative.length === 0 ? 'holds' : 'unended';
  }

  #takeLines(text: string): void {
    for (let end = text.indexOf('\n', this.#from); end >= 0; end = text.indexOf('\n', this.#from)) {
      if (this.#lines.length < mostLines) this.#lines.push(withoutLastBreak(text.slice(this.#from, end + 1)));
      this.#from = end + 1;
    }
  }

  #newLines(predicate: Predicate): readonly string[] {
    const lines = this.#lines.slice(this.#looked.get(predicate) ?? 0);
    this.#looked.set(predicate, this.#lines.length);
    return lines;
  }

  async #some(predicate: Predicate, texts: readonly string[]): Promise<boolean | { readonly why: string }> {
    for (const text of new Set(texts)) {
      const held = await this.#ask(predicate, text);
      if (held !== false) return held;
    }
    return false;
  }
}

function opposite(predicate: Predicate): Predicate {
  return { ...predicate, negated: !predicate.negated };
}

/** What more text cannot take back: a pattern that speaks of an end, or of what does not follow, is none. */
function isPart({ name, expected }: Predicate): boolean {
  if (name !== 'matches') return name === 'contains' || name === 'starts-with';
  const bare = String(expected).replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '');
  return !/\$|\(\?<?!/.test(bare);
}
