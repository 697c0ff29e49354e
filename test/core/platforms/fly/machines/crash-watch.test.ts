import { expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { CrashWatch } from '../../../../../packages/core/src/platforms/fly/machines/crash-watch.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { aMachine, anExit } from '../../../../support/fly-machines.ts';
import { manualClock } from '../../../../support/manual-clock.ts';

/** A watch that sees these machines, look by look; the last is seen for ever. */
function watching(...looks: readonly (readonly WireMachine[])[]) {
  let looked = 0;
  const http: Http = {
    async request({ method, url }) {
      await new Promise((resolve) => setImmediate(resolve));
      const isLook = url.endsWith('/machines');
      const body = isLook ? (looks[looked] ?? looks.at(-1)) : { data: [] };
      if (isLook) looked += 1;
      return { method, url, status: 200, headers: {}, text: JSON.stringify(body), attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const clock = manualClock();
  const api = new FlyApi(http, parseFlyToken('token'));
  const isOurs = async (release: string) => release === 'v43';
  const watch = new CrashWatch({ api, clock, app: 'shop', before: 42, isOurs });
  return { watch, clock, looked: () => looked };
}

const crashed = (version: string) =>
  aMachine({ version, state: 'stopped', events: [anExit(9, { restarts: 2, restarting: true })] });

it.each([
  'Running shop release_command: migrate',
  "Updating existing machines in 'shop' with rolling strategy",
  '> [1/2] Creating canary machine for group app',
  'Verifying if app can be safely deployed ',
  'Process groups have changed. This will:',
])('begins when flyctl says: %s', async (line) => {
  const { watch, looked } = watching([crashed('43')]);
  watch.hear('==> Building image');
  watch.hear('Watch your deployment at https://fly.io/apps/shop/monitoring');
  expect(looked()).toBe(0);
  watch.hear(line);
  expect(await watch.end()).toMatchObject({ reason: 'crashed' });
});

it('looks again each second, and ends flyctl at the first crash for good', async () => {
  const { watch, clock, looked } = watching([aMachine({ version: '43' })], [], [crashed('43')]);
  watch.hear('Updating existing machines in');
  await new Promise((resolve) => watch.crashed.addEventListener('abort', resolve));
  expect({ looks: looked(), atMs: clock.monotonic() }).toEqual({ looks: 3, atMs: 2_000 });
  expect(await watch.end()).toEqual({
    reason: 'crashed',
    what: 'machine a1 of v43 exited with code 9, restart 2',
    next: 'Read the machine’s log above and fix the crash.',
    evidence: [
      'machine a1 (v43, iad): stopped, exited with code 9, restart 2',
      '  last exit: exited with code 9, restart 2',
      '  check servicecheck-00-http-8080: passing ok',
      '  last 0 log lines:',
    ],
  });
});

it.each([
  ['of the release before', crashed('42')],
  ['of somebody else’s release', crashed('44')],
])('has nothing to say of a crash %s', async (_name, machine) => {
  const { watch, looked } = watching([machine], [machine], [machine]);
  watch.hear('Updating existing machines in');
  while (looked() < 3) await new Promise((resolve) => setImmediate(resolve));
  expect(watch.crashed.aborted).toBe(false);
  expect(await watch.end()).toBeUndefined();
});
