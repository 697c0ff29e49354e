import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { eventually } from '../../support/eventually.ts';
import { environmentId, RailwayApi, serviceId, shopProject } from '../../support/railway-api.ts';

const talkative = `
  process.stdout.write('plain\\n');
  process.stderr.write('to stderr\\n');
  process.stdout.write(JSON.stringify({ level: 'warn', msg: 'structured', order: 7 }) + '\\n');
  setInterval(() => {}, 1000);`;

const api = new RailwayApi(shopProject({ settings: { startCommand: 'node talk.js' }, deployed: [] }));
let id = '';
let snapshotId = '';
beforeAll(async () => {
  id = await api.deploy({ ...shopTree({ version: 'v2' }), 'talk.js': talkative });
  snapshotId = api.railway.world.deployments.get(id)?.snapshotId ?? '';
  await api.reaches(id, 'SUCCESS');
  const [environment] = api.railway.world.environments();
  const said = () => (environment === undefined ? [] : api.railway.world.logsOf(environment).lines());
  await eventually(() => said().filter(({ kind }) => kind === 'deploy').length === 3);
});
afterAll(() => api.close());

const environmentLogs = async (filter: string | null, rest: object = {}) => {
  const query = `query($id: String!, $filter: String, $beforeLimit: Int, $afterLimit: Int, $anchorDate: String) {
    environmentLogs(environmentId: $id, filter: $filter, beforeLimit: $beforeLimit, afterLimit: $afterLimit,
      anchorDate: $anchorDate) { timestamp message } }`;
  return (await api.data(query, { id: environmentId, filter, ...rest })).environmentLogs;
};
const messages = async (filter: string) =>
  (await environmentLogs(filter)).map(({ message }: { message: string }) => message);

describe('the log of a deployment', () => {
  it('has what its processes print, JSON taken apart', async () => {
    const query = `query($id: String!) { deploymentLogs(deploymentId: $id) {
      message severity attributes { key value } tags { deploymentId serviceId environmentId snapshotId } } }`;
    const tags = { deploymentId: id, serviceId, environmentId, snapshotId: null };
    const level = (value: string) => ({ key: 'level', value });
    const { deploymentLogs } = await api.data(query, { id });
    expect(new Set(deploymentLogs)).toEqual(
      new Set([
        { message: 'plain', severity: 'info', attributes: [level('info')], tags },
        { message: 'to stderr', severity: 'error', attributes: [level('error')], tags },
        {
          message: 'structured',
          severity: 'warn',
          attributes: [level('warn'), { key: 'order', value: '7' }],
          tags,
        },
      ]),
    );
  });

  it('has times of one width that always grow', async () => {
    const query = `query($id: String!) { buildLogs(deploymentId: $id) { timestamp } deploymentLogs(deploymentId: $id) { timestamp } }`;
    const { buildLogs, deploymentLogs } = await api.data(query, { id });
    const times = [...buildLogs, ...deploymentLogs].map(({ timestamp }: { timestamp: string }) => timestamp);
    expect(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/.test(time))).toEqual([]);
    expect(times).toEqual([...new Set(times)].toSorted());
  });

  it('ends with one line more than was asked for', async () => {
    const query = 'query($id: String!) { buildLogs(deploymentId: $id, limit: 1) { message } }';
    const { buildLogs } = await api.data(query, { id });
    expect(buildLogs.map(({ message }: { message: string }) => message)).toEqual([
      'Deploy      $ node talk.js',
      '=== Successfully Built! ===',
    ]);
  });

  it('may bear equal times, as it has been seen to', async () => {
    api.railway.switches.logTimes = 'equal';
    const again = await api.deploy({ ...shopTree({ version: 'v2' }), 'talk.js': talkative });
    await api.reaches(again, 'SUCCESS');
    api.railway.switches.logTimes = 'increasing';
    const query = 'query($id: String!) { buildLogs(deploymentId: $id) { timestamp } }';
    const { buildLogs } = await api.data(query, { id: again });
    expect(buildLogs.length).toBeGreaterThan(
      new Set(buildLogs.map((line: object) => JSON.stringify(line))).size,
    );
  });
});

describe('the log of an environment', () => {
  const build = [
    'Using build driver railpack-v0.15.1',
    'Deploy      $ node talk.js',
    '=== Successfully Built! ===',
  ];

  it('has a build by the filter that the CLI uses', async () => {
    expect(await messages(`(@snapshot:${snapshotId} OR @replica:${snapshotId})`)).toEqual(build);
  });

  it.each([
    ['a word', 'SUCCESSFULLY', ['=== Successfully Built! ===']],
    ['a phrase', '"build driver"', ['Using build driver railpack-v0.15.1']],
    ['a level', '@level:warn', ['structured']],
    ['an attribute', '@order:7', ['structured']],
    ['both of two', 'build AND driver', ['Using build driver railpack-v0.15.1']],
    ['one of two', 'plain OR structured', ['plain', 'structured']],
    ['one and not the other', 'build -driver', []],
  ])('is filtered by %s', async (_, filter, wanted) => {
    expect(new Set(await messages(`@deployment:${id} (${filter})`))).toEqual(new Set(wanted));
  });

  it('refuses a filter that cannot be read', async () => {
    const query = 'query($id: String!) { environmentLogs(environmentId: $id, filter: "(a OR") { message } }';
    expect(await api.refusal(query, { id: environmentId })).toBe('Invalid log filter');
  });

  it('is read around an anchor', async () => {
    const all = await environmentLogs(`@deployment:${id}`);
    const anchorDate = all[2].timestamp;
    const page = await environmentLogs(`@deployment:${id}`, { anchorDate, beforeLimit: 2, afterLimit: 1 });
    expect(page.length).toBe(3);
  });
});
