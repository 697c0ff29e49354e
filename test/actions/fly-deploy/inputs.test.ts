import { expect, it } from 'vitest';
import type { ActionFailure } from '#core';
import { inputs } from '../../../actions/fly-deploy/src/inputs.ts';

/** What the message says of these inputs, beside an app and a token that are good. */
function problemOf(given: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = { 'fly-app': 'shop', 'fly-token': 'token', ...given };
  try {
    inputs.read({ input: (name) => all[name] ?? '', env: {}, mask: () => {} });
    return 'none';
  } catch (error) {
    return (error as ActionFailure).what;
  }
}

it.each([
  ['a volume by id', { snapshot: 'vol_4m8gq0y1' }],
  ['a volume or an app by name', { snapshot: 'shop-db' }],
  ['a managed cluster', { snapshot: 'mpg:1zqv4mk7x8' }],
  ['globs for it', { snapshot: 'pg_data', 'snapshot-when': 'db/migrate/**\npriv/*/migrations' }],
  ['a build alone', { 'build-only': 'true', 'build-args': 'A=B' }],
])('accepts %s', (_, given) => {
  expect(problemOf(given)).toBe('none');
});

it.each([
  [
    'a snapshot of what is neither name nor id',
    { snapshot: 'shop db' },
    '`snapshot` is "shop db"; it must be a volume’s id or name, the name of a Fly Postgres app, or mpg: and the id of a cluster.',
  ],
  [
    'a time for a snapshot of nothing',
    { 'snapshot-when': 'db/**' },
    '`snapshot-when` says when, but `snapshot` does not say of what.',
  ],
  [
    'a glob that would never match',
    { snapshot: 'data', 'snapshot-when': './db/**\n!docs/**\ndb/**' },
    '`snapshot-when` holds "./db/**", "!docs/**"; a glob starts at the repository’s root, such as db/migrate/**, and cannot exclude.',
  ],
  [
    'a snapshot without time',
    { snapshot: 'data', 'snapshot-timeout': '10' },
    '`snapshot-timeout` is "10", which has no unit. Write 10s, 10m or 10h.',
  ],
  [
    'a limit that no timer can count: it would be over at once',
    { 'restore-timeout': '597h' },
    '`restore-timeout` is 597h; it must be at most 120h.',
  ],
  [
    'a build of what is built already',
    { 'build-only': 'true', image: 'registry.fly.io/shop:v1' },
    '`image` has no meaning with `build-only`: an image is built, and nothing is deployed.',
  ],
  [
    'a build with what only a deploy has',
    { 'build-only': 'true', checks: 'smoke.yml', snapshot: 'data', 'rollback-barrier': 'true' },
    '`checks`, `snapshot`, `rollback-barrier` have no meaning with `build-only`: an image is built, and nothing is deployed.',
  ],
])('refuses %s', (_, given, what) => {
  expect(problemOf(given)).toBe(what);
});
