import type { Target } from './platform.ts';

/** A target as people are told of it; what is looked up by is its id. */
export function shownTarget({ id, shown }: Pick<Target, 'id' | 'shown'>): string {
  return shown ?? id;
}
