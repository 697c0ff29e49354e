import { describe, expect, it } from 'vitest';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { aPart } from '../../../../support/a-part.ts';
import {
  aConfig,
  aMachine,
  anEvent,
  anExit,
  aService,
  aWireRelease,
} from '../../../../support/fly-machines.ts';
import { scriptedFly, shopTarget } from '../../../../support/scripted-fly.ts';

const signal = new AbortController().signal;
const metadata = (group: string) => ({
  fly_platform_version: 'v2',
  fly_process_group: group,
  fly_release_version: '42',
});
const config = (group: string, change: Parameters<typeof aConfig>[0] = {}) =>
  aConfig({ metadata: metadata(group), services: [], ...change });
const worker = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('worker'), checks: [], ...change });
const web = (id: string, change: Partial<WireMachine> = {}) =>
  aMachine({ id, config: config('web', { services: [aService()] }), ...change });
const update = anEvent({ type: 'update', timestamp: 9 });
/** What flyctl leaves of a machine that had ended by itself: the new release, and not started. */
const down = (id: string) => worker(id, { state: 'stopped', events: [update, anExit(0)] });
const owes = [aPart({ name: 'web/iad', running: 1, wakes: true }), aPart({ name: 'worker/iad', running: 1 })];

/** v42 is settled over these machines; what is done to them happens at once, unless `refused` says its status. */
async function settling(
  machines: readonly WireMachine[],
  {
    isNew = false,
    refused,
    lagging = 0,
  }: { isNew?: boolean; refused?: number | string; lagging?: number } = {},
) {
  const fly = scriptedFly();
  const done: string[] = [];
  fly.script.releases = [aWireRelease(42)];
  fly.script.definition = { processes: { web: 'serve', worker: 'work' } };
  fly.script.machines = machines;
  const waiting: { machine: WireMachine; lists: number }[] = [];
  fly.script.listing = () => {
    for (const one of waiting) one.lists -= 1;
    const due = waiting.filter(({ lists }) => lists < 0).map(({ machine }) => machine);
    fly.script.machines = [
      ...fly.script.machines.filter(({ id }) => !due.some((one) => one.id === id)),
      ...due,
    ];
  };
  fly.script.changes = (change) => {
    done.push(change);
    if (refused === 422 || change === refused) return 422;
    const id = /^POST (\w+)\/start$/.exec(change)?.[1];
    const started = (one: WireMachine) => ({
      ...one,
      state: 'started',
      events: [anEvent(), ...(one.events ?? [])],
    });
    if (id === undefined) {
      fly.script.made = `new${done.length}`;
      waiting.push({ machine: worker(fly.script.made), lists: lagging });
    } else {
      fly.script.machines = fly.script.machines.map((one) => (one.id === id ? started(one) : one));
    }
    return undefined;
  };
  const options = { owes, isNew, budgetMs: 20_000, onProgress: () => {} };
  const result = await fly.platform.settle(shopTarget, { id: 'v42' }, options, signal);
  const told = result.kind === 'failed' ? `${result.failure.reason}: ${result.failure.what}` : result.kind;
  return { told, done, missing: result.kind === 'failed' ? result.failure.missing : undefined };
}

describe('a release that does not settle', () => {
  const missing = [{ name: 'worker/iad', there: 0, owed: 1 }];
  it.each<[string, readonly WireMachine[], Parameters<typeof settling>[1]]>([
    ['a group is gone', [web('a')], {}],
    ['a machine cannot be made', [web('a'), worker('b', { region: 'fra' })], { refused: 422 }],
    ['a machine cannot be started', [web('a'), down('b')], { refused: 422 }],
  ])('says as data what is missing where %s', async (_, machines, how) => {
    expect((await settling(machines, how)).missing).toEqual(missing);
  });
});

describe('a release that settles', () => {
  it.each([
    ['is whole where all that ran runs', [web('a'), worker('b')], {}, 'settled', []],
    [
      'is made whole where something had ended and was only updated',
      [web('a'), down('b')],
      {},
      'settled',
      ['POST b/start'],
    ],
    [
      'also a new one: what the one before it let end runs again',
      [web('a'), down('b')],
      { isNew: true },
      'settled',
      ['POST b/start'],
    ],
    [
      'is made whole where an old release finds down what nobody has updated',
      [web('a'), worker('b', { state: 'stopped', events: [anExit(0)] })],
      {},
      'settled',
      ['POST b/start'],
    ],
    [
      'fails where a new one has let it end',
      [web('a'), worker('b', { state: 'stopped', events: [anExit(0)] })],
      { isNew: true },
      'crashed: machine b of v42 exited by itself with code 0',
      [],
    ],
    [
      'starts what flyctl made and did not start',
      [web('a'), worker('b', { state: 'stopped', events: [update] })],
      {},
      'settled',
      ['POST b/start'],
    ],
    [
      'lets rest what a request wakes',
      [web('a', { state: 'stopped', events: [anEvent(), anExit(0, { requested: true })] }), worker('b')],
      {},
      'settled',
      [],
    ],
    [
      'starts what rests where Fly puts nothing to rest by itself',
      [
        web('a', { state: 'stopped', config: config('web', { services: [aService({ autostop: 'off' })] }) }),
        worker('b'),
      ],
      {},
      'settled',
      ['POST a/start'],
    ],
    [
      'fails where a group is gone that nothing here can make anew',
      [web('a')],
      {},
      'incomplete: Not everything runs that ran before: worker/iad: 0 of 1',
      [],
    ],
    [
      'fails where a new release has no machine of one of its groups',
      [web('a')],
      { isNew: true },
      'incomplete: Not everything runs that ran before: worker/iad: 0 of 1',
      [],
    ],
    [
      'says what Fly refuses when a machine cannot be made',
      [web('a'), worker('b', { region: 'fra' })],
      { refused: 422 },
      'incomplete: Not everything runs that ran before: worker/iad: 0 of 1: Fly refuses another machine (422): {}',
      ['POST ', 'POST ', 'POST ', 'POST '],
    ],
    [
      'makes one, though the list does not have it for a while',
      [web('a'), worker('b', { region: 'fra' })],
      { lagging: 4 },
      'settled',
      ['POST '],
    ],
    [
      'starts what it may where Fly refuses to start another',
      [web('a'), down('b'), down('c')],
      { refused: 'POST b/start' },
      'incomplete: Not everything runs that ran before: starting machine b of worker: Fly refuses to start machine b (422): {}',
      ['POST b/start', 'POST c/start', 'POST b/start', 'POST b/start', 'POST b/start'],
    ],
    [
      'makes what is missing like one of its group elsewhere',
      [web('a'), worker('b', { region: 'fra' })],
      {},
      'settled',
      ['POST '],
    ],
  ] as const)('%s', async (_, machines, how, told, done) => {
    expect(await settling(machines, how)).toMatchObject({ told, done });
  });
});
