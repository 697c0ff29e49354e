import { describe, expect, it } from 'vitest';
import { circles, edgesOf } from '../support/import-graph.ts';
import { sources } from '../support/sources.ts';

// What imports each other in a circle cannot be understood, moved or loaded one by one. A type may be what closes one.

const folders = ['actions', 'packages', 'scripts', 'test'];

const files = folders.flatMap((folder) => sources(`${folder}/**/*.ts`));
const edges = edgesOf(files);

describe('no circle of files', () => {
  it.each(folders)('looks at %s', (folder) => {
    const within = edges.filter(({ from, to }) => from.startsWith(`${folder}/`) && to.endsWith('.ts'));
    expect(within.length).toBeGreaterThan(10);
  });

  it('reads each import of the repository as a file that is there', () => {
    const known = new Set(files.map(({ file }) => file));
    const lost = edges.filter(
      ({ to }) => /^(?:actions|packages|scripts|test)\/.*\.ts$/.test(to) && !known.has(to),
    );
    expect(lost.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('holds none that imports what imports it, by however many steps', () => {
    expect(circles(edges).map((group) => group.join(' ↔ '))).toEqual([]);
  });
});

describe('circles', () => {
  const found = (...imports: readonly string[]) =>
    circles(
      imports.map((one) => {
        const [from = '', to = ''] = one.split(' → ');
        return { from, to };
      }),
    ).map((group) => group.join(' ↔ '));

  it('finds none where imports go one way', () => {
    expect(found('a → b', 'a → c', 'b → c', 'c → d', 'a → d')).toEqual([]);
  });

  it('finds two files, a file that imports itself, and what reaches itself by a third', () => {
    expect(found('a → b', 'b → a')).toEqual(['a ↔ b']);
    expect(found('a → a')).toEqual(['a']);
    expect(found('z → a', 'a → b', 'b → c', 'c → a', 'c → d')).toEqual(['a ↔ b ↔ c']);
  });

  it('tells two circles apart that touch by a one-way import, and joins those that share a file', () => {
    expect(found('a → b', 'b → a', 'b → c', 'c → d', 'd → c')).toEqual(['a ↔ b', 'c ↔ d']);
    expect(found('a → b', 'b → a', 'b → c', 'c → b')).toEqual(['a ↔ b ↔ c']);
  });
});
