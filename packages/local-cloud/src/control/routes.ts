import type { ImageDefinition } from '../apps/images.ts';
import type { Cloud } from '../cloud.ts';
import { isFaultRule } from '../faults/rule-problems.ts';
import type { ServiceAnswer } from '../service.ts';
import { bad, type ControlRequest, done, isText, listOf, ok, problemsIn } from './answers.ts';
import { frontRoutes } from './front-routes.ts';

export type ControlRoute = (cloud: Cloud, request: ControlRequest) => ServiceAnswer | Promise<ServiceAnswer>;

export const controlRoutes: ReadonlyMap<string, ControlRoute> = new Map(
  Object.entries<ControlRoute>({
    'GET /_cloud/journal': (cloud, { query }) =>
      ok(
        cloud.journal.entries({
          since: Number(query.get('since') ?? 0),
          mutations: query.get('mutations') === 'true',
          unknown: query.get('unknown') === 'true',
        }),
      ),
    'GET /_cloud/faults': (cloud) => ok(cloud.faults.list()),
    'POST /_cloud/faults': addFaults,
    'DELETE /_cloud/faults': (cloud) => {
      cloud.faults.clear();
      return done;
    },
    'POST /_cloud/clock': advanceClock,
    'POST /_cloud/reset': async (cloud) => {
      await cloud.reset();
      return done;
    },
    'GET /_cloud/images': (cloud) => ok(cloud.images.list()),
    'PUT /_cloud/images': putImage,
    'GET /_cloud/apps': (cloud) => ok(runningApps(cloud)),
    'GET /_cloud/hosts': async (cloud) => ok(await servedHosts(cloud)),
    ...frontRoutes,
  }),
);

/** One rule or a list; all of them, or none when any has a problem. */
function addFaults(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const rules = listOf(body);
  const problems = problemsIn(rules, (rule) => cloud.faults.problemsOf(rule));
  if (problems.length > 0) return bad(problems);
  for (const rule of rules.filter(isFaultRule)) cloud.faults.add(rule);
  return ok(cloud.faults.list());
}

function advanceClock(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const { advanceMs } = Object(body);
  if (!Number.isSafeInteger(advanceMs) || advanceMs < 0) {
    return bad([`advanceMs: expected milliseconds, a whole number from 0, got ${JSON.stringify(advanceMs)}`]);
  }
  cloud.clock.advance(advanceMs);
  return ok({ now: cloud.clock.now() });
}

function putImage(cloud: Cloud, { body }: ControlRequest): ServiceAnswer {
  const { ref, app, env = {}, labels = {} } = Object(body);
  const problems = [
    ...(isText(ref) ? [] : ['ref: expected an image reference such as registry.fly.io/shop:v9']),
    ...(cloud.apps.catalog.includes(app) ? [] : [`app: expected one of ${cloud.apps.catalog.join(', ')}`]),
    ...(isTextRecord(env) ? [] : ['env: expected an object of strings']),
    ...(isTextRecord(labels) ? [] : ['labels: expected an object of strings']),
  ];
  if (problems.length > 0) return bad(problems);
  const definition: ImageDefinition = { app, env, labels };
  return ok(cloud.images.put(ref, definition));
}

function runningApps(cloud: Cloud): readonly object[] {
  return cloud.apps.running().map(({ spec, instance }) => ({
    ...spec,
    pid: instance.pid,
    port: instance.port,
    log: instance.log,
  }));
}

async function servedHosts(cloud: Cloud): Promise<object> {
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

function isTextRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}
