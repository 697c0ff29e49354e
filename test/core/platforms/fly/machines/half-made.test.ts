import { expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import {
  halfMadeParts,
  makeMissing,
  makingCommand,
} from '../../../../../packages/core/src/platforms/fly/machines/half-made.ts';
import { aConfig, aMachine, aService, aWireRelease } from '../../../../support/fly-machines.ts';

const releaseAt = (version: number, minute: number, status: string) =>
  aWireRelease(version, { status, createdAt: `2026-11-21T10:0${minute}:00.700Z` });
const machine = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, created_at: '2026-11-21T10:01:00Z', ...change });
const web = (config: Parameters<typeof aConfig>[0]) =>
  aConfig({
    metadata: { fly_platform_version: 'v2', fly_process_group: 'web', fly_release_version: '1' },
    services: [aService()],
    ...config,
  });

it.each([
  ['at the first deploy', [releaseAt(1, 1, 'interrupted')], [machine('a1')], ['app/iad 2']],
  [
    'at the first deploy, whose runner was lost',
    [releaseAt(1, 1, 'running')],
    [machine('a1')],
    ['app/iad 2'],
  ],
  [
    'at the first deploy, and every one after it has failed',
    [releaseAt(2, 2, 'failed'), releaseAt(1, 1, 'interrupted')],
    [machine('a1')],
    ['app/iad 2'],
  ],
  [
    'at the first deploy with a new group',
    [releaseAt(2, 1, 'interrupted'), releaseAt(1, 0, 'complete')],
    [machine('a1', { created_at: '2026-11-21T10:00:00Z' }), machine('w1', { config: web({}) })],
    ['web/iad 2'],
  ],
  [
    'which came to a good end: one is as many as somebody wants',
    [releaseAt(1, 1, 'complete')],
    [machine('a1')],
    [],
  ],
  [
    'and a later one came to a good end',
    [releaseAt(2, 2, 'complete'), releaseAt(1, 1, 'interrupted')],
    [machine('a1')],
    [],
  ],
  ['when both were made', [releaseAt(1, 1, 'interrupted')], [machine('a1'), machine('a2')], []],
  [
    'of a group that serves nobody: its second stands by',
    [releaseAt(1, 1, 'interrupted')],
    [machine('w1', { config: web({ services: [] }) })],
    [],
  ],
  [
    'of a group with a volume: it has one',
    [releaseAt(1, 1, 'interrupted')],
    [machine('w1', { config: web({ mounts: [{ name: 'data', path: '/data' }] }) })],
    [],
  ],
] as const)('the machines flyctl was making are owed where it was cut %s', (_, releases, machines, owed) => {
  const parts = halfMadeParts(machines, releases);
  expect(parts.map(({ name, running }) => `${name} ${running}`)).toEqual(owed);
});

it.each([
  [
    'is made like the one that is there',
    [machine('a1')],
    { id: 'n1' },
    ['Made machine n1 of app/iad, which a deploy that was cut had left out.'],
  ],
  [
    'that Fly refuses is told',
    [machine('a1')],
    { why: 'no room' },
    [
      'app/iad has one machine, and a second could not be made: no room. Make it with `fly scale count app=2 --region iad --app shop`: the release is complete, so no deploy after this one does.',
    ],
  ],
  ['that somebody has made meanwhile is none', [machine('a1'), machine('a2')], { id: 'n1' }, []],
] as const)('a second machine %s', async (_, machines, came, lines) => {
  const [part] = halfMadeParts([machine('a1')], [releaseAt(1, 1, 'interrupted')]);
  if (part === undefined) throw new Error('nothing is missing');
  const copied: string[] = [];
  const copy = async ({ id }: WireMachine, region: string) => {
    copied.push(`${id} to ${region}`);
    return came;
  };
  const made = await makeMissing(part, { app: 'shop', machines, verbs: { copy } });
  expect(made === undefined ? [] : [made.line]).toEqual(lines);
  expect(copied).toEqual(lines.map(() => 'a1 to iad'));
});

it.each([
  ['app/iad', 'fly scale count app=2 --region iad --app shop'],
  ['my/web/fra', 'fly scale count my/web=2 --region fra --app shop'],
])('a person makes that of %s with `%s`', (name, command) => {
  const none = { resting: 0, ended: 0, unknown: 0, wakes: false };
  expect(makingCommand({ name, running: 2, ...none }, 'shop')).toBe(command);
});
