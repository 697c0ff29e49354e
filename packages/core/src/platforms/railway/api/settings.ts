import type { DeploymentMeta } from './wire-meta.ts';
import type { WireServiceInstance } from './wire-service.ts';

/** The name of a setting as a configuration file has it: `deploy.healthcheckPath`. */
export type SettingName =
  | 'build.builder'
  | 'build.buildCommand'
  | 'build.dockerfilePath'
  | 'build.watchPatterns'
  | `deploy.${(typeof deployKeys)[number]}`;

const buildKeys = ['builder', 'buildCommand', 'dockerfilePath', 'watchPatterns'] as const;
const deployKeys = [
  'startCommand',
  'preDeployCommand',
  'healthcheckPath',
  'healthcheckTimeout',
  'restartPolicyType',
  'restartPolicyMaxRetries',
  'cronSchedule',
  'numReplicas',
  'overlapSeconds',
  'drainingSeconds',
  'sleepApplication',
  'multiRegionConfig',
] as const;

/** Settings by their names; one that is not set is not there. */
export type Settings = Readonly<Partial<Record<SettingName, unknown>>>;

/** What is in force for a service: what its next deployment gets. Source: the settings of the service instance. */
export function settingsInForce(instance: WireServiceInstance): Settings {
  return settingsIn({ build: instance, deploy: instance });
}

/** What was in force for one deployment, file and dashboard together. */
export function settingsOfDeployment({ manifest }: Pick<DeploymentMeta, 'manifest'>): Settings {
  return settingsIn(manifest);
}

/** The settings in what has them under `build` and `deploy`. */
export function settingsIn({ build, deploy }: { readonly build: object; readonly deploy: object }): Settings {
  const of = (group: 'build' | 'deploy', values: object, keys: readonly string[]) =>
    keys.flatMap((key) => {
      const value: unknown = Reflect.get(values, key);
      return value === undefined || value === null ? [] : [[`${group}.${key}`, value] as const];
    });
  return Object.fromEntries([...of('build', build, buildKeys), ...of('deploy', deploy, deployKeys)]);
}

/** What counts where nothing is set. Source: docs.railway.com/reference/config-as-code, and “Healthchecks”. */
const defaults: Settings = {
  'deploy.healthcheckTimeout': 300,
  'deploy.overlapSeconds': 0,
  'deploy.drainingSeconds': 0,
  'deploy.restartPolicyType': 'ON_FAILURE',
  'deploy.restartPolicyMaxRetries': 10,
  'deploy.numReplicas': 1,
  'deploy.sleepApplication': false,
  'build.watchPatterns': [],
};

/** One setting in two places that do not agree. */
export interface DifferentSetting {
  readonly name: SettingName;
  readonly wanted: unknown;
  /** Undefined: none is in force. */
  readonly inForce: unknown;
}

/**
 * What of `wanted` is not in force. A Dockerfile is no builder of Railway's: one that is found is used. Regions are compared
 * with what was deployed alone: the settings of a service instance do not tell them.
 */
export function differentSettings(wanted: Settings, inForce: Settings): readonly DifferentSetting[] {
  return (Object.entries(wanted) as [SettingName, unknown][])
    .filter(([name, value]) => !(name === 'build.builder' && value === 'DOCKERFILE'))
    .filter(([name]) => name !== 'deploy.multiRegionConfig' || name in inForce)
    .map(([name, value]) => ({ name, wanted: value, inForce: inForce[name] ?? defaults[name] }))
    .filter((one) => comparable(one.name, one.wanted) !== comparable(one.name, one.inForce));
}

/** One setting at two times, or in two places, that is not the same. */
export interface UnlikeSetting {
  readonly name: SettingName;
  readonly one: unknown;
  readonly other: unknown;
}

/** Those of `names` that are not the same in both; what is not set is what counts then. */
export function unlikeSettings(
  one: Settings,
  other: Settings,
  names: readonly SettingName[],
): readonly UnlikeSetting[] {
  const value = (settings: Settings, name: SettingName) => settings[name] ?? defaults[name];
  return names
    .map((name) => ({ name, one: value(one, name), other: value(other, name) }))
    .filter((unlike) => comparable(unlike.name, unlike.one) !== comparable(unlike.name, unlike.other));
}

/** As it is told to people: JSON, cut; `none` where none is set. */
export function settingText(setting: unknown): string {
  const written = JSON.stringify(setting) ?? 'none';
  return written.length <= 80 ? written : `${written.slice(0, 79)}…`;
}

/** Values as they are compared: `/up` is `up`, one command is a list of one, and keys stand in any order. */
function comparable(name: SettingName, value: unknown): string {
  if (name === 'deploy.healthcheckPath' && typeof value === 'string') return `/${value.replace(/^\/+/, '')}`;
  if (name === 'deploy.preDeployCommand' && typeof value === 'string') return JSON.stringify([value.trim()]);
  return sorted(typeof value === 'string' ? value.trim() : value) ?? 'none';
}

function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}
