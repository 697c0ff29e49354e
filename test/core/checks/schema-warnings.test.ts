// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { validateChecks } from '../../../packages/core/src/checks/validate-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { check, closeServers, serve } from './loopback.ts';

const door = new ChecksProcess({});
afterAll(() => door.close());
afterEach(closeServers);

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'belay-schema-warnings-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const two = (url: string) => `checks:
  - { name: one, http: "${url}/", expect: { schema: { colour: red, type: object } } }
  - { name: two, http: "${url}/", expect: { schema: { properties: { a: { colour: red, shade: dark } } } } }
`;

const colour = { message: 'The schema: /colour is no keyword, and asserts nothing.', line: 2 };
const shade = { message: 'The schema: /properties/a/shade is no keyword, and asserts nothing.', line: 3 };

async function complaintsOf(text: string): Promise<readonly string[]> {
  return loadChecks(text, { root }).then(
    () => [],
    (error: ActionFailure) => error.details ?? [],
  );
}

describe('a word in a schema that nobody knows', () => {
  it('is one warning in the report of the first check that has it, at its place', async () => {
    const url = await serve((_, response) => response.end('{"a":{}}'));
    const { outcome, results } = await check(two(url), { root });
    const told = results.map(({ name, warnings = [] }) => [
      name,
      warnings.map(({ message, where }) => ({ message, line: where?.line })),
    ]);
    expect([outcome, ...told]).toEqual(['pass', ['one', [colour]], ['two', [shade]]]);
  });

  it('is told when the checks are only read', async () => {
    const told: unknown[] = [];
    const onWarning = (message: string, place?: { line: number }) =>
      told.push({ message, line: place?.line });
    const where = { root, variables: {}, secrets: {}, onWarning };
    expect(await validateChecks(door, two('http://127.0.0.1:1'), where)).toBe(2);
    expect(told).toEqual([colour, shade]);
  });

  it('is an error where `strict-schema` says so', async () => {
    expect(await complaintsOf(`strict-schema: true\n${two('http://127.0.0.1:1')}`)).toEqual([
      'checks:3:67: The schema is wrong: /colour is no keyword, and asserts nothing.',
      'checks:4:86: The schema is wrong: /properties/a/colour is no keyword, and asserts nothing.',
      'checks:4:99: The schema is wrong: /properties/a/shade is no keyword, and asserts nothing.',
    ]);
    expect(await complaintsOf(`strict-schema: please\n${two('http://127.0.0.1:1')}`)).toEqual([
      'checks:1:16: `strict-schema` must be true or false, not "please".',
    ]);
  });
});

describe('everything that is wrong with a schema', () => {
  it.each([
    ['of the answer', 'schema: SCHEMA'],
    ['of a part', 'jsonpath: { $.a: { schema: SCHEMA } }'],
    ['of every item', 'jsonpath: { $.a: { each: { schema: SCHEMA } } }'],
    ['of some item, denied', 'json: { any: { not-schema: SCHEMA } }'],
    ['of a header', 'header: { x-a: { schema: SCHEMA } }'],
  ])('is listed before anything is sent: %s', async (_, expected) => {
    const written = expected.replace('SCHEMA', '{ requried: [a], properties: { b: { nullable: true } } }');
    const text = `- { name: a, http: "http://127.0.0.1:1/", expect: { ${written} } }`;
    expect(await complaintsOf(text)).toEqual([
      expect.stringMatching(/: The schema is wrong: \/requried is no keyword\. Did you mean `required`\?$/),
      expect.stringMatching(
        /: The schema is wrong: \/properties\/b\/nullable is not supported: it is of OpenAPI/,
      ),
    ]);
  });

  it('is listed in the steps of a scenario, and of a file', async () => {
    writeFileSync(join(root, 'order.json'), '{ "propertes": {} }');
    const text = `scenarios:
  - name: s
    steps:
      - { name: a, http: "http://127.0.0.1:1/", expect: { schema: order.json } }`;
    expect(await complaintsOf(text)).toEqual(
      [
        'checks:4:67: The schema "order.json" is wrong: /propertes is no keyword. Did you mean `properties`?.',
      ].map((line) => line.replace('?.', '?')),
    );
  });

  it.each([
    ['that a variable completes', '{ type: "${kind}" }', 'The schema is wrong: /type must be of array'],
    [
      'in a file that a variable names',
      '"${kind}.json"',
      'The schema "strnig.json" is wrong: /type must be of array',
    ],
  ])('is said before anything is sent: %s', async (_, schema, said) => {
    writeFileSync(join(root, 'strnig.json'), '{ "type": "strnig" }');
    let asked = 0;
    const url = await serve((_, response) => response.end(String(++asked)));
    const text = `variables: { kind: strnig }\nchecks:\n  - { name: a, http: "${url}/", expect: { schema: ${schema} } }`;
    const failure = await check(text, { root }).then(
      () => undefined,
      (error: ActionFailure) => error.details,
    );
    expect(failure).toEqual([expect.stringContaining(said)]);
    expect(asked).toBe(0);
  });
});
