import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  argumentContents,
  configContents,
} from '../../../../../packages/core/src/platforms/fly/deploy/config-contents.ts';

const dir = mkdtempSync(join(tmpdir(), 'belay-config-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function contents(name: string, text: string) {
  writeFileSync(join(dir, name), text);
  return configContents(join(dir, name), dir);
}

const toml = `
app = "shop"
primary_region = "iad"
[env]
PORT = 8080
GREETING = "hello"
[http_service]
internal_port = 8080 # the shop's
`;

const shop = {
  'primary-region': 'iad',
  'env.PORT': '8080',
  'env.GREETING': 'hello',
  'config.http_service': { internal_port: 8080 },
};

describe('what a configuration ships', () => {
  it.each([
    ['fly.toml', toml],
    ['any.name', toml],
    [
      'reordered.toml',
      'http_service.internal_port = 8080\nprimary_region = \'iad\'\nenv = { GREETING = "hello", PORT = "8080" }\n',
    ],
    ['of-another-app.toml', toml.replace('"shop"', '"shop-staging"')],
    [
      'fly.json',
      '{"env":{"PORT":8080,"GREETING":"hello"},"primary_region":"iad","http_service":{"internal_port":8080}}',
    ],
    [
      'fly.yaml',
      'primary_region: iad\nenv: { PORT: 8080, GREETING: hello }\nhttp_service:\n  internal_port: 8080\n',
    ],
  ])('is the same in %s', async (name, text) => {
    expect(await contents(name, text)).toEqual(shop);
  });

  it.each([
    ['broken.toml', 'app = \n'],
    ['broken.json', '{'],
    ['broken.yaml', 'a: [\n'],
    ['list.json', '[]'],
    ['growing.yaml', 'a: &a [1]\nb: [*a, *a]\n'],
  ])('is its text where %s cannot be read', async (name, text) => {
    expect(await contents(name, text)).toEqual({ config: text });
    expect(await contents(name, text.replaceAll('\n', '\r\n'))).toEqual({ config: text });
  });

  it('is one part of variables that are written otherwise than as a table', async () => {
    expect(await contents('listed.toml', '[[env]]\nA = "1"\n')).toEqual({ 'config.env': [{ A: '1' }] });
  });

  it('is of a date what it says', async () => {
    const [one, other] = await Promise.all([
      contents('one.toml', '[deploy]\nsince = 2026-01-01\n'),
      contents('other.toml', '[deploy]\nsince = 2026-01-02\n'),
    ]);
    expect(JSON.stringify(one)).not.toBe(JSON.stringify(other));
  });

  it('is also what is in the files it names', async () => {
    const text = '[[files]]\nguest_path = "/etc/banner"\nlocal_path = "banner.txt"\n';
    const without = await contents('files.toml', text);
    writeFileSync(join(dir, 'banner.txt'), 'one');
    const one = await contents('files.toml', text);
    writeFileSync(join(dir, 'banner.txt'), 'two');
    const two = await contents('files.toml', text);
    expect(new Set([without, one, two].map((all) => JSON.stringify(all))).size).toBe(3);
  });
});

describe('what arguments ship', () => {
  it('is their text, and what is in a file they name', async () => {
    const args = ['--file-local=/etc/banner=banner.txt', '--label', 'a=b'];
    writeFileSync(join(dir, 'banner.txt'), 'one');
    const one = JSON.stringify(await argumentContents(args, dir));
    expect(JSON.stringify(await argumentContents(args, dir))).toBe(one);
    writeFileSync(join(dir, 'banner.txt'), 'two');
    expect(JSON.stringify(await argumentContents(args, dir))).not.toBe(one);
    expect(JSON.stringify(await argumentContents(args.toReversed(), dir))).not.toBe(one);
  });
});
