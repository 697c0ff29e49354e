import { describe, expect, it } from 'vitest';
import { demo, type Fate, type Railway } from '#local-cloud';
import { type DeploymentStatus, initialPace } from '../../packages/local-cloud/src/railway/index.ts';
import { findRailway } from './find-program.ts';
import { runRailway, served } from './run-railway.ts';

const { path = '', why } = findRailway();
const web = { service: 'web' };
const name = why === undefined ? '' : ` (skipped: ${why})`;

describe.skipIf(path === '')(`the real railway CLI${name}`, () => {
  it.concurrent('uploads with --ci, prints the build, and waits until it serves', () => {
    // As long as the CLI needs to open its second socket.
    const given = (service: Railway) => {
      service.switches.pace = { ...initialPace, buildMs: 3_000, probeMs: 1_000 };
      service.next(web, { kind: 'queued', ms: 1_000 });
    };
    return runRailway(
      path,
      { argv: ['up', '--ci', '-s', 'web'], given },
      async ({ exit, stdout, stderr, cloud }) => {
        expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
        const lines = stdout.split('\n');
        expect(lines.slice(0, 7)).toEqual([
          'Indexing...',
          'Uploading...',
          expect.stringMatching(/^ {2}Deployment: https:\/\/railway\.com\/project\//),
          'CI mode enabled',
          'Using build driver railpack-v0.15.1',
          'Deploy      $ npm start',
          '=== Successfully Built! ===',
        ]);
        // It ends with the status: lines that are under way then are never printed.
        expect(lines.slice(-2)).toEqual(['Deploy complete', '']);
        expect(await served(cloud)).toEqual({ status: 200, version: 'v2' });
      },
    );
  });

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
    const given = (service: Railway) => {
      for (const instance of service.world.instances())
        instance.settings = { ...instance.settings, healthcheckTimeout: 2 };
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
  const cases: readonly (readonly [string, { fate?: Fate; endsAt: DeploymentStatus }])[] = [
    [
      'the status stream ends while BUILDING',
      { endsAt: 'BUILDING', fate: { kind: 'build-takes', ms: 60_000 } },
    ],
    ['the deployment is SKIPPED', { endsAt: 'SKIPPED', fate: { kind: 'skipped' } }],
    ['the deployment is overtaken', { endsAt: 'REMOVED', fate: { kind: 'overtaken', afterMs: 2_000 } }],
    ['the deployment NEEDS_APPROVAL', { endsAt: 'NEEDS_APPROVAL', fate: { kind: 'needs-approval' } }],
  ];

  it.concurrent.each(cases)('exit 0 where %s', (_, { fate, endsAt }) =>
    runRailway(
      path,
      {
        argv: ['up', '--ci', '-s', 'web'],
        given: (service) => {
          // The CLI waits for both of its sockets: a server that closes them has ended both streams.
          Object.assign(service.switches, { statusStreamEndsAt: endsAt, logStream: 'ends-early' });
          service.switches.pace = { ...initialPace, buildMs: 4_000 };
          if (fate !== undefined) service.next(web, fate);
        },
      },
      async ({ exit, stdout, cloud }) => {
        expect([exit, stdout.includes('Deploy complete')]).toEqual([0, false]);
        // What overtook it may serve by now.
        if (endsAt !== 'REMOVED') expect(await served(cloud)).toEqual({ status: 200, version: 'v1' });
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
