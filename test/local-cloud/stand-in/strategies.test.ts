import { describe, expect, it } from 'vitest';
import { type Cloud, Fly } from '#local-cloud';
import { runClient, standIn } from '../../clients/run-client.ts';
import type { Scenario } from '../../clients/scenario.ts';
import { strategyScenarios } from '../../clients/strategy-scenarios.ts';

function scenario(name: string): Scenario {
  const found = strategyScenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

/** What each machine that is left runs: tag, state, and whatever sets it apart. */
function fleetOf(cloud: Cloud): string[] {
  const fly = cloud.service('fly');
  if (!(fly instanceof Fly)) throw new Error('the cloud has no Fly');
  const machines = [...(fly.world.apps.get('shop')?.machines.values() ?? [])];
  return machines
    .filter(({ state }) => state !== 'destroyed')
    .map(({ imageRef, state, cordoned, config: { metadata = {} } }) => {
      const marks = [
        cordoned ? 'cordoned' : '',
        metadata.fly_canary === 'true' ? 'canary' : '',
        metadata.fly_bluegreen_deployment_tag === 'safe_to_destroy' ? 'safe to destroy' : '',
        metadata.fly_process_group === 'fly_app_release_command' ? 'release command' : '',
      ];
      return [imageRef.tag, state, ...marks.filter((mark) => mark !== '')].join(' ');
    });
}

describe('what flyctl leaves behind', () => {
  it.concurrent.each<[string, string, number | null, string[]]>([
    [
      'after a canary that is not healthy: it, beside the untouched fleet',
      'deploy-canary-unhealthy',
      1,
      ['v1 started', 'v1 started', 'v2 started canary'],
    ],
    ['after bluegreen: the green fleet alone', 'deploy-bluegreen', 0, ['v2 started', 'v2 started']],
    [
      'after bluegreen that is not healthy: the blue fleet alone',
      'deploy-bluegreen-unhealthy',
      1,
      ['v1 started', 'v1 started'],
    ],
    [
      'after bluegreen interrupted once the green fleet has traffic: both fleets, both with traffic',
      'deploy-bluegreen-interrupted',
      1,
      ['v1 started safe to destroy', 'v1 started safe to destroy', 'v2 started', 'v2 started'],
    ],
    [
      'after bluegreen killed there: the same',
      'deploy-bluegreen-killed',
      null,
      ['v1 started safe to destroy', 'v1 started safe to destroy', 'v2 started', 'v2 started'],
    ],
    [
      'after a release command that hangs: its machine, still running',
      'deploy-release-command-hangs',
      1,
      ['v1 started', 'v1 started', 'v2 started release command'],
    ],
    [
      'where its filters leave no machine: new ones, and the old ones',
      'deploy-no-machine',
      0,
      ['v1 started', 'v1 started', 'v2 started', 'v2 started'],
    ],
  ])('%s', async (_, name, exit, fleet) => {
    let left: string[] = [];
    const { exit: ended } = await runClient(standIn, scenario(name), async (cloud) => {
      const fly = cloud.service('fly');
      if (fly instanceof Fly) await fly.settled();
      left = fleetOf(cloud);
    });
    expect({ exit: ended, left }).toEqual({ exit, left: fleet });
  });
});

describe('a machine that crashes later than flyctl looks', () => {
  it.concurrent.each([
    ['5 s', 5_000],
    ['15 s', 15_000],
  ])('after %s is a success to flyctl', async (_, ms) => {
    const deploy = scenario('deploy-one-region');
    const image = { SHOP_CRASH_AFTER_MS: String(ms), SHOP_EXIT_CODE: '1' };
    expect((await runClient(standIn, { ...deploy, image })).exit).toBe(0);
  });
});
