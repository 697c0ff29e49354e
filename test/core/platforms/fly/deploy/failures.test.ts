import { describe, expect, it } from 'vitest';
import { flyctlFailure } from '../../../../../packages/core/src/platforms/fly/deploy/failures.ts';

/** Last lines of flyctl as recorded from a real one. */
const rows: readonly [name: string, tail: string[], reason: string][] = [
  [
    'a failing health check',
    [
      'Error: timeout reached waiting for health checks to pass for machine a1: failed to get VM a1: Get "…": net/http: request canceled',
    ],
    'unhealthy',
  ],
  [
    'a crash',
    [
      'Error: smoke checks for a1 failed: the app appears to be crashing',
      'Smoke checks for a1 failed',
      'log line',
    ],
    'crashed',
  ],
  [
    'a failing release command',
    ['Error: release command failed - aborting deployment. machine cbbc328 exited with non-zero status of 3'],
    'release-command-failed',
  ],
  [
    'a held lease',
    [
      'Error: failed to get lease on VM b2: machine ID b2 lease currently held by bob@x.io, expires at 2026-11-21T03:00:00Z (Request ID: req1) (Trace ID: t)',
    ],
    'lease-held',
  ],
  [
    'a lease refused for too many requests',
    ['Error: failed to get lease on VM b2: failed to get lease: rate limit exceeded (Request ID: req1)'],
    'rate-limited',
  ],
  [
    'an unknown image',
    [
      'Error: failed to fetch an image or build from source: could not find image "registry.fly.io/shop:nope"',
    ],
    'image-not-found',
  ],
  [
    'a step of a Dockerfile that fails',
    [
      'Error: failed to fetch an image or build from source: error building: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    ],
    'build-failed',
  ],
  [
    'no Dockerfile',
    ['Error: failed to fetch an image or build from source: app does not have a Dockerfile or buildpacks'],
    'build-failed',
  ],
  [
    'a builder that cannot be had',
    [
      'Error: failed to fetch an image or build from source: error building: ensure depot builder failed, please try again (status 503): {}',
    ],
    'platform-error',
  ],
  [
    'green machines that are never healthy',
    [
      'Rolling back failed deployment',
      'Error: wait timeout',
      'could not get all green machines to be healthy',
    ],
    'unhealthy',
  ],
  [
    'green machines that never start',
    ['Error: wait timeout', 'could not get all green machines into started state'],
    'unhealthy',
  ],
  [
    'old machines that do not stop, beside new ones that are healthy',
    ['Error: wait timeout', 'could not get all blue machines into stopped state'],
    'deploy-failed',
  ],
  [
    'a bluegreen deploy of a fleet that runs several images',
    ['  Found 2 different images in your app', 'Error: found multiple image versions'],
    'strategy-refused',
  ],
  [
    'a bluegreen deploy without checks',
    ['Error: app not in valid state for bluegreen deployments'],
    'strategy-refused',
  ],
  [
    'a canary deploy with volumes',
    [
      'error canary deployment strategy is not supported when using mounted volumes',
      'Error: App configuration is not valid',
    ],
    'strategy-refused',
  ],
  ['an unknown app', ['Error: app not found (Request ID: req1) (Trace ID: t)'], 'app-not-found'],
  [
    'an invalid fly.toml',
    ['WARN WARNING the config file at fly.toml is not valid', 'Error: App configuration is not valid'],
    'config-invalid',
  ],
  ['no token', ["Error: no access token available. Please login with 'flyctl auth login'"], 'token-rejected'],
  [
    'a refused release',
    ['Error: failed to create release (status 401): {"detail":"unauthorized"}'],
    'token-rejected',
  ],
  [
    'a release refused for too many requests',
    ['Error: failed to create release (status 429): {"detail":"slow down"}'],
    'rate-limited',
  ],
  [
    'a release that could not be created',
    ['Error: failed to create release (status 503): {"detail":"unavailable"}'],
    'release-not-created',
  ],
  [
    'too many machine lists',
    ['Error: failed to list VMs even after retries: rate limit exceeded (Request ID: req1)'],
    'rate-limited',
  ],
  [
    'HTML from a gateway',
    [
      'Error: failed to list VMs even after retries: request returned non-2xx status: 502: <html>Bad Gateway</html> (Trace ID: t)',
    ],
    'platform-error',
  ],
  [
    'a question that nobody can answer',
    ['Error: yes flag must be specified when not running interactively'],
    'deploy-failed',
  ],
  ['anything else', ['Error: the moon is full'], 'deploy-failed'],
  ['silence', [], 'deploy-failed'],
];

describe('a failure of flyctl', () => {
  it.each(rows)('%s', (_name, tail, reason) => {
    expect(flyctlFailure(tail, 1).reason).toBe(reason);
  });

  it('is told without tags and request ids', () => {
    expect(
      flyctlFailure(
        ['Error: request returned non-2xx status: 502: <html>Bad\nGateway</html> (Trace ID: t)'],
        1,
      ),
    ).toEqual({
      reason: 'platform-error',
      what: 'flyctl ended with exit code 1: request returned non-2xx status: 502: Bad Gateway',
      next: 'Look at https://status.flyio.net, then run the job again.',
    });
  });

  it('keeps the end of a long message, where the useful part is', () => {
    const { what } = flyctlFailure([`Error: query ${'x'.repeat(1000)} Could not find App`], 1);
    expect(what).toMatch(/^flyctl ended with exit code 1: ….{280,} Could not find App$/);
  });

  it('says what is asked of a machine that would lose its volume, and what to write', () => {
    const tail = [
      'image found: img_1',
      'Warning! machine 8d2ca0f2381487 [worker] has a volume mounted but app config does not specify a volume.',
      'This usually indicates a misconfiguration.',
      'Error: yes flag must be specified when not running interactively',
    ];
    const told = {
      reason: 'config-invalid',
      what: 'machine 8d2ca0f2381487 of the process group worker has a volume, and fly.toml mounts none',
      why: 'flyctl would start it without its data, asks whether that is meant, and nobody can answer in a job',
    };
    const otherwise = 'where the data are not needed any more, destroy the machine and its volume yourself.';
    expect(flyctlFailure(tail, 1, [{ machine: '8d2ca0f2381487', name: 'data', path: '/data' }])).toEqual({
      ...told,
      next: `Write \`[mounts]\` into fly.toml, with \`source\` = "data", \`destination\` = "/data" and \`processes\` = ["worker"]; ${otherwise}`,
    });
    expect(flyctlFailure(tail, 1)).toEqual({
      ...told,
      next: `Write \`[mounts]\` into fly.toml, with \`source\` = the name of its volume, \`destination\` = the path it is mounted at and \`processes\` = ["worker"]; ${otherwise}`,
    });
  });

  it.each([
    [
      'a release command that failed',
      'release command failed - aborting deployment. machine cbb exited with non-zero status of 3',
      'Read the release command’s log above and fix it.',
    ],
    [
      'one that took too long',
      "release command failed - aborting deployment. error waiting for release_command machine cbb to finish running: timeout reached waiting for machine's state to change",
      'Raise `release-command-timeout` if it is only slow; otherwise read its log above and fix it.',
    ],
    [
      'nothing to build',
      'failed to fetch an image or build from source: app does not have a Dockerfile or buildpacks',
      'Check the repository out before this step, name the file by `dockerfile` and the folder by `working-directory`, or pass `image`.',
    ],
  ])('is answered with what helps: %s', (_, said, next) => {
    expect(flyctlFailure([`Error: ${said}`], 1).next).toBe(next);
  });

  it('says when a signal ended it', () => {
    expect(flyctlFailure(['bye'], null).what).toBe('flyctl ended with a signal: bye');
  });
});
