import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Http } from '#core/io';
import { FlyStorageApi } from '../../../../../packages/core/src/platforms/fly/snapshot/storage-api.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  /** The scheme alone. */
  readonly auth: string;
  readonly body: unknown;
}

/** What the real flyctl sent, as recorded. */
function flyctlSent(name: string): readonly Request[] {
  const file = new URL(`../../../../clients/recorded/flyctl/${name}.json`, import.meta.url);
  const { requests } = JSON.parse(readFileSync(file, 'utf8')) as { requests: readonly Request[] };
  return requests.map(({ method, path, auth, body }) => ({ method, path, auth, body }));
}

/** What we send, to a Fly that has one cluster and nothing else. */
async function weSend(work: (api: FlyStorageApi) => Promise<unknown>, token = 'token') {
  const sent: Request[] = [];
  const http: Http = {
    async request({ method, url, headers, body = null }) {
      const auth = headers?.authorization?.replace(/ .*/, '') ?? '';
      sent.push({ method, path: new URL(url).pathname, auth, body });
      const text = url.endsWith('/pg1') ? '{"data":{"id":"pg1"}}' : '{"data":[]}';
      const isThere = !url.endsWith('/nope');
      return {
        method,
        url,
        status: isThere ? 200 : 404,
        headers: {},
        text: isThere ? text : '',
        attempts: 1,
      };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  await work(new FlyStorageApi(http, parseFlyToken(token)));
  return sent;
}

const backUp = async (api: FlyStorageApi) => api.askForBackup((await api.cluster('pg1')) ?? '', 1_000);

it('asks for a snapshot of a volume as flyctl does', async () => {
  const sent = await weSend((api) => api.askForSnapshot({ app: 'shop', volume: 'vol_1' }, 1_000));
  expect(sent).toEqual(flyctlSent('snapshot-create'));
});

it('asks for a backup of a managed cluster as flyctl does, also with a macaroon', async () => {
  expect(await weSend(backUp)).toEqual(flyctlSent('mpg-backup-create'));
  expect(await weSend(backUp, 'FlyV1 fm2_abc')).toEqual(flyctlSent('mpg-backup-create'));
});

it('looks for a cluster in both generations, as flyctl does', async () => {
  expect(await weSend((api) => api.cluster('nope'))).toEqual(flyctlSent('mpg-cluster-unknown'));
});

it('sends a macaroon to the Machines API under its own scheme', async () => {
  const [sent] = await weSend(
    (api) => api.askForSnapshot({ app: 'shop', volume: 'vol_1' }, 1_000),
    'FlyV1 fm2_abc',
  );
  expect(sent?.auth).toBe('FlyV1');
});
