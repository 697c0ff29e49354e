import type { InputRule } from '../../inputs/inputs.ts';
import { choice, matching } from '../../inputs/kinds.ts';
import { matchingLines } from '../../inputs/lists.ts';

/** How machines are replaced. */
export const flyStrategyInputs = {
  strategy: choice('strategy', ['rolling', 'canary', 'bluegreen', 'immediate'], { default: 'rolling' }),
  maxUnavailable: matching('max-unavailable', {
    pattern: /^(0?\.\d*[1-9]\d*|[1-9]\d{0,3})$/,
    legal: 'a share of the machines such as 0.5, or a number of them such as 2',
  }),
};

const machineId = { pattern: /^[0-9a-f]{8,20}$/, legal: 'a machine id such as 148e272b9e0d89' };

/** Machines that flyctl does not manage and that may serve beside the release. */
export const flyAcceptInput = { acceptMachines: matchingLines('accept-machines', machineId) };

/** Which machines are meant; all of them when none of these is given. */
export const flyScopeInputs = {
  onlyMachines: matchingLines('only-machines', machineId),
  regions: matchingLines('regions', { pattern: /^[a-z]{3}$/, legal: 'a region such as ams' }),
  processGroups: matchingLines('process-groups', {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    legal: 'a process group such as web',
  }),
};

interface Fleet {
  readonly strategy: string;
  readonly maxUnavailable: string | undefined;
  readonly onlyMachines: readonly string[];
}

export const flyFleetRules: readonly InputRule<Fleet>[] = [
  {
    between: ['strategy', 'maxUnavailable'],
    accuses: ['maxUnavailable'],
    broken: ({ strategy, maxUnavailable }) =>
      maxUnavailable !== undefined && ['bluegreen', 'immediate'].includes(strategy)
        ? `\`max-unavailable\` has no meaning with \`strategy: ${strategy}\`, which replaces all machines at once.`
        : undefined,
  },
  {
    between: ['strategy', 'onlyMachines'],
    accuses: ['onlyMachines'],
    broken: ({ strategy, onlyMachines }) =>
      strategy === 'bluegreen' && onlyMachines.length > 0
        ? '`only-machines` has no meaning with `strategy: bluegreen`, which destroys the machines it names. Use `regions` or `process-groups`.'
        : undefined,
  },
];
