/** CPU time of this process so far, milliseconds: a machine that stands still, or is busy with others, gives none. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Of a limit of time: with less of it on a CPU, what came to no end was kept from it by others. */
const leastShare = 0.7;

/** How often it is made good. */
export const mostGrants = 3;

/** Whether work that used `usedMs` of CPU within a limit of `limitMs` had its chance. */
export function hadItsTime(usedMs: number, limitMs: number): boolean {
  return usedMs >= leastShare * limitMs;
}
