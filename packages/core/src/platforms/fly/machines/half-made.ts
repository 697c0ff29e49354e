import type { Part } from '../../platform.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { groupOf } from './fleet.ts';
import type { MachineVerbs } from './machine-verbs.ts';
import { groupOfPart, partName } from './parts.ts';
import { onLiveHosts } from './stale-machines.ts';

/** So many machines flyctl makes of a group that serves, with `--ha` and without a volume (`deployCreateMachinesForGroups`, flyctl 0.4). */
const firstMachines = 2;

/**
 * What a deploy that was cut while it made the first machines of a process group left out. flyctl makes them only for a
 * group that has none: one machine stays one in every deploy after it. Once a deploy has come to a good end, one is as
 * many as somebody wants.
 */
export function halfMadeParts(
  machines: readonly WireMachine[],
  releases: readonly WireRelease[],
): readonly Part[] {
  const groups = Map.groupBy(onLiveHosts(machines), groupOf);
  return [...groups.values()].flatMap(([machine, ...others]) => {
    if (machine === undefined || others.length > 0 || !servesAlone(machine)) return [];
    if (!isOfCutDeploy(machine, releases)) return [];
    const none = { resting: 0, ended: 0, unknown: 0, wakes: false };
    return [{ name: partName(machine), running: firstMachines, ...none }];
  });
}

/** What came of making one machine more. */
export interface Made {
  readonly line: string;
  readonly isDone: boolean;
}

/** Makes one machine more of a part, as its one machine is; nothing where somebody has meanwhile. Failure: HttpError. */
export async function makeMissing(
  part: Part,
  {
    app,
    machines,
    verbs,
  }: {
    readonly app: string;
    readonly machines: readonly WireMachine[];
    readonly verbs: Pick<MachineVerbs, 'copy'>;
  },
): Promise<Made | undefined> {
  const { name } = part;
  const [model, ...others] = onLiveHosts(machines).filter((machine) => partName(machine) === name);
  if (model === undefined || others.length > 0) return undefined;
  const came = await verbs.copy(model, model.region ?? '');
  if (came.id !== undefined)
    return {
      isDone: true,
      line: `Made machine ${came.id} of ${name}, which a deploy that was cut had left out.`,
    };
  return { isDone: false, line: describeUnmade(part, app, `a second could not be made: ${came.why}`) };
}

/** `app/iad has one machine, and …`, with what makes the second. */
export function describeUnmade(part: Part, app: string, why: string): string {
  return `${part.name} has one machine, and ${why}. Make it with \`${makingCommand(part, app)}\`: the release is complete, so no deploy after this one does.`;
}

/** The command that makes as many machines of a part as it is to have: https://fly.io/docs/flyctl/scale-count/ */
export function makingCommand({ name, running }: Pick<Part, 'name' | 'running'>, app: string): string {
  const group = groupOfPart(name);
  return `fly scale count ${group}=${running} --region ${name.slice(group.length + 1)} --app ${app}`;
}

/** `app/iad has 1 machine of the 2 …`. */
export function describeHalfMade({ name, running }: Part): string {
  return `${name} has 1 machine of the ${running} that flyctl makes at first: the deploy that made it has not come to a good end`;
}

function servesAlone({ config }: WireMachine): boolean {
  return (config?.services ?? []).length > 0 && (config?.mounts ?? []).length === 0;
}

/** Whether neither the release it was made for nor any after it is complete. */
function isOfCutDeploy({ created_at: created }: WireMachine, releases: readonly WireRelease[]): boolean {
  if (created === undefined) return false;
  // Fly cuts the time of a machine off to seconds.
  const isBefore = ({ createdAt }: WireRelease) =>
    Math.floor(Date.parse(createdAt) / 1000) * 1000 <= Date.parse(created);
  const maker = releases.find(isBefore);
  return (
    maker !== undefined &&
    releases.every(({ version, status }) => version < maker.version || status !== 'complete')
  );
}
