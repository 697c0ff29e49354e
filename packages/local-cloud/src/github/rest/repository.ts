import { ok } from '../answers.ts';
import { fullRepositoryJson } from '../render/repository.ts';
import type { Route } from '../route.ts';

/** `metadata: read`, which every token has, is enough. */
export const repositoryRoutes: readonly Route[] = [
  {
    name: 'repository.get',
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    need: { names: [], level: 'read' },
    answer: (call) => ok(fullRepositoryJson(call.repository)),
  },
];
