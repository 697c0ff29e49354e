import type { Part } from '../../packages/core/src/platforms/platform.ts';

/** A part with nothing in it, which nothing wakes. */
export function aPart(change: Partial<Part> = {}): Part {
  return { name: 'web/iad', running: 0, resting: 0, ended: 0, unknown: 0, wakes: false, ...change };
}
