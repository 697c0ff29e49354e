import { writeSync } from 'node:fs';

/** The file descriptor over which the worker says whose answer it is judging. */
export const announcementsFd = 4;
/** How often the worker shows that its thread is free while anything is asked, milliseconds. */
export const beatMs = 100;

/** What the worker exits with after an exception whose check is not known. */
export const exceptionExit = 70;

/** Nobody's answer is being judged. */
const nobody = 0;

/** Says, before each judging, whose answer it is: what stops the thread after that has a name. Four bytes each. */
export class Announcer {
  readonly #bytes = Buffer.alloc(4);
  #holder = nobody;

  /** `id`: of the call whose answer is judged from now on; undefined when it is over. */
  judging(id: number | undefined): void {
    this.#holder = id ?? nobody;
    this.beat();
  }

  /** The thread is free. */
  beat(): void {
    this.#bytes.writeUInt32LE(this.#holder);
    try {
      writeSync(announcementsFd, this.#bytes);
    } catch {
      // Nobody reads as fast as this is written, or nobody reads any more: the next one counts.
    }
  }
}

/** Reads what the worker announces. */
export class Announcements {
  #rest = Buffer.alloc(0);
  #holder = nobody;

  add(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - (bytes.length % 4);
    if (whole > 0) this.#holder = bytes.readUInt32LE(whole - 4);
    this.#rest = bytes.subarray(whole);
  }

  /** The call whose answer is being judged. */
  get holder(): number | undefined {
    return this.#holder === nobody ? undefined : this.#holder;
  }
}
