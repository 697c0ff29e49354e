import { describe, expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyPlatform } from '../../../../../packages/core/src/platforms/fly/adapter.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import { flyTarget } from '../../../../../packages/core/src/platforms/fly/api/target.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { aMachine, aWireRelease, digests } from '../../../../support/fly-machines.ts';
import { manualClock } from '../../../../support/manual-clock.ts';

/** Fly with one release; each look at its machines sees the next of `looks`, and the last one for ever. */
function fly(...looks: readonly WireMachine[]) {
  let looked = 0;
  const app = { name: 'shop', hostname: 'shop.fly.dev', organization: { slug: 'demo' } };
  const data = { app: { ...app, releases: { nodes: [aWireRelease(42)] } } };
  const http: Http = {
    async request({ method, url }) {
      const isLook = url.endsWith('/machines');
      if (isLook) looked += 1;
      const body = isLook ? [looks[looked - 1] ?? looks.at(-1)] : { data };
      return { method, url, status: 200, headers: {}, text: JSON.stringify(body), attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const platform = new FlyPlatform({
    api: new FlyApi(http, parseFlyToken('token')),
    flyctl: { run: () => Promise.reject(new Error('nothing is deployed')) },
    clock: manualClock(),
    dir: '',
    waitTimeoutMs: 0,
    scope: wholeFleet,
    log: () => {},
    warn: () => {},
  });
  return { live: () => platform.live(flyTarget('shop', 'shop.fly.dev')), looked: () => looked };
}

const honest = aMachine();
const running = {
  parts: [{ name: 'app/iad', running: 1, resting: 0, ended: 0, unknown: 0, wakes: true }],
  exits: [],
};
const strange = aMachine({ digest: digests.v2 });

describe('a look at what serves', () => {
  it('is taken once when releases explain what is seen', async () => {
    const { live, looked } = fly(honest);
    expect([await live(), looked()]).toEqual([
      { kind: 'one', release: expect.objectContaining({ id: 'v42' }), ...running },
      1,
    ]);
  });

  it('is taken again when no release explains it, so that one stale answer is not believed', async () => {
    const { live, looked } = fly(strange, honest);
    expect([await live(), looked()]).toEqual([
      { kind: 'one', release: expect.objectContaining({ id: 'v42' }), ...running },
      2,
    ]);
  });

  it('is believed the second time: an image may have been put there by hand', async () => {
    const { live, looked } = fly(strange);
    expect([await live(), looked()]).toEqual([
      { kind: 'one', release: expect.objectContaining({ id: 'v42+22222222' }), ...running },
      2,
    ]);
  });
});
