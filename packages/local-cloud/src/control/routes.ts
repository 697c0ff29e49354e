import type { ImageDefinition } from '../apps/images.ts';
import type { FaultRule } from '../faults/fault.ts';
import { fieldProblems, oneOf, required, text, texts, wholeFrom } from '../fields.ts';
import type { ServiceAnswer } from '../service.ts';
import { type ControlRoute, done, listOf, ok, problemsIn } from './answers.ts';
import type { ControlledCloud } from './controlled-cloud.ts';
import { frontRoutes } from './front-routes.ts';

const flag = oneOf(['true', 'false']);
const sequence = {
  expects: 'a whole number from 0',
  holds: (value: unknown) => /^\d+$/.test(String(value)),
};
const advance = { advanceMs: required(wholeFrom(0, 'milliseconds, a whole number from 0')) };
const reference = required(text('an image reference such as registry.fly.io/shop:v9'));

/** By method and path. */
export const controlRoutes: ReadonlyMap<string, ControlRoute> = new Map(
  Object.entries<ControlRoute>({
    'GET /_cloud/journal': {
      does: 'every request, oldest first; `?since=SEQ`, `?mutations=true`, `?unknown=true` narrow it',
      query: { since: sequence, mutations: flag, unknown: flag },
      answer: (cloud, { query }) =>
        ok(
          cloud.journal.entries({
            since: Number(query.get('since') ?? 0),
            mutations: query.get('mutations') === 'true',
            unknown: query.get('unknown') === 'true',
          }),
        ),
    },
    'GET /_cloud/faults': {
      does: 'the rules, with the calls each has seen and its strikes',
      answer: (cloud) => ok(cloud.faults.list()),
    },
    'POST /_cloud/faults': {
      does: 'adds a rule, or a list of them: all or none',
      bodyProblems: (body, cloud) => problemsIn(listOf(body), (rule) => cloud.faults.problemsOf(rule)),
      answer: (cloud, { body }) => {
        for (const rule of listOf(body)) cloud.faults.add(rule as FaultRule);
        return ok(cloud.faults.list());
      },
    },
    'DELETE /_cloud/faults': {
      does: 'removes all rules',
      answer: (cloud) => {
        cloud.faults.clear();
        return done;
      },
    },
    'POST /_cloud/clock': {
      does: 'moves the cloud’s time on and wakes who waits for it',
      bodyProblems: (body) => fieldProblems(body, advance),
      answer: (cloud, { body }) => {
        cloud.clock.advance(Object(body).advanceMs);
        return ok({ now: cloud.clock.now() });
      },
    },
    'POST /_cloud/reset': {
      does: 'back to the seed: applications stopped, journal, faults, time and all below included',
      answer: async (cloud) => {
        await cloud.reset();
        return done;
      },
    },
    'GET /_cloud/images': { does: 'the image registry', answer: (cloud) => ok(cloud.images.list()) },
    'PUT /_cloud/images': {
      does: 'gives a tag a definition; the digest follows from it',
      bodyProblems: (body, { apps }) =>
        fieldProblems(body, {
          ref: reference,
          app: required(oneOf(apps.catalog)),
          env: texts,
          labels: texts,
        }),
      answer: (cloud, { body }) => {
        const { ref, app, env = {}, labels = {} } = body as { readonly ref: string } & ImageDefinition;
        return ok(cloud.images.put(ref, { app, env, labels }));
      },
    },
    'GET /_cloud/apps': {
      does: 'which processes run, with their logs',
      answer: (cloud) => ok(runningApps(cloud)),
    },
    'GET /_cloud/hosts': {
      does: 'what each application host answers now: the status of `/`, and `/version.json`',
      answer: async (cloud) => ok(await servedHosts(cloud)),
    },
    ...frontRoutes,
  }),
);

function runningApps(cloud: ControlledCloud): readonly object[] {
  return cloud.apps.running().map(({ spec, instance }) => ({
    ...spec,
    pid: instance.pid,
    port: instance.port,
    log: instance.log,
  }));
}

async function servedHosts(cloud: ControlledCloud): Promise<object> {
  const entries = cloud.appHosts().map(async (host) => {
    const [home, version] = await Promise.all([cloud.serves(host), cloud.serves(host, '/version.json')]);
    return [host, { status: home.status, version: readVersion(version) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function readVersion(answer: ServiceAnswer): unknown {
  try {
    return answer.status === 200 ? JSON.parse(String(answer.body)) : null;
  } catch {
    return null;
  }
}
