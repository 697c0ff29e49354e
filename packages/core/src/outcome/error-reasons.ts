import type { Reason } from './reason.ts';

/** What can be wrong before anything was changed, with inputs, credentials, tools or Belay itself; and a job cut short. */
export const errorReasons = {
  cancelled: { meaning: 'The job was cancelled.', advice: 'See what serves now, then run the job again.' },
  'input-invalid': { meaning: 'Inputs are missing or not legal.', advice: 'Correct the inputs named above.' },
  'token-rejected': {
    meaning: 'The platform refused the token.',
    advice: 'Create a new token and store it as the secret this job reads.',
  },
  'token-kind': {
    meaning: 'The token is of a kind that cannot do this.',
    advice: 'Create a token of the kind named above.',
  },
  'config-invalid': {
    meaning: 'The platform’s configuration file is not valid.',
    advice: 'Correct the file as the message says.',
  },
  'secret-missing': {
    meaning: 'The app lacks a secret that `required-secrets` names.',
    advice: 'Set the secrets named above, then run the job again.',
  },
  'image-not-found': {
    meaning: 'The registry has no such image.',
    advice: 'Push the image first, or correct its name.',
  },
  'install-failed': { meaning: 'A tool could not be installed.', advice: 'Read the message above.' },
  'tool-missing': {
    meaning: 'A tool could not be started.',
    advice: 'Install it in an earlier step and put its folder on PATH.',
  },
  'download-refused': {
    meaning: 'A download was sent somewhere it must not come from.',
    advice: 'Check the URL, and what answers for its host.',
  },
  'runner-unwritable': {
    meaning: 'A file or folder that the runner gives every step is missing or cannot be written.',
    advice: 'Free space on the runner’s disk, or make the path named above writable.',
  },
  'proxy-unusable': {
    meaning: 'A proxy is set that cannot be used.',
    advice: 'Correct `HTTPS_PROXY` and `HTTP_PROXY`, or update the runner.',
  },
  'tls-unverified': {
    meaning: 'The job turns the verification of certificates off; nothing was sent.',
    advice: 'Remove `NODE_TLS_REJECT_UNAUTHORIZED`, and name the authority in `NODE_EXTRA_CA_CERTS`.',
  },
  'checksum-mismatch': {
    meaning: 'A tool is not what its publisher, or the tool cache, says it was; it was not run.',
    advice: 'Do not override this: find out why the file differs.',
  },
  bug: { meaning: 'Belay failed in a way it should not.', advice: 'Report it with the log of this step.' },
} as const satisfies Record<string, Reason>;
