import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ActionFailure } from '../failure.ts';
import type { FlySource } from '../platforms/fly/adapter.ts';
import { flyctlFailure } from '../platforms/fly/failures.ts';
import { deployArguments } from '../platforms/fly/flyctl.ts';
import { releaseVersion } from '../platforms/fly/release.ts';
import type { Release } from '../platforms/platform.ts';
import type { OpenFly } from './fly.ts';

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

/** `path` seen from `cwd` when there is such a file; Fly uses the live release's configuration when there is none. */
export async function existingFile(cwd: string, path: string): Promise<string | undefined> {
  const file = isAbsolute(path) ? path : join(cwd, path);
  return access(file).then(
    () => file,
    () => undefined,
  );
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

/** The command line a deploy would be, for `dry-run`. */
export function flyDeployCommand({ target, scope }: OpenFly, source: FlySource): string {
  const run = { app: target.name, scope, skipReleaseCommand: false, smokeChecks: true };
  return deployArguments({ ...source, ...run }).join(' ');
}
