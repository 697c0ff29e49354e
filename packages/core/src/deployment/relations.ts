import type { LedgerRecord } from '../ledger/record.ts';
import type { Platform, Relation, Release } from '../platforms/platform.ts';
import type { Related } from '../rollout/ports.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { defined } from '../text/defined.ts';
import type { History } from './history.ts';

/** How releases stand to this run: the adapter's word first, then the records of everybody's runs. */
export class Relations {
  readonly #platform: Platform;
  readonly #history: History;
  readonly #context: Pick<RunnerContext, 'runId' | 'runAttempt'>;
  /** In a rollback this run's change is what it brings back. */
  readonly #changesBy: 'shipping' | 'restoring';
  readonly #others = new Map<string, Promise<boolean>>();

  constructor(fixed: {
    readonly platform: Platform;
    readonly history: History;
    readonly context: Pick<RunnerContext, 'runId' | 'runAttempt'>;
    readonly kind: 'deploy' | 'rollback';
  }) {
    this.#platform = fixed.platform;
    this.#history = fixed.history;
    this.#context = fixed.context;
    this.#changesBy = fixed.kind === 'deploy' ? 'shipping' : 'restoring';
  }

  async of(release: Release): Promise<Related> {
    const { made, restores } = await this.#asked(release);
    const isAnothers = made === 'maybe' && (await this.#isOfAnother(release));
    if (isAnothers) this.#platform.disown?.(release);
    const isOurs = made !== 'no' && !isAnothers;
    if (!isOurs) {
      const origin = await this.#history.restores(release);
      return { mine: false, ...defined({ restores: origin }) };
    }
    const mine = (restores === undefined) === (this.#changesBy === 'shipping');
    if (restores === undefined) return { mine };
    return { mine, ...(mine ? {} : { isCopy: true }), restores };
  }

  /** The adapter's word, once the records have said of every older release that might be the one whose it is. */
  async #asked(release: Release): Promise<Relation> {
    const relation: Relation = this.#platform.relation?.(release) ?? { made: 'no' };
    const { unless } = relation;
    if (unless === undefined) return relation;
    if (!(await this.#isOfAnother({ id: unless }))) return { made: 'no' };
    this.#platform.disown?.({ id: unless });
    return this.#asked(release);
  }

  /** Whether another run that made a release has not come to its end: it may still take it back. */
  async isPending(release: Release): Promise<boolean> {
    const maker = await this.#history.maker(release);
    return maker !== undefined && !this.#isOwn(maker) && this.#history.isUnderWay(maker);
  }

  /** Asks the records again of what they had not said to be another's: they may know more by now. */
  renew(): void {
    this.#others.clear();
  }

  /** Asked of the records as they are then: another run of the same image may have made it in between. */
  #isOfAnother(release: Pick<Release, 'id'>): Promise<boolean> {
    const known = this.#others.get(release.id);
    if (known !== undefined) return known;
    this.#history.renew();
    const asked = this.#history
      .maker(release)
      .then((maker) => maker !== undefined && !this.#isOwn(maker))
      .catch(() => false);
    this.#others.set(release.id, asked);
    return asked;
  }

  #isOwn({ intent }: LedgerRecord): boolean {
    return intent.run === (this.#context.runId ?? '') && intent.attempt === this.#context.runAttempt;
  }
}
