import { expect, it, vi } from 'vitest';
import type { Ports } from '#core';
import type { RailwayUpInputs } from '../../../actions/railway-up/src/inputs.ts';
import { openPreview } from '../../../actions/railway-up/src/preview/open.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

/** What the ledger knows of pull request 7, and what was set inactive. */
const fake = vi.hoisted(() => ({
  targets: ['railway:p1/pr-7/s1', 'railway:p1/pr-7-old/s1', 'railway:p12/pr-7/s1', 'fly:pr-7-shop'],
  asked: [] as object[],
  retired: [] as object[],
  comments: [] as object[],
}));

vi.mock('#core/deployment', async (original) => ({
  ...(await original<object>()),
  openPullRequests: async () => ({ comment: async (one: object) => void fake.comments.push(one) }),
  recordedTargets: async (_ports: object, _inputs: object, key: object) => {
    fake.asked.push(key);
    return new Set(fake.targets);
  },
  retireRecords: async (_ports: object, _inputs: object, one: object) => void fake.retired.push(one),
}));

vi.mock('#core/railway', () => ({
  openPreviews: async () => ({ service: { id: 's1', name: 'web' }, project: { id: 'p1', name: 'site' } }),
}));

it('what was deployed for a pull request is set inactive in this project alone, and said on its page', async () => {
  const ports = { runner: recordingRunner() } as unknown as Ports;
  const open = await openPreview(ports, {} as RailwayUpInputs);
  const text = { did: 'Removed', because: 'the pull request is closed', again: 'It is made anew.' };
  await open.announceRemoval(7, text);
  const key = { environment: 'pr-7', service: 'web' };
  const why = 'Removed: the pull request is closed';
  expect(fake.asked).toEqual([key]);
  expect(fake.retired).toEqual([
    { ...key, target: 'railway:p1/pr-7/s1', why },
    { ...key, target: 'railway:p1/pr-7-old/s1', why },
  ]);
  expect(fake.comments).toEqual([
    { number: 7, marker: open.marker, create: false, body: expect.stringContaining('🧹 Removed') },
  ]);
});
