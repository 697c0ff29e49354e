import { describe, expect, it } from 'vitest';
import { runClient, standIn } from '../../clients/run-client.ts';
import { type Scenario, tomlWith } from '../../clients/scenario.ts';

const Dockerfile = `ARG BASE=registry.fly.io/shop:v1
FROM \${BASE} AS app
ARG VERSION=v7
ENV VERSION=\${VERSION} COMMIT="abc"
LABEL org.example.by="hand"
FROM app AS broken
RUN exit 3
`;
const label = ['--image-label', 'built'];
const sound = ['--build-target', 'app'];

function build(argv: readonly string[], change: Partial<Scenario> = {}): Scenario {
  return {
    name: 'build',
    argv: ['deploy', '-a', 'shop', '--dns-checks=false', ...label, ...argv],
    config: tomlWith('  strategy = "immediate"'),
    files: { Dockerfile },
    ...change,
  };
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

async function built(argv: readonly string[], change?: Partial<Scenario>) {
  let image: unknown;
  const { exit, stderr } = await runClient(standIn, build(argv, change), (cloud) => {
    const { app, env, labels } = cloud.images.resolve('registry.fly.io/shop:built') ?? {};
    image = app === undefined ? undefined : { app, VERSION: env?.VERSION, COMMIT: env?.COMMIT, labels };
  });
  return { exit, image, stderr };
}

describe('a build of the stand-in flyctl', () => {
  it('is pushed and its tag told, and nothing is deployed', async () => {
    const { exit, image, stderr } = await built([...sound, '--build-only', '--push']);
    expect({ exit, image }).toEqual({
      exit: 0,
      image: {
        app: 'shop',
        VERSION: 'v7',
        COMMIT: 'abc',
        labels: expect.objectContaining({ 'org.example.by': 'hand' }),
      },
    });
    expect(stderr).toContain('\nimage: registry.fly.io/shop:built\nimage size: 22 MB\n');
  });

  it('is released and run by its tag, as flyctl does', async () => {
    const { exit, requests } = await runClient(standIn, build(sound));
    const sent = (method: string, path: RegExp) =>
      requests.filter((one) => one.method === method && path.test(one.path)).map(({ body }) => Object(body));
    expect({
      exit,
      released: sent('POST', /\/releases$/).map(({ image }) => image),
      run: sent('POST', /\/machines\/[0-9a-f]+$/).map(({ config }) => config.image),
    }).toEqual({
      exit: 0,
      released: ['registry.fly.io/shop:built'],
      run: ['registry.fly.io/shop:built', 'registry.fly.io/shop:built'],
    });
  });

  it.each<[string, string[], object | undefined]>([
    ['takes build arguments', ['--push', '--build-arg', 'VERSION=v8'], { VERSION: 'v8' }],
    ['takes labels', ['--push', '--label', 'a=b'], { labels: expect.objectContaining({ a: 'b' }) }],
    ['is kept to itself where it is not pushed', [], undefined],
  ])('%s', async (_, flags, image) => {
    const { image: pushed } = await built([...sound, '--build-only', ...flags]);
    if (image === undefined) expect(pushed).toBeUndefined();
    else expect(pushed).toMatchObject(image);
  });

  it('that fails is tried twice, unless flyctl is told to use no tunnel', async () => {
    const why =
      'Error: failed to fetch an image or build from source: error building: failed to solve: ' +
      'process "/bin/sh -c exit 3" did not complete successfully: exit code: 3';
    const times = (stderr: string) => stderr.split('==> Building image with Depot').length - 1;
    const twice = await built(['--build-only']);
    const once = await built(['--build-only', '--wg=false']);
    expect([twice.exit, times(twice.stderr), once.exit, times(once.stderr)]).toEqual([1, 2, 1, 1]);
    expect(lastLine(twice.stderr)).toBe(why);
  });

  it.each([
    ['no Dockerfile', [], { files: {} }, 'app does not have a Dockerfile'],
    ['another name', ['--dockerfile', 'Other'], {}, "dockerfile 'Other' not found"],
    [
      'an unknown stage',
      ['--build-target', 'nope'],
      {},
      'error building: failed to solve: target stage "nope" could not be found',
    ],
    [
      'an unknown base',
      [...sound, '--push', '--build-arg', 'BASE=node:24'],
      {},
      'error building: failed to solve: node:24: not found',
    ],
  ])('says what it lacks: %s', async (_, flags, change, why) => {
    const { stderr } = await built(['--build-only', ...flags], change);
    expect(lastLine(stderr)).toBe(`Error: failed to fetch an image or build from source: ${why}`);
  });
});
