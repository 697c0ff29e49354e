import path from 'node:path';
import type { JobSpec } from './job-spec.ts';

/** Where an action comes from that is not a folder of the checkout. */
export interface ActionOrigin {
  /** `owner/name`. */
  readonly repository: string;
  readonly folder: string;
  readonly ref: string;
}

/** Reads `owner/name/path@ref`; undefined for `./path`, and for what is neither. */
export function actionOrigin(uses: string): ActionOrigin | undefined {
  if (uses.startsWith('./')) return undefined;
  const [, repository, folder = '', ref] = /^([^/@]+\/[^/@]+)(?:\/([^@]+))?@(.+)$/.exec(uses) ?? [];
  return repository === undefined || ref === undefined ? undefined : { repository, folder, ref };
}

/** The folder that holds the action's manifest. Nothing is downloaded: another's repository is one that the job brings. */
export function actionFolder({ repositoryRoot, actions = {} }: JobSpec, uses: string): string {
  if (uses.startsWith('./')) return path.resolve(repositoryRoot, uses);
  const origin = actionOrigin(uses);
  if (origin === undefined) throw new Error(`Expected format {org}/{repo}[/path]@ref. Actual '${uses}'`);
  const place = actions[origin.repository];
  if (place === undefined) throw new Error(`Unable to resolve action \`${uses}\`, repository not found`);
  return path.resolve(place, origin.folder);
}
