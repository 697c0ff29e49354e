import { compareBytes } from './byte-order.ts';
import { shownPaths } from './shown-path.ts';

/** What was met while a folder was listed, as paths of the upload. */
export interface Noted {
  readonly isInRepository: boolean;
  readonly secrets: readonly string[];
  readonly gitignores: readonly string[];
  readonly unusedGlobs: readonly string[];
  readonly outside: readonly string[];
  readonly intoGit: readonly string[];
  readonly nowhere: readonly string[];
  readonly endless: readonly string[];
  readonly special: readonly string[];
  readonly notUtf8: readonly string[];
  readonly leaving: readonly string[];
}

/** What a person has to know of a listing: what, and what to do about it; what matters most first. */
export function warningsOf(noted: Noted): readonly string[] {
  const { isInRepository } = noted;
  const checkedOut = isInRepository ? 'the Git repository' : 'the folder';
  const sentences: readonly (readonly [readonly string[], (shown: string) => string])[] = [
    [
      noted.secrets,
      (shown) =>
        `Uploaded, and secrets by the look of them: ${shown}. Name in .railwayignore what the service does not need.`,
    ],
    [
      noted.outside,
      (shown) =>
        `Not uploaded, since they are links that lead out of ${checkedOut}: ${shown}. Put what the service needs into the folder itself.`,
    ],
    [
      noted.intoGit,
      (shown) =>
        `Not uploaded, since they are links into .git, where the job’s token may stand: ${shown}. Remove them, or name them in .railwayignore.`,
    ],
    [noted.leaving, (shown) => `Uploaded from elsewhere in the repository, where links lead: ${shown}.`],
    [
      noted.nowhere,
      (shown) =>
        `Not uploaded, since they are links that lead nowhere: ${shown}. Build what they lead to first, or remove them.`,
    ],
    [noted.endless, (shown) => `Not entered, since they are links to a folder around them: ${shown}.`],
    [noted.special, (shown) => `Not uploaded, since they are sockets, pipes or devices: ${shown}.`],
    [noted.notUtf8, (shown) => `Not uploaded, since their names are not UTF-8: ${shown}. Rename them.`],
    [
      isInRepository ? [] : noted.gitignores,
      (shown) =>
        `Not heeded, since the folder is in no Git repository: ${shown}. Check it out with Git, or write the patterns into .railwayignore.`,
    ],
    [
      noted.unusedGlobs,
      (shown) =>
        `Named by include, and not there: ${shown}. Build it in an earlier step, or correct the glob.`,
    ],
  ];
  return sentences.flatMap(([paths, say]) =>
    paths.length === 0 ? [] : [say(shownPaths(paths.toSorted(compareBytes)))],
  );
}
