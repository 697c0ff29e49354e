import type { Check, Finding } from '../check-file.ts';
import type { Route } from '../exchange/route.ts';
import { readPin } from '../exchange/route.ts';
import type { Blueprint, Scope } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';
import type { Fields } from './fields.ts';
import { oneOf } from './scalars.ts';

/** The system finds hosts. */
export const builtInFinding: Finding = { ip: 'any', resolve: [] };

/** Reads `ip` and `resolve`. */
export function readFinding(given: Fields, base: Finding): Finding {
  const ip = given.read('ip', (at) =>
    at.value === 4 || at.value === 6 ? (`${at.value}` as const) : families(at),
  );
  const resolve = given.read('resolve', pins);
  return ip === undefined && resolve === undefined
    ? base
    : { ip: ip ?? base.ip, resolve: resolve ?? base.resolve };
}

const families = oneOf(['4', '6', 'any', 'both']);

function pins(at: Cursor): readonly string[] | undefined {
  const written: readonly unknown[] = Array.isArray(at.value) ? at.value : [at.value];
  const wrong = written.find((one) => !isPin(one));
  if (wrong === undefined) return written.map(String);
  return at.fail(
    `\`resolve\` must be host:port:address, such as shop.example:443:203.0.113.7, or a list of them, not ${shown(wrong)}.`,
  );
}

/** One with variables in it is whole only when the run starts. */
function isPin(written: unknown): boolean {
  return typeof written === 'string' && (written.includes('${') || readPin(written) !== undefined);
}

/** The check once for each family it asks for, its hosts found as it says. */
export function perFamily<C extends Check>(check: C): C[] {
  const { finding, name, blueprint } = check;
  if (finding.ip === 'any' && finding.resolve.length === 0) return [check];
  if (finding.ip !== 'both') return [{ ...check, blueprint: routed(blueprint, finding) }];
  return (['4', '6'] as const).map((ip) => ({
    ...check,
    name: `${name} (IPv${ip})`,
    blueprint: routed(blueprint, { ...finding, ip }),
  }));
}

function routed(blueprint: Blueprint, finding: Finding): Blueprint {
  return {
    ...blueprint,
    bind(scope) {
      const route = routeOf(finding, scope);
      const probe = blueprint.bind(scope);
      return { ...probe, attempt: (context) => probe.attempt({ ...context, route }) };
    },
  };
}

function routeOf({ ip, resolve }: Finding, scope: Scope): Route {
  const pinned = resolve.map((written) => {
    const pin = readPin(scope.fill(written));
    if (pin === undefined)
      throw new BindProblem(
        `\`resolve\` is ${JSON.stringify(scope.fill(written))}, which is not host:port:address.`,
      );
    return [pin.from, pin.address] as const;
  });
  return { family: ip === '4' ? 4 : ip === '6' ? 6 : undefined, addresses: new Map(pinned) };
}
