import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, buildActions } from '../../scripts/build.ts';
import { readManifests } from '../../scripts/docs/manifest.ts';
import { root } from '../../scripts/root.ts';

const committed = join(root, 'dist');
const rebuilt = mkdtempSync(join(tmpdir(), 'belay-dist-'));
let bundles: readonly Bundle[];

beforeAll(async () => {
  bundles = await buildActions(rebuilt);
}, 300_000);

afterAll(() => rmSync(rebuilt, { recursive: true, force: true }));

/** What GitHub's client is made of. */
const github = `
  @octokit/auth-token @octokit/core @octokit/endpoint @octokit/graphql @octokit/plugin-rest-endpoint-methods
  @octokit/request @octokit/request-error before-after-hook content-type`;

/** The packages in each bundle, in the order of their names. */
const madeOf = {
  'fly-deploy': `@actions/core @actions/io @actions/tool-cache ${github} js-yaml json-with-bigint pend semver smol-toml
    universal-user-agent yauzl`,
  'railway-up': `@actions/core ${github.replace('before-after-hook', '@vercel/ncc before-after-hook')} ignore js-yaml
    json-with-bigint smol-toml universal-user-agent ws`,
  rollback: `@actions/core @actions/io @actions/tool-cache ${github.replace('before-after-hook', '@vercel/ncc before-after-hook')}
    json-with-bigint pend semver smol-toml universal-user-agent ws yauzl`,
  'smoke-test': `@actions/core ${github} json-with-bigint universal-user-agent`,
  checks: `
    @csstools/css-tokenizer @hyperjump/json-schema-formats @hyperjump/uri @vercel/ncc entities es-module-lexer
    htmlparser2 idn-hostname js-yaml json-p3 pg pg-cloudflare pg-connection-string pg-int8 pg-pool pg-protocol pg-types
    pgpass postgres-array postgres-bytea postgres-date postgres-interval punycode semver split2 ws xtend`,
};

describe('dist', () => {
  it('holds the same files as a rebuild', () => {
    expect(filesIn(committed)).toEqual(filesIn(rebuilt));
  });

  it('is what the sources build, byte for byte', () => {
    const differing = filesIn(rebuilt).filter(
      (file) => !readFileSync(join(committed, file)).equals(readFileSync(join(rebuilt, file))),
    );
    expect(differing.map((file) => `dist/${file} is out of date: run npm run build`)).toEqual([]);
  });

  it.each(Object.entries(madeOf))(
    'tells of %s the licence of every package it is made of, whole',
    (name, packages) => {
      const licences = readFileSync(join(rebuilt, name, 'licenses.txt'), 'utf8');
      const entries = licences.split(/^(?=(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+\n\S+\n\n)/m);
      const short = entries.filter((entry) => !/permission|permitted/i.test(entry) || entry.length < 500);
      expect({ packages: entries.map((entry) => entry.split(' ')[0]), short }).toEqual({
        packages: packages.trim().split(/\s+/),
        short: [],
      });
    },
  );

  it('has an entry beside each bundle with a post, which says so before it loads the bundle', () => {
    const posts = readManifests().flatMap(({ name, runs }) => (runs.post === undefined ? [] : [name]));
    expect(filesIn(rebuilt).filter((file) => file.endsWith('/post.js'))).toEqual(
      posts.map((name) => `${name}/post.js`),
    );
    for (const name of posts) {
      expect(readFileSync(join(rebuilt, name, 'post.js'), 'utf8')).toBe(
        "globalThis[Symbol.for('belay.stage')] = 'post';\nawait import('./index.js');\n",
      );
    }
  });

  it('hears of a cancel before it loads anything of weight: index.js of an action is at most 12 kB', () => {
    const heavy = readManifests()
      .map(({ name }) => ({ name, bytes: statSync(join(rebuilt, name, 'index.js')).size }))
      .filter(({ bytes }) => bytes > 12_000);
    expect(heavy).toEqual([]);
  });

  it('names no machine it was built on', () => {
    const named = filesIn(committed).filter((file) =>
      readFileSync(join(committed, file), 'utf8').includes(root),
    );
    expect(named).toEqual([]);
  });

  it('stays small: entry at most 550 kB, folder at most 1.8 MB', () => {
    const large = bundles.filter(
      ({ entryBytes, folderBytes }) => entryBytes > 550_000 || folderBytes > 1_800_000,
    );
    expect(large).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return globSync('**/*', { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
}
