import type { ChildProcess } from 'node:child_process';
import type { LoadOptions } from '../load-checks.ts';
import type { CheckPort, Checks, ChecksProcess } from './caged-checks.ts';
import type { WorkerParts } from './worker-process.ts';

/** The port to the process for the checks, loaded by the first who needs it: a deploy asks its platform before. */
export class LateChecks implements CheckPort {
  readonly #env: WorkerParts['env'];
  readonly #worker: ChildProcess | undefined;
  #loading: Promise<ChecksProcess> | undefined;
  #loaded: ChecksProcess | undefined;
  #isClosed = false;

  /** `worker` was started ahead: `startWorker`. */
  constructor(env: WorkerParts['env'], worker?: ChildProcess) {
    this.#env = env;
    this.#worker = worker;
  }

  start(): void {
    // What loading it fails with is told to who opens checks; what was closed meanwhile starts nothing.
    void this.#load().then((process) => {
      if (!this.#isClosed) process.start();
    }, ignored);
  }

  async open(input: string, where: LoadOptions): Promise<Checks> {
    const process = await this.#load();
    if (this.#isClosed) throw new Error('The checks are closed.');
    return process.open(input, where);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#loaded === undefined) this.#worker?.kill('SIGKILL');
    else this.#loaded.close();
  }

  #load(): Promise<ChecksProcess> {
    this.#loading ??= import('./caged-checks.ts').then(({ ChecksProcess }) => {
      const process = new ChecksProcess(this.#env, undefined, this.#worker);
      this.#loaded = process;
      return process;
    });
    return this.#loading;
  }
}

function ignored(): void {}
