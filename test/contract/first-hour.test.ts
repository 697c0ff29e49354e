import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { runAsNode } from '../support/pretended-node.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const version = read('.node-version').trim();
const [major] = version.split('.');
const { engines, scripts, allowScripts } = JSON.parse(read('package.json'));
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { engines?: { node?: string }; hasInstallScript?: boolean }>;
};

describe('Node', () => {
  it('.node-version names one, package.json takes it and all that are newer, and these tests run on such a one', () => {
    expect(engines).toEqual({ node: `>=${major}` });
    expect(satisfies(process.versions.node, engines.node)).toBe(true);
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('%s says which is needed, and what brings it', (file) => {
    const text = read(file).replace(/\s+/g, ' ');
    expect(text).toContain(`Node ${major} or newer`);
    expect(text).toContain(`npx -y -p node@${version} npm `);
    expect(text).not.toMatch(/`npm ci` brings Node/);
  });

  it('every package takes the Node that is named: npm warns of none', () => {
    const refused = Object.entries(packages).filter(
      ([, { engines: { node = '*' } = {} }]) => !satisfies(version, node),
    );
    expect(refused.map(([path]) => path)).toEqual([]);
  });

  it('is looked at before any script of package.json begins', () => {
    const unguarded = Object.entries<string>(scripts).filter(
      ([, script]) => !script.startsWith('node scripts/needs-node.cjs && '),
    );
    expect(unguarded).toEqual([]);
  });

  it.each(['20.20.2', '22.11.0', '18.19.0'])(
    '%s is told, in one line, which is needed and what brings it',
    (old) => {
      expect(runAsNode(old, [join(root, 'scripts/needs-node.cjs')])).toEqual({
        status: 1,
        stdout: '',
        stderr: `This needs Node ${major} or newer, and v${old} runs it. Put this before the same command, which brings one: npx -y -p node@${version}\n`,
      });
    },
  );

  it.each(['24.0.0', '24.19.0', '26.1.0'])('%s is told nothing', (newer) => {
    expect(runAsNode(newer, [join(root, 'scripts/needs-node.cjs')])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });
});

it('no package runs a script of its own when it is installed', () => {
  const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect([running.map(([path]) => path), allowScripts]).toEqual([[], undefined]);
});
