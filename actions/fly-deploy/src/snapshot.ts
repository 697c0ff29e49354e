import type { Live, Ports } from '#core';
import type { Allowance, BoundRollout, ChangedFiles, RolloutPorts } from '#core/deployment';
import { type Snapshot, type SnapshotSource, takeSnapshot } from '#core/fly';
import { decideSnapshot, type SnapshotDecision } from './decide-snapshot.ts';
import type { FlyDeployInputs } from './inputs.ts';

export { findSnapshotSource } from '#core/fly';

/** What makes a deploy ready before it takes traffic. */
export type Prepares = Required<Pick<RolloutPorts, 'prepare'>>;

/** Where a snapshot finds what it needs beside the inputs. */
export interface SnapshotParts {
  readonly ports: Ports;
  readonly bound: BoundRollout;
  /** The commit that is deployed; undefined where nobody says it. */
  readonly commit: string | undefined;
  readonly source: SnapshotSource;
}

/** Saves the data before anything is shipped, where this change calls for it. */
export class SnapshotFirst {
  readonly #parts: SnapshotParts;
  readonly #inputs: FlyDeployInputs;
  #decision: SnapshotDecision = { kind: 'take', barrier: false };
  #taken: Snapshot | undefined;

  constructor(parts: SnapshotParts, inputs: FlyDeployInputs) {
    this.#parts = parts;
    this.#inputs = inputs;
  }

  get label(): string {
    return this.#parts.source.label;
  }

  get isBarrier(): boolean {
    return this.#decision.kind === 'take' && this.#decision.barrier;
  }

  get id(): string {
    return this.#taken?.id ?? '';
  }

  /** How to come back to what was saved; `''` when nothing was. */
  get restoreCommand(): string {
    return this.id === '' ? '' : this.#parts.source.restoreCommand(this.id);
  }

  async decide(live: Live): Promise<SnapshotDecision> {
    const { snapshotWhen } = this.#inputs;
    const changes: ChangedFiles =
      snapshotWhen.length === 0 ? { kind: 'known', files: [] } : await this.#changesSince(live);
    this.#decision = decideSnapshot(snapshotWhen, changes);
    return this.#decision;
  }

  /**
   * The same shipment, which saves the data before it ships and knows whether that makes the release a barrier. Saved last,
   * and anew whenever it is asked: what was saved before a wait is no longer what the release finds.
   */
  before<S extends Prepares>(
    shipment: S,
    log: (line: string) => void,
  ): S & Required<Pick<RolloutPorts, 'barrier'>> {
    const { prepare } = shipment;
    const { clock } = this.#parts.ports;
    return {
      ...shipment,
      barrier: async (live) => {
        const decision = await this.decide(live);
        if (decision.kind === 'skip') log(decision.why);
        return this.isBarrier ? decision.why : undefined;
      },
      prepare: async ({ signal, budgetMs }) => {
        const end = clock.monotonic() + budgetMs;
        const failure = await prepare({ signal, budgetMs });
        if (failure !== undefined || this.#decision.kind !== 'take') return failure;
        await this.#take({ signal, budgetMs: end - clock.monotonic() });
        return undefined;
      },
    };
  }

  async #take({ signal, budgetMs }: Allowance): Promise<void> {
    const { ports, bound, source } = this.#parts;
    const { clock, runner } = ports;
    // What is shipped with too little time left is cut half way: worse than not shipped.
    const taking = {
      clock,
      signal,
      budgetMs: Math.min(this.#inputs.snapshotTimeoutMs, budgetMs / 2),
      onProgress: (line: string) => runner.info(line),
    };
    this.#taken = await bound.timeline.step('snapshot', () => takeSnapshot(source, taking), {
      note: ({ id }) => `${id} of ${source.label}`,
    });
  }

  async #changesSince(live: Live): Promise<ChangedFiles> {
    const { bound, commit } = this.#parts;
    if (commit === undefined) return { kind: 'unknown', why: 'this run has no commit' };
    if (live.kind === 'nothing') return { kind: 'unknown', why: 'nothing serves yet' };
    if (live.kind === 'mixed') return { kind: 'unknown', why: 'several releases serve' };
    const liveCommit = await bound.history.commit(live.release);
    if (liveCommit === undefined) {
      return { kind: 'unknown', why: `no record tells the commit of ${live.release.label}, which serves` };
    }
    return bound.ports.ledger.changedFiles(commit, liveCommit);
  }
}
