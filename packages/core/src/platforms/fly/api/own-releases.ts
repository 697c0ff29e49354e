import { DecodeError, type Decoder, decodedJson, list, number, sparse, text } from '../../../text/decode.ts';
import { defined } from '../../../text/defined.ts';
import type { Relation, Release } from '../../platform.ts';
import { digestOf, releaseId, releaseVersion } from './release.ts';
import { emittedRelease, type WireRelease } from './wire.ts';

/** What one run of flyctl was asked for. It makes one release at most. */
export interface DeployAttempt {
  /** The newest version there was when it began. */
  readonly before: number;
  readonly image?: string;
  /** A tag that only this run and attempt uses. Fly may name the release by it, or by the digest of `image` alone. */
  readonly imageLabel?: string;
  /** Id of the older release it brings back; absent when it ships something new. */
  readonly restores?: string;
}

/** What is to be shipped, before it is. */
export type IntendedDeploy = Omit<DeployAttempt, 'before' | 'restores'>;

/** What this run asks for, known in another process too. */
export interface AskedDeploy {
  /** The release a restore was on its way to. */
  readonly back?: Pick<Release, 'id' | 'artifact' | 'restores'> | undefined;
}

/**
 * Which releases this run made. Fly says of none whose it is: a label that nobody else uses proves one, and so does
 * flyctl's own word where Fly confirms it. One that carries an image which others may ship as well is only a maybe.
 */
export class OwnReleases {
  readonly #attempts: DeployAttempt[] = [];
  readonly #certain = new Map<number, DeployAttempt>();
  readonly #maybe = new Map<number, DeployAttempt>();
  readonly #others = new Set<number>();
  readonly #barren = new Set<DeployAttempt>();
  #newest = 0;
  /** What is to be shipped: another process could not know the label, nor the image that was built. */
  #intended: IntendedDeploy | undefined;

  /** What is to be shipped next, for `memory`. */
  intend(ships: IntendedDeploy): void {
    this.#intended = ships;
  }

