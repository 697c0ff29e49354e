import { describe, expect, it } from 'vitest';
import { cancelledResult, concludeError } from '../../../packages/core/src/action/conclude.ts';
import { HttpError } from '../../../packages/core/src/io/http.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

const alone = { cancelled: false, isOwn: true, issuesUrl: undefined };
const failure = new ActionFailure({
  code: 'app-not-found',
  what: 'No app shop.',
  next: 'Correct `fly-app`.',
});

const nothingShipped =
  'Nothing was shipped by this step: no release has taken the place of what served before.';

describe('a run that threw', () => {
  it('ends with the failure’s code as its reason', () => {
    expect(concludeError(failure, alone)).toEqual({
      outcome: 'error',
      reason: 'app-not-found',
      ok: false,
      outputs: {},
      headline: nothingShipped,
      failure,
    });
  });

  it('keeps the reasons a closed list: an unlisted code is our bug, with its own advice', () => {
    const unlisted = new ActionFailure({ code: 'made-up', what: 'Something.', next: 'Do this.' });
    expect(concludeError(unlisted, alone)).toMatchObject({ reason: 'bug', failure: unlisted });
  });

  it.each([
    [
      'an error',
      new TypeError('x is not a function'),
      'Belay failed in a way it should not: x is not a function',
    ],
    ['anything else', 'oops', 'Belay failed in a way it should not: oops'],
  ])('is our bug when it threw %s, and says where to report it', (_, error, what) => {
    const issuesUrl = 'https://github.com/acme/belay/issues';
    expect(concludeError(error, { cancelled: false, isOwn: true, issuesUrl })).toEqual({
      outcome: 'error',
      reason: 'bug',
      ok: false,
      outputs: {},
      headline: 'What serves now is not known to this step: look at the platform.',
      failure: { code: 'bug', what, next: `Report it with the log of this step at ${issuesUrl}.` },
    });
  });

  it.each([
    [
      'no answer',
      undefined,
      'platform-unreachable',
      'Check that this runner reaches api.fly.io, then run the job again.',
    ],
    ['a refusal for too many requests', 429, 'rate-limited', 'Run the job again in a few minutes.'],
    [
      'an error of the server',
      502,
      'platform-error',
      'Look at the platform’s status page, then run the job again.',
    ],
  ])('blames the platform for %s', (_, status, reason, next) => {
    const error = new HttpError({
      kind: 'status',
      method: 'GET',
      url: 'https://api.fly.io/',
      reason: 'no',
      maybeEffective: false,
      attempts: 3,
      ...(status === undefined ? {} : { status }),
    });
    expect(concludeError(error, alone)).toMatchObject({
      outcome: 'error',
      reason,
      failure: { code: reason, what: error.message, next },
    });
  });

  it('was cancelled, whatever it threw after the signal', () => {
    const cancelled = { ...alone, cancelled: true };
    expect(concludeError(failure, cancelled)).toEqual({ ...cancelledResult, untouched: true });
    // It was given up: what it was about to do is not known.
    expect(concludeError(failure, { ...cancelled, isOwn: false })).toBe(cancelledResult);
  });
});
