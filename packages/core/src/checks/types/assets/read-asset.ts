import type { Asset } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { textOfFile } from './fetch.ts';
import type { ModuleNames } from './module-names.ts';
import type { Reference } from './reference.ts';
import { mostNamed, mostReferences } from './reference.ts';

/** What a document names, relative to `base`, and what of that cannot be found out. */
export interface Named {
  readonly references: readonly Reference[];
  readonly base: string;
  /** Names that stand for no address, each with why. */
  readonly broken: readonly string[];
}

/** How documents are read. */
export interface Reading {
  /** Whether style sheets are looked into. */
  readonly css: boolean;
  /** What the page's import maps say. */
  readonly names: ModuleNames;
}

/** Whether more than its headers is wanted of an asset. */
export function isRead({ kinds, isModule }: Asset, { css }: Pick<Reading, 'css'>): boolean {
  return isModule || (css && kinds.has('style')) || kinds.has('manifest');
}

/** What a good answer names in its turn. */
export async function readAsset(asset: Asset, fetched: Fetched, reading: Reading): Promise<Named> {
  const text = textOfFile(fetched);
  const base = fetched.url.href;
  const found: Reference[] = [];
  const broken: string[] = [];
  if (reading.css && asset.kinds.has('style')) {
    const { readStylesheet } = await import('./read-stylesheet.ts');
    found.push(...readStylesheet(text));
  }
  if (asset.isModule) {
    const named = await readModuleAt(base, text, reading.names);
    found.push(...named.references);
    broken.push(...named.broken);
  }
  if (asset.kinds.has('manifest')) {
    const { readManifest } = await import('./read-manifest.ts');
    const icons = readManifest(text);
    if (icons === undefined) broken.push('not a JSON object');
    else found.push(...icons);
  }
  // A copy of each: a part of a text would keep all of it in memory.
  const references = found.map((one) => ({ ...one, url: Buffer.from(one.url).toString() }));
  return { references, base, broken };
}

/** What a module at `base` imports, by address. One that cannot be read names nothing. */
export async function readModuleAt(base: string, text: string, names: ModuleNames): Promise<Named> {
  const { readModule } = await import('./read-module.ts');
  const references: Reference[] = [];
  const broken: string[] = [];
  for (const { name, kind } of (await readModule(text)) ?? []) {
    if (references.length > mostReferences || broken.length >= mostNamed) break;
    const resolved = names.resolve(name, base);
    if (resolved.kind === 'none') broken.push(`imports ${JSON.stringify(name)}, ${resolved.why}`);
    else references.push({ url: resolved.url, kind, ...(kind === 'script' ? { isModule: true } : {}) });
  }
  return { references, base, broken };
}
