import { Worker } from 'node:worker_threads';
import { errorMessage } from '../../outcome/failure.ts';
import { cpuTimeMs, hadItsTime, mostGrants } from './cpu-time.ts';

export type Pattern =
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads `text` or `/text/flags` as a regular expression; it searches, it need not match the whole. A path such as
 * `/shop/us` is none with flags: it is invalid rather than half of what was meant.
 */
export function parsePattern(text: string): Pattern {
  const [, source = text, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  if (flags !== '' && !areMeant(flags, source))
    return {
      kind: 'invalid',
      why: `${JSON.stringify(text)} may be a path that ends in \`${flags}\`. For text with slashes write ${escaped(text)}${flagHint(flags, source)}`,
    };
  try {
    new RegExp(source, flags);
    return { kind: 'pattern', source, flags };
  } catch (error) {
    return { kind: 'invalid', why: errorMessage(error) };
  }
}

/** `i` is what flags are for, and `g` a habit beside it. Others do nothing to plain text, and paths end in words: `/shop/us`, `/docs/v`. */
function areMeant(flags: string, source: string): boolean {
  if (['i', 'gi', 'ig'].includes(flags)) return true;
  if (!/^[dgimsuvy]+$/.test(flags) || new Set(flags).size !== flags.length) return false;
  const isPath = /^[^\\^$*([{|]*$/.test(source);
  const endsEarlier = /^(?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\[/])*\//s.test(source);
  return !isPath && !endsEarlier;
}

function escaped(text: string): string {
  return text.replace(/(?<!\\)\//g, '\\/');
}

/** Flags may stand inside, where they are nothing else. */
function flagHint(flags: string, source: string): string {
  return /^[ims]+$/.test(flags) ? `, and for a pattern with flags (?${flags}:${source})` : '';
}

/** What one pattern does to one text: whether it is there, what it captures, or the text with it replaced. */
interface Task {
  readonly verb: 'search' | 'extract' | 'replace';
  readonly source: string;
  readonly flags: string;
  readonly text: string;
  readonly replacement?: string;
}

/** Why a pattern came to no end: its time was up, or what it made of the text fits into no memory. */
export type Overrun = 'too-slow' | 'too-large';

export type Search = 'found' | 'not-found' | Overrun;

/** For the report. */
export function overrunText(overrun: Overrun, deadlineMs: number): string {
  return overrun === 'too-slow'
    ? `the pattern found no end within ${Math.round(deadlineMs)} ms; it backtracks`
    : 'what the pattern makes of the text does not fit into memory';
}

/** What a pattern found; undefined when it is not in the text. */
export interface Match {
  readonly found: string | undefined;
}

interface Job {
  readonly task: Task;
  readonly deadlineMs: number;
  readonly done: (match: Match | Overrun) => void;
}

/** How long a thread may take to start, milliseconds. */
const startMs = 10_000;

/**
 * Runs user patterns in a thread of their own, one at a time: V8 backtracks, and `(a+)+b` on 28 characters holds a
 * thread for seconds. A pattern that outlives its deadline loses its thread; the next gets a new one.
 * The thread's program is a string, so that a bundle needs no second file.
 */
export class PatternThread {
  readonly #waiting: Job[] = [];
  readonly #onWait: () => () => void;
  #worker: Worker | undefined;
  #running: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isUp = false;

  /** `onWait`: called when a pattern is waited for; what it answers, when it has come to its end. */
  constructor(onWait: () => () => void = () => () => {}) {
    this.#onWait = onWait;
  }

  async search(source: string, flags: string, text: string, deadlineMs: number): Promise<Search> {
    const match = await this.#run({ verb: 'search', source, flags, text }, deadlineMs);
    if (typeof match === 'string') return match;
    return match.found === undefined ? 'not-found' : 'found';
  }

  /** The first group of the first match, or the whole match where the pattern has no group. */
  extract(source: string, flags: string, text: string, deadlineMs: number): Promise<Match | Overrun> {
    return this.#run({ verb: 'extract', source, flags, text }, deadlineMs);
  }

  /** The text with every match replaced; `$1` in the replacement is the first group. */
  replace(task: Omit<Task, 'verb'>, deadlineMs: number): Promise<Match | Overrun> {
    return this.#run({ ...task, verb: 'replace' }, deadlineMs);
  }

  #run(task: Task, deadlineMs: number): Promise<Match | Overrun> {
    const resumed = this.#onWait();
    return new Promise((resolve) => {
      const done = (match: Match | Overrun) => {
        resumed();
        resolve(match);
      };
      this.#waiting.push({ task, deadlineMs, done });
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
    this.#worker.postMessage(job.task);
    this.#allow(this.#isUp ? job.deadlineMs : startMs + job.deadlineMs);
  }

  /** Ends the search after `ms`; time in which this process had no CPU is made good. */
  #allow(ms: number, grants = 0): void {
    clearTimeout(this.#timer);
    const before = cpuTimeMs();
    this.#timer = setTimeout(() => {
      if (hadItsTime(cpuTimeMs() - before, ms) || grants === mostGrants || !this.#isUp) this.#giveUp();
      else this.#allow(ms, grants + 1);
    }, ms);
  }

  #start(): Worker {
    this.#isUp = false;
    const worker = new Worker(program, { eval: true, env: {}, execArgv: [] });
    // How long a thread takes to start on a busy machine says nothing of a pattern.
    worker.on('online', () => {
      if (this.#worker !== worker) return;
      this.#isUp = true;
      if (this.#running !== undefined) this.#allow(this.#running.deadlineMs);
    });
    worker.on('message', (match: Match) => this.#finish(match));
    // Without a listener it would end the process, and with it the verdict on everything else.
    worker.on('error', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#finish('too-large');
    });
    return worker;
  }

  #giveUp(): void {
    // A verdict already on its way must not be taken for the next search's.
    this.#worker?.removeAllListeners('message');
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#finish('too-slow');
  }

  #finish(match: Match | Overrun): void {
    clearTimeout(this.#timer);
    const job = this.#running;
    this.#running = undefined;
    job?.done(match);
    this.#next();
  }
}

const program = `
const { parentPort } = require('node:worker_threads');
const verbs = {
  search: (pattern, text) => (pattern.test(text) ? '' : undefined),
  extract: (pattern, text) => { const match = pattern.exec(text); return match?.[1] ?? match?.[0]; },
  replace: (pattern, text, replacement) => text.replace(pattern, replacement),
};
parentPort.on('message', ({ verb, source, flags, text, replacement }) => {
  const all = verb === 'replace' && !flags.includes('g') ? 'g' : '';
  parentPort.postMessage({ found: verbs[verb](new RegExp(source, flags + all), text, replacement) });
});
`;
