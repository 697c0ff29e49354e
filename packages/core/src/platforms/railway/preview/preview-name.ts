import { createHash } from 'node:crypto';

/** The repository whose pull requests have previews. */
export interface PreviewRepository {
  readonly owner: string;
  readonly name: string;
  /** The number GitHub gives it, which stays when it is renamed or moved. */
  readonly id: string;
}

/** A host is `<service>-<environment>.up.railway.app`, and its first part has 63 characters at most. */
const longestStem = 24;
const hashLength = 8;

/**
 * The name of an environment that is made here for a pull request: `shop-pr-7-1f0c6a2b`. Railway's own is `shop-pr-7`;
 * the hash of the repository's id is in no name but ours, and tells repositories of one name apart.
 */
export function previewName({ name, id }: PreviewRepository, number: number): string {
  const legal = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const stem = legal.slice(0, longestStem).replace(/-$/, '');
  return `${stem === '' ? 'preview' : stem}-pr-${number}-${hashOf(id)}`;
}

/** The number of the pull request that an environment of this name was made for; undefined for any other name. */
export function previewedPullRequest(repository: PreviewRepository, name: string): number | undefined {
  const digits = /-pr-([1-9]\d{0,9})-[0-9a-f]+$/.exec(name)?.[1];
  const number = Number(digits);
  return digits !== undefined && previewName(repository, number) === name ? number : undefined;
}

function hashOf(id: string): string {
  return createHash('sha256').update(`preview ${id}`).digest('hex').slice(0, hashLength);
}
