import type { Check } from '../check-file.ts';
import type { Route } from '../exchange/route.ts';
import { readDetour, readPin } from '../exchange/route.ts';
import type { HostLookup } from '../host-lookup.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Blueprint, Scope } from '../types/check-type.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';
import type { Fields } from './fields.ts';
import { oneOf } from './scalars.ts';

/** The system finds hosts. */
export const builtInHostLookup: HostLookup = { ip: 'any', resolve: [], connectTo: [] };

/** Reads `ip`, `resolve` and `connect-to`. */
export function readHostLookup(given: Fields, base: HostLookup): HostLookup {
  const ip = given.read('ip', (at) =>
    at.value === 4 || at.value === 6 ? (`${at.value}` as const) : families(at),
  );
  const resolve = given.read('resolve', rules(readPin, pinForm));
  const connectTo = given.read('connect-to', rules(readDetour, detourForm));
  return ip === undefined && resolve === undefined && connectTo === undefined
    ? base
    : {
        ip: ip ?? base.ip,
        resolve: resolve ?? base.resolve,
        connectTo: connectTo ?? base.connectTo,
      };
}

const families = oneOf(['4', '6', 'any', 'both']);
const pinForm = 'host:port:address, such as shop.example:443:203.0.113.7';
const detourForm = 'host:port:host:port, such as shop.example:443:blue.shop.example:8443';

function rules(read: (written: string) => unknown, form: string) {
  return (at: Cursor): readonly string[] | undefined => {
    const written: readonly unknown[] = Array.isArray(at.value) ? at.value : [at.value];
    const wrong = written.find((one) => !isRule(one, read));
    if (wrong === undefined) return written.map(String);
    return at.fail(`\`${at.key}\` must be ${form}, or a list of them, not ${shown(wrong)}.`);
  };
}

/** One with variables in it is whole only when the run starts. */
function isRule(written: unknown, read: (written: string) => unknown): boolean {
  return typeof written === 'string' && (written.includes('${') || read(written) !== undefined);
}

/** The check once for each family it asks for, its hosts found as it says. */
export function perFamily<C extends Check>(check: C): C[] {
  const { hostLookup, name, blueprint } = check;
  const { ip, resolve, connectTo } = hostLookup;
  if (ip === 'any' && resolve.length === 0 && connectTo.length === 0) return [check];
  if (ip !== 'both') return [{ ...check, blueprint: routed(blueprint, hostLookup) }];
  return (['4', '6'] as const).map((family) => ({
    ...check,
    name: `${name} (IPv${family})`,
    blueprint: routed(blueprint, { ...hostLookup, ip: family }),
  }));
}

function routed(blueprint: Blueprint, hostLookup: HostLookup): Blueprint {
  const { curl } = blueprint;
  return {
    ...blueprint,
    ...(curl === undefined ? {} : { curl: (scope, terms) => curl(scope, { ...terms, hostLookup }) }),
    bind(scope) {
      const route = routeOf(hostLookup, scope);
      const probe = blueprint.bind(scope);
      return { ...probe, attempt: (context) => probe.attempt({ ...context, route }) };
    },
  };
}

function routeOf({ ip, resolve, connectTo }: HostLookup, scope: Scope): Route {
  return {
    family: ip === '4' ? 4 : ip === '6' ? 6 : undefined,
    addresses: new Map(
      resolve
        .map((written) => whole(written, scope, { read: readPin, key: 'resolve', form: 'host:port:address' }))
        .map(({ from, address }) => [from, address] as const),
    ),
    detours: connectTo.map((written) =>
      whole(written, scope, { read: readDetour, key: 'connect-to', form: 'host:port:host:port' }),
    ),
  };
}

interface Rule<T> {
  readonly read: (written: string) => T | undefined;
  readonly key: string;
  readonly form: string;
}

/** A rule with its templates filled in. Throws BindProblem for what is none then. */
function whole<T>(written: string, scope: Scope, { read, key, form }: Rule<T>): T {
  const filled = scope.fill(written);
  const rule = read(filled);
  if (rule !== undefined) return rule;
  throw new BindProblem(`\`${key}\` is ${JSON.stringify(filled)}, which is not ${form}.`);
}
