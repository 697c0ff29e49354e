import { servingReleases } from '../../../../packages/core/src/rollout/live-relation.ts';
import type { RolloutVerdict } from '../../../../packages/core/src/rollout/plan.ts';
import { demoCommits } from '../../../../packages/local-cloud/src/github/demo.ts';
import { type DeployAsk, ModelActions, type RollbackAsk, type Said } from './actions.ts';
import { type Run, Stage } from './stage.ts';
import type { ModelHow, Quality } from './world.ts';

/** A commit of the demo, oldest first. */
export function commit(number: number): string {
  return demoCommits[number] ?? '';
}

export function source(number: number, quality: Quality = 'good') {
  return { commit: commit(number), quality };
}

/** What a run said, beside what is true. */
export interface Played {
  /** `live/verified, serving new`. */
  readonly says: string;
  /** Ids of the releases it names: its own, and what served before it. */
  readonly release: string | undefined;
  readonly previous: string | undefined;
  /** What serves, by its last look and really. */
  readonly claims: string;
  readonly serves: string;
  /** What really served before it. */
  readonly before: string;
  /** All that it changed on the platform. */
  readonly changes: readonly string[];
}

/** Plays runs one after the other on one stage, and keeps all that they told. */
export class Play {
  readonly stage: Stage;
  readonly actions: ModelActions;
  /** Everything that anybody was told: logs, summaries, failures. */
  readonly told: string[] = [];
  last: Run | undefined;

  constructor(how: ModelHow = {}) {
    this.stage = new Stage(how);
    this.actions = new ModelActions(this.stage.world, this.stage.token);
  }

  deploy(ask: DeployAsk, run?: Run): Promise<Played> {
    return this.#play(run, ({ ports }) => this.actions.deploy(ports, ask));
  }

  rollback(ask: RollbackAsk = {}, run?: Run): Promise<Played> {
    return this.#play(run, ({ ports }) => this.actions.rollback(ports, ask));
  }

  async #play(given: Run | undefined, play: (run: Run) => Promise<Said>): Promise<Played> {
    const run = given ?? (await this.stage.run());
    this.last = run;
    const { world } = this.stage;
    const before = world.serving ?? 'nothing';
    const from = world.journal.length;
    const { result, verdict } = await play(run);
    const { outcome, reason, serving, headline, summary, failure, annotations } = result;
    this.told.push(...run.runner.log, headline, summary ?? '', JSON.stringify([failure, annotations]));
    return {
      says: `${outcome}/${reason}, serving ${serving}`,
      release: verdict?.release?.id,
      previous: verdict?.previous?.id,
      claims: claimed(verdict),
      serves: world.serving ?? 'nothing',
      before,
      changes: world.journal.slice(from),
    };
  }
}

function claimed(verdict: RolloutVerdict | undefined): string {
  if (verdict?.live === undefined) return 'unknown';
  return (
    servingReleases(verdict.live)
      .map(({ id }) => id)
      .join(' and ') || 'nothing'
  );
}
