import { describe, expect, it } from 'vitest';
import { askGates } from '../../../packages/core/src/gates/ask-gates.ts';
import type { GateFacts } from '../../../packages/core/src/gates/gate.ts';
import { gates } from '../../../packages/core/src/gates/gates.ts';
import type { Unmanaged } from '../../../packages/core/src/platforms/platform.ts';
import { beside, half, nothing, one, stranger, v2 } from '../../support/rollout-events.ts';

const other: Unmanaged = {
  id: 'b7',
  note: 'stopped, image shop:v0, port 80 and 443',
  adopt: 'fly machine update b7 --app shop',
  destroy: 'fly machine destroy b7 --app shop --force',
};
const facts: GateFacts = { kind: 'deploy', live: beside(one(v2)) };

describe('the gate unmanaged-machines', () => {
  it('refuses to ship beside a machine that nobody manages, and names the three ways on', () => {
    expect(askGates(gates, facts)).toEqual({
      kind: 'blocked',
      gate: 'unmanaged-machines',
      reason: 'unmanaged-machines',
      what: '1 machine that the platform’s client does not manage answers on the target’s ports: a9 (started, image shop:v1, port 443).',
      next:
        'Run `fly machine update a9 --app shop` to have it managed, ' +
        'or `fly machine destroy a9 --app shop --force` to be rid of it, ' +
        'or set `accept-machines: a9` to let it serve beside the release. No `force` passes this.',
    });
  });

  it('names every one of several', () => {
    const live = { ...one(v2), unmanaged: [stranger, other] };
    expect(askGates(gates, { ...facts, live })).toMatchObject({
      what:
        '2 machines that the platform’s client does not manage answer on the target’s ports: ' +
        'a9 (started, image shop:v1, port 443), b7 (stopped, image shop:v0, port 80 and 443).',
      next:
        'Run `fly machine update a9 --app shop` and `fly machine update b7 --app shop` to have them managed, ' +
        'or `fly machine destroy a9 --app shop --force` and `fly machine destroy b7 --app shop --force` to be rid of them, ' +
        'or set `accept-machines` with the lines a9 and b7 to let them serve beside the release. ' +
        'No `force` passes this.',
    });
  });

  it('names no input where none lets the machine stay, as for a review app', () => {
    const live = { ...one(v2), unmanaged: [{ ...stranger, mayStay: false as const }] };
    expect(askGates(gates, { ...facts, live })).toMatchObject({
      next:
        'Run `fly machine update a9 --app shop` to have it managed, ' +
        'or `fly machine destroy a9 --app shop --force` to be rid of it. No `force` passes this.',
    });
  });

  it.each<[string, GateFacts]>([
    ['where there is none', { ...facts, live: one(v2) }],
    ['where a machine is out of sight', { ...facts, live: half(one(v2)) }],
    ['a rollback, which must never be kept from going back', { ...facts, kind: 'manual-rollback' }],
    ['a restore', { ...facts, kind: 'automatic-restore' }],
  ])('passes %s', (_, asked) => {
    expect(askGates(gates, asked)).toEqual({ kind: 'admitted', warnings: [], notes: [] });
  });

  it('refuses where nothing else serves', () => {
    expect(askGates(gates, { ...facts, live: beside(nothing) }).kind).toBe('blocked');
  });

  it('is passed by no force: the machines are accepted by their ids', () => {
    expect(askGates(gates, facts, { gates: ['unmanaged-machines'], reason: 'please' }).kind).toBe('blocked');
  });
});
