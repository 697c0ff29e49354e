import type { Clock } from '../clock.ts';
import { errorMessage } from '../failure.ts';

/** One step of a rollout, as it happened. Times in ISO 8601 UTC, durations in whole milliseconds. */
export interface TimelineStep {
  readonly name: string;
  readonly started: string;
  readonly ended: string;
  readonly durationMs: number;
  readonly note: string;
}

/** Collects steps; rendered as a table and a Mermaid gantt by `report/`, as JSON in the `timeline` output. */
export class Timeline {
  readonly #clock: Clock;
  readonly #steps: TimelineStep[] = [];
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get steps(): readonly TimelineStep[] {
    return this.#steps;
  }

  /** Runs `work` as a step named `name`; a step that throws is kept with the error's message as its note. */
  async step<T>(name: string, work: () => Promise<T>, note: (value: T) => string = () => ''): Promise<T> {
    const started = this.#clock.now();
    const from = this.#clock.monotonic();
    const keep = (text: string) => {
      const durationMs = Math.round(this.#clock.monotonic() - from);
      this.#steps.push({
        name,
        started: new Date(started).toISOString(),
        ended: new Date(started + durationMs).toISOString(),
        durationMs,
        note: text,
      });
    };
    try {
      const value = await work();
      keep(note(value));
      return value;
    } catch (error) {
      keep(errorMessage(error));
      throw error;
    }
  }
}
