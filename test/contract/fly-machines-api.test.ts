import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../support/fly-api.ts';

const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const file = `${shared}/reference/schemas/fly-machines-openapi.json`;
const absent = !existsSync(file);

/** The published schemas, closed: a field they do not know fails, unless it is one of those Fly has added since. */
const addedSince: Readonly<Record<string, readonly string[]>> = {
  Machine: ['version', 'cordoned'],
  App: ['internal_numeric_id', 'machine_count', 'volume_count', 'network', 'cname_target', 'app_role'],
  ListApp: ['internal_numeric_id', 'status', 'volume_count', 'cname_target', 'app_role', 'organization'],
  Organization: ['internal_numeric_id'],
  VolumeSnapshot: ['volume_size'],
};

/** Where the snapshot of 2024 differs from what is sent: durations are strings, and `name_taken` is a status. */
const replaced = { 'fly.Duration': { type: 'string' }, 'main.statusCode': { type: 'string' } };
const text = { type: 'string' };
const retyped: Readonly<Record<string, object>> = {
  ListApp: { network: text },
  'fly.MachineCheck': { interval: text, timeout: text, grace_period: text },
};

function validator(): (schema: string, answer: unknown) => unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const document = JSON.parse(readFileSync(file, 'utf8'));
  const { schemas } = document.components;
  for (const [name, schema] of Object.entries<{ properties?: object }>(schemas)) {
    if (schema.properties === undefined) continue;
    const added = Object.fromEntries((addedSince[name] ?? []).map((property) => [property, {}]));
    const properties = { ...schema.properties, ...added, ...retyped[name] };
    schemas[name] = { ...schema, properties, additionalProperties: false };
  }
  Object.assign(schemas, replaced);
  ajv.addSchema({ $id: 'fly', components: document.components });
  return (schema, answer) => {
    const validate = ajv.compile({ $ref: `fly#/components/schemas/${schema}` });
    return validate(answer)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

describe.skipIf(absent)(
  `Machines API answers fit the published schemas${absent ? ' (skipped: ../shared is absent)' : ''}`,
  () => {
    const api = new FlyApi({ ...shop, volume: 'data' });
    afterAll(() => api.close());

    it.each([
      ['Machine', async () => (await machine()).body],
      ['Machine', async () => (await api.ask('GET /v1/apps/shop/machines')).body[0]],
      ['Machine', async () => (await create()).body],
      ['App', async () => (await api.ask('GET /v1/apps/shop')).body],
      ['ListAppsResponse', async () => (await api.ask('GET /v1/apps?org_slug=demo')).body],
      ['Lease', async () => (await api.ask(`POST ${await path()}/lease?ttl=1`)).body.data],
      ['ProcessStat', async () => (await api.ask(`GET ${await path()}/ps`)).body[0]],
      ['MachineEvent', async () => (await api.ask(`GET ${await path()}/events`)).body[0]],
      ['Volume', async () => (await api.ask('GET /v1/apps/shop/volumes')).body[0]],
      ['Volume', async () => (await api.ask('POST /v1/apps/shop/volumes', { body: { name: 'a' } })).body],
      ['VolumeSnapshot', async () => (await snapshots())[0]],
      ['ErrorResponse', async () => (await api.ask('GET /v1/apps/nope')).body],
      [
        'ErrorResponse',
        async () => (await api.ask('POST /v1/apps', { body: { name: 'shop', org_slug: 'demo' } })).body,
      ],
    ])('%s', async (schema, answer) => {
      expect(validator()(schema, await answer())).toEqual([]);
    });

    async function path(): Promise<string> {
      return `/v1/apps/shop/machines/${(await api.ask('GET /v1/apps/shop/machines')).body[0].id}`;
    }

    async function snapshots() {
      const [{ id }] = (await api.ask('GET /v1/apps/shop/volumes')).body;
      const path = `/v1/apps/shop/volumes/${id}/snapshots`;
      await api.ask(`POST ${path}`);
      return (await api.ask(`GET ${path}`)).body;
    }

    async function machine() {
      return api.ask(`GET ${await path()}`);
    }

    function create() {
      const body = { config: machineConfig(images.v1), skip_launch: true, lease_ttl: 5 };
      return api.ask('POST /v1/apps/shop/machines', { body });
    }
  },
);
