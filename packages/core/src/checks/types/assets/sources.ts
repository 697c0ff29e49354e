import type { Source } from '../../assertion.ts';
import type { Reading } from '../../judge/values.ts';
import type { Cursor } from '../../parse/cursor.ts';
import { size } from '../../parse/scalars.ts';
import type { SourceGrammar, SourceGrammars } from '../../parse/source-grammar.ts';
import { anyValue, wholeDuration } from '../../parse/source-grammar.ts';
import type { AssetKind } from './reference.ts';
import type { VisitResult } from './tour.ts';

const howMany: SourceGrammar = { ...anyValue, always: 'number' };

/** What `expect` may read of a page's assets. */
export const assetSources: SourceGrammars = {
  count: howMany,
  scripts: howMany,
  styles: howMany,
  images: howMany,
  size: { keyed: false, value: bytes, always: 'number' },
  largest: { keyed: false, value: bytes, always: 'number' },
  'cache-control': anyValue,
  duration: wholeDuration,
};

function bytes(at: Cursor): unknown {
  return typeof at.value === 'number' ? at.value : size(at);
}

export function readAssetSource({ name }: Source, { fetched, durationMs }: VisitResult): Reading {
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
