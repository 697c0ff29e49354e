import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ReviewAppSubject,
  reviewAppName,
  reviewAppOwnerLabel,
  reviewedPullRequest,
  secondReviewAppName,
} from '../../../../../packages/core/src/platforms/fly/review/review-app.ts';

const subject: ReviewAppSubject = {
  repository: { owner: 'acme', name: 'shop' },
  number: 7,
  service: undefined,
};
const named = (name: string, owner = 'acme') => reviewAppName({ ...subject, repository: { owner, name } });

describe('the name of a review app', () => {
  it.each([
    ['number and repository', subject, 'pr-7-shop'],
    ['the service after them', { ...subject, service: 'api' }, 'pr-7-shop-api'],
    ['small letters alone', { ...subject, repository: { owner: 'acme', name: 'Shop' } }, 'pr-7-shop'],
  ])('is %s', (_, given, name) => {
    expect(reviewAppName(given)).toBe(name);
  });

  it.each([
    ['characters that Fly refuses', 'my_shop.js', 'my-shop-js-HASH'],
    ['dashes at its ends', '-shop-', 'shop-HASH'],
    ['nothing that Fly takes', '...', 'HASH'],
    ['more than Fly takes', 'x'.repeat(100), `${'x'.repeat(48)}-HASH`],
  ])('has a hash where the repository’s has %s', (_, repository, name) => {
    expect(named(repository).replace(/[0-9a-f]{8}$/, 'HASH')).toBe(`pr-7-${name}`);
  });

  it('stays the same from release to release of Belay: whoever closes must find what was opened', () => {
    expect(named('my_shop')).toBe('pr-7-my-shop-4df3c57f');
  });

  it('is one that Fly takes, and tells its pull request', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/);
    fc.assert(
      fc.property(
        part,
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.option(part, { nil: undefined }),
        (name, number, service) => {
          const app = reviewAppName({ repository: { owner: 'acme', name }, number, service });
          expect(app).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(app.length).toBeLessThan(63);
          expect(reviewedPullRequest(app)).toBe(number);
        },
      ),
    );
  });

  it('is another for every repository whose name Fly would make the same', () => {
    const long = 'x'.repeat(80);
    const names = [
      named('my-shop'),
      named('my_shop'),
      named('my.shop'),
      named(`${long}a`),
      named(`${long}b`),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(named('my_shop', 'eve')).not.toBe(named('my_shop'));
  });
});

describe('the name of a review app where somebody else holds the first', () => {
  const second = (name: string, { id = '1001', owner = 'acme', service = '' } = {}) =>
    secondReviewAppName({
      repository: { id, owner, name },
      number: 7,
      service: service === '' ? undefined : service,
    });

  it.each([
    ['as it always was: whoever closes must find what was opened', second('shop'), 'pr-7-shop-8150e966'],
    ['of the service too', second('shop', { service: 'api' }), 'pr-7-shop-api-bfb06b17'],
    ['another than the first, where that has a hash as well', second('my_shop'), 'pr-7-my-shop-f45f8030'],
    ['the same under another owner', second('shop', { owner: 'beta' }), 'pr-7-shop-8150e966'],
    ['no longer than Fly takes', second('x'.repeat(100)), `pr-7-${'x'.repeat(48)}-f89ed2b4`],
  ])('is %s', (_, name, expected) => {
    expect(name).toBe(expected);
  });

  it('is another for another repository of the same name', () => {
    expect(second('shop', { id: '2002' })).not.toBe(second('shop'));
  });

  it('tells its pull request', () => {
    expect(reviewedPullRequest(second('shop'))).toBe(7);
  });
});

it.each(['shop', 'pr-shop', 'pr-0-shop', 'pr-7', 'xpr-7-shop', 'pr-07-shop'])(
  '%s is no review app’s name',
  (name) => {
    expect(reviewedPullRequest(name)).toBeUndefined();
  },
);

it('is marked for one pull request of one repository, by the name of a secret', () => {
  expect(reviewAppOwnerLabel('1001', 7)).toBe('BELAY_REVIEW_APP_1001_7');
});
