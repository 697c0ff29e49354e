import type { Checkout } from './checkout.ts';
import type { GitHub } from './github.ts';
import { type CommitSeed, linearHistory, type RepositoryName } from './seed.ts';

export const demoRepository = { owner: 'acme', name: 'shop' } as const;
export const demoRepositoryName: RepositoryName = 'acme/shop';

const messages = [
  'Open the shop',
  'Show prices with tax',
  'Speed up the search',
  'Let guests check out',
  'Redraw the basket',
  'Send receipts by mail',
];

const history: readonly CommitSeed[] = linearHistory(messages.length, 'acme/shop').map((commit, index) => ({
  ...commit,
  message: messages[index] ?? commit.message,
}));

/** The demo's commits, oldest first: C0 … C5. Their SHAs are the same on every machine. */
export const demoCommits: readonly string[] = history.map((commit) => commit.sha);

/** `acme/shop`, whose branch main has six commits in one line; it knows those of a checkout as well. */
export function seedDemo(github: GitHub, checkout?: Checkout): void {
  const head = demoCommits.at(-1) ?? '';
  const source = checkout === undefined ? {} : { source: checkout };
  github.seedRepository({ ...demoRepository, ...source, commits: history, branches: { main: head } });
  if (checkout !== undefined) seedOrigin(github, checkout);
}

/** The checkout under the name it has on GitHub, which is what `act` takes a workflow's repository for. */
function seedOrigin(github: GitHub, checkout: Checkout): void {
  const { origin, branch = 'main' } = checkout;
  if (origin === undefined || origin.toLowerCase() === demoRepositoryName) return;
  const [owner = '', name = ''] = origin.split('/');
  github.seedRepository({ owner, name, source: checkout, commits: [], branches: {}, defaultBranch: branch });
}
