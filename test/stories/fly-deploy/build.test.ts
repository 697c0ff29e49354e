import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const deployCall = () => shop.stage.flyctlCalls().find((call) => call.startsWith('deploy ')) ?? 'none';

function dockerfile(name: string, text: string): void {
  writeFileSync(join(shop.stage.workspace, name), text);
}

const deployCalls = () => shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy '));

const stages = `FROM ${images.v1} AS old
FROM ${images.v3} AS new
FROM ${images.v2Error} AS last
`;

describe('a build from source', () => {
  it('is made and pushed first, and shipped by its digest by a flyctl that builds nothing', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\n`);
    const inputs = { 'build-args': 'NODE_ENV=production', env: 'LOG=debug', builder: 'depot' };
    const result = await shop.deploy(inputs, { sha: commits.v3 });
    expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
    const [build = '', ship = '', ...more] = deployCalls();
    expect(build).toMatch(
      / --image-label belay-\S+ .* --build-arg NODE_ENV=production .* --build-only --push$/,
    );
    const { image = '' } = result.main.outputs;
    expect(ship).toContain(` --image registry.fly.io/shop@${image} --strategy`);
    expect(ship).toContain(' --env LOG=debug ');
    expect(ship).not.toMatch(/--image-label|--build-arg|--depot|--build-only/);
    expect(more).toEqual([]);
    const order = shop.mutations('fly').filter((route) => /push|releases\.create/.test(route));
    expect(order).toEqual(['registry.push', 'uiex.releases.create']);
  });

  it('is rehearsed by both command lines', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\n`);
    const result = await shop.deploy({ 'dry-run': 'true' });
    const told = logOf(result)
      .split('\n')
      .filter((line) => line.startsWith('It would run: '));
    expect(told).toEqual([
      expect.stringMatching(/ --image-label belay-\S+ .* --build-only --push$/),
      expect.stringMatching(
        /^It would run: flyctl deploy --app shop .*--image registry\.fly\.io\/shop@sha256:… /,
      ),
    ]);
  });

  it('is none where the configuration names an image, which is left to flyctl', async () => {
    dockerfile(
      'fly.image.toml',
      `app = "shop"\n[build]\n  image = "${images.v3}"\n[http_service]\n  internal_port = 8080\n`,
    );
    const result = await shop.deploy({ config: 'fly.image.toml' }, { sha: commits.v3 });
    expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
    expect([await shop.served(), shop.entries('registry.push')]).toEqual(['v3', []]);
  });

  it('is of the Dockerfile and the stage that were named', async () => {
    dockerfile('Dockerfile.shop', stages);
    const inputs = { dockerfile: 'Dockerfile.shop', 'build-target': 'new', builder: 'depot' };
    const result = await shop.deploy(inputs, { sha: commits.v3 });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(await shop.served()).toBe('v3');
    const file = join(shop.stage.workspace, 'Dockerfile.shop');
    expect(deployCall()).toContain(
      ` --dockerfile ${file} --build-target new --remote-only --depot=true --wait-timeout`,
    );
  });

  it('is given its secrets, which no log shows', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\n`);
    const inputs = { 'build-secrets': 'NPM_TOKEN=hush-npm\nPEM' };
    const result = await shop.deploy(inputs, { sha: commits.v3, env: { PEM: 'hush-pem=1' } });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(deployCall()).toContain(' --build-secret NPM_TOKEN=hush-npm --build-secret PEM=hush-pem=1 ');
    expect(logOf(result)).not.toContain('hush');
  });

  it('has its secrets’ values left out of a dry run, of which nobody needs to mask anything', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\n`);
    // Too short to be masked without blotting out the log.
    const result = await shop.deploy({ 'build-secrets': 'PIN=zq9', 'dry-run': 'true' });
    expect(logOf(result)).toContain(' --build-secret PIN=*** ');
    expect(logOf(result)).not.toContain('zq9');
    expect(result.job.summary).not.toContain('zq9');
    expect(shop.mutations()).toEqual([]);
  });

  it('alone is given its secrets too, and shows none', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\n`);
    const inputs = { 'build-only': 'true', 'build-secrets': 'PIN=zq9\nNPM_TOKEN=hush-npm' };
    const dry = await shop.deploy({ ...inputs, 'dry-run': 'true' });
    expect(logOf(dry)).toContain(' --build-secret PIN=*** ');
    expect(logOf(dry)).not.toMatch(/zq9|hush/);
    const built = await shop.deploy(inputs);
    expect(ended(built)).toBe('done/built, serving unknown');
    expect(deployCall()).toContain(' --build-secret NPM_TOKEN=hush-npm ');
    expect(logOf(built)).not.toMatch(/zq9|hush/);
  });

  it('alone has no use for the app’s secrets', async () => {
    const result = await shop.deploy({ 'build-only': 'true', secrets: 'A=hush', 'required-secrets': 'B' });
    expect(ended(result)).toBe('error/input-invalid, serving unknown');
    expect(annotations(result)[0]).toContain(
      '`secrets`, `required-secrets` have no meaning with `build-only`',
    );
  });

  it('is rejected when a step of it fails', async () => {
    dockerfile('Dockerfile', `FROM ${images.v3}\nRUN exit 3\n`);
    const result = await shop.deploy({}, { sha: commits.v3 });
    expect(ended(result)).toBe('rejected/build-failed, serving old');
    expect(annotations(result)[0]).toContain('did not complete successfully: exit code: 3');
  });

  it('names a Dockerfile that is not there', async () => {
    const result = await shop.deploy({ dockerfile: 'docker/Dockerfile' });
    expect(ended(result)).toBe('error/input-invalid, serving unknown');
    expect(annotations(result)).toEqual([
      'error: input-invalid: `dockerfile` names docker/Dockerfile, and there is no such file. Paths are seen from ' +
        `${shop.stage.workspace}. Next: Correct \`dockerfile\`, or check the repository out before this step.`,
    ]);
    expect(shop.mutations()).toEqual([]);
  });
});

it('refuses what a build needs where an image is given, each by its name', async () => {
  const result = await shop.deploy({
    image: images.v3,
    'build-args': 'A=1',
    dockerfile: 'Dockerfile',
    'build-target': 'new',
    'build-secrets': 'A=1234',
    builder: 'local',
  });
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  for (const name of ['build-args', 'dockerfile', 'build-target', 'build-secrets', 'builder']) {
    expect(logOf(result)).toContain(`\`${name}\` has no meaning with \`image\`: nothing is built.`);
  }
});
