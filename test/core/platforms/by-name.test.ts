import { describe, expect, it } from 'vitest';
import { platformsOf } from '../../../packages/core/src/platforms/by-name.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

interface Given {
  readonly project?: string;
  readonly site?: string;
}

/** Two platforms, and which of them were loaded. */
function two() {
  const loaded: string[] = [];
  const load = (name: string) => async () => {
    loaded.push(name);
    return { platform: name };
  };
  const modules = { one: load('one'), other: load('other') };
  const isNamed = {
    one: ({ project }: Given) => project !== undefined,
    other: ({ site }: Given) => site !== undefined,
  };
  return { ...platformsOf(modules, isNamed), loaded };
}

describe('the platforms of a registry', () => {
  it.each([
    ['the one that the inputs name', { site: 'shop' }, 'other', ['other']],
    ['none where they name none', {}, undefined, []],
  ])('load %s', async (_, given, platform, loads) => {
    const { namedPlatform, loaded } = two();
    expect([await namedPlatform(given), loaded]).toEqual([platform, loads]);
  });

  it('are known to post as main has named them, and post itself keeps nothing', async () => {
    const { platformOf, platformOfMain } = two();
    const runner = recordingRunner();
    expect([await platformOf({ site: 'shop' }), runner.state('platform')]).toEqual(['other', '']);
    expect(await platformOf({ site: 'shop' }, runner)).toBe('other');
    expect(await platformOfMain(runner)).toBe('other');
  });

  it('are never guessed where inputs name a target on several', async () => {
    await expect(two().platformOf({ project: 'shop', site: 'shop' })).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('The inputs name a target on each of one, other.'),
    });
  });

  it('refuse inputs whose rules have let none pass', async () => {
    await expect(two().platformOf({})).rejects.toThrow('The inputs name no platform');
  });

  it.each(['gone', 'toString', ''])('know no platform that main has kept as “%s”', async (name) => {
    expect(await two().platformOfMain({ state: () => name })).toBeUndefined();
  });
});
