import { Worker } from 'node:worker_threads';

export type Pattern =
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'invalid'; readonly why: string };

/** Reads `text` or `/text/flags` as a regular expression; it searches, it need not match the whole. */
export function parsePattern(text: string): Pattern {
  const delimited = /^\/(.*)\/([a-z]*)$/s.exec(text);
  const source = delimited?.[1] ?? text;
  const flags = delimited?.[2] ?? '';
  try {
    new RegExp(source, flags);
    return { kind: 'pattern', source, flags };
  } catch (error) {
    return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
  }
}

export type Search = 'found' | 'not-found' | 'too-slow';

interface Job {
  readonly source: string;
  readonly flags: string;
  readonly text: string;
  readonly deadlineMs: number;
  readonly done: (search: Search) => void;
}

/**
 * Runs user patterns in a thread of their own, one at a time: V8 backtracks, and `(a+)+b` on 28 characters holds a
 * thread for seconds. A pattern that outlives its deadline loses its thread; the next gets a new one.
 * The thread's program is a string, so that a bundle needs no second file.
 */
export class PatternThread {
  readonly #waiting: Job[] = [];
  #worker: Worker | undefined;
  #running: Job | undefined;
  #timer: NodeJS.Timeout | undefined;

  search(source: string, flags: string, text: string, deadlineMs: number): Promise<Search> {
    return new Promise((done) => {
      this.#waiting.push({ source, flags, text, deadlineMs, done });
      this.#next();
    });
  }

  /** Ends the thread; searches still under way end as too slow. */
  close(): void {
    for (const job of this.#waiting.splice(0)) job.done('too-slow');
    this.#giveUp();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    this.#worker ??= this.#start();
    this.#timer = setTimeout(() => this.#giveUp(), job.deadlineMs);
    this.#worker.postMessage({ source: job.source, flags: job.flags, text: job.text });
  }

  #start(): Worker {
    const worker = new Worker(program, { eval: true, env: {}, execArgv: [] });
    worker.on('message', (found: boolean) => this.#finish(found ? 'found' : 'not-found'));
    return worker;
  }

  #giveUp(): void {
    // A verdict already on its way must not be taken for the next search's.
    this.#worker?.removeAllListeners('message');
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#finish('too-slow');
  }

  #finish(search: Search): void {
    clearTimeout(this.#timer);
    const job = this.#running;
    this.#running = undefined;
    job?.done(search);
    this.#next();
  }
}

const program = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ source, flags, text }) => parentPort.postMessage(new RegExp(source, flags).test(text)));
`;
