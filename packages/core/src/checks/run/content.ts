import type { BoundCheck } from './bound.ts';

/** What is measured, and who answers, is told by a connection of the attempt's own. */
const ofItsOwn: readonly string[] = [
  ...['duration', 'dns', 'connect', 'tls', 'first-byte', 'download', 'total'],
  ...['ip', 'certificate'],
];

/** Whether an attempt may go over a connection that another check has left. */
export function isContent({ check, expect }: BoundCheck): boolean {
  return check.sampling === undefined && !expect.some(({ source }) => ofItsOwn.includes(source.name));
}
