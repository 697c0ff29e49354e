import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { Release } from '../../platform.ts';
import type { FlySource } from '../adapter.ts';
import { releaseVersion } from '../api/release.ts';
import { deployArguments, type FlyDeploy, shownArguments } from '../flyctl/flyctl.ts';
import type { OpenFly } from '../open.ts';
import { flyctlFailure } from './failures.ts';

/** The image by digest, so that what is deployed cannot move under us. Failure: `image-not-found`. */
export async function resolveImage(
  { api, target }: OpenFly,
  ref: string,
): Promise<{ readonly digest: string; readonly ref: string }> {
  const image = await api.image(target.name, ref);
  if (image !== undefined) return image;
  throw new ActionFailure({
    code: 'image-not-found',
    what: `Fly finds no image \`${ref}\``,
    why: 'it was never pushed, was pruned, or lies in a registry that Fly may not read',
    next: 'Push the image before this step, or correct `image`.',
  });
}

/** The names flyctl looks for by itself, in its order. */
const ownConfigs = ['fly.toml', 'fly.json', 'fly.yaml'];

/**
 * The configuration that flyctl will take: the file asked for, or in the folder asked for, else one of its own names in
 * `cwd`. Undefined when there is none: Fly then uses the live release's own.
 */
export async function usedConfig(cwd: string, asked: string): Promise<string | undefined> {
  for (const path of [asked, join(asked, 'fly.toml'), ...ownConfigs]) {
    const file = await existingFile(cwd, path);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** `path` seen from `cwd` when there is such a file. */
async function existingFile(cwd: string, path: string): Promise<string | undefined> {
  const file = isAbsolute(path) ? path : join(cwd, path);
  return stat(file).then(
    (found) => (found.isFile() ? file : undefined),
    () => undefined,
  );
}

/** The file that an input names, seen from `cwd`. Failure: `input-invalid`. */
export async function requiredFile(cwd: string, input: string, path: string): Promise<string> {
  const file = await existingFile(cwd, path);
  if (file !== undefined) return file;
  throw new ActionFailure({
    code: 'input-invalid',
    what: `\`${input}\` names ${path}, and there is no such file`,
    why: `paths are seen from ${cwd}`,
    next: `Correct \`${input}\`, or check the repository out before this step.`,
  });
}

/** Lets flyctl judge the configuration before anything is changed. Failure: `config-invalid`. */
export async function validateConfig({ flyctl, target }: OpenFly, config: string): Promise<void> {
  const args = ['config', 'validate', '--app', target.name, '--config', config];
  const result = await flyctl.run(args, { deadlineMs: 60_000, echo: false });
  if (result.exitCode === 0) return;
  throw new ActionFailure({
    code: 'config-invalid',
    what: flyctlFailure(result.tail, result.exitCode).what,
    why: `\`flyctl config validate\` refuses ${config}`,
    next: 'Correct the file at the place named below.',
    details: result.tail,
  });
}

/** The release command a release was shipped with, and so has run; undefined when it has none. */
export async function releaseCommandOf(
  { api, target }: OpenFly,
  release: Release,
): Promise<string | undefined> {
  const version = releaseVersion(release.id);
  if (version === undefined) return undefined;
  const stored = await api.release(target.name, version).catch(() => undefined);
  const command = property(property(stored?.definition, 'deploy'), 'release_command');
  return typeof command === 'string' && command !== '' ? command : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The command line a deploy would be, for `dry-run`; without a secret in it. */
export function flyDeployCommand(fly: OpenFly, source: FlySource): string {
  return shownArguments(newDeploy(fly, source)).join(' ');
}

/** The arguments of a deploy of something new. They may hold build secrets. */
export function flyDeployArguments(fly: OpenFly, source: FlySource): readonly string[] {
  return deployArguments(newDeploy(fly, source));
}

function newDeploy({ target, scope }: OpenFly, source: FlySource): FlyDeploy {
  return { ...source, app: target.name, scope, skipReleaseCommand: false, smokeChecks: true };
}

/** The image of a deploy, as another deploy takes it: the repository it lies in, and its digest. */
export function imageRefOf(app: string, { image }: FlySource, digest: string): string {
  const repository = image?.replace(/@.*$/, '').replace(/:[^:/]*$/, '') ?? `registry.fly.io/${app}`;
  return `${repository}@${digest}`;
}
