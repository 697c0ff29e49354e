import { holdersOf } from '../api/live.ts';
import { shortId } from '../api/release.ts';
import {
  type SettingName,
  settingsInForce,
  settingsOfDeployment,
  settingText,
  unlikeSettings,
} from '../api/settings.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** Those that say what a green, and a change of releases, is worth. Of regions and replicas a service instance tells less than its deployments. */
const told: readonly SettingName[] = [
  'deploy.healthcheckPath',
  'deploy.healthcheckTimeout',
  'deploy.startCommand',
  'deploy.preDeployCommand',
  'build.dockerfilePath',
  'deploy.overlapSeconds',
  'deploy.drainingSeconds',
  'deploy.restartPolicyType',
  'deploy.restartPolicyMaxRetries',
  'deploy.cronSchedule',
  'deploy.sleepApplication',
];

/** What somebody has changed in the settings between two looks, a sentence each. */
export function changedMeanwhile(before: WireServiceInstance, now: WireServiceInstance): readonly string[] {
  return unlikeSettings(settingsInForce(before), settingsInForce(now), told).map(
    ({ name, one, other }) =>
      `${name} was ${settingText(one)} when this run began, and is ${settingText(other)} now: somebody has changed it meanwhile.`,
  );
}

/** What the deployment that serves runs with that is not in force for the next one, a sentence each; nothing where Railway does not tell. */
export function runsOtherwise(instance: WireServiceInstance): readonly string[] {
  const [serving] = holdersOf(instance);
  if (serving === undefined || Object.keys(serving.meta.manifest.deploy).length === 0) return [];
  return unlikeSettings(settingsOfDeployment(serving.meta), settingsInForce(instance), told).map(
    ({ name, one, other }) =>
      `${name} is ${settingText(one)} in ${shortId(serving.id)}, which serves, and ${settingText(other)} is in force for the next deployment.`,
  );
}
