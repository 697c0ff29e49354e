import type { CheckType } from '../../checks/types/check-type.ts';

/** The types of checks that only one platform can answer, by name; like most types, each is a chunk. */
export const platformCheckTypes: Readonly<Record<string, () => Promise<CheckType>>> = {
  'fly-machines': async () => (await import('../fly/checks/fly-machines.ts')).flyMachinesCheck,
};
