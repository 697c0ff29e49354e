import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { edgesOf } from '../support/import-graph.ts';
import { runtimeImportsOf, type Source, sources } from '../support/sources.ts';

// Who uses core goes through its doors; past them reaches only what tests a unit behind one.

const core = 'packages/core/src/';
const aliases: Readonly<Record<string, { readonly source?: string }>> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).imports;
const doors = Object.values(aliases).flatMap(({ source }) => source?.replace('./', '') ?? []);

/** The units of core, what tests them is made of, and the contracts that read its lists. */
const insiders = ['test/core/', 'test/support/', 'test/contract/'];

/** Suites of their own for units that take long: whose they are. */
const units: readonly (readonly [string, string])[] = [
  ['test/hostile/', 'checks/'],
  ['test/clients/servers/', 'checks/'],
  ['test/clients/real-flyctl-secrets.test.ts', 'platforms/fly/secrets/'],
  ['test/bench/', 'platforms/fly/'],
  ['test/bench/', 'platforms/railway/archive/'],
  ['test/actions/fly-deploy/review-advice.test.ts', 'deployment/advice.ts'],
  ['test/actions/fly-deploy/decide-unchanged.test.ts', 'ledger/fingerprint.ts'],
  ['test/stories/fly-deploy/in-between.test.ts', 'platforms/release-caches.ts'],
  ['test/local-cloud/downloads/downloads.test.ts', 'install/'],
  // Started without a build: see below.
  ['scripts/stage.ts', 'platforms/fly/tool.ts'],
];

/** `file → import` for each that reaches past a door without a unit behind it. */
function reachesPast(all: readonly Source[]): readonly string[] {
  return edgesOf(all)
    .filter(({ from, to }) => {
      if (!to.startsWith(core) || doors.includes(to)) return false;
      const inner = to.slice(core.length);
      return !units.some(([suite, unit]) => from.startsWith(suite) && inner.startsWith(unit));
    })
    .map(({ from, to }) => `${from} → ${to}`);
}

const files = ['actions', 'scripts', 'test']
  .flatMap((folder) => sources(`${folder}/**/*.ts`))
  .filter(({ file }) => !insiders.some((folder) => file.startsWith(folder)));

describe('the doors of core', () => {
  it('are used by all who do not test what is behind them', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(reachesPast(files)).toEqual([]);
  });

  it.each(units)('%s tests what is in %s', (suite, unit) => {
    const reach = edgesOf(files.filter(({ file }) => file.startsWith(suite)));
    expect(reach.some(({ to }) => to.startsWith(core + unit))).toBe(true);
  });

  it('find a reach past them', () => {
    const text = "import { settle } from '../../packages/core/src/io/settle.ts';";
    expect(reachesPast([{ file: 'test/stories/planted.ts', text }])).toEqual([
      'test/stories/planted.ts → packages/core/src/io/settle.ts',
    ]);
  });

  it('are not asked for by what starts on a clone that nothing is built in', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const started = Object.values<string>(scripts)
      .flatMap((script) => script.split(' && '))
      .flatMap((command) => /^(?:exec )?node ((?:scripts|packages)\/\S+)/.exec(command)?.[1] ?? []);
    expect(started).toContain('scripts/demo.ts');
    const all = edgesOf(
      ['scripts', 'packages', 'test'].flatMap((folder) => sources(`${folder}/**/*.ts`)),
      runtimeImportsOf,
    );
    const reached = new Set(started);
    for (const file of reached) for (const { from, to } of all) if (from === file) reached.add(to);
    const asking = all.filter(({ from, to }) => reached.has(from) && doors.includes(to));
    // A relative import of a door's own file would do.
    const byName = asking.filter(({ from }) => /'#core/.test(readFileSync(join(root, from), 'utf8')));
    expect(byName.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('are narrow: #core has some 45 names', () => {
    const names = readFileSync(join(root, core, 'index.ts'), 'utf8').matchAll(/\{([^}]*)\}/g);
    const count = [...names].flatMap(([, list = '']) => list.split(',').filter((one) => one.trim() !== ''));
    expect(count.length).toBeLessThanOrEqual(45);
  });
});
