import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';

const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

it.each(['README.md', 'CONTRIBUTING.md'])('%s names the Node that npm ci brings', (file) => {
  const text = readFileSync(join(root, file), 'utf8').replace(/\s+/g, ' ');
  const { version } = readJson('node_modules/node/package.json');
  expect(text).toContain(`\`npm ci\` brings Node ${version}, and every \`npm run\` uses it`);
  expect(process.version).toBe(`v${version}`);
});

it('README.md names what npm warns of on the oldest Node that package.json allows', () => {
  const { engines } = readJson('package.json');
  const oldest = /^>=(\d+)$/.exec(engines.node)?.[1];
  const { packages } = readJson('package-lock.json') as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const warned = Object.entries(packages)
    .filter(([, { engines: { node = '*' } = {} }]) => !satisfies(`${oldest}.99.0`, node))
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  const text = readFileSync(join(root, 'README.md'), 'utf8').replace(/\s+/g, ' ');
  expect(text).toContain(
    `Node ${oldest} prints warnings \`EBADENGINE\` first (${warned
      .toSorted()
      .reverse()
      .map((name) => `\`${name}\``)
      .join(', ')})`,
  );
});