  /** Begins an attempt: what is there by now is not of it. */
  begin(attempt: Omit<DeployAttempt, 'before'>, releases: readonly WireRelease[]): DeployAttempt {
    this.see(releases);
    const begun = { ...attempt, before: this.#newest };
    this.#attempts.push(begun);
    return begun;
  }

  /** Holds an app's releases against the attempts. Newest first. */
  see(releases: readonly WireRelease[]): void {
    for (const attempt of this.#attempts) {
      if (this.#isFound(attempt) || this.#barren.has(attempt)) continue;
      const later = releases.filter(({ version }) => version > attempt.before && !this.#certain.has(version));
      const labelled = later.find((release) => hasLabel(release, attempt));
      if (labelled !== undefined) this.#settleOn(labelled.version, attempt);
      else
        for (const release of later.filter((one) => hasImage(one, attempt)))
          this.#maybe.set(release.version, attempt);
    }
    this.#newest = Math.max(this.#newest, ...releases.map(({ version }) => version));
  }

  /**
   * What flyctl says it made, held against Fly's own list: a version Fly does not have, or had before, is no proof; one
   * with another image is ours only where nothing carries what was asked for.
   */
  claim(attempt: DeployAttempt, stdout: string, releases: readonly WireRelease[]): void {
    this.see(releases);
    const said = emittedVersion(stdout);
    const release = releases.find(({ version }) => version === said);
    if (release === undefined || release.version <= attempt.before) return;
    const carries = hasLabel(release, attempt) || hasImage(release, attempt);
    const isBetter = [...this.#maybe.values()].includes(attempt) && !carries;
    if (isBetter || this.#certain.has(release.version)) return;
    this.#settleOn(release.version, attempt);
  }

  /** An attempt makes one release at most: none of those that may be of it is. */
  #settleOn(version: number, attempt: DeployAttempt): void {
    this.#certain.set(version, attempt);
    for (const [other, own] of this.#maybe) if (own === attempt) this.#maybe.delete(other);
  }

  relation({ id }: Pick<Release, 'id'>): Relation {
    const version = releaseVersion(id) ?? 0;
    const certain = this.#certain.get(version);
    const attempt = certain ?? this.#maybe.get(version);
    if (attempt === undefined || this.#others.has(version)) return { made: 'no' };
    const oldest = certain === undefined ? (this.#oldestOf(attempt) ?? version) : version;
    return {
      made: certain === undefined ? 'maybe' : 'yes',
      ...(oldest === version ? {} : { unless: releaseId(oldest) }),
      ...defined({ restores: attempt.restores }),
    };
  }

  /** An attempt that came to its end before it had a release: nothing that carries what it asked for is of it. */
  madeNone(attempt: DeployAttempt): void {
    this.#barren.add(attempt);
    for (const [version, own] of this.#maybe) if (own === attempt) this.#maybe.delete(version);
  }

  /** The records say that another run made a release which might have been of this one. */
  disown({ id }: Pick<Release, 'id'>): void {
    this.#others.add(releaseVersion(id) ?? 0);
  }

  /** The release of an attempt: the proved one, else the oldest that may be. */
  releaseOf(attempt: DeployAttempt, releases: readonly WireRelease[]): WireRelease | undefined {
    const proved = releases.find(({ version }) => this.#certain.get(version) === attempt);
    const oldest = this.#oldestOf(attempt);
    return proved ?? releases.find(({ version }) => version === oldest);
  }

  /** The newest version there was when the flyctl began that made a release; undefined where this run did not make it. */
  before(version: number): number | undefined {
    return (this.#certain.get(version) ?? this.#maybe.get(version))?.before;
  }

  /** Whether a release is of this run, as far as can be told. */
  hasMade(id: string): boolean {
    const { made, unless } = this.relation({ id });
    return made !== 'no' && unless === undefined;
  }

  memory(): string {
    const certain = [...this.#certain].map(([version, attempt]) => [
      version,
      this.#attempts.indexOf(attempt),
    ]);
    const intended = this.#intended;
    return JSON.stringify({ newest: this.#newest, attempts: this.#attempts, certain, intended });
  }

  /**
   * Takes up what another process had asked for. What it was about to ask for when it was cut stands in no memory: it
   * is one more attempt, after all that was there.
   */
  recall(memory: string | undefined, { back }: AskedDeploy): void {
    const remembered = memory === undefined ? undefined : decodedJson(rememberedReleases, memory);
    if (remembered === undefined) return;
    const { newest, attempts, certain, intended } = remembered;
    this.#intended = intended;
    this.#newest = newest;
    this.#attempts.push(...attempts);
    for (const [version, at] of certain) {
      const attempt = attempts[at];
      if (attempt !== undefined) this.#certain.set(version, attempt);
    }
    if (intended !== undefined && attempts.every(({ restores }) => restores !== undefined))
      this.#attempts.push({ ...intended, before: newest });
    // A copy is brought back as a copy of what it is a copy of.
    const origin = back?.restores ?? back?.id;
    if (
      back?.artifact !== undefined &&
      origin !== undefined &&
      !attempts.some((one) => one.restores === origin)
    )
      this.#attempts.push({ image: `@${back.artifact}`, restores: origin, before: newest });
  }

  /** flyctl makes one release a run: of those that may be of an attempt, the first. */
  #oldestOf(attempt: DeployAttempt): number | undefined {
    const own = [...this.#maybe].flatMap(([version, other]) =>
      other === attempt && !this.#others.has(version) ? [version] : [],
    );
    return own.length === 0 ? undefined : Math.min(...own);
  }

  #isFound(attempt: DeployAttempt): boolean {
    return [...this.#certain.values()].includes(attempt);
  }
}

function hasLabel({ imageRef = '' }: WireRelease, { imageLabel }: DeployAttempt): boolean {
  // A label may begin like another: run 7-1 and run 7-10.
  return imageLabel !== undefined && imageRef.replace(/@.*$/, '').endsWith(`:${imageLabel}`);
}

function hasImage({ imageRef = '' }: WireRelease, { image }: DeployAttempt): boolean {
  if (image === undefined) return false;
  return imageRef === image || (digestOf(image) !== undefined && digestOf(image) === digestOf(imageRef));
}

/** The version flyctl says it made: on success only, one line among others. */
function emittedVersion(stdout: string): number | undefined {
  const line = /^\{"id":.*$/m.exec(stdout)?.[0];
  return line === undefined ? undefined : decodedJson(emittedRelease, line)?.version;
}

const pair: Decoder<readonly [number, number]> = (value, path) => {
  const [version, at] = list(number)(value, path);
  if (version === undefined || at === undefined) throw new DecodeError(path, 'two numbers', value);
  return [version, at];
};

const attempt: Decoder<DeployAttempt> = sparse(
  { before: number },
  { image: text, imageLabel: text, restores: text },
);

/** What is not this is taken for none: then nothing is taken for ours. */
const rememberedReleases = sparse(
  {
    newest: number,
    attempts: list(attempt),
    /** Version, and the number of its attempt. */
    certain: list(pair),
  },
  { intended: sparse({}, { image: text, imageLabel: text }) },
);
