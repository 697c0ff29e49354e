import { describe, expect, it } from 'vitest';
import { secretsWarning } from '../../../actions/railway-up/src/preview/advice.ts';
import {
  decidePreview,
  decideSweep,
  type PreviewFacts,
} from '../../../actions/railway-up/src/preview/decide.ts';

const head = 'a'.repeat(40);
const facts: PreviewFacts = {
  mode: 'true',
  hasToken: true,
  repository: { owner: 'acme', name: 'shop' },
  repositoryId: '1001',
  event: { number: 7, closed: false, head },
  isBots: false,
  eventName: 'pull_request',
  untrusted: undefined,
};
const repository = { owner: 'acme', name: 'shop', id: '1001' };
const subject = { number: 7, environment: 'pr-7', head, isBots: false };
const fork = { kind: 'fork', what: 'Of a fork.', next: 'Wait.' } as const;
const unknown = { ...fork, kind: 'unknown' } as const;

describe('what `preview` asks for', () => {
  it.each([
    ['Railway’s own is followed', {}, { kind: 'deploy', by: 'railway', repository, subject }],
    ['one is made', { mode: 'create' }, { kind: 'deploy', by: 'us', repository, subject }],
    [
      'it is closed',
      { event: { number: 7, closed: true, head } },
      { kind: 'close', by: 'railway', repository, subject },
    ],
    ['a sweep is about none', { mode: 'sweep', event: undefined }, { kind: 'sweep', repository }],
    [
      'a fork’s run is passed over, and misses no token',
      { untrusted: fork, hasToken: false },
      { kind: 'skip', mode: 'true', untrusted: fork },
    ],
    ['nobody can say whose code it is', { untrusted: unknown }, { kind: 'refuse', untrusted: unknown }],
  ] as const)('%s', (_, given, wanted) => {
    expect(decidePreview({ ...facts, ...given })).toEqual(wanted);
  });

  it.each([
    ['there is no token', { hasToken: false }, '`railway-token` is empty'],
    ['another event started it', { event: undefined, eventName: 'push' }, 'was started by push'],
    ['the repository’s id is not told', { repositoryId: undefined }, 'GITHUB_REPOSITORY_ID is not set'],
    [
      'the commit to follow is not told',
      { event: { number: 7, closed: false, head: undefined } },
      'does not say which commit pull request 7 is at',
    ],
  ] as const)('is refused where %s', (_, given, said) => {
    expect(() => decidePreview({ ...facts, ...given })).toThrow(said);
  });
});

describe('a sweep', () => {
  it.each([
    [{ recorded: 'yes', pull: { kind: 'closed' } }, true, 'the pull request is closed'],
    [{ recorded: 'no', pull: { kind: 'closed' } }, false, /^left alone: no deployment record proves/],
    [{ recorded: 'unknown', pull: { kind: 'closed' } }, false, /^left alone: .* cannot be read$/],
    [{ recorded: 'yes', pull: { kind: 'open' } }, false, 'kept: its pull request is open'],
    [{ recorded: 'yes', pull: { kind: 'unknown', why: '404' } }, false, /cannot be asked for \(404\)$/],
  ] as const)('of %o removes: %s', (seen, remove, note) => {
    expect(decideSweep(seen)).toEqual({ remove, note: expect.stringMatching(note) });
  });
});

describe('a preview that is a copy', () => {
  it.each([
    ['of production', 'production', /^This preview is a copy of production with all its variables: /],
    ['of production in capitals', 'Production', /^This preview is a copy of Production /],
    ['of another environment', 'preview-base', undefined],
  ])('%s is warned of, or not: the pull request’s code runs with its secrets', (_, source, said) => {
    expect(secretsWarning(source)).toEqual(said && expect.stringMatching(said));
  });
});
