import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differingParts } from '../../../../../packages/core/src/ledger/fingerprint.ts';
import type { FlySource } from '../../../../../packages/core/src/platforms/fly/adapter.ts';
import {
  flyFingerprint,
  type Sealing,
} from '../../../../../packages/core/src/platforms/fly/deploy/fingerprint.ts';

const cwd = mkdtempSync(join(tmpdir(), 'belay-source-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function config(name: string, text: string): string {
  writeFileSync(join(cwd, name), text);
  return join(cwd, name);
}

const fly = 'primary_region = "iad"\n[env]\nA = "1"\n[http_service]\ninternal_port = 8080\n';
const source: FlySource = {
  config: config('fly.toml', fly),
  image: 'registry.fly.io/shop@sha256:a',
  strategy: 'rolling',
  buildArgs: [],
  build: {},
  machines: { env: { B: '2' } },
  waitTimeoutMs: 1_000,
  extra: [],
};
const sealed: Sealing = { secretsMark: undefined, token: 'token' };

async function differing(changed: Partial<FlySource>, sealing: Partial<Sealing> = {}) {
  return differingParts(
    await flyFingerprint({ cwd }, source, sealed),
    await flyFingerprint({ cwd }, { ...source, ...changed }, { ...sealed, ...sealing }),
  );
}

const machines = (changes: FlySource['machines']) => ({ machines: { ...source.machines, ...changes } });
const edited = (name: string, from: string, to: string) => ({ config: config(name, fly.replace(from, to)) });

describe('each thing that is shipped, changed alone, is named', () => {
  it.each<[string, Partial<FlySource>, readonly string[]]>([
    ['the image', { image: 'registry.fly.io/shop@sha256:b' }, ['image']],
    ['a section of fly.toml', edited('section.toml', '8080', '80'), ['config.http_service']],
    [
      'a section more',
      edited('more.toml', '[env]', '[deploy]\nrelease_command = "true"\n[env]'),
      ['config.deploy'],
    ],
    ['a variable of fly.toml', edited('variable.toml', 'A = "1"', 'A = "2"'), ['env.A']],
    ['a variable of fly.toml that is gone', edited('gone.toml', 'A = "1"', ''), ['env.A']],
    ['the region of fly.toml', edited('region.toml', 'iad', 'ams'), ['primary-region']],
    ['a variable', machines({ env: { B: '3' } }), ['env.B']],
    ['a variable that is gone', machines({ env: {} }), ['env.B']],
    ['a variable over that of fly.toml', machines({ env: { A: '2', B: '2' } }), ['env.A']],
    ['the region', machines({ primaryRegion: 'ams' }), ['primary-region']],
    ['the spare machines', machines({ ha: false }), ['ha']],
    ['the public address', machines({ private: true }), ['private']],
    ['the size', machines({ size: { preset: 'shared-cpu-2x' } }), ['vm-size']],
    ['the memory', machines({ size: { memoryMb: 512 } }), ['vm-memory']],
    ['the processors', machines({ size: { cpus: 2 } }), ['vm-cpus']],
    ['their kind', machines({ size: { cpuKind: 'performance' } }), ['vm-cpu-kind']],
    ['arguments of the build', { buildArgs: ['A=1'] }, ['build-args']],
    ['the stage of the build', { build: { target: 'web' } }, ['build']],
    ['arguments of flyctl', { extra: ['--max-concurrent=4'] }, ['args']],
  ])('%s', async (_what, changed, expected) => {
    expect(await differing(changed)).toEqual(expected);
  });

  it('the secrets', async () => {
    expect(await differing({}, { secretsMark: 'mark' })).toEqual(['secrets']);
  });

  it('the configuration that is no file any more', async () => {
    const { config: _, ...without } = source;
    expect(
      differingParts(
        await flyFingerprint({ cwd }, source, sealed),
        await flyFingerprint({ cwd }, without, sealed),
      ),
    ).toEqual(['config', 'config.http_service', 'env.A', 'primary-region']);
  });
});

describe('no other is what only', () => {
  it.each<[string, Partial<FlySource>]>([
    ['comes by another strategy', { strategy: 'immediate', maxUnavailable: '1' }],
    [
      'is waited for longer',
      { waitTimeoutMs: 2_000, machines: { ...source.machines, releaseCommandTimeoutMs: 1 } },
    ],
    ['lies in another registry', { image: 'ghcr.io/acme/shop@sha256:a' }],
    ['is written in another file', { config: config('copy.toml', `# a copy\n${fly}`) }],
    [
      'has a variable by input and not by fly.toml',
      { config: config('moved.toml', fly.replace('A = "1"', '')), machines: { env: { A: '1', B: '2' } } },
    ],
    [
      'has its region by input and not by fly.toml',
      {
        config: config('regionless.toml', fly.replace(/.*iad.*/, '')),
        ...machines({ primaryRegion: 'iad' }),
      },
    ],
  ])('%s', async (_what, changed) => {
    expect(await differing(changed)).toEqual([]);
  });

  it('nothing can be compared when the token is another', async () => {
    expect(await differing({}, { token: 'other' })).toBe('another-key');
  });
});
