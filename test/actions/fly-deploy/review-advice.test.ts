import { describe, expect, it } from 'vitest';
import { ActionFailure, type ActionResult } from '#core';
import type { RolloutVerdict } from '#core/deployment';
import { advisedForReview, verdictForReview } from '../../../actions/fly-deploy/src/review/advice.ts';
import { adviceOn } from '../../../packages/core/src/deployment/advice.ts';

const failed = (code: string, next: string) => ({
  code,
  what: 'It failed.',
  why: 'it did',
  next,
  details: ['a'],
});
const org = 'Run `fly tokens create org --org acme` and store its whole output as the secret this job reads.';

describe('what a run about review apps is advised', () => {
  it.each([
    [
      'a token of the organization, not of an app',
      'token-rejected',
      'Run `fly tokens create deploy --app pr-7-shop`.',
      org,
    ],
    ['the same where the kind is wrong', 'token-kind', 'Use a deploy token of this app.', org],
    [
      'what is said already',
      'token-kind',
      'Run `fly tokens create org --org acme`.',
      'Run `fly tokens create org --org acme`.',
    ],
    [
      'nothing of an input that it has not',
      'app-not-found',
      'Correct `fly-app`.',
      'Run the job again: an app that was destroyed meanwhile is made anew.',
    ],
    [
      'the same as any deploy of machines that nobody manages: the gate knows that no input names them',
      'unmanaged-machines',
      'Run `fly machine destroy m1`. No `force` passes this.',
      'Run `fly machine destroy m1`. No `force` passes this.',
    ],
    ['the same as any deploy of all else', 'rate-limited', 'Wait.', 'Wait.'],
  ])('is %s', async (_, code, next, advised) => {
    const text = failed(code, next);
    const result: ActionResult = {
      outcome: 'rejected',
      reason: code,
      ok: false,
      outputs: {},
      headline: 'No.',
      failure: text,
    };
    expect(await advisedForReview('acme', async () => result)).toEqual({
      ...result,
      failure: { ...text, next: advised },
    });
    const thrown = advisedForReview('acme', async () => {
      throw new ActionFailure(text);
    });
    await expect(thrown).rejects.toMatchObject({ ...text, next: advised });
  });

  it('is left out of what is no failure of ours to advise on', async () => {
    const error = new Error('a bug');
    await expect(advisedForReview('acme', () => Promise.reject(error))).rejects.toBe(error);
    const fine: ActionResult = {
      outcome: 'live',
      reason: 'verified',
      ok: true,
      outputs: {},
      headline: 'Live.',
    };
    expect(await advisedForReview('acme', async () => fine)).toBe(fine);
  });
});

describe('what a deploy to a review app is advised, in its summary as in its annotation', () => {
  const verdict = (reason: string, cause: string, next: string): RolloutVerdict => ({
    outcome: 'stranded',
    reason,
    serving: 'new',
    notes: [],
    cause: { reason: cause, what: 'It failed.', next },
  });
  it.each([
    ['of the token, by what refused it', 'token-rejected', 'token-rejected', 'Use a deploy token.', org],
    ['of the token, where that is not the cause', 'token-kind', 'crashed', 'Read the log.', org],
    ['of a cause of its own', 'crashed', 'crashed', 'Read the log.', 'Read the log.'],
    [
      'of machines that nobody manages, where they are not the cause',
      'unmanaged-machines',
      'crashed',
      'Read the log.',
      'Put them under the client’s care, or destroy them.',
    ],
    [
      'of what was left as it is',
      'on-failure-none',
      'crashed',
      'Read the log.',
      'Fix forward: push what mends it.',
    ],
  ])('%s', (_, reason, cause, next, advised) => {
    expect(adviceOn(verdictForReview(verdict(reason, cause, next), 'acme'), 'fly-deploy')).toBe(advised);
  });

  it('is never another where the verdict knows this very case', () => {
    const known = { ...verdict('unmanaged-machines', 'crashed', 'Read the log.'), next: 'Do this.' };
    expect(verdictForReview(known, 'acme')).toEqual(known);
  });
});
