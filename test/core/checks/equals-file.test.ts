// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serve } from './loopback.ts';

afterEach(closeServers);

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-equals-file-test-'));
  const files = { 'golden.txt': 'one\ntwo\n', 'golden.json': '{ "a": [1, 2] }', 'word.txt': 'up' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  await writeFile(join(root, 'golden.bin'), Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0]));
});

const asking = (url: string, expected: string) =>
  `checks:\n  - { name: c, http: "${url}", expect: ${expected} }\n`;
const answering = (body: string | Buffer) => serve((_, response) => response.end(body));

describe('`equals-file`', () => {
  it.each<[string, string | Buffer, string]>([
    ['text that is the same', 'one\ntwo\n', '{ body: { equals-file: golden.txt } }'],
    [
      'bytes that are no text, with a mark',
      Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0]),
      '{ body: { equals-file: golden.bin } }',
    ],
    [
      'the same asked of `bytes`',
      Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0]),
      '{ bytes: { equals-file: golden.bin } }',
    ],
    ['a document, however it is written', '{"a":[1,2]}', '{ json: { equals-file: golden.json } }'],
    ['a part of one', '{"b":{"a":[1,2]}}', '{ jsonpath: { $.b: { equals-file: golden.json } } }'],
    ['text in a document', '{"b":"up"}', '{ jsonpath: { $.b: { equals-file: word.txt } } }'],
    ['items, by `any`', '["down","up"]', '{ json: { any: { equals-file: word.txt } } }'],
    ['what a filter gives', 'so: up', '{ body: { regex: "so: (.*)", equals-file: word.txt } }'],
    ['by a name with a variable', 'up', '{ body: { equals-file: "${word}.txt" } }'],
    ['negated, what differs', 'down', '{ body: { not-equals-file: word.txt } }'],
  ])('holds of %s', async (_, body, expected) => {
    const text = asking(await answering(body), expected);
    const met = await lastAttempt(text, { root, variables: { word: 'word' } });
    expect(met).toMatchObject({ outcome: 'pass', failures: [] });
  });

  it.each<[string, string, string, string, string]>([
    [
      'another byte',
      'one\ntwx\n',
      '{ body: { equals-file: golden.txt } }',
      'equals the file golden.txt',
      '8 bytes, where the file has 8; the first that differs is byte 7, in line 2',
    ],
    [
      'less',
      'one',
      '{ body: { equals-file: golden.txt } }',
      'equals the file golden.txt',
      '3 bytes, where the file has 8; the first that differs is byte 4, in line 1',
    ],
    [
      'another document',
      '{"a":[2,1]}',
      '{ json: { equals-file: golden.json } }',
      'equals the file golden.json',
      '{"a":[2,1]}',
    ],
    [
      'a number, of a file that is no JSON',
      '7',
      '{ json: { equals-file: golden.txt } }',
      'equals the file golden.txt',
      'a number, and the file is not JSON',
    ],
    [
      'the same kind, negated',
      '7',
      '{ json: { not-equals-file: golden.txt } }',
      'not equals the file golden.txt',
      'a number, and the file is not JSON',
    ],
    [
      'the same text, negated',
      'up',
      '{ body: { not-equals-file: word.txt } }',
      'not equals the file word.txt',
      '"up"',
    ],
  ])('fails of %s, and shows nothing of the file', async (_, body, expected, wanted, actual) => {
    const [source] = /\w+/.exec(expected) ?? [];
    const met = await lastAttempt(asking(await answering(body), expected), { root });
    expect(met).toMatchObject({ failures: [`${source}: ${wanted}: ${actual}`] });
  });

  it.each<[string, string, string]>([
    [
      'a file that is not there',
      '{ body: { equals-file: gone.txt } }',
      'The file "gone.txt" cannot be used: it is not there',
    ],
    [
      'a file in a nested predicate',
      '{ json: { each: { equals-file: ../x } } }',
      'The file "../x" cannot be used',
    ],
    ['no path', '{ body: { equals-file: 7 } }', '`equals-file` takes the path of a file, not 7.'],
    [
      'the form of another tool',
      '{ body: { equals: { file: a.txt } } }',
      'Text is compared with a file by `equals-file: golden.txt`.',
    ],
  ])('is refused when it is read, with %s', async (_, expected, message) => {
    await expect(loadChecks(asking('http://a.example', expected), { root })).rejects.toThrow(message);
  });

  it('is refused in a run that nobody has accepted', async () => {
    const text = asking('http://a.example', '{ body: { equals-file: word.txt } }');
    await expect(loadChecks(text, { root, untrusted: 'It is a fork.' })).rejects.toThrow(
      'This reads a file. That is refused here: It is a fork.',
    );
  });
});
