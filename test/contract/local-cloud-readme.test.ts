import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { controlRoutes, flyParts, flyRoutes, railwayParts, railwayRoutes } from '#local-cloud';
import { root } from '../../scripts/root.ts';

const readme = readFileSync(join(root, 'packages/local-cloud/README.md'), 'utf8');

/** The cells of the table below a line, without its head. */
function tableBelow(line: string): readonly (readonly string[])[] {
  const [, below = ''] = readme.split(`\n${line}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  const rows = table.trimEnd().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const matches = (pattern: string, route: string) =>
  pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern;
describe.each([
  ['Fly', flyParts, flyRoutes],
  ['Railway', railwayParts, railwayRoutes],
] as const)('the parts of %s', (platform, parts, named) => {
  /** `app` is the traffic of applications. */
  const routes = ['app', ...named.map(({ name }) => name)];

  it('have each route in one of them', () => {
    const among = routes.map((route) => {
      const holding = parts.filter((part) => part.routes.some((pattern) => matches(pattern, route)));
      return [route, holding.length];
    });
    expect(among.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('name no route that is not there', () => {
    const patterns = parts.flatMap((part) => part.routes);
    expect(patterns.filter((pattern) => !routes.some((route) => matches(pattern, route)))).toEqual([]);
  });

  it('are listed in the documentation, whole', () => {
    expect(tableBelow(`### What of ${platform} is emulated`)).toEqual(
      parts.map(({ part, does, routes }) => [part, does, routes.map((route) => `\`${route}\``).join(', ')]),
    );
  });
});

it('the documentation lists every route of the control API, in the words it has itself', () => {
  const rows = tableBelow('## Control API').map(([route = '', does]) => [route.replaceAll('`', ''), does]);
  expect(rows).toEqual([
    ['GET /', 'this list, and what is emulated'],
    ...[...controlRoutes].map(([name, { does }]) => [name.replace('/_cloud/', ''), does]),
  ]);
});
