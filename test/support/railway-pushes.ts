import { commits, demo, type Railway, shopTree } from '#local-cloud';

export const demoRepository = `${demo.github.owner}/${demo.github.repository}`;

/** A shop as a commit has it: v2 at its commit, unless said otherwise. */
interface Pushed {
  readonly sha?: string;
  readonly version?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The demo's service, whose trigger deploys pushes to a branch; null: it has none. */
export function connect(
  railway: Railway,
  trigger: { readonly branch?: string; readonly checkSuites?: boolean; readonly enabled?: boolean } = {},
) {
  const web = railway.world.instances().find(({ service }) => service.name === demo.railway.service);
  if (web === undefined) throw new Error('the demo has its service');
  web.settings = { ...web.settings, source: { repo: demoRepository, image: null } };
  const { branch = 'main', checkSuites = false, enabled = true } = trigger;
  web.trigger = { id: 'trigger', repository: demoRepository, branch, checkSuites, enabled };
  return web;
}

/** Somebody pushes a commit to the demo's main branch, and GitHub's webhook reaches Railway, once. */
export async function push(railway: Railway, pushed: Pushed = {}): Promise<void> {
  const { sha = commits.v2, version = 'v2', settings = {} } = pushed;
  const known = railway.world.repositories.get(demoRepository)?.commits ?? [];
  const files = shopTree({ version, commit: sha, settings });
  const commit = { sha, branch: 'main', message: version, author: 'ann', files };
  railway.seedRepository({
    name: demoRepository,
    commits: [...known.filter((one) => one.sha !== sha), commit],
  });
  await railway.push(demoRepository, sha);
}
