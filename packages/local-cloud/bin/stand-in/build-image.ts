import { existsSync, readFileSync } from 'node:fs';
import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { type Recipe, readDockerfile } from './dockerfile.ts';
import { CommandError } from './errors.ts';
import { err } from './terminal.ts';

/**
 * Builds from a Dockerfile as far as an emulated image needs it, and pushes to the emulated registry. The words are
 * those of flyctl's source for its remote builder, which nobody has seen running against this cloud.
 */
export async function buildImage(api: FlyApi, wanted: ImageRequest): Promise<string> {
  const { args } = wanted;
  try {
    return await buildOnce(api, wanted);
  } catch (error) {
    // flyctl suspects its tunnel, and does it all again, unless it was told to use none.
    if (args.flags.has('no-wg') || args.flags.has('no-https-failover')) throw error;
    return buildOnce(api, wanted);
  }
}

async function buildOnce(api: FlyApi, { app, organization, args }: ImageRequest): Promise<string> {
  await api.uiex('GET', `organizations/${organization}`);
  err('==> Building image');
  const build = await api.uiex('POST', 'builds', {
    app_name: app,
    builder_type: 'depot.dev',
    strategies_available: ['Depot.dev'],
  });
  const { id } = build.status === 200 ? JSON.parse(build.text) : { id: 0 };
  const tag = `registry.fly.io/${app}:${args.values['image-label'] ?? `deployment-${Date.now().toString(36).toUpperCase()}`}`;
  const finish = (status: 'completed' | 'failed', logs: string) =>
    api.uiex('POST', 'builds/finish', { build_id: id, app_name: app, status, logs, final_image: { tag } });
  try {
    await make(api, recipeFor(args), { args, tag });
  } catch (error) {
    await finish('failed', String(error));
    throw error;
  }
  await finish('completed', '');
  err('--> Building image done');
  err(`image: ${tag}`);
  err('image size: 22 MB');
  return tag;
}

function recipeFor({ values, lists }: Arguments): Recipe {
  const path = values.dockerfile ?? 'Dockerfile';
  if (!existsSync(path)) {
    const why =
      values.dockerfile === undefined ? 'app does not have a Dockerfile' : `dockerfile '${path}' not found`;
    throw new CommandError(`failed to fetch an image or build from source: ${why}`);
  }
  const target = values['build-target'];
  const recipe = readDockerfile(readFileSync(path, 'utf8'), { args: keyed(lists['build-arg']), target });
  if (recipe !== undefined) return recipe;
  throw unsolved(`target stage "${target}" could not be found`);
}

async function make(api: FlyApi, recipe: Recipe, how: { args: Arguments; tag: string }): Promise<void> {
  err('==> Building image with Depot');
  if (recipe.failing !== undefined) {
    const [, code] = recipe.failing.split(/\s+/);
    throw unsolved(
      `process "/bin/sh -c ${recipe.failing}" did not complete successfully: exit code: ${code}`,
    );
  }
  const { flags, lists } = how.args;
  if (flags.has('build-only') && !flags.has('push')) return;
  const labels = { ...recipe.labels, ...gitHubLabels(), ...keyed(lists.label) };
  const answer = await api.push(how.tag, { base: recipe.base, env: recipe.env, labels });
  if (answer.status !== 201) throw unsolved(`${recipe.base}: not found`);
}

/** How a machine's image is traced back to a commit. */
function gitHubLabels(): Record<string, string> {
  const {
    GITHUB_ACTIONS: inActions,
    GITHUB_SHA,
    GITHUB_ACTION,
    GITHUB_REPOSITORY,
    GITHUB_EVENT_NAME,
  } = process.env;
  if (inActions !== 'true') return {};
  return {
    GH_SHA: GITHUB_SHA ?? '',
    GH_ACTION_NAME: GITHUB_ACTION ?? '',
    GH_REPO: GITHUB_REPOSITORY ?? '',
    GH_EVENT_NAME: GITHUB_EVENT_NAME ?? '',
  };
}

function keyed(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0] ?? '', pair.replace(/^[^=]*=/, '')]));
}

function unsolved(why: string): CommandError {
  return new CommandError(
    `failed to fetch an image or build from source: error building: failed to solve: ${why}`,
  );
}

export interface ImageRequest {
  readonly app: string;
  readonly organization: string;
  readonly args: Arguments;
  /** Of the configuration; a flag comes before it. */
  readonly configured: string | undefined;
}
