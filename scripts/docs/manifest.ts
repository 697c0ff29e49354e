import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../root.ts';

/** An action.yml, read once and strictly. */
export interface Manifest {
  /** The folder's name: `fly-deploy`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: readonly ManifestInput[];
  readonly outputs: readonly { readonly name: string; readonly description: string }[];
  readonly branding: { readonly icon: string; readonly color: string };
  readonly runs: { readonly using: string; readonly main: string; readonly post: string | undefined };
}

export interface ManifestInput {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: string | undefined;
}

/** Every action's manifest, by folder name. */
export function readManifests(): readonly Manifest[] {
  const files = globSync('actions/*/action.yml', { cwd: root }).sort();
  return files.map((file) =>
    readManifest(basename(dirname(file)), file, readFileSync(join(root, file), 'utf8')),
  );
}

/** Fails, naming the file and the place, where something is missing that readers or the runner rely on. */
export function readManifest(name: string, file: string, yaml: string): Manifest {
  const top = new Reading(file, parse(yaml));
  const branding = top.part('branding');
  const runs = top.part('runs');
  return {
    name,
    title: top.text('name'),
    description: top.text('description'),
    inputs: top.parts('inputs').map(([input, reading]) => ({
      name: input,
      description: reading.text('description'),
      required: reading.optional('required') === 'true',
      default: reading.optional('default'),
    })),
    outputs: top.parts('outputs').map(([output, reading]) => ({
      name: output,
      description: reading.text('description'),
    })),
    branding: { icon: branding.text('icon'), color: branding.text('color') },
    runs: { using: runs.text('using'), main: runs.text('main'), post: runs.optional('post') },
  };
}

/** A mapping of the manifest, and where it stands. */
class Reading {
  readonly #where: string;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(where: string, value: unknown) {
    if (typeof value !== 'object' || value === null) throw new Error(`${where}: a mapping is missing`);
    this.#where = where;
    this.#fields = new Map(Object.entries(value));
  }

  text(field: string): string {
    const value = this.optional(field)?.trim();
    if (!value) throw new Error(`${this.#where}: ${field} is missing`);
    return value;
  }

  optional(field: string): string | undefined {
    const value = this.#fields.get(field);
    return value === undefined || value === null ? undefined : String(value);
  }

  part(field: string): Reading {
    return new Reading(`${this.#where}: ${field}`, this.#fields.get(field));
  }

  parts(field: string): [string, Reading][] {
    const value = this.#fields.get(field) ?? {};
    return Object.entries(value).map(([name, part]) => [
      name,
      new Reading(`${this.#where}: ${field}: ${name}`, part),
    ]);
  }
}
