import type { Release } from '../platforms/platform.ts';
import type { RolloutPorts } from '../rollout/ports.ts';

/**
 * What a person would look at when a release fails: gathered at its first failure, before a restore takes the
 * failing machines away.
 */
export class Evidence {
  readonly #look: (releaseId: string | undefined) => Promise<readonly string[]>;
  #lines: readonly string[] = [];

  /** `look` must not throw: a failure is told even when its evidence is out of reach. */
  constructor(look: (releaseId: string | undefined) => Promise<readonly string[]>) {
    this.#look = look;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  async gather(release: Release | undefined): Promise<void> {
    if (this.#lines.length === 0) this.#lines = await this.#look(release?.id);
  }

  /** The same port, which gathers evidence of whatever it finds failing. */
  watching<P extends Pick<RolloutPorts, 'obtain' | 'settle' | 'verify'>>(ports: P): P {
    const { obtain, settle, verify } = ports;
    return {
      ...ports,
      obtain: async (allowance) => {
        const shipped = await obtain(allowance);
        if (shipped.failure !== undefined) await this.gather(shipped.release);
        return shipped;
      },
      settle: async (release, allowance) => {
        const result = await settle(release, allowance);
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
