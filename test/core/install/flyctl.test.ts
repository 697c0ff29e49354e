import { describe, expect, it } from 'vitest';
import { createHttp, flyctl, type LatestSource } from '#core';
import { resolveLatest } from '../../../packages/core/src/install/resolve-latest.ts';
import { parseVersionRequest } from '../../../packages/core/src/install/version-request.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { answers, resets, type Scene, scriptedServer } from '../../support/scripted-server.ts';

describe('flyctl’s archives', () => {
  it.each([
    ['linux-x64', 'flyctl_0.4.87_Linux_x86_64.tar.gz'],
    ['linux-arm64', 'flyctl_0.4.87_Linux_arm64.tar.gz'],
    ['macos-x64', 'flyctl_0.4.87_macOS_x86_64.tar.gz'],
    ['macos-arm64', 'flyctl_0.4.87_macOS_arm64.tar.gz'],
    ['windows-x64', 'flyctl_0.4.87_Windows_x86_64.zip'],
    ['windows-arm64', 'flyctl_0.4.87_Windows_arm64.zip'],
  ] as const)('for %s is %s', (system, asset) => {
    expect(flyctl.asset('0.4.87', system)).toBe(asset);
  });

  it('are below a tag with v, though their names have none', () => {
    expect(flyctl.releaseUrl('0.4.87', 'x.tar.gz')).toBe(
      'https://github.com/superfly/flyctl/releases/download/v0.4.87/x.tar.gz',
    );
  });

  it('are verified by default: the default version is in the shipped table', () => {
    const asset = flyctl.asset(flyctl.defaultVersion, 'linux-x64');
    expect(flyctl.publishedChecksums.map((entry) => [entry.version, entry.asset])).toEqual([
      [flyctl.defaultVersion, asset],
    ]);
  });
});

describe('flyctl-version', () => {
  it.each([
    ['nothing', '', { kind: 'exact', version: '0.4.85' }],
    ['a version', '0.4.87', { kind: 'exact', version: '0.4.87' }],
    ['a tag', 'v0.4.87', { kind: 'exact', version: '0.4.87' }],
    ['a pre-release', '0.5.0-pre-1', { kind: 'exact', version: '0.5.0-pre-1' }],
    ['latest', 'latest', { kind: 'latest' }],
    ['path', 'path', { kind: 'path' }],
  ])('may be %s', (_, text, request) => {
    expect(parseVersionRequest(text, flyctl)).toEqual(request);
  });

  it.each(['0.4', '0.4.x', '^0.4.0', 'Latest', '0.4.85 ', '../0.4.85'])('refuses "%s"', (text) => {
    expect(() => parseVersionRequest(text, flyctl)).toThrow(
      expect.objectContaining({
        code: 'input-invalid',
        what: `flyctl-version is "${text}"`,
        next: 'Set flyctl-version to a version such as 0.4.85, to latest, or to path',
      }),
    );
  });
});

describe('the latest flyctl', () => {
  const tag = answers(302, '', { location: 'https://github.com/superfly/flyctl/releases/tag/v0.4.87' });
  const resolver = answers(200, { version: '0.4.88', prerelease: false });

  /** The spec's own sources, at the hosts of a test. */
  async function latest(github: Scene, fly: Scene): Promise<string> {
    await using first = await scriptedServer(github);
    await using second = await scriptedServer(fly);
    const urls = [first.url, second.url];
    const moved = flyctl.latest.map((source, at): LatestSource => ({ ...source, url: urls[at] ?? '' }));
    const http = createHttp({ clock: manualClock(), env: {}, userAgent: 'x' });
    return await resolveLatest({ ...flyctl, latest: moved }, http, new AbortController().signal);
  }

  it('is where GitHub’s redirect points, though Fly’s resolver is down', async () => {
    expect(await latest(tag, answers(503))).toBe('0.4.87');
  });

  it.each([
    ['fails', answers(502)],
    ['cannot be reached', resets],
    ['names no tag', answers(302, '', { location: 'https://github.com/superfly/flyctl/releases' })],
  ])('is what Fly’s resolver says when GitHub %s', async (_, github) => {
    expect(await latest(github, resolver)).toBe('0.4.88');
  });

  it('stays unknown when both are down, and the advice needs neither', async () => {
    await expect(latest(answers(502), answers(503))).rejects.toMatchObject({
      code: 'install-failed',
      what: 'the latest version of flyctl could not be found out',
      next: 'Set flyctl-version to a version such as 0.4.85, which asks nobody',
      details: [
        expect.stringMatching(/^HEAD http:.* → 502 Bad Gateway$/),
        expect.stringMatching(/^GET http:.* → 503 Service Unavailable$/),
      ],
    });
  });
});
