import { parsedJson } from '../../judge/json-text.ts';
import { isMapping } from '../../parse/cursor.ts';
import type { Reference } from './reference.ts';
import { mostReferences } from './reference.ts';

/** The icons of a web app manifest, those of its shortcuts too; undefined where it is no JSON object. */
export function readManifest(text: string): readonly Reference[] | undefined {
  const json = parsedJson(text.replace(/^\uFEFF/, ''));
  if (json.kind !== 'value' || !isMapping(json.value)) return undefined;
  const { shortcuts } = json.value;
  const holders = [json.value, ...(Array.isArray(shortcuts) ? shortcuts.filter(isMapping) : [])];
  return holders
    .flatMap(({ icons }) => (Array.isArray(icons) ? icons : []))
    .flatMap((icon) => (isMapping(icon) && typeof icon.src === 'string' ? [icon.src] : []))
    .filter((src) => src !== '')
    .slice(0, mostReferences + 1)
    .map((url) => ({ url, kind: 'image' }));
}
