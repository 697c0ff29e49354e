import type { Release } from './platform.ts';

/** What is to be known of a release that is brought back by building it again. */
export function rebuiltWords({ label }: Pick<Release, 'label'>): string {
  return `${label} is built again from its source, since its image is no longer kept: what comes of it is not the artifact that was proved.`;
}

/** How a person has a release built again that nobody has allowed to be; undefined where that is not what is missing. */
export function byRebuild(release: Pick<Release, 'label' | 'rebuild'> | undefined): string | undefined {
  return release?.rebuild === 'not-allowed' ? rebuildAdvice(release) : undefined;
}

/** One imperative sentence. */
export function rebuildAdvice({ label }: Pick<Release, 'label'>): string {
  return `Run the rollback action with \`to: ${label}\`, a \`reason\` and \`allow-rebuild: true\`, which builds it again from its source, or deploy a working version.`;
}
