import { createHash } from 'node:crypto';

/** What an image is here: a small application of the catalogue with what is baked into it. */
export interface ImageDefinition {
  readonly app: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Image extends ImageDefinition {
  /** `registry.fly.io/shop:v1`. */
  readonly ref: string;
  /** `sha256:…` of the definition: the same definition has the same digest under every tag. */
  readonly digest: string;
}

/** The registry: tags move, digests stay. */
export class Images {
  readonly #seed: Readonly<Record<string, ImageDefinition>>;
  readonly #tags = new Map<string, Image>();
  readonly #digests = new Map<string, Image>();

  constructor(seed: Readonly<Record<string, ImageDefinition>> = {}) {
    this.#seed = seed;
    this.reset();
  }

  /** Gives the tag this definition. What the tag named before stays reachable by its digest. */
  put(ref: string, definition: ImageDefinition): Image {
    const { repository, tag } = parseRef(ref);
    const { app, env, labels } = definition;
    const image = { ref: `${repository}:${tag}`, digest: digestOf(definition), app, env, labels };
    this.#tags.set(image.ref, image);
    this.#digests.set(`${repository}@${image.digest}`, image);
    return image;
  }

  /** By `repository:tag`, `repository@digest` or `repository:tag@digest`, where the digest decides. */
  resolve(ref: string): Image | undefined {
    const { repository, tag, digest } = parseRef(ref);
    if (digest !== undefined) return this.#digests.get(`${repository}@${digest}`);
    return this.#tags.get(`${repository}:${tag}`);
  }

  /** Forgets an image under every name, as a registry does with what nobody has deployed for long. */
  prune(ref: string): void {
    const image = this.resolve(ref);
    for (const names of [this.#tags, this.#digests]) {
      for (const [name, { digest }] of names) if (digest === image?.digest) names.delete(name);
    }
  }

  /** Every tag, in the order they were put. */
  list(): readonly Image[] {
    return [...this.#tags.values()];
  }

  reset(): void {
    this.#tags.clear();
    this.#digests.clear();
    for (const [ref, definition] of Object.entries(this.#seed)) this.put(ref, definition);
  }
}

function parseRef(ref: string): { repository: string; tag: string; digest: string | undefined } {
  const [named = '', digest] = ref.split('@');
  // A colon before the last slash belongs to the registry's port.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon === -1) return { repository: named, tag: 'latest', digest };
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest };
}

function digestOf(definition: ImageDefinition): string {
  const sorted = (record: Readonly<Record<string, string>>) => Object.entries(record).sort();
  const text = JSON.stringify([definition.app, sorted(definition.env), sorted(definition.labels)]);
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
