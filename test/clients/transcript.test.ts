import { describe, expect, it } from 'vitest';
import type { SentRequest } from './request-order.ts';
import { normalise, type RawTranscript } from './transcript.ts';

const [one, other] = ['/v1/apps/shop/machines/a1', '/v1/apps/shop/machines/b2'];

function asks(line: string, status = 200): SentRequest {
  const [method = '', path = ''] = line.split(' ');
  return { method, path, auth: 'Bearer', nonce: false, body: null, status };
}

const update = asks(`POST ${one}`);
const look = asks(`GET ${one}`);
const lookAtOther = asks(`GET ${other}`);
const processes = asks(`GET ${one}/ps`);
const missing = asks(`GET ${one}`, 404);
const waited = asks(`GET ${one}/wait?state=started`);
const refusedWait = asks(`GET ${one}/wait?state=started`, 429);
const uncordon = asks(`POST ${one}/uncordon`);
const retried = asks('POST /api/v1/releases', 503);

const story = [update, look, lookAtOther, processes, waited, look, uncordon];

function read(requests: readonly SentRequest[], unordered: boolean, stderr = 'deploying\n') {
  const raw: RawTranscript = { name: 'a story', exit: 0, stdout: '', stderr, requests };
  return normalise(raw, { unordered, withoutTunnel: true });
}

describe.each([
  ['in its order', false],
  ['in any order', true],
])('a transcript that is compared %s', (_, unordered) => {
  it.each<[string, readonly SentRequest[]]>([
    ['once more', [update, look, look, lookAtOther, processes, waited, look, uncordon]],
    [
      'many times, in turns',
      [update, look, lookAtOther, processes, look, processes, lookAtOther, waited, look, look, uncordon],
    ],
    ['in another turn', [update, lookAtOther, look, processes, waited, look, uncordon]],
  ])('is the same where machines were polled %s', (_title, requests) => {
    expect(read(requests, unordered)).toEqual(read(story, unordered));
  });

  it.each<[string, readonly SentRequest[]]>([
    ['one request is missing', story.filter((request) => request !== uncordon)],
    ['one machine was never polled', story.filter((request) => request !== lookAtOther)],
    ['one kind of poll is missing', story.filter((request) => request !== processes)],
    ['a poll was answered otherwise', [...story.slice(0, 2), missing, ...story.slice(2)]],
    ['a request was added', [...story, asks(`POST ${one}/stop`)]],
    ['a request that changes something was sent twice', [update, ...story]],
    ['a request was tried again', [...story, retried, retried]],
    ['a list was asked for', [...story, asks('GET /v1/apps/shop/machines')]],
    ['a wait was repeated', [...story, waited]],
    ['a wait was refused', [...story.slice(0, 4), refusedWait, ...story.slice(4)]],
  ])('is another where %s', (_title, requests) => {
    expect(read(requests, unordered)).not.toEqual(read(story, unordered));
  });

  it('is another where a line was said twice, or not at all', () => {
    const said = read(story, unordered);
    expect(read(story, unordered, 'deploying\ndeploying\n')).not.toEqual(said);
    expect(read(story, unordered, '')).not.toEqual(said);
  });
});

it.each([true, false])('tells that a wait was refused, not how often (unordered: %s)', (unordered) => {
  const refused = (times: number) =>
    read([update, ...Array<SentRequest>(times).fill(refusedWait), waited], unordered);
  expect(refused(5)).toEqual(refused(1));
  expect(refused(1)).not.toEqual(refused(0));
});

it('tells how often a request was tried again', () => {
  const tried = (times: number) => read([update, ...Array<SentRequest>(times).fill(retried)], false);
  expect(tried(4)).not.toEqual(tried(3));
});

it.each<[string, readonly SentRequest[]]>([
  ['a change before the wait', [update, look, lookAtOther, processes, uncordon, waited, look]],
  ['no look after the wait', [update, look, lookAtOther, processes, waited, uncordon]],
])('a transcript that is compared in its order is another with %s', (_, requests) => {
  expect(read(requests, false)).not.toEqual(read(story, false));
});
