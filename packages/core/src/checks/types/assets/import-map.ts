import { ownValue } from '../../../text/own-value.ts';
import { parsedJson } from '../../judge/json-text.ts';
import { isMapping, shown } from '../../parse/cursor.ts';
import type { Reference } from './reference.ts';
import { mostNamed, mostReferences } from './reference.ts';

/** What an inline import map names; `broken` says what a browser would refuse in it. */
export interface ImportMap {
  readonly references: readonly Reference[];
  readonly broken: readonly string[];
}

/** Reads the modules of `imports` and `scopes`, with their `integrity`. Addresses that end in `/` are prefixes, and no files. */
export function readImportMap(text: string): ImportMap {
  const json = parsedJson(text);
  const map = json.kind === 'value' ? json.value : undefined;
  if (!isMapping(map)) return { references: [], broken: [`not a JSON object: ${shown(text.trim())}`] };
  const hashes = isMapping(map.integrity) ? map.integrity : {};
  const references: Reference[] = [];
  const broken: string[] = [];
  const scopes = isMapping(map.scopes) ? Object.values(map.scopes) : [];
  for (const imports of [map.imports ?? {}, ...scopes]) {
    if (!isMapping(imports)) {
      broken.push(`${shown(imports)} where modules should be`);
      continue;
    }
    for (const [name, address] of Object.entries(imports)) {
      if (references.length > mostReferences) return { references, broken };
      if (typeof address !== 'string' || !isAddress(address)) {
        broken.push(`${shown(name)} points to ${shown(address)}, which must start with /, ./ or ../`);
      } else if (!address.endsWith('/')) {
        const integrity = ownValue(hashes, address);
        references.push({
          url: address,
          kind: 'script',
          isModule: true,
          ...(typeof integrity === 'string' ? { integrity } : {}),
        });
      }
    }
  }
  return { references, broken: broken.slice(0, mostNamed) };
}

function isAddress(text: string): boolean {
  return /^\.{0,2}\//.test(text) || URL.canParse(text);
}
