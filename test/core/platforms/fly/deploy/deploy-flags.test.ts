import { describe, expect, it } from 'vitest';
import {
  buildFlags,
  flyBuilders,
  machineFlags,
} from '../../../../../packages/core/src/platforms/fly/deploy/deploy-flags.ts';
import {
  deployArguments,
  shownArguments,
} from '../../../../../packages/core/src/platforms/fly/flyctl/flyctl.ts';

describe('the flags of a build', () => {
  it('are none where nothing is asked for', () => {
    expect(buildFlags({})).toEqual([]);
  });

  it('say each thing that is', () => {
    const secrets = { NPM_TOKEN: 'a=b', PEM: 'one\ntwo' };
    expect(buildFlags({ dockerfile: '/app/Dockerfile.web', target: 'web', secrets, builder: 'fly' })).toEqual(
      [
        ...['--dockerfile', '/app/Dockerfile.web', '--build-target', 'web'],
        ...['--build-secret', 'NPM_TOKEN=a=b', '--build-secret', 'PEM=one\ntwo'],
        ...['--remote-only', '--depot=false'],
      ],
    );
  });

  it('name a builder each', () => {
    const flags = flyBuilders.map((builder) => buildFlags({ builder }).join(' '));
    expect(flags).toEqual([
      '--remote-only --depot=true',
      '--remote-only --depot=false',
      '--buildkit',
      '--nixpacks',
      '--local-only',
    ]);
  });

  it('are shown without the secrets’ values', () => {
    const deploy = {
      app: 'shop',
      buildArgs: [],
      waitTimeoutMs: 1000,
      extra: [],
      skipReleaseCommand: false,
      smokeChecks: true,
      build: { secrets: { PIN: 'zq9' } },
    };
    expect(deployArguments(deploy)).toContain('PIN=zq9');
    expect(shownArguments(deploy)).toContain('PIN=***');
    expect(shownArguments(deploy).join(' ')).not.toContain('zq9');
  });
});

describe('the flags of machines', () => {
  it('are none where nothing is asked for, so that fly.toml decides', () => {
    expect(machineFlags({})).toEqual([]);
    expect(machineFlags({ ha: true, private: false, env: {} })).toEqual([]);
  });

  it('say each thing that is', () => {
    const size = { preset: 'shared-cpu-2x', memoryMb: 1024, cpus: 2, cpuKind: 'shared' };
    expect(
      machineFlags({
        env: { A: '1', B: 'x y' },
        primaryRegion: 'ams',
        ha: false,
        releaseCommandTimeoutMs: 1500,
        size,
        private: true,
      }),
    ).toEqual([
      ...['--env', 'A=1', '--env', 'B=x y', '--primary-region', 'ams', '--ha=false'],
      ...['--release-command-timeout', '2s'],
      ...['--vm-size', 'shared-cpu-2x', '--vm-memory', '1024', '--vm-cpus', '2', '--vm-cpu-kind', 'shared'],
      '--no-public-ips',
    ]);
  });
});
