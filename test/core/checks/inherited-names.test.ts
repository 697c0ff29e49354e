import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** Names that every object of the language has, though nobody gave them to it. */
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

const complaintsOf = (text: string) =>
  loadChecks(text, { root: '.' }).then(
    () => [],
    (error: { readonly details?: readonly string[] }) => error.details,
  );

describe.each(inherited)('a name of a check file that is %s', (name) => {
  const echo = () => serve((request, response) => response.end(JSON.stringify(request.rawHeaders)));

  it('is a variable like any other', async () => {
    const url = await serve((request, response) => response.end(request.url));
    const text = `variables: { ${name}: demo }\nchecks:\n  - { name: a, http: "${url}/\${${name}}", expect: { body: /demo } }`;
    expect(lastOf(await check(text))).toEqual(['pass', []]);
    const given = `checks:\n  - { name: a, http: "${url}/\${${name}}", expect: { body: /given } }`;
    const variables = Object.fromEntries([[name, 'given']]);
    expect(lastOf(await check(given, { variables }))).toEqual(['pass', []]);
  });

  it('has no value where nobody gives it one, as a variable or as a secret', async () => {
    const text = (listed: string) =>
      `secrets: [${listed}]\nchecks:\n  - { name: a, http: "http://127.0.0.1:1/\${${name}}", expect: { status: 200 } }`;
    for (const listed of ['', name])
      await expect(check(text(listed))).rejects.toMatchObject({
        details: [expect.stringContaining(`\`${name}\``)],
      });
  });

  it('is a secret like any other', async () => {
    const url = await echo();
    const text = `secrets: [${name}]\nchecks:\n  - { name: a, http: { url: "${url}", headers: { x-key: "\${${name}}" }, allow-insecure: true }, expect: { body: { contains: '"x-key","a-long-secret"' } } }`;
    const secrets = Object.fromEntries([[name, 'a-long-secret']]);
    expect(lastOf(await check(text, { secrets }))).toEqual(['pass', []]);
  });

  it('is a header that is sent like any other', async () => {
    const url = await echo();
    const lower = name.toLowerCase();
    const text = `- { name: a, http: { url: "${url}", headers: { ${name}: demo } }, expect: { body: { contains: '"${lower}","demo"' } } }`;
    expect(lastOf(await check(text))).toEqual(['pass', []]);
  });

  it('is a header, and a property, that an answer does not have', async () => {
    const url = await serve((_, response) => response.end('{}'));
    const text = `- { name: a, http: "${url}", expect: { header: { ${name}: { exists: false } }, jsonpath: { "$.${name}": { exists: false } }, json: { not-has-key: ${name} } } }`;
    expect(lastOf(await check(text))).toEqual(['pass', []]);
    const required = `- { name: a, http: "${url}", expect: { json: { schema: { type: object, required: [${name}] } } } }`;
    expect((await check(required)).outcome).toBe('fail');
  });

  it('is a capture like any other', async () => {
    const url = await serve((_, response) => response.end('{"id":7}'));
    const text = `scenarios:\n  - name: s\n    steps:\n      - { name: a, http: "${url}", expect: { status: 200 }, capture: { ${name}: { jsonpath: $.id } } }\n      - { name: b, http: "${url}/\${${name}}", expect: { url: { ends-with: "/7" } } }`;
    const report = await check(text);
    expect([report.outcome, report.results.length]).toEqual(['pass', 2]);
  });

  it('is a variable that a program is given', async () => {
    const node = JSON.stringify(process.execPath);
    const script = JSON.stringify(
      `process.stdout.write(String(Object.entries(process.env).find(([n]) => n === '${name}')))`,
    );
    const text = `- { name: a, exec: { run: [${node}, -e, ${script}], env: { ${name}: demo } }, expect: { stdout: "${name},demo" } }`;
    const tools = createTools({ clock: systemClock, print: () => {} });
    expect(lastOf(await check(text, { tools }))).toEqual(['pass', []]);
  });

  it('is no unit, no draft of JSON Schema, and no keyword with a rule', async () => {
    const size = `- { name: a, http: { url: "http://127.0.0.1:1/", max-body: "10 ${name.replaceAll('_', '')}" }, expect: { status: 200 } }`;
    expect(await complaintsOf(size)).toEqual([expect.stringMatching(/must be a size with a unit/)]);
    const draft = `- { name: a, http: "http://127.0.0.1:1/", expect: { json: { schema: { $schema: ${name}, type: object } } } }`;
    expect(await complaintsOf(draft)).toEqual([expect.stringMatching(/2020-12 and draft-07 are known/)]);
    const keyword = `- { name: a, http: "http://127.0.0.1:1/", expect: { json: { schema: { ${name}: true } } } }`;
    expect(await complaintsOf(keyword)).toEqual([
      expect.stringContaining(`/${name} is not supported: every object of JavaScript has it`),
    ]);
  });
});

describe.each(['constructor', '__proto__', 'toString'])('a service that says %s', (word) => {
  it('has encoded its body in a way that is not known', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': word }).end('{}'));
    const report = await check(`- { name: a, http: "${url}", expect: { status: 200 } }`);
    expect(lastOf(report)).toEqual([
      'fail',
      [expect.stringContaining(`the body is encoded as "${word.toLowerCase()}", which is not known`)],
    ]);
  });

  it('names no kind of asset, and the asset is asked for as any is', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', request.url === '/' ? 'text/html' : 'text/plain');
      response.end(`<!doctype html><link rel=preload as="${word}" href=/thing>`);
    });
    const report = await check(`- { name: a, assets: { url: "${url}/" } }`);
    expect([lastOf(report), asked]).toEqual([
      ['pass', []],
      ['/', '/thing'],
    ]);
  });
});

function lastOf({ results }: Awaited<ReturnType<typeof check>>) {
  const last = results.at(-1)?.attempts.at(-1);
  return [
    last?.outcome,
    last?.outcome === 'pass' ? [] : [last?.summary, ...(last?.failures ?? [])].slice(0, 1),
  ];
}
