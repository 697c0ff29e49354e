import { durationText } from '#core';
import { type FlyMachines, type FlySize, sizePresets } from '#core/fly';
import { choice, defined, flag, type InputRule, integer, matching, pairs, timeLimit } from '#core/inputs';

/** What the machines of the release are to be, beyond what fly.toml says. */
export const machineInputs = {
  env: pairs('env'),
  primaryRegion: matching('primary-region', {
    pattern: /^[a-z]{3}$/,
    legal: 'the three letters of a region, such as iad',
  }),
  ha: flag('ha', { default: 'true' }),
  releaseCommandTimeoutMs: timeLimit('release-command-timeout'),
  vmSize: choice('vm-size', sizePresets),
  vmMemory: matching('vm-memory', {
    pattern: /^[1-9]\d{0,5}(mb|gb)$/,
    legal: 'a size with its unit, such as 512mb or 2gb',
  }),
  vmCpus: integer('vm-cpus', { min: 1, max: 16 }),
  vmCpuKind: choice('vm-cpu-kind', ['shared', 'performance']),
  private: flag('private', { default: 'false' }),
};

export interface MachineValues {
  readonly env: Readonly<Record<string, string>>;
  readonly primaryRegion: string | undefined;
  readonly ha: boolean;
  readonly releaseCommandTimeoutMs: number | undefined;
  readonly vmSize: string | undefined;
  readonly vmMemory: string | undefined;
  readonly vmCpus: number | undefined;
  readonly vmCpuKind: string | undefined;
  readonly private: boolean;
}

interface Bounded {
  readonly releaseCommandTimeoutMs: number | undefined;
  readonly timeoutMs: number;
}

export const machineRules: readonly InputRule<Bounded>[] = [
  {
    between: ['releaseCommandTimeoutMs', 'timeoutMs'],
    broken: ({ releaseCommandTimeoutMs = 0, timeoutMs }) =>
      releaseCommandTimeoutMs > timeoutMs
        ? `\`release-command-timeout\` is ${durationText(releaseCommandTimeoutMs)}, and \`timeout\`, which ends the whole deploy, is ${durationText(timeoutMs)}.`
        : undefined,
  },
];

export function machinesOf(values: MachineValues): FlyMachines {
  const { env, primaryRegion, ha, releaseCommandTimeoutMs } = values;
  const size = sizeOf(values);
  return {
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...defined({ primaryRegion }),
    ...(ha ? {} : { ha }),
    ...defined({ releaseCommandTimeoutMs, size }),
    ...(values.private ? { private: true } : {}),
  };
}

/** The size asked for by any of the `vm-*`; undefined when there is none. */
export function sizeOf({ vmSize, vmMemory, vmCpus, vmCpuKind }: MachineValues): FlySize | undefined {
  const size: FlySize = {
    ...defined({ preset: vmSize }),
    ...(vmMemory === undefined ? {} : { memoryMb: megabytes(vmMemory) }),
    ...defined({ cpus: vmCpus, cpuKind: vmCpuKind }),
  };
  return Object.keys(size).length === 0 ? undefined : size;
}

function megabytes(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('gb') ? 1024 : 1);
}
