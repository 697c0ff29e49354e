import type { PlatformFailure } from '../../platform.ts';

/** As flyctl words a machine that would lose its volume, before it asks whether it may go on. */
const losesVolume =
  /machine (?<machine>\S+)(?: \[(?<group>[^\]]*)\])? has a volume mounted but app config does not specify a volume/;

/** A volume as a machine has it, where that is known. */
export interface Mounted {
  readonly machine: string;
  readonly name: string;
  readonly path: string;
}

/**
 * What flyctl means where it refuses to go on without an answer, which no job can give: undefined where it is something
 * else. `--yes` answers all it asks but this.
 */
export function forgottenVolume(
  tail: readonly string[],
  mounted: readonly Mounted[],
): PlatformFailure | undefined {
  const found = tail.map((line) => losesVolume.exec(line)?.groups).find((groups) => groups !== undefined);
  if (found === undefined) return undefined;
  const { machine = '', group = 'app' } = found;
  const { name, path } = mounted.find((one) => one.machine === machine) ?? {};
  const source = name === undefined ? 'the name of its volume' : `"${name}"`;
  const destination = path === undefined ? 'the path it is mounted at' : `"${path}"`;
  // Without it the volume would be every group's.
  const processes = group === 'app' ? '' : ` and \`processes\` = ["${group}"]`;
  return {
    reason: 'config-invalid',
    what: `machine ${machine} of the process group ${group} has a volume, and fly.toml mounts none`,
    why: 'flyctl would start it without its data, asks whether that is meant, and nobody can answer in a job',
    next: `Write \`[mounts]\` into fly.toml, with \`source\` = ${source}, \`destination\` = ${destination}${processes}; where the data are not needed any more, destroy the machine and its volume yourself.`,
  };
}
