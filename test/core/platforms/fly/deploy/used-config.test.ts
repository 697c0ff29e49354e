import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { usedConfig } from '#core/fly';

const dir = mkdtempSync(join(tmpdir(), 'belay-used-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A folder with these files, each in a folder of its own where its name says so. */
function folder(name: string, files: readonly string[]): string {
  const cwd = join(dir, name);
  for (const file of files) {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    writeFileSync(join(cwd, file), '');
  }
  mkdirSync(cwd, { recursive: true });
  return cwd;
}

it.each([
  ['the file asked for', 'fly.staging.toml', ['fly.staging.toml', 'fly.toml'], 'fly.staging.toml'],
  ['the file in the folder asked for', 'staging', ['staging/fly.toml', 'fly.toml'], 'staging/fly.toml'],
  ['fly.toml before the others', 'fly.toml', ['fly.yaml', 'fly.json', 'fly.toml'], 'fly.toml'],
  ['fly.json where there is no fly.toml', 'fly.toml', ['fly.yaml', 'fly.json'], 'fly.json'],
  ['fly.yaml where there is neither', 'fly.toml', ['fly.yaml'], 'fly.yaml'],
  ['none where there is none', 'fly.toml', ['other.toml'], undefined],
])('flyctl takes %s', async (what, asked, files, taken) => {
  const cwd = folder(what, files);
  expect(await usedConfig(cwd, asked)).toBe(taken === undefined ? undefined : join(cwd, taken));
});
