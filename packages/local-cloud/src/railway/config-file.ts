import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { isRecord } from '../fields.ts';
import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import { serviceManifestOf } from './manifest.ts';
import type { Settings } from './model.ts';

const usualFiles = ['railway.json', 'railway.toml'];
const ofBuild = ['builder', 'buildCommand', 'dockerfilePath', 'watchPatterns'] as const;
const ofDeploy = [
  ...(['startCommand', 'preDeployCommand', 'healthcheckPath', 'healthcheckTimeout'] as const),
  ...(['restartPolicyType', 'restartPolicyMaxRetries', 'overlapSeconds', 'drainingSeconds'] as const),
  ...(['cronSchedule', 'multiRegionConfig', 'numReplicas', 'sleepApplication'] as const),
] as const;

/** What stood in a file beside the code, before 2026-12-01. */
interface FromFile {
  readonly file: string;
  readonly settings: Partial<Settings>;
}

/** What the file says is in force for this deployment. */
export function takeConfigFile(deployment: Deployment, dir: string): void {
  const found = readConfigFile(dir, deployment.settings);
  if (found === undefined || deployment.isBuilt) return;
  deployment.settings = { ...deployment.settings, ...found.settings };
  deployment.addMeta({ configFile: found.file, serviceManifest: serviceManifestOf(deployment.settings) });
}

/** `railway.json` or `railway.toml` of a directory: https://docs.railway.com/config-as-code/reference. */
function readConfigFile(dir: string, { railwayConfigFile }: Settings): FromFile | undefined {
  const wanted = railwayConfigFile === null ? usualFiles : [normalize(`/${railwayConfigFile}`).slice(1)];
  const file = wanted.find((name) => existsSync(join(dir, name)));
  if (file === undefined) return undefined;
  const { build, deploy } = parsed(join(dir, file));
  const settings = { ...picked(build, ofBuild), ...picked(deploy, ofDeploy) };
  const { preDeployCommand } = settings;
  // A file may have one command as a string.
  return {
    file,
    settings:
      typeof preDeployCommand === 'string' ? { ...settings, preDeployCommand: [preDeployCommand] } : settings,
  };
}

function parsed(file: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(file, 'utf8');
  try {
    return Object(file.endsWith('.toml') ? parseToml(text) : JSON.parse(text));
  } catch {
    throw new StepFailure(`Failed to parse your service config. Error: ${file.split('/').at(-1)}`);
  }
}

function picked(section: unknown, names: readonly string[]): Partial<Settings> {
  if (!isRecord(section)) return {};
  return Object.fromEntries(Object.entries(section).filter(([name]) => names.includes(name)));
}
