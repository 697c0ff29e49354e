import { init, parse } from 'es-module-lexer/minimal';
import type { AssetKind } from './reference.ts';
import { mostReferences } from './reference.ts';

/** A module that another one imports. */
export interface Import {
  readonly name: string;
  readonly kind: Extract<AssetKind, 'script' | 'style' | 'json' | 'any'>;
}

/** What a module imports before it runs; undefined where its text cannot be read as a module. */
export async function readModule(text: string): Promise<readonly Import[] | undefined> {
  await init();
  try {
    const [imports] = parse(text);
    const found: Import[] = [];
    for (const { n: name, d: dynamic, t: type, a: at, se: end } of imports) {
      if (dynamic !== -1 || name === undefined) continue;
      const attributes = at === -1 ? '' : text.slice(at, end);
      found.push({ name, kind: type === sourcePhase ? 'any' : kindBy(attributes) });
      // One more than are looked at says that there are too many.
      if (found.length > mostReferences) break;
    }
    return found;
  } catch {
    return undefined;
  }
}

/** `import source`: compiled, and not a script. */
const sourcePhase = 4;

function kindBy(attributes: string): Import['kind'] {
  const [, type = 'script'] = /\btype["']?\s*:\s*["'](\w+)["']/.exec(attributes) ?? [];
  if (type === 'css') return 'style';
  return type === 'script' ? 'script' : type === 'json' ? 'json' : 'any';
}
