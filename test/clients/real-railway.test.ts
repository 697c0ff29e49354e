import { describe, expect, it } from 'vitest';
import { demo, type Fate } from '#local-cloud';
import { findRailway } from './find-program.ts';
import { runRailway, served } from './run-railway.ts';

const { path = '', why } = findRailway();
const web = { service: 'web' };
const name = why === undefined ? '' : ` (skipped: ${why})`;

describe.skipIf(path === '')(`the real railway CLI${name}`, () => {
  it.concurrent('uploads with --ci, and waits until it serves', () =>
    runRailway(path, { argv: ['up', '--ci', '-s', 'web'] }, async ({ exit, stdout, stderr, cloud }) => {
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      expect(stdout).toMatch(
        /^Indexing\.\.\.\nUploading\.\.\.\n.*https:\/\/railway\.com\/project\/.*\nCI mode enabled\n/,
      );
      expect(stdout).toContain('\nDeploy      $ npm start\n');
      expect(stdout).toContain('\nDeploy complete\n');
      expect(await served(cloud)).toEqual({ status: 200, version: 'v2' });
    }));

  it.concurrent('uploads with --detach --json, and says which deployment', () =>
    runRailway(
      path,
      { argv: ['up', '--detach', '--json', '-s', 'web', '-m', 'a1b2c3d Fix'] },
      ({ stdout, exit, service }) => {
        const { deploymentId, logsUrl, ...rest } = JSON.parse(stdout);
        expect([exit, rest, logsUrl]).toEqual([0, {}, expect.stringContaining(deploymentId)]);
        expect(service.world.deployments.get(deploymentId)?.meta.commitMessage).toBe('a1b2c3d Fix');
      },
    ));

  it.concurrent('says that a release failed that is not healthy', () => {
    const given = (service: { world: { instances(): readonly { settings: object }[] } }) => {
      for (const instance of service.world.instances())
        Object.assign(instance, { settings: { ...instance.settings, healthcheckTimeout: 2 } });
    };
    return runRailway(
      path,
      { argv: ['up', '--ci', '-s', 'web'], from: 'broken', given },
      async ({ exit, stdout, cloud }) => {
        expect(exit).toBe(1);
        expect(stdout).toContain('1/1 replicas never became healthy!\n');
        expect(stdout).toContain('Deploy failed');
        expect(await served(cloud)).toEqual({ status: 200, version: 'v1' });
      },
    );
  });

  it.concurrent('polls where no socket can be had', () =>
    runRailway(
      path,
      {
        argv: ['up', '--ci', '-s', 'web'],
        given: (_, cloud) => cloud.faults.add({ route: 'subscriptions.connect', kind: 'html' }),
        patienceMs: 100_000,
      },
      ({ exit, stdout, cloud }) => {
        expect([exit, stdout]).toEqual([0, expect.stringContaining('Deploy complete')]);
        const routes = cloud.journal.entries().map(({ route }) => route);
        expect(routes).toContain('graphql.deployment');
      },
    ));

  it.concurrent.each([
    ['status', ['status', '--json']],
    ['deployments', ['deployment', 'list', '--json', '-s', 'web']],
    ['variables', ['variables', '--json', '-s', 'web']],
    ['a redeploy', ['redeploy', '-y', '-s', 'web', '--json']],
  ])('reads and writes %s as JSON', (what, argv) =>
    runRailway(path, { argv }, ({ exit, stdout, stderr, service }) => {
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      const said = JSON.parse(stdout);
      const newest = service.world.instances()[0]?.deployments.at(-1);
      const facts: Readonly<Record<string, unknown>> = {
        status: { id: demo.railway.projectId, name: 'shop', workspace: { name: 'Acme' } },
        deployments: [{ id: newest?.id, status: 'SUCCESS', meta: { commitMessage: 'Show prices with tax' } }],
        variables: { RAILWAY_SERVICE_NAME: 'web', RAILWAY_PUBLIC_DOMAIN: demo.railway.host },
        'a redeploy': { id: newest?.id },
      };
      expect(said).toMatchObject(Object(facts[what]));
    }),
  );

  it.concurrent('prints what a deployment said', () =>
    runRailway(path, { argv: ['logs', '-s', 'web', '--json'] }, ({ exit, stdout }) => {
      expect(exit).toBe(0);
      expect(
        stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line).message),
      ).toContain('shop v1 listens on 8080');
    }));

  it.concurrent('takes down what serves', () =>
    runRailway(path, { argv: ['down', '-y', '-s', 'web'] }, async ({ exit, cloud }) => {
      expect([exit, await served(cloud)]).toEqual([0, { status: 404, version: undefined }]);
    }));
});

/** What the CLI claims of a deploy, by its exit code, where nothing new serves. */
describe.skipIf(path === '')(`the false greens of the real railway CLI${name}`, () => {
  const cases: readonly (readonly [
    string,
    { fate?: Fate; endsAt: 'BUILDING' | 'SKIPPED' | 'NEEDS_APPROVAL' },
  ])[] = [
    [
      'the status stream ends while BUILDING',
      { endsAt: 'BUILDING', fate: { kind: 'build-takes', ms: 60_000 } },
    ],
    ['the deployment is SKIPPED', { endsAt: 'SKIPPED', fate: { kind: 'skipped' } }],
    ['the deployment NEEDS_APPROVAL', { endsAt: 'NEEDS_APPROVAL', fate: { kind: 'needs-approval' } }],
  ];

  it.concurrent.each(cases)('exit 0 where %s', (_, { fate, endsAt }) =>
    runRailway(
      path,
      {
        argv: ['up', '--ci', '-s', 'web'],
        given: (service) => {
          service.switches.statusStreamEndsAt = endsAt;
          if (fate !== undefined) service.next(web, fate);
        },
      },
      async ({ exit, stdout, cloud }) => {
        expect([exit, await served(cloud)]).toEqual([0, { status: 200, version: 'v1' }]);
        expect(stdout).not.toContain('Deploy complete');
      },
    ),
  );

  it.concurrent('a wait for ever where the deployment is SKIPPED and the stream stays open', () =>
    runRailway(
      path,
      {
        argv: ['up', '--ci', '-s', 'web'],
        given: (service) => service.next(web, { kind: 'skipped' }),
        patienceMs: 8_000,
      },
      ({ exit, signal }) => {
        expect([exit, signal]).toEqual([null, 'SIGKILL']);
      },
    ));
});

describe.skipIf(path === '')(`the real railway CLI on a bad day${name}`, () => {
  it.concurrent.each([
    [
      'a token nobody has',
      { env: { RAILWAY_TOKEN: 'nobody' } },
      /Project Token not found|Invalid RAILWAY_TOKEN|nauthorized/,
    ],
    ['an archive that is too large', { limit: 10 }, /File too large/],
  ])('ends with 1 for %s', (_, { env = {}, limit }: { env?: Record<string, string>; limit?: number }, said) =>
    runRailway(
      path,
      {
        argv: ['up', '--ci', '-s', 'web'],
        env,
        given: (service) => {
          if (limit !== undefined) service.switches.uploadBytes = limit;
        },
      },
      ({ exit, stderr }) => {
        expect([exit, stderr]).toEqual([1, expect.stringMatching(said)]);
      },
    ),
  );

  it.concurrent('does not know who it is with a project token', () =>
    runRailway(path, { argv: ['whoami'] }, ({ exit, stderr }) => {
      expect([exit, stderr]).toEqual([1, expect.stringMatching(/[Uu]nauthorized|Not Authorized/)]);
    }));
});
