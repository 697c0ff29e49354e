import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { edgesOf } from '../support/import-graph.ts';
import { sources } from '../support/sources.ts';

/**
 * The rooms of core, lowest first: a file imports from its own room and from lower ones. CONTRIBUTING.md says what is in
 * each. `platforms` is what all platforms share, `platforms/*` each platform's own folder.
 */
const rooms = [
  'text',
  'outcome',
  'io',
  'runner',
  'platforms',
  'github',
  'gates',
  'inputs',
  'install',
  'ledger',
  'checks',
  'rollout',
  'report',
  'action',
  'deployment',
  'platforms/*',
  'platforms/registry',
  'doors',
  'index.ts',
];

/**
 * What lies in a platform's folder, or in the lists of them all, and is of another room: plain data of the closed list, and
 * types of checks.
 */
const placed: readonly (readonly [RegExp, string])[] = [
  [/^platforms\/[^/]+\/reasons\.ts$/, 'outcome'],
  [/^platforms\/registry\/check-types\.ts$/, 'checks'],
  [/^platforms\/[^/]+\/checks\//, 'checks'],
];

const core = 'packages/core/src/';
const files = sources(`${core}**/*.ts`);
const edges = edgesOf(files).filter(({ to }) => to.startsWith(core));

/** The room a file is in; undefined for one outside of all rooms. */
function roomOf(file: string): string | undefined {
  const path = file.slice(core.length);
  const own = placed.find(([pattern]) => pattern.test(path))?.[1];
  if (own !== undefined) return own;
  const [first = '', second = '', third] = path.split('/');
  const isShared = first !== 'platforms' || third === undefined;
  const room = isShared ? first : second === 'registry' ? 'platforms/registry' : 'platforms/*';
  return rooms.includes(room) ? room : undefined;
}

const height = (file: string) => rooms.indexOf(roomOf(file) ?? '');
const named = ({ from, to }: { readonly from: string; readonly to: string }) =>
  `${from.slice(core.length)} → ${to.slice(core.length)}`;

describe('rooms', () => {
  it('have every file of core in them', () => {
    expect(files.map(({ file }) => file).filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it.each(rooms)('have a file in %s', (room) => {
    expect(files.some(({ file }) => roomOf(file) === room)).toBe(true);
  });

  it.each(placed.map(([pattern, room]) => [String(pattern), room, pattern] as const))(
    'have a file for %s, which is of %s',
    (_, __, pattern) => {
      expect(files.some(({ file }) => pattern.test(file.slice(core.length)))).toBe(true);
    },
  );

  it('import from their own or a lower one', () => {
    const upwards = edges.filter(({ from, to }) => height(to) > height(from)).map(named);
    expect([...new Set(upwards)]).toEqual([]);
  });

  it('stand in CONTRIBUTING.md in this order', () => {
    const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split('### The rooms of core')[1] ?? '';
    const [table = ''] = page.split(/^#/m);
    expect([...table.matchAll(/^\| `([^`]+)`/gm)].map(([, room]) => room)).toEqual(rooms);
  });
});
