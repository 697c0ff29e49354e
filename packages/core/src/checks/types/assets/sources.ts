import type { Source } from '../../check-file.ts';
import type { Reading } from '../../judge/values.ts';
import type { Cursor } from '../../parse/cursor.ts';
import { size } from '../../parse/scalars.ts';
import type { SourceGrammars } from '../../parse/source-grammar.ts';
import { anyValue, durationSource } from '../../parse/source-grammar.ts';
import type { AssetKind } from './reference.ts';
import type { Seen } from './visit.ts';

/** What `expect` may read of a page's assets. */
export const assetSources: SourceGrammars = {
  count: anyValue,
  scripts: anyValue,
  styles: anyValue,
  images: anyValue,
  size: { keyed: false, value: bytes },
  largest: { keyed: false, value: bytes },
  'cache-control': anyValue,
  duration: durationSource,
};

function bytes(at: Cursor): unknown {
  return typeof at.value === 'number' ? at.value : size(at);
}

export function readAssetSource({ name }: Source, { fetched, durationMs }: Seen): Reading {
  const ofKind = (kind: AssetKind) => fetched.filter(({ asset }) => asset.kinds.has(kind)).length;
  const sizes = fetched.map((one) => one.size);
  switch (name) {
    case 'count':
      return found(fetched.length);
    case 'scripts':
      return found(ofKind('script'));
    case 'styles':
      return found(ofKind('style'));
    case 'images':
      return found(ofKind('image'));
    case 'size':
      return found(sizes.reduce((sum, one) => sum + one, 0));
    case 'largest':
      return found(Math.max(0, ...sizes));
    case 'cache-control':
      return found(fetched.map((one) => one.cacheControl ?? ''));
    case 'duration':
      return found(durationMs);
    default:
      return { kind: 'invalid', why: `assets have no ${name}` };
  }
}

function found(value: unknown): Reading {
  return { kind: 'found', value };
}
