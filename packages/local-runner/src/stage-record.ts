import type { Job } from './job.ts';
import type { StepResult, StepStatus } from './job-result.ts';
import type { Stage } from './stage.ts';
import { StepLog } from './step-log.ts';

/** How a stage ended, before `continue-on-error`. */
export interface Ending {
  readonly outcome: StepStatus;
  readonly exitCode: number | null;
}

/** What is written down about a stage while it runs. */
export class StageRecord {
  readonly log: StepLog;
  summary = '';
  readonly #stage: Stage;
  readonly #outputs = new Map<string, string>();
  readonly #startedAt = new Date().toISOString();
  readonly #started = performance.now();
  #failed = false;

  constructor(job: Job, stage: Stage) {
    this.#stage = stage;
    this.log = new StepLog(job.masker, job.spec);
  }

  /** Whether a command failed the step, whatever its process answered. */
  get failed(): boolean {
    return this.#failed;
  }

  fail(): void {
    this.#failed = true;
  }

  readonly setOutput = (name: string, value: string): void => {
    if (this.#stage.step.id !== undefined) this.#outputs.set(name, value);
  };

  readonly saveState = (name: string, value: string): void => {
    this.#stage.state.set(name, value);
  };

  result({ outcome, exitCode }: Ending, { name, forgiven }: { name: string; forgiven: boolean }): StepResult {
    const { id } = this.#stage.step;
    return {
      ...(id === undefined ? {} : { id }),
      name,
      stage: this.#stage.kind,
      outcome,
      conclusion: forgiven ? 'success' : outcome,
      exitCode,
      outputs: Object.fromEntries(this.#outputs),
      state: Object.fromEntries(this.#stage.state),
      summary: this.summary,
      annotations: this.log.annotations,
      log: this.log.lines,
      startedAt: this.#startedAt,
      durationMs: Math.round(performance.now() - this.#started),
    };
  }
}
