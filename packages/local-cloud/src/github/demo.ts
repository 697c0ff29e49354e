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

/** `acme/shop`, whose branch main has six commits in one line. */
export function seedDemo(github: GitHub): void {
  const head = demoCommits.at(-1) ?? '';
  github.seedRepository({ ...demoRepository, commits: history, branches: { main: head } });
}
