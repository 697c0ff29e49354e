import type { Clock } from '../io/clock.ts';
import { errorMessage } from '../outcome/failure.ts';
import { defined } from '../text/defined.ts';

/** One step of a rollout, as it happened. Times in ISO 8601 UTC, durations in whole milliseconds. */
export interface TimelineStep {
  readonly name: string;
  readonly started: string;
  readonly ended: string;
  readonly durationMs: number;
  readonly note: string;
  /** It came to nothing good. */
  readonly failed?: true;
  /** The step it was part of: its time is counted with that. */
  readonly within?: string;
}

/** What a step is remembered by, told by what came of it. */
export interface StepTelling<T> {
  readonly note: (value: T) => string;
  readonly failed?: (value: T) => boolean;
}

const silent: StepTelling<unknown> = { note: () => '' };

/** Collects steps; rendered as a table and a Mermaid gantt by `report/`, as JSON in the `timeline` output. */
export class Timeline {
  readonly #clock: Clock;
  readonly #steps: TimelineStep[] = [];
  /** Names of those under way, the innermost last. */
  readonly #open: string[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get steps(): readonly TimelineStep[] {
    return this.#steps;
  }

  /** Runs `work` as a step named `name`; a step that throws is kept with the error's message as its note. */
  async step<T>(name: string, work: () => Promise<T>, telling: StepTelling<T> = silent): Promise<T> {
    const within = this.#open.at(-1);
    this.#open.push(name);
    const started = this.#clock.now();
    const from = this.#clock.monotonic();
    const keep = (note: string, failed: boolean) => {
      this.#open.splice(this.#open.lastIndexOf(name), 1);
      const durationMs = Math.round(this.#clock.monotonic() - from);
      this.#steps.push({
        name,
        started: new Date(started).toISOString(),
        ended: new Date(started + durationMs).toISOString(),
        durationMs,
        note,
        ...(failed ? { failed } : {}),
        ...defined({ within }),
      });
    };
    try {
      const value = await work();
      keep(telling.note(value), telling.failed?.(value) === true);
      return value;
    } catch (error) {
      keep(errorMessage(error), true);
      throw error;
    }
  }
}
