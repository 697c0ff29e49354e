import { writeSync } from 'node:fs';

/** The file descriptor over which the worker says whose answer it is judging. */
export const announcementsFd = 4;
/** How often the worker shows that its thread is free while anything is asked, milliseconds. */
export const beatMs = 100;

/** What the worker exits with after an exception whose check is not known. */
export const exceptionExit = 70;

/** Nobody's answer is being judged. */
const nobody = 0;

/**
 * Says, before each judging, whose answer it is: what stops the thread after that has a name. Four bytes each, and shown to
 * a thread that passes them on once there is one: a write before each answer costs two processes more than judging it.
 */
export class Announcer {
  /** The holder, and how often something was announced. */
  readonly words = new Int32Array(new SharedArrayBuffer(8));
  /** Whether the thread of `watchOver` passes them on: only then nothing is written here. */
  isPassedOn = false;
  readonly #bytes = Buffer.alloc(4);

  /** `id`: of the call whose answer is judged from now on; undefined when it is over. */
  judging(id: number | undefined): void {
    Atomics.store(this.words, 0, id ?? nobody);
    this.beat();
  }

  /** The thread is free, or goes on. */
  beat(): void {
    Atomics.add(this.words, 1, 1);
    if (this.isPassedOn) return;
    this.#bytes.writeInt32LE(Atomics.load(this.words, 0));
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

  /** The call is answered: its answer is judged no longer. */
  answered(id: number): void {
    if (this.#holder === id) this.#holder = nobody;
  }

  /** The call whose answer is being judged. */
  get holder(): number | undefined {
    return this.#holder === nobody ? undefined : this.#holder;
  }
}
