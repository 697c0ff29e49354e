import type { Clock } from '../io/clock.ts';
import type { PlatformFailure, Release, Shipped } from '../platforms/platform.ts';
import type { RolloutPorts } from '../rollout/ports.ts';

/** Evidence is worth this much of the time before the way back, milliseconds: users are served the failure meanwhile. */
const timeBudgetMs = 3_000;

/**
 * What a person would look at when a release fails: gathered at its first failure, before a restore takes the
 * failing machines away.
 */
export class FailureEvidence {
  readonly #look: (releaseId: string | undefined) => Promise<readonly string[]>;
  readonly #clock: Clock;
  #lines: readonly string[] = [];

  /** `look` must not throw: a failure is told even when its evidence is out of reach. */
  constructor(look: (releaseId: string | undefined) => Promise<readonly string[]>, clock: Clock) {
    this.#look = look;
    this.#clock = clock;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  async gather(release: Release | undefined): Promise<void> {
    if (this.#lines.length > 0) return;
    const seen = new AbortController();
    const late = this.#clock.sleep(timeBudgetMs, seen.signal).then(
      () => [`The platform gave no evidence within ${timeBudgetMs / 1000} s.`],
      () => [],
    );
    this.#lines = await Promise.race([this.#look(release?.id), late]);
    seen.abort();
  }

  /** What was seen at the moment of the failure is better than what is left of it now. */
  #taking(shipped: Shipped, { evidence = [], ...failure }: PlatformFailure): Shipped {
    if (this.#lines.length === 0) this.#lines = evidence;
    return { ...shipped, failure };
  }

  /** The same port, which gathers evidence of whatever it finds failing. */
  watching<P extends Pick<RolloutPorts, 'obtain' | 'settle' | 'verify'>>(ports: P): P {
    const { obtain, settle, verify } = ports;
    return {
      ...ports,
      obtain: async (allowance) => {
        const shipped = await obtain(allowance);
        if (shipped.failure?.evidence !== undefined) return this.#taking(shipped, shipped.failure);
        if (shipped.failure !== undefined) await this.gather(shipped.release);
        return shipped;
      },
      settle: async (release, wanted, allowance) => {
        const result = await settle(release, wanted, allowance);
        if (result.kind === 'failed') await this.gather(release);
        return result;
      },
      ...(verify === undefined
        ? {}
        : {
            verify: async (request, allowance) => {
              const verdict = await verify(request, allowance);
              if (request.phase === 'after' && verdict.outcome === 'fail') await this.gather(request.release);
              return verdict;
            },
          }),
    } satisfies Pick<RolloutPorts, 'obtain' | 'settle' | 'verify'> & P;
  }
}
