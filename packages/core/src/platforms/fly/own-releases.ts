import { DecodeError, type Decoder, list, number, object, optional, text } from '../../decode.ts';
import type { Relation, Release } from '../platform.ts';
import { digestOf, releaseId, releaseVersion } from './release.ts';
import { emittedRelease, type WireRelease } from './wire.ts';

/** What one run of flyctl was asked for. It makes one release at most. */
export interface Attempt {
  /** The newest version there was when it began. */
  readonly before: number;
  readonly image?: string;
  /** A tag that only this run and attempt uses. */
  readonly imageLabel?: string;
  /** Id of the older release it brings back; absent when it ships something new. */
  readonly restores?: string;
}

/** What this run asks for, known in another process too. */
export interface Asked {
  readonly ships?: Omit<Attempt, 'before' | 'restores'>;
  /** The release a restore was on its way to. */
  readonly back?: Pick<Release, 'id' | 'artifact' | 'restores'> | undefined;
}

/**
 * Which releases this run made. Fly says of none whose it is: a label that nobody else uses proves one, and so does
 * flyctl's own word where Fly confirms it. One that carries an image which others may ship as well is only a maybe.
 */
export class OwnReleases {
  readonly #attempts: Attempt[] = [];
  readonly #certain = new Map<number, Attempt>();
  readonly #maybe = new Map<number, Attempt>();
  readonly #others = new Set<number>();
  #newest = 0;

  /** Begins an attempt: what is there by now is not of it. */
  begin(attempt: Omit<Attempt, 'before'>, releases: readonly WireRelease[]): Attempt {
    this.see(releases);
    const begun = { ...attempt, before: this.#newest };
    this.#attempts.push(begun);
    return begun;
  }

  /** Holds an app's releases against the attempts. Newest first. */
  see(releases: readonly WireRelease[]): void {
    for (const attempt of this.#attempts) {
      if (this.#isFound(attempt)) continue;
      for (const release of releases) {
        if (release.version <= attempt.before || !carries(release, attempt)) continue;
        if (this.#certain.has(release.version)) continue;
        if (attempt.imageLabel === undefined) this.#maybe.set(release.version, attempt);
        else this.#certain.set(release.version, attempt);
      }
    }
    this.#newest = Math.max(this.#newest, ...releases.map(({ version }) => version));
  }

  /**
   * What flyctl says it made, held against Fly's own list: a version Fly does not have, or had before, is no proof; one
   * with another image is ours only where nothing carries what was asked for.
   */
  claim(attempt: Attempt, stdout: string, releases: readonly WireRelease[]): void {
    this.see(releases);
    const said = emittedVersion(stdout);
    const release = releases.find(({ version }) => version === said);
    if (release === undefined || release.version <= attempt.before) return;
    const isBetter = [...this.#maybe.values()].includes(attempt) && !carries(release, attempt);
    if (isBetter || this.#certain.has(release.version)) return;
    this.#certain.set(release.version, attempt);
    for (const [version, own] of this.#maybe) if (own === attempt) this.#maybe.delete(version);
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
      ...(attempt.restores === undefined ? {} : { restores: attempt.restores }),
    };
  }

  /** The records say that another run made a release which might have been of this one. */
  disown({ id }: Pick<Release, 'id'>): void {
    this.#others.add(releaseVersion(id) ?? 0);
  }

  /** The release of an attempt: the proved one, else the oldest that may be. */
  releaseOf(attempt: Attempt, releases: readonly WireRelease[]): WireRelease | undefined {
    const proved = releases.find(({ version }) => this.#certain.get(version) === attempt);
    const oldest = this.#oldestOf(attempt);
    return proved ?? releases.find(({ version }) => version === oldest);
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
    return JSON.stringify({ newest: this.#newest, attempts: this.#attempts, certain });
  }

  /**
   * Takes up what another process had asked for. What it was about to ask for when it was cut stands in no memory: it
   * is one more attempt, after all that was there.
   */
  recall(memory: string | undefined, { ships, back }: Asked): void {
    const remembered = readMemory(memory);
    if (remembered === undefined) return;
    const { newest, attempts, certain } = remembered;
    this.#newest = newest;
    this.#attempts.push(...attempts);
    for (const [version, at] of certain) {
      const attempt = attempts[at];
      if (attempt !== undefined) this.#certain.set(version, attempt);
    }
    if (ships !== undefined && attempts.every(({ restores }) => restores !== undefined))
      this.#attempts.push({ ...ships, before: newest });
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
  #oldestOf(attempt: Attempt): number | undefined {
    const own = [...this.#maybe].flatMap(([version, other]) =>
      other === attempt && !this.#others.has(version) ? [version] : [],
    );
    return own.length === 0 ? undefined : Math.min(...own);
  }

  #isFound(attempt: Attempt): boolean {
    return [...this.#certain.values()].includes(attempt);
  }
}

function carries({ imageRef = '' }: WireRelease, { image, imageLabel }: Attempt): boolean {
  // A label may begin like another: run 7-1 and run 7-10.
  if (imageLabel !== undefined) return imageRef.replace(/@.*$/, '').endsWith(`:${imageLabel}`);
  if (image === undefined) return false;
  return imageRef === image || (digestOf(image) !== undefined && digestOf(image) === digestOf(imageRef));
}

/** The version flyctl says it made: on success only, one line among others. */
function emittedVersion(stdout: string): number | undefined {
  const line = stdout.split('\n').find((text) => text.startsWith('{"id":'));
  if (line === undefined) return undefined;
  try {
    return emittedRelease(JSON.parse(line), 'release').version;
  } catch {
    return undefined;
  }
}

interface Memory {
  readonly newest: number;
  readonly attempts: readonly Attempt[];
  /** Version, and the number of its attempt. */
  readonly certain: readonly (readonly [number, number])[];
}

const attempt = object({
  before: number,
  image: optional(text),
  imageLabel: optional(text),
  restores: optional(text),
});
const pair: Decoder<readonly [number, number]> = (value, path) => {
  const [version, at] = list(number)(value, path);
  if (version === undefined || at === undefined) throw new DecodeError(path, 'two numbers', value);
  return [version, at];
};
const memoryShape = object({ newest: number, attempts: list(attempt), certain: list(pair) });

/** Undefined where there is none, or a damaged one: then nothing is taken for ours. */
function readMemory(memory: string | undefined): Memory | undefined {
  if (memory === undefined) return undefined;
  try {
    const { attempts, ...rest } = memoryShape(JSON.parse(memory), 'memory');
    return { ...rest, attempts: attempts.map((one) => defined(one)) };
  } catch {
    return undefined;
  }
}

/** Without the keys that hold nothing. */
function defined({ before, image, imageLabel, restores }: ReturnType<typeof attempt>): Attempt {
  return {
    before,
    ...(image === undefined ? {} : { image }),
    ...(imageLabel === undefined ? {} : { imageLabel }),
    ...(restores === undefined ? {} : { restores }),
  };
}
