import { describe, expect, it } from 'vitest';
import { wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { unheededSize } from '../../../../../packages/core/src/platforms/fly/machines/size.ts';
import { aConfig, aMachine } from '../../../../support/fly-machines.ts';

const sized = (id: string, cpu_kind: string, cpus: number, memory_mb: number) =>
  aMachine({
    id,
    config: aConfig({
      metadata: { fly_platform_version: 'v2', fly_process_group: 'app' },
      guest: { cpu_kind, cpus, memory_mb },
    }),
  });

describe('a size that flyctl did not heed', () => {
  const small = sized('m1', 'shared', 1, 256);
  const large = sized('m2', 'performance', 2, 4096);

  it.each([
    ['a preset', { preset: 'performance-2x' }],
    ['a preset with other memory', { preset: 'performance-1x', memoryMb: 4096, cpus: 2 }],
    ['parts', { cpus: 2, cpuKind: 'performance' }],
    ['memory alone', { memoryMb: 4096 }],
  ])('is told by its machines: %s', (_what, size) => {
    expect(unheededSize([large], wholeFleet, size)).toBeUndefined();
    expect(unheededSize([large, small], wholeFleet, size)).toBe(
      '1 machine does not have the size asked for (m1 has shared-cpu-1x, 256 MB): flyctl gives it only to machines it ' +
        'makes. Write it to `[[vm]]` in fly.toml, which holds for all.',
    );
  });

  it('is looked for only where this deploy went', () => {
    const scope = { ...wholeFleet, machines: ['m2'] };
    expect(unheededSize([large, small], scope, { preset: 'performance-2x' })).toBeUndefined();
  });

  it('is not looked for on machines that serve nobody', () => {
    expect(unheededSize([{ ...small, state: 'destroyed' }], wholeFleet, { cpus: 4 })).toBeUndefined();
  });

  it('is no different for the memory a preset brings', () => {
    expect(unheededSize([sized('m3', 'shared', 1, 1024)], wholeFleet, { preset: 'shared-cpu-1x' })).toContain(
      'm3 has shared-cpu-1x, 1024 MB',
    );
  });
});
