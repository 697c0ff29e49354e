import { isRecord } from '../fields.ts';
import { didYouMean, nearest } from '../nearest.ts';

/** What a service calls its routes; `app` among them where it has applications. */
export interface ServiceRoutes {
  readonly name: string;
  readonly routes: readonly string[];
  /** The names of its ways to lie. Absent: any is taken. */
  readonly mutators?: readonly string[];
}

/** Whether a rule's route, with `*` for any characters, means this one. */
export function meansRoute(pattern: string, route: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(route);
}

/**
 * What of a rule names nothing there is: it would never strike, and a test of it would prove nothing. What is not a name
 * at all is passed over.
 */
export function nameProblems(rule: unknown, services: readonly ServiceRoutes[]): readonly string[] {
  if (!isRecord(rule)) return [];
  const { service, route, after, mutator } = rule;
  const meant = services.filter(({ name }) => typeof service !== 'string' || name === service);
  const names = services.map(({ name }) => name);
  const counted = routesOf(services);
  return [
    ...(meant.length > 0
      ? [...routeProblems('route', route, routesOf(meant), meansRoute), ...mutatorProblems(mutator, meant)]
      : [
          `service: there is no service "${service}"; there are ${names.join(', ')}${didYouMean(service, names)}`,
        ]),
    ...(isRecord(after)
      ? routeProblems('after.route', after.route, counted, (wanted, name) => wanted === name)
      : []),
  ];
}

function routesOf(services: readonly ServiceRoutes[]): readonly string[] {
  return [...new Set(services.flatMap(({ routes }) => routes))];
}

function routeProblems(
  field: string,
  route: unknown,
  known: readonly string[],
  means: (wanted: string, name: string) => boolean,
): readonly string[] {
  if (typeof route !== 'string' || route === '' || known.some((name) => means(route, name))) return [];
  const near = nearest(route.replaceAll('*', ''), known, 3);
  return [`${field}: there is no route "${route}"; did you mean ${near.join(', ')}?`];
}

function mutatorProblems(mutator: unknown, services: readonly ServiceRoutes[]): readonly string[] {
  const known = services.flatMap(({ mutators }) => mutators ?? []);
  const isOpen = services.some(({ mutators }) => mutators === undefined);
  if (typeof mutator !== 'string' || mutator === '' || isOpen || known.includes(mutator)) return [];
  const near =
    known.length === 0 ? 'there are none' : `did you mean ${nearest(mutator, known, 3).join(', ')}?`;
  return [`mutator: there is no mutator "${mutator}"; ${near}`];
}
