import type { FaultTarget } from './fault.ts';

/** What a service calls its routes; `app` among them where it has applications. */
export interface ServiceRoutes {
  readonly name: string;
  readonly routes: readonly string[];
}

/** Whether a rule's route, with `*` for any characters, means this one. */
export function meansRoute(pattern: string, route: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(route);
}

/** What of a rule names nothing there is: it would never strike, and a test of it would prove nothing. */
export function nameProblems(rule: FaultTarget, services: readonly ServiceRoutes[]): readonly string[] {
  const { service, route, after } = rule;
  const meant = services.filter(({ name }) => service === undefined || name === service);
  if (meant.length === 0) {
    const names = services.map(({ name }) => name).join(', ');
    return [`service: there is no service "${service}"; there are ${names}`];
  }
  const routesOf = (list: readonly ServiceRoutes[]) => [...new Set(list.flatMap(({ routes }) => routes))];
  const known = routesOf(meant);
  const counted = routesOf(services);
  return [
    ...(known.some((name) => meansRoute(route, name)) ? [] : [noRoute('route', route, known)]),
    ...(after === undefined || counted.includes(after.route)
      ? []
      : [noRoute('after.route', after.route, counted)]),
  ];
}

function noRoute(field: string, route: string, known: readonly string[]): string {
  const plain = route.replaceAll('*', '');
  const nearest = known
    .map((name) => ({ name, distance: distance(plain, name) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ name }) => name);
  return `${field}: there is no route "${route}"; did you mean ${nearest.join(', ')}?`;
}

/** How many letters are to be put in, left out or changed to make one of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, against] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
