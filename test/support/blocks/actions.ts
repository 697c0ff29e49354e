import { join } from 'node:path';
import type { Input, Inputs } from '#core/inputs';
import { type Manifest, readManifests } from '../../../scripts/docs/manifest.ts';
import { root } from '../../../scripts/root.ts';

/** One of this repository's actions, as a page may use it. */
export interface BelayAction {
  readonly manifest: Manifest;
  /** The action's own reader. */
  readonly reader: Inputs<Readonly<Record<string, Input<unknown>>>>;
}

/** Every action, by its folder's name. */
export async function belayActions(): Promise<ReadonlyMap<string, BelayAction>> {
  const found = readManifests().map(async (manifest) => {
    const module = await import(join(root, 'actions', manifest.name, 'src', 'inputs.ts'));
    return [manifest.name, { manifest, reader: module.inputs }] as const;
  });
  return new Map(await Promise.all(found));
}

/** `OWNER/belay/actions/<name>@<ref>`, as every page writes it. */
export function belayUse(uses: string): { readonly name: string; readonly ref: string } | undefined {
  const [, name, ref] = /^OWNER\/belay\/actions\/([^/@]+)@(.+)$/.exec(uses) ?? [];
  return name === undefined || ref === undefined ? undefined : { name, ref };
}
