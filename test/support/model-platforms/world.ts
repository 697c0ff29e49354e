import type { Live, Release } from '../../../packages/core/src/platforms/platform.ts';
import { aRelease } from '../a-release.ts';

/** Whose release it is: what the oracle judges by, and what no code under test can see. */
export type Owner = 'before' | 'older' | 'ours' | 'foreign';

/** The truth of a target: what really serves, whoever has been told what. */
export class World {
  live: Live;
  readonly #owners = new Map<string, Owner>();
  readonly #restores = new Map<string, string>();
  #made = 0;

  constructor(start: 'nothing' | 'one' | 'mixed') {
    const [v1, v2] = [this.make('older', 'old-build'), this.make('before', 'before-build')];
    if (start === 'nothing') this.live = { kind: 'nothing' };
    else if (start === 'one') this.live = { kind: 'one', release: v2 };
    else this.live = mix(v2, this.make('before', 'other-build'));
    this.older = v1;
    this.before = v2;
  }

  readonly older: Release;
  readonly before: Release;

  /** `restores`: it brings an older one back, and the platform's adapter knows it. */
  make(owner: Owner, artifact: string, restores?: Release): Release {
    this.#made += 1;
    const release = aRelease({ id: `v${this.#made}`, artifact: `sha256:${artifact}` });
    this.#owners.set(release.id, owner);
    if (restores !== undefined) this.#restores.set(release.id, this.restoredAs(restores) ?? restores.id);
    return release;
  }

  /** Id of the release it brought back: of a copy, that of what it is a copy of. */
  restoredAs({ id }: Release): string | undefined {
    return this.#restores.get(id);
  }

  ownerOf(release: Release): Owner {
    const owner = this.#owners.get(release.id);
    if (owner === undefined) throw new Error(`The world has no release ${release.id}.`);
    return owner;
  }

  /** `release` takes all the traffic, or half of it beside what served. */
  serve(release: Release, share: 'all' | 'half'): void {
    const beside = this.live.kind === 'one' ? this.live.release : undefined;
    this.live = share === 'half' && beside !== undefined ? mix(beside, release) : { kind: 'one', release };
  }

  get owners(): readonly Owner[] {
    if (this.live.kind === 'nothing') return [];
    if (this.live.kind === 'one') return [this.ownerOf(this.live.release)];
    return this.live.shares.map(({ release }) => this.ownerOf(release));
  }
}

function mix(first: Release, second: Release): Live {
  return {
    kind: 'mixed',
    shares: [
      { release: first, share: 0.5 },
      { release: second, share: 0.5 },
    ],
  };
}
