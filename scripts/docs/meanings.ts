import type { ActionResult, Serving } from '#core';

/** What an outcome means for the job: a sentence, and the step's exit code. */
export interface OutcomeMeaning {
  readonly meaning: string;
  readonly exit: string;
}

export const outcomeMeanings: Readonly<Record<ActionResult['outcome'], OutcomeMeaning>> = {
  live: { meaning: 'The new release is serving, and verified.', exit: '0' },
  unchanged: { meaning: 'The wanted artifact already serves; the checks passed.', exit: '0' },
  staged: { meaning: 'The release is ready and proved, and takes no traffic yet.', exit: '0' },
  rejected: {
    meaning: 'It failed before it took traffic; the old release never stopped serving.',
    exit: '1',
  },
  restored: {
    meaning: 'It failed after it took traffic; the old release serves again. For `rollback`: done.',
    exit: '1; 0 for `rollback`',
  },
  stranded: { meaning: 'It failed and was not restored.', exit: '1' },
  inconclusive: { meaning: 'It could not be judged; nothing is switched because of it.', exit: '1' },
  blocked: { meaning: 'A gate stopped it before anything changed.', exit: '1' },
  cancelled: { meaning: 'The job was cancelled.', exit: '1' },
  rehearsed: { meaning: 'A dry run: only reads were made.', exit: '0' },
  done: { meaning: 'An operation without a rollout finished.', exit: '0' },
  pass: { meaning: 'Every gate check passed.', exit: '0' },
  fail: { meaning: 'A gate check failed.', exit: '1' },
  ready: { meaning: 'The tools are installed and on PATH.', exit: '0' },
  error: { meaning: 'Inputs, token, configuration, an installation or a bug of ours stopped it.', exit: '1' },
};

export const servingMeanings: Readonly<Record<Serving, string>> = {
  new: 'The change under judgement; in a rollback, the release to be taken back.',
  old: 'What served before it; in a rollback, the release brought back.',
  mixed: 'Several releases at once.',
  nothing: 'No release.',
  unknown: 'It was not seen, or could not be asked.',
};
