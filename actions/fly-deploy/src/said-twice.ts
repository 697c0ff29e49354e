import type { InputRule } from '#core';
import type { BuildValues } from './image-inputs.ts';
import type { MachineValues } from './machine-inputs.ts';

type Values = BuildValues & MachineValues & { readonly args: readonly string[] };

/** The inputs that have a flag of their own, and how `args` may spell it. */
const spelled = {
  dockerfile: { input: 'dockerfile', flags: ['--dockerfile'] },
  buildTarget: { input: 'build-target', flags: ['--build-target'] },
  builder: {
    input: 'builder',
    flags: ['--depot', '--remote-only', '--local-only', '--buildkit', '--nixpacks'],
  },
  primaryRegion: { input: 'primary-region', flags: ['--primary-region'] },
  releaseCommandTimeoutMs: { input: 'release-command-timeout', flags: ['--release-command-timeout'] },
  vmSize: { input: 'vm-size', flags: ['--vm-size'] },
  vmMemory: { input: 'vm-memory', flags: ['--vm-memory', '--memory'] },
  vmCpus: { input: 'vm-cpus', flags: ['--vm-cpus', '--cpus'] },
  vmCpuKind: { input: 'vm-cpu-kind', flags: ['--vm-cpu-kind', '--vm-cpukind'] },
} as const satisfies Partial<Record<keyof Values, Spelling>>;

interface Spelling {
  readonly input: string;
  readonly flags: readonly string[];
}

/** flyctl takes the last of two, and which one that is nobody reads out of a step. */
export const saidTwice: readonly InputRule<Values>[] = Object.keys(spelled).map((key) =>
  ruleFor(key as keyof typeof spelled),
);

function ruleFor(key: keyof typeof spelled): InputRule<Values> {
  const { input, flags }: Spelling = spelled[key];
  return {
    between: [key, 'args'],
    broken: (values) => {
      if (values[key] === undefined) return undefined;
      const again = values.args.map((arg) => arg.split('=')[0] ?? '').filter((name) => flags.includes(name));
      return again.length === 0
        ? undefined
        : `\`args\` holds ${again.join(', ')}, and \`${input}\` says it too.`;
    },
  };
}
