import type { Release } from '../../packages/core/src/platforms/platform.ts';

/** A release like any other: give only what matters to the test. */
export function aRelease(fields: Partial<Release> & { id: string }): Release {
  return {
    label: fields.id,
    state: 'live',
    created: '2026-11-20T10:00:00Z',
    artifact: `sha256:${fields.id}`,
    restorable: 'yes',
    ...fields,
  };
}
