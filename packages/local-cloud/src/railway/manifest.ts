import type { Settings } from './model.ts';

/** `meta.serviceManifest`: what is in force for a deployment, file and dashboard taken together. */
export function serviceManifestOf(settings: Settings): object {
  return {
    build: {
      builder: settings.builder,
      buildCommand: settings.buildCommand,
      dockerfilePath: settings.dockerfilePath,
      watchPatterns: settings.watchPatterns,
    },
    deploy: {
      startCommand: settings.startCommand,
      preDeployCommand: settings.preDeployCommand,
      healthcheckPath: settings.healthcheckPath,
      healthcheckTimeout: settings.healthcheckTimeout,
      restartPolicyType: settings.restartPolicyType,
      restartPolicyMaxRetries: settings.restartPolicyMaxRetries,
      overlapSeconds: settings.overlapSeconds,
      drainingSeconds: settings.drainingSeconds,
      sleepApplication: settings.sleepApplication,
      cronSchedule: settings.cronSchedule,
      multiRegionConfig: settings.multiRegionConfig,
      numReplicas: settings.numReplicas ?? 1,
    },
  };
}
