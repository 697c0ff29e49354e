import { homeCheck, lastingCheck, releaseCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { flyToml } from '../fly-toml.ts';
import { imageRef } from '../ground.ts';

const image = imageRef('v2');
const deploy = [`flyctl deploy --image ${image} --wait-timeout 5s`];
const belay = { image, checks: homeCheck };

/** What the health check of fly.toml does not ask. */
export const brokenReleases: readonly Case[] = [
  {
    name: 'every page answers 500, and the health check passes',
    happens: 'The new version answers `/healthz` with 200 and everything else with 500.',
    given: ({ image }) => void image('v2', { SHOP_ROOT_STATUS: '500' }),
    client: deploy,
    belay,
  },
  {
    name: 'an error page with status 200',
    happens: 'The new version answers `{"error":…}` where the home page was, with status 200.',
    given: ({ image }) => void image('v2', { SHOP_ERROR_BODY: 'true' }),
    client: deploy,
    belay,
  },
  {
    name: 'the image holds an older build',
    happens: 'A cached layer: what was built and tagged as v2 is v1 once more.',
    given: ({ image }) => void image('v1', { BUILT: 'again' }, 'v2'),
    client: deploy,
    belay: { image, checks: releaseCheck },
  },
  {
    name: 'the app listens on another port, and there is no health check',
    happens:
      'fly.toml says `internal_port = 3000`; the app listens on 8080. flyctl prints a warning, and goes on.',
    config: flyToml({ check: false, port: 3000 }),
    given: ({ image }) => void image('v2'),
    client: deploy,
    belay,
  },
  {
    name: 'it crashes after flyctl has looked',
    happens:
      'flyctl watches a machine for ten seconds. The new version runs out of memory after that, and is given up after one restart.',
    config: flyToml({
      service: 'auto_start_machines = false',
      rest: '[[restart]]\n  policy = "on-failure"\n  retries = 1\n',
    }),
    // Six seconds: on a busy machine too the deploy is over before anything has crashed.
    given: ({ image }) => void image('v2', { SHOP_CRASH_AFTER_MS: '6000', SHOP_EXIT_CODE: '137' }),
    client: deploy,
    belay: { image, checks: lastingCheck },
    laterMs: 14_000,
  },
  {
    name: 'nobody is awake to try it',
    happens:
      'The machines sleep until a request wakes them. flyctl updates a stopped machine without starting it, so nobody sees the new version crash but the first user.',
    config: flyToml({
      service: 'auto_stop_machines = "stop"\n  auto_start_machines = true\n  min_machines_running = 0',
    }),
    given: async ({ image, fly }) => {
      image('v2', { SHOP_CRASH_AT_START: 'true' });
      for (const machine of fly.world.apps.get('shop')?.machines.values() ?? [])
        fly.world.fleet.stop(machine, {});
      await fly.settled();
    },
    client: deploy,
    belay,
    runs: { app: 1 },
  },
];
