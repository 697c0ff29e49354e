import type { Redactor } from '../../io/redactor.ts';
import type { WholeAnswer } from '../types/check-type.ts';

/** Bytes of all answers that are kept together. */
const mostKept = 4 * 1024 * 1024;

/** The newest answer of each check that failed, whole, until the report is made. */
export class KeptAnswers {
  readonly #answers = new Map<number, WholeAnswer>();
  #size = 0;

  /** Of the check at a place of the run; undefined after an attempt that passed. What there is no room for is not kept. */
  keep(at: number, answer: WholeAnswer | undefined): void {
    this.#size -= this.#answers.get(at)?.size ?? 0;
    this.#answers.delete(at);
    if (answer === undefined || this.#size + answer.size > mostKept) return;
    this.#answers.set(at, answer);
    this.#size += answer.size;
  }

  /** Its text, masked; undefined where there is none. */
  text(at: number, redactor: Redactor): string | undefined {
    const answer = this.#answers.get(at);
    return answer?.text(redactor);
  }
}
