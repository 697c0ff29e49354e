import { beforeEach, describe, expect, it } from 'vitest';
import { commits, shopTree } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { demoRepository, push } from '../../support/railway-pushes.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const token = 'team_token';
const names = ['front', 'back'] as const;
const inputs = {
  'railway-token': token,
  'railway-service': names.join('\n'),
  checks: homeCheck,
  timeout: '40s',
  'restore-timeout': '30s',
  stabilize: '1s',
};

/** A project of two services of one repository, in which v1 serves; each has an address of its own. */
beforeEach(() => {
  const meta = { repo: demoRepository, branch: 'main', commitHash: commits.v1 };
  const files = shopTree({ version: 'v1', commit: commits.v1 });
  const settings = { healthcheckPath: '/healthz', healthcheckTimeout: 10 };
  const service = (name: string) => ({
    settings,
    trigger: { repository: demoRepository },
    deployed: [{ files, meta }],
    hosts: [`${name}.up.railway.app`],
  });
  shop.railway.createProject({ name: 'team', services: { front: service('front'), back: service('back') } });
  shop.railway.addToken({ kind: 'project', value: token, project: 'team' });
});

async function served(): Promise<Readonly<Record<string, string>>> {
  const all = names.map(async (name) => {
    const { status, body } = await shop.stage.cloud.serves(`${name}.up.railway.app`, '/version.json');
    return [name, status === 200 ? JSON.parse(String(body)).version : 'nothing'] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

/** `front: live/verified, new`, of the output `results`. */
function each(results: string | undefined): readonly string[] {
  const all = JSON.parse(results ?? '[]') as readonly Record<string, string>[];
  return all.map(({ name, outcome, reason, serving }) => `${name}: ${outcome}/${reason}, ${serving}`);
}

/** Service → what the ledger holds of it, without the images: `in_progress: shipped 7f3a…`; one record of each. */
async function records(task: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const all = (await recordedDeploys(shop.stage.cloud)).filter((one) => one.task === task);
  const told = all.map(({ payload, statuses }) => {
    const facts = statuses.map((status) =>
      status.replace('belay/1 ', '').replace(/(?: [0-9a-f]{8})? sha256:\w+$/, ''),
    );
    return [String(Object(payload).service), facts] as const;
  });
  expect(told.map(([name]) => name).toSorted()).toEqual(names.toSorted());
  return Object.fromEntries(told);
}

/** Service → id of its newest deployment. */
function newest(): Readonly<Record<string, string | undefined>> {
  const all = shop.railway.world.instances();
  return Object.fromEntries(
    names.map((name) => [name, all.find(({ service }) => service.name === name)?.deployments.at(-1)?.id]),
  );
}

const passed = 'success: verdict pass';

const watch = (more: Readonly<Record<string, string>> = {}, options: object = {}) =>
  shop.stage.run('railway-up', { ...inputs, mode: 'watch', ...more }, { sha: commits.v2, ...options });

/** Does something once every service waits for its deployment. */
function onceAllWait(then: () => Promise<unknown>) {
  const waiting = new Set<string>();
  let done: Promise<unknown> | undefined;
  return {
    onLine: ({ line }: LogLine) => {
      const [, name] = /^(\w+) \| Waiting for Railway/.exec(line) ?? [];
      if (name !== undefined) waiting.add(name);
      if (waiting.size === names.length) done ??= then();
    },
    over: async () => done,
  };
}

describe('a push that Railway deploys to two services', () => {
  it('is watched on both at once; each has its lines, its record and its verdict', async () => {
    await push(shop.railway);
    const result = await watch();
    const made = newest();
    const { outputs, summary } = result.main;
    expect([each(outputs.results), outputs.outcome, outputs.serving, await served()]).toEqual([
      ['front: live/verified, new', 'back: live/verified, new'],
      'live',
      'new',
      { front: 'v2', back: 'v2' },
    ]);
    expect(result.main.exitCode).toBe(0);
    expect(logOf(result)).toMatch(/^front \| .*is SUCCESS$/m);
    expect(logOf(result)).toMatch(/^back \| .*is SUCCESS$/m);
    expect(summary).toContain('## ✅ 2 of 2 services ended well');
    expect(await records('belay:deploy')).toEqual({
      front: [`in_progress: shipped ${made.front}`, `in_progress: activated ${made.front}`, passed],
      back: [`in_progress: shipped ${made.back}`, `in_progress: activated ${made.back}`, passed],
    });
  });

  it('is taken back where it is bad, and stays where it is good; the step is red and names which', async () => {
    const { onLine, over } = onceAllWait(() => {
      const front = shop.railway.world.instances().find(({ service }) => service.name === 'front');
      if (front !== undefined) front.variables = { SHOP_ROOT_STATUS: '500' };
      return push(shop.railway);
    });
    const result = await watch({}, { onLine });
    await over();
    const { outputs } = result.main;
    expect([each(outputs.results), outputs.outcome, outputs.serving, await served()]).toEqual([
      ['front: restored/checks-failed, old', 'back: live/verified, new'],
      'restored',
      'mixed',
      { front: 'v1', back: 'v2' },
    ]);
    expect([result.main.exitCode, outputs['needs-a-person']]).toEqual([1, 'false']);
    expect(annotations(result).join('\n')).toContain('front: ');
  });

  it.skipIf(process.platform !== 'linux')(
    'and of which the step is killed, is told of each by its post',
    async () => {
      await push(shop.railway);
      const onLine = ({ line }: LogLine) => {
        if (line.includes('it has to go on for'))
          signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');
      };
      const result = await watch({ stabilize: '20s' }, { onLine });
      const said = result.post?.annotations.map(({ message }) => message).join('\n') ?? '';
      expect(said).toMatch(/front: .*was not proved/);
      expect(said).toMatch(/back: .*was not proved/);
    },
  );
});

describe('a rollback of two services', () => {
  const rollback = (more: Readonly<Record<string, string>> = {}) => {
    const { 'restore-timeout': _, ...common } = inputs;
    return shop.stage.run('rollback', { ...common, timeout: '2m', ...more }, { sha: commits.v2 });
  };

  it('brings both back, each by its own record', async () => {
    await push(shop.railway);
    await watch();
    const result = await rollback({ to: 'previous' });
    expect([each(result.main.outputs.results), result.main.outputs.outcome, await served()]).toEqual([
      ['front: restored/verified, old', 'back: restored/verified, old'],
      'restored',
      { front: 'v1', back: 'v1' },
    ]);
    const made = newest();
    expect(await records('belay:rollback')).toEqual({
      front: [`in_progress: activated ${made.front}`, passed, `success: restored ${made.front}`],
      back: [`in_progress: activated ${made.back}`, passed, `success: restored ${made.back}`],
    });
  });

  it('goes on with one where the other has nowhere to go', async () => {
    await push(shop.railway);
    await watch();
    const result = await rollback({ to: 'previous', 'railway-service': 'front\nnone' });
    expect([each(result.main.outputs.results), result.main.outputs.outcome, await served()]).toEqual([
      ['front: restored/verified, old', 'none: error/target-not-found, unknown'],
      'error',
      { front: 'v1', back: 'v2' },
    ]);
    expect(result.main.exitCode).toBe(1);
  });
});

it('a service that is named by its name and by its id is worked on once', async () => {
  await push(shop.railway);
  await watch();
  const front = shop.railway.world.instances().find(({ service }) => service.name === 'front')?.service.id;
  const { 'restore-timeout': _, ...common } = inputs;
  const twice = { ...common, timeout: '2m', to: 'previous', 'railway-service': `front\n${front}` };
  const { main } = await shop.stage.run('rollback', twice, { sha: commits.v2 });
  expect([
    each(main.outputs.results)
      .map((one) => one.split(': ')[1])
      .sort(),
    await served(),
  ]).toEqual([['error/input-invalid, unknown', 'restored/verified, old'], { front: 'v1', back: 'v2' }]);
});

it.each([
  [
    'another mode than watch',
    { mode: 'upload' },
    '`railway-service` names several services, and `mode: upload` deploys one: give each a step of its own.',
  ],
  [
    'a preview',
    { mode: 'watch', preview: 'true' },
    '`railway-service` names several services, and a preview is about one: give each a step of its own.',
  ],
  [
    'one name in the ledger',
    { mode: 'watch', service: 'shop' },
    '`service` names one part of the system, and `railway-service` several: leave `service` out, and each goes by its own name.',
  ],
])('several services and %s is a bad input', async (_, more, says) => {
  const result = await watch(more);
  expect([result.main.outputs.outcome, result.main.outputs.reason]).toEqual(['error', 'input-invalid']);
  expect(logOf(result)).toContain(says);
});

it('the same service named twice is one', async () => {
  await push(shop.railway);
  const { main } = await watch({ 'railway-service': 'front\nFront' });
  expect(main.outputs.outcome).toBe('live');
  expect(JSON.parse(main.outputs.results ?? '')).toHaveLength(1);
});
