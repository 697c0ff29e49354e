import { commits, demo, type GitHub, github, type ServiceFactory } from '#local-cloud';
import type { KnownTarget } from './known-target.ts';
import { railwayLedger } from './railway/scenes.ts';
import { digestOf } from './scenes.ts';

/** How many records GitHub has before a story begins. */
export const seeded = { records: 4 } as const;

export const githubSeed: ServiceFactory<GitHub> = (context) => {
  const service = github(context);
  const release = (name: 'v1' | 'v2') => {
    return { sha: commits[name], id: name, label: name, digest: digestOf(context.images, name) };
  };
  const fly: KnownTarget = {
    platform: 'fly',
    target: `fly:${demo.fly.app}`,
    service: demo.fly.app,
    environment: 'production',
    releases: [release('v1'), release('v2')],
  };
  const records = [fly, railwayLedger].flatMap((known) => known.releases.map((_, at) => recordOf(known, at)));
  const repository = `${demo.github.owner}/${demo.github.repository}` as const;
  service.seedDeployments(repository, seeded.records, (index) => records[index] ?? { sha: commits.v1 });
  return service;
};

function recordOf({ releases, ...known }: KnownTarget, at: number) {
  const { sha = '', id, label, digest } = releases[at] ?? {};
  const facts = [`shipped ${id} ${label} ${digest}`, `activated ${id}`, 'verdict pass'];
  return {
    sha,
    task: 'belay:deploy',
    environment: known.environment,
    payload: intent(known, { commit: sha, previous: releases[at - 1]?.id ?? null }),
    statuses: facts.map((fact) => ({ state: 'success' as const, description: `belay/1 ${fact}` })),
  };
}

function intent(
  known: Omit<KnownTarget, 'releases'>,
  of: { readonly commit: string; readonly previous: string | null },
): object {
  return {
    schema: 1,
    ...known,
    ...of,
    restores: null,
    replaces: null,
    barrier: false,
    actor: 'ada',
    trigger: 'push',
    reason: '',
    run: '1',
    attempt: 1,
  };
}
