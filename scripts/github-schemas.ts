import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubRoutes } from '../packages/local-cloud/src/github/routes.ts';
import { root } from './root.ts';

type Json = { readonly [key: string]: unknown };

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write(
    'Usage: npm run schemas:github -- <api.github.com.json>, which the npm package @octokit/openapi holds in generated/\n',
  );
  process.exit(2);
}

const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
const kept: Record<string, Record<string, unknown>> = { responses: {}, schemas: {} };
const annotations = ['description', 'title', 'example', 'examples', 'externalDocs', 'headers', 'links'];

/** What a reference names, kept as well, with what that refers to. */
function keep(reference: string): void {
  const [, , kind = '', name = ''] = reference.split('/');
  const among = kept[kind];
  if (among === undefined) throw new Error(`${reference} is neither a schema nor a response`);
  if (name in among) return;
  // Before its own references are followed: a schema may name itself.
  among[name] = undefined;
  const named = at(at(document, 'components', kind), name);
  among[name] = kind === 'responses' ? response(named) : schema(named);
}

const at = (value: unknown, ...keys: string[]) =>
  keys.reduce((inner, key) => (inner as Json | undefined)?.[key], value);
const mapped = (value: object, of: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, of(item)]));

/** A schema without what asserts nothing. The keys of `properties` are names: each of them stays. */
function schema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schema);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !annotations.includes(key) && !key.startsWith('x-'),
  );
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (key === '$ref') keep(String(item));
      if (key === 'properties') return [key, mapped(item, schema)];
      return [key, ['enum', 'default'].includes(key) ? item : schema(item)];
    }),
  );
}

function response(value: unknown): unknown {
  const reference = at(value, '$ref');
  if (typeof reference === 'string') return schema({ $ref: reference });
  const json = at(value, 'content', 'application/json', 'schema');
  return json === undefined ? {} : { content: { 'application/json': { schema: schema(json) } } };
}

/** One line for each operation and each schema: what changed between two versions shows line by line. */
function print(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${print(item, depth - 1)}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

const byName = (value: object) =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Each operation with what it may answer. */
const paths: Record<string, Record<string, unknown>> = {};
for (const { operation } of githubRoutes) {
  if (operation === undefined) continue;
  const { method, path } = operation;
  const responses = at(document, 'paths', path, method.toLowerCase(), 'responses');
  if (responses === undefined) throw new Error(`${method} ${path} is not described`);
  paths[path] = byName({
    ...paths[path],
    [method.toLowerCase()]: { responses: mapped(responses as object, response) },
  });
}
keep('#/components/schemas/basic-error');

const { title, version, license } = document.info as Json;
const components = mapped(kept, (among) => byName(among as object));
const reduced = { info: { title, version, license }, paths: byName(paths), components };
writeFileSync(join(root, 'test/support/recorded/github-openapi.json'), `${print(reduced, 3)}\n`);
