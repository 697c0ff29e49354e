import { ActionFailure, errorMessage } from '../../../outcome/failure.ts';
import { ownValue } from '../../../text/own-value.ts';
import type { ArchiveListing } from './listing.ts';
import { shownPath } from './shown-path.ts';

/** A file or folder that is to be uploaded and cannot be read. */
export function unreadable(path: string, error: unknown): ActionFailure {
  const code = (error as NodeJS.ErrnoException).code ?? errorMessage(error);
  return new ActionFailure(
    {
      code: 'archive-unreadable',
      what: `${shownPath(path)} cannot be read (${code})`,
      why: reasons[code] ?? 'what is uploaded has to be whole',
      next: 'Make it readable for the user the job runs as, or name it in .railwayignore',
    },
    { cause: error },
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is gone since the folder was listed, so something removes files while the job deploys',
  EACCES:
    'the user the job runs as may not read it: a step that ran in a container leaves files of another user',
  ELOOP: 'it became a link since the folder was listed, and a link may lead anywhere',
};

/** The folder itself, as it was named: it is not there, or is none, more often than it may not be read. */
export function unreadableFolder(root: string, error: unknown): ActionFailure {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = ownValue(noFolder, code);
  if (known === undefined) return unreadable(root, error);
  return new ActionFailure(
    {
      code: 'archive-unreadable',
      what: `what is to be uploaded ${known.what}: ${shownPath(root)}`,
      next: known.next,
    },
    { cause: error },
  );
}

const noFolder: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  ENOENT: {
    what: 'is not there',
    next: 'Correct `directory`, or check the repository out in a step before this one',
  },
  ENOTDIR: { what: 'is no folder', next: 'Correct `directory`, so that it names a folder' },
};

/** A folder of which nothing would be sent: more often a checkout that was forgotten than one that was meant. */
export function emptyArchive({ root, warnings }: Pick<ArchiveListing, 'root' | 'warnings'>): ActionFailure {
  return new ActionFailure({
    code: 'archive-empty',
    what: `no file is left to upload: ${shownPath(root)} is empty, or all in it is ignored`,
    next: 'Correct `directory`, check the repository out in a step before this one, or name what is to be sent in `include`',
    details: warnings,
  });
}

/** A file that is not what it was when its upload began. `how`: what became of it. */
export function changed(path: string, how: string): ActionFailure {
  return new ActionFailure({
    code: 'archive-changed',
    what: `${shownPath(path)} ${how} while it was uploaded`,
    why: 'what was sent of it is neither the old file nor the new one, so the upload was cut',
    next: 'End what writes to it before the deploy, or name it in .railwayignore',
  });
}

/** More entries than are listed. `path`: the first beyond. */
export function tooMany(path: string, most: number): ActionFailure {
  return new ActionFailure({
    code: 'archive-too-many',
    what: `the folder holds more than ${most} files and folders; ${shownPath(path)} is one too many`,
    why: 'a build output, a cache or links that lead to one another are probably in it',
    next: 'Name what the service does not need in .railwayignore',
  });
}
