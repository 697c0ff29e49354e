import { unknownPart } from '../../parts.ts';
import type { InstanceHealth, Missing, PlatformFailure } from '../../platform.ts';
import { makingCommand } from '../machines/half-made.ts';

/** So many commands are worth reading; beyond them somebody looks at the whole fleet. */
const commandsAtMost = 6;

/**
 * The same failure with the commands that bring back what is missing: machines of a part that are there and stay down are
 * started, what is not there is made. Unchanged where neither can be told.
 */
export function withMending(
  failure: PlatformFailure,
  app: string,
  machines: readonly InstanceHealth[],
): PlatformFailure {
  if (failure.reason !== 'incomplete') return failure;
  const commands = (failure.missing ?? []).flatMap((part) => mending(part, app, machines));
  if (commands.length === 0) return failure;
  const run = commands
    .slice(0, commandsAtMost)
    .map((command) => `\`${command}\``)
    .join(' and ');
  const left = commands.length - commandsAtMost;
  const more = left > 0 ? ` and ${left} more, as \`fly machine list --app ${app}\` shows them` : '';
  return { ...failure, next: `Run ${run}${more}, then run this job again.` };
}

/** Nobody can say which part something is of that has never been seen. */
function mending(
  { name, there, owed }: Missing,
  app: string,
  machines: readonly InstanceHealth[],
): readonly string[] {
  if (name === unknownPart) return [];
  const short = owed - there;
  const down = machines.filter(({ missingFrom }) => missingFrom === name).slice(0, short);
  return [
    ...down.map(({ instance }) => `fly machine start ${instance} --app ${app}`),
    ...(down.length < short ? [makingCommand({ name, running: owed }, app)] : []),
  ];
}
