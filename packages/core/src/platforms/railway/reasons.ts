import type { Reason } from '../../outcome/reason.ts';

/** What only Railway comes to. Plain data, which the closed list is made of. */
export const railwayReasons = {
  'archive-unreadable': {
    meaning: 'A file or folder that would be uploaded cannot be read.',
    advice: 'Make it readable for the job, or name it in `.railwayignore`.',
  },
  'archive-changed': {
    meaning: 'A file changed while it was uploaded; the upload was cut.',
    advice: 'End what writes it before the deploy, or name it in `.railwayignore`.',
  },
  'archive-too-many': {
    meaning: 'The folder holds more files than can be uploaded.',
    advice: 'Name what the service does not need in `.railwayignore`.',
  },
} as const satisfies Record<string, Reason>;
