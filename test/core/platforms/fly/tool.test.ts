import { describe, expect, it } from 'vitest';
import { flyctl } from '#core/fly';
import { createHttp, type LatestSource } from '#core/io';
import { resolveLatest } from '../../../../packages/core/src/install/resolve-latest.ts';
import { systems } from '../../../../packages/core/src/install/tool.ts';
import { parseVersionRequest } from '../../../../packages/core/src/install/version-request.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { answers, resets, type Scene, scriptedServer } from '../../../support/scripted-server.ts';
import { builtArchives, recordedListings } from '../../install/recorded-releases.ts';

const recorded = recordedListings.flatMap(({ source, assets }) =>
  assets.map((asset) => ({ source, ...asset })),
);

describe('flyctl’s archives', () => {
  it.each(builtArchives)('for $system are what its build makes: $name.$kind', ({ system, name, kind }) => {
    expect(flyctl.asset('0.4.87', system)).toBe(`flyctl_0.4.87_${name}.${kind}`);
  });

  it('are there for every system a runner can be', () => {
    expect(builtArchives.map(({ system }) => system)).toEqual([...systems]);
  });

  it.each(recorded)('are called as $source lists them: $asset', ({ version, asset }) => {
    expect(systems.map((system) => flyctl.asset(version, system))).toContain(asset);
  });

  it('of every system are on one list or another', () => {
    const unlisted = systems.filter(
      (system) => !recorded.some(({ version, asset }) => flyctl.asset(version, system) === asset),
    );
    expect(unlisted).toEqual([]);
  });

  it('are below a tag with v, though their names have none', () => {
    expect(flyctl.releaseUrl('0.4.87', 'x.tar.gz')).toBe(
      'https://github.com/superfly/flyctl/releases/download/v0.4.87/x.tar.gz',
    );
  });

  it('of the default version are verified by a shipped checksum, wherever somebody has published one', () => {
    const byAsset = (one: { asset: string }, other: { asset: string }) =>
      one.asset.localeCompare(other.asset);
    const published = recorded.filter(({ version }) => version === flyctl.defaultVersion);
    expect(flyctl.publishedChecksums.toSorted(byAsset)).toEqual(published.toSorted(byAsset));
  });

  it('of the table each name the repository, the commit and the file that published them', () => {
    const unnamed = flyctl.publishedChecksums.filter(
      ({ source }) => !/^[\w.-]+\/[\w.-]+ [0-9a-f]{7} [\w./-]+$/.test(source),
    );
    expect(unnamed).toEqual([]);
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
