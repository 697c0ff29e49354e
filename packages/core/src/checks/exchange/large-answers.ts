/** An answer of more bytes is large. */
export const largeBytes = 1024 * 1024;

/** What large answers may be together, bytes; each counts as what it may become. */
const mostBytes = 32 * 1024 * 1024;

/** The place of one large answer among the others. */
export interface AnswerSlot {
  /** Resolves when there is room for `bytes`: at once where it is had already. */
  take(bytes: number): Promise<void>;
  /** Whether it had to wait: its server was kept from sending meanwhile. */
  readonly hasWaited: boolean;
  /** A place for another answer. */
  beside(): AnswerSlot;
  /** The answer is judged, and gone. */
  leave(): void;
}

interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

/**
 * Bounds what large answers hold together, until they are judged: sixteen of ten megabytes at once, as bytes and as text,
 * are more than a process should need. Those beyond wait with what they have, in order, and read no further.
 */
export class LargeAnswers {
  readonly #free: () => void;
  readonly #waiting: Waiting[] = [];
  #held = 0;

  /** `free`: called when one has been judged. What held it would otherwise stay until more than is there is wanted. */
  constructor(free: () => void = () => {}) {
    this.#free = free;
  }

  place(): AnswerSlot {
    return new LargeAnswer(this);
  }

  /**
   * Resolves when there is room; `bytes` of more than there ever is takes all of it. Answers how to give it back;
   * `onWait` is called where there is none now.
   */
  async reserve(bytes: number, onWait: () => void): Promise<() => void> {
    const wanted = Math.min(bytes, mostBytes);
    if (this.#waiting.length > 0 || this.#held + wanted > mostBytes) {
      onWait();
      await new Promise<void>((go) => this.#waiting.push({ bytes: wanted, go }));
    } else this.#held += wanted;
    return () => {
      this.#held -= wanted;
      this.#free();
      this.#next();
    };
  }

  #next(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#held + first.bytes > mostBytes) return;
      this.#waiting.shift();
      this.#held += first.bytes;
      first.go();
    }
  }
}

class LargeAnswer implements AnswerSlot {
  readonly #answers: LargeAnswers;
  #taken: Promise<() => void> | undefined;
  #isGone = false;
  hasWaited = false;

  constructor(answers: LargeAnswers) {
    this.#answers = answers;
  }

  async take(bytes: number): Promise<void> {
    this.#taken ??= this.#answers.reserve(bytes, () => {
      this.hasWaited = true;
    });
    await this.#taken;
  }

  beside(): AnswerSlot {
    return new LargeAnswer(this.#answers);
  }

  leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    void this.#taken?.then((release) => release());
  }
}
