import { describe, expect, it } from 'vitest';
import { ActionFailure } from '#core';
import { inputs } from '../../../actions/fly-deploy/src/inputs.ts';
import { decideReview, type ReviewFacts } from '../../../actions/fly-deploy/src/review/decide.ts';

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ActionFailure)
      return `${error.code}: ${error.what} ${(error.details ?? []).join(' ')}`.trim();
    throw error;
  }
  return 'nothing is refused';
}

const usable = { 'review-app': 'true', 'fly-org': 'acme', 'fly-token': 'fo1_token' };

function read(given: Readonly<Record<string, string>>) {
  return inputs.read({ input: (name) => given[name] ?? '', env: {}, mask: () => {} });
}

describe('inputs of review apps', () => {
  it.each([
    [
      'another word',
      { ...usable, 'review-app': 'yes' },
      '`review-app` is "yes"; it must be one of: false, true, sweep.',
    ],
    [
      'no organization',
      { 'review-app': 'true', 'fly-token': 'fo1_token' },
      '`review-app` needs `fly-org`: the organization the apps are made in.',
    ],
    [
      'an app',
      { ...usable, 'fly-app': 'shop' },
      '`fly-app` has no meaning with `review-app`: the app is named after its pull request.',
    ],
    [
      'a part of the fleet',
      { ...usable, regions: 'ams', 'process-groups': 'web' },
      '`regions`, `process-groups` have no meaning with `review-app`: a new app has no machines to choose from.',
    ],
    [
      'a machine',
      { ...usable, 'only-machines': '148e272b9e0d89' },
      '`only-machines` has no meaning with `review-app`: a new app has no machines to choose from.',
    ],
    [
      'an environment',
      { ...usable, environment: 'staging' },
      '`environment` has no meaning with `review-app`: each pull request is an environment of its own, such as pr-7.',
    ],
    [
      'an idle time where nothing is swept',
      { ...usable, 'max-idle': '72h' },
      '`max-idle` has a meaning with `review-app: sweep` alone.',
    ],
    [
      'an idle time without a unit',
      { ...usable, 'review-app': 'sweep', 'max-idle': '72' },
      '`max-idle` is "72", which has no unit. Write 72s, 72m or 72h.',
    ],
    [
      'nothing to deploy',
      { ...usable, 'install-only': 'true' },
      '`review-app` has no meaning with `install-only`: nothing is deployed.',
    ],
    [
      'an image to be built alone',
      { ...usable, 'build-only': 'true' },
      '`review-app` has no meaning with `build-only`: nothing is deployed.',
    ],
  ])('are refused: %s', (_, given, what) => {
    expect(refusal(() => read(given))).toBe(`input-invalid: ${what}`);
  });

  it('are refused all at once', () => {
    const said = refusal(() => read({ 'review-app': 'true', 'fly-app': 'shop', 'max-idle': '1h' }));
    expect(said).toContain('3 inputs cannot be used: `fly-org`, `fly-app`, `max-idle`.');
  });

  it('need no app, and leave the token to what the run is', () => {
    expect(read({ 'review-app': 'true', 'fly-org': 'acme' })).toMatchObject({
      reviewApp: 'true',
      flyOrg: 'acme',
    });
    expect(read({ ...usable, 'review-app': 'sweep', 'max-idle': '72h' })).toMatchObject({
      maxIdleMs: 259_200_000,
    });
  });
});

const facts: ReviewFacts = {
  mode: 'true',
  token: 'fo1_token',
  organization: 'acme',
  service: undefined,
  repository: { owner: 'acme', name: 'shop' },
  repositoryId: '1001',
  event: { number: 7, closed: false, head: 'c0ffee' },
  eventName: 'pull_request',
  untrusted: undefined,
};
const access = {
  token: 'fo1_token',
  organization: 'acme',
  service: undefined,
  repository: { owner: 'acme', name: 'shop', id: '1001' },
};
const subject = {
  name: 'pr-7-shop',
  number: 7,
  environment: 'pr-7',
  head: 'c0ffee',
  service: 'pr-7-shop',
  part: 'pr-7-shop',
};

const fork = { kind: 'fork', what: 'It is a fork’s.', next: 'Deploy from a branch.' } as const;
const stranger = { kind: 'unknown', what: 'Nobody can say whose it is.', next: 'Ask.' } as const;

describe('what `review-app` asks for', () => {
  it.each([
    ['an app for an open pull request', {}, { kind: 'review', access, subject }],
    [
      'its end',
      { event: { number: 7, closed: true, head: 'c0ffee' } },
      { kind: 'close-review', access, subject },
    ],
    [
      'an app of its own for a service',
      { service: 'api' },
      {
        kind: 'review',
        access: { ...access, service: 'api' },
        subject: { ...subject, name: 'pr-7-shop-api', service: 'api', part: 'api' },
      },
    ],
    [
      'nothing of a fork, token or not',
      { untrusted: fork },
      { kind: 'skip-review', mode: 'true', untrusted: fork },
    ],
    [
      'no sweep in a fork’s run',
      { mode: 'sweep', untrusted: fork },
      { kind: 'skip-review', mode: 'sweep', untrusted: fork },
    ],
    [
      'nothing where nobody can say whose it is',
      { untrusted: stranger },
      { kind: 'refuse-review', untrusted: stranger },
    ],
    [
      'no sweep where nobody can say whose it is',
      { mode: 'sweep', untrusted: stranger },
      { kind: 'refuse-review', untrusted: stranger },
    ],
    ['a sweep, whatever started it', { mode: 'sweep', event: undefined }, { kind: 'sweep', access }],
  ] as const)('is %s', (_, given, wanted) => {
    expect(decideReview({ ...facts, ...given })).toEqual(wanted);
  });

  it('is nothing of a fork before it is missing its token', () => {
    const bare = { ...facts, token: undefined, untrusted: fork } as const;
    expect(decideReview(bare)).toEqual({ kind: 'skip-review', mode: 'true', untrusted: fork });
  });

  it.each([
    ['its token is missing', { token: undefined }, '`fly-token` is empty, and FLY_API_TOKEN is not set.'],
    [
      'nothing but a pull request can have an app',
      { event: undefined, eventName: 'push' },
      '`review-app: true` was started by push, which is about no pull request.',
    ],
    [
      'nobody could tell whose apps they are',
      { repositoryId: undefined },
      '`review-app` needs the repository’s id, and GITHUB_REPOSITORY_ID is not set.',
    ],
  ])('is refused where %s', (_, given, what) => {
    expect(refusal(() => decideReview({ ...facts, ...given }))).toBe(`input-invalid: ${what}`);
  });
});
