// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const document = `{
  "nothing": null, "empty": "", "list": [1], "none": [], "object": { "a": 1 }, "bare": {}, "id": 42, "yes": true,
  "text": "42", "name": "tea"
}`;

/** Two steps: the first captures `v` by a query, the second uses it. */
async function told(query: string, second: string, more = '') {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.on('data', (chunk) => asked.push(String(chunk)));
    request.on('end', () => response.end(document));
  });
  const report = await check(
    `target: ${url}
scenarios:
  - name: s
${more}    steps:
      - { name: a, http: /a, expect: { status: 200 }, capture: { v: { jsonpath: ${query} } } }
      - { name: b, ${second} }
`,
    { clock: manualClock() },
  );
  return { report, asked, second: report.results[1]?.attempts[0] };
}

const plain = 'expect: { status: 200 }';

describe('a captured value that has no place in a text fails the step that puts it there', () => {
  it.each([
    ['null', '$.nothing', `http: "/b/\${v}", ${plain}`, 'null'],
    ['a list', '$.list', `http: "/b/\${v}", ${plain}`, 'a list'],
    ['an object', '$.object', `http: "/b/\${v}", ${plain}`, 'an object'],
    ['null in a header', '$.nothing', `http: { url: /b, headers: { x-v: "\${v}" } }, ${plain}`, 'null'],
    ['null in a query', '$.nothing', `http: { url: /b, query: { v: "\${v}" } }, ${plain}`, 'null'],
    [
      'a list in a form',
      '$.list',
      `http: { method: PUT, url: /b, form: { v: "\${v}" } }, ${plain}`,
      'a list',
    ],
    [
      'an object in a body',
      '$.object',
      `http: { method: PUT, url: /b, body: "v=\${v}" }, ${plain}`,
      'an object',
    ],
    [
      'null within a text of a document',
      '$.nothing',
      `http: { method: PUT, url: /b, json: { v: "is \${v}" } }, ${plain}`,
      'null',
    ],
    ['an object in a pattern', '$.object', 'http: /b, expect: { body: { matches: "${v}" } }', 'an object'],
    [
      'null within what is compared',
      '$.nothing',
      'http: /b, expect: { body: { contains: "is ${v}" } }',
      'null',
    ],
  ])('%s', async (_, query, step, kind) => {
    const { report, asked, second } = await told(query, step);
    expect([report.outcome, report.reason, second?.summary, asked]).toEqual([
      'fail',
      'checks-failed',
      `\`v\` was captured as ${kind}, which has no place in a text.`,
      ['GET /a'],
    ]);
  });

  it.each([
    [
      'an empty text',
      '$.empty',
      'http: /b, expect: { body: { contains: "${v}" } }',
      '`contains` is given ${v}, which is empty: that would prove nothing. Give it a value.',
    ],
    [
      'null',
      '$.nothing',
      'http: /b, expect: { jsonpath: { $.nothing: "${v}" } }',
      '`$.nothing` is given ${v}, which is null: that would prove nothing. Give it a value.',
    ],
    [
      'an object without keys',
      '$.bare',
      'http: /b, expect: { json: { contains: "${v}" } }',
      '`contains: {}` holds whatever is answered, so it proves nothing. Write what must be there.',
    ],
    [
      'what is no status',
      '$.name',
      'http: /b, expect: { status: "${v}" }',
      '`status` is given ${v}. A status is a number such as 200, or a range such as 200-299 in `in`, not "tea".',
    ],
  ])('and so does %s as an operand', async (_, query, step, summary) => {
    const { report, asked, second } = await told(query, step);
    expect([report.outcome, second?.summary, asked]).toEqual(['fail', summary, ['GET /a']]);
  });

  it('is not the end of it where the scenario is told again and the value comes', async () => {
    let turn = 0;
    const url = await serve((request, response) => {
      if (request.url === '/a') response.end(`{"v":${turn++ === 0 ? 'null' : '7'}}`);
      else response.end('{}');
    });
    const report = await check(
      `target: ${url}
scenarios:
  - name: s
    retry: { of: scenario, until: 60s, interval: 1s }
    steps:
      - { name: a, http: /a, expect: { status: 200 }, capture: { v: { jsonpath: $.v } } }
      - { name: b, http: "/b/\${v}", expect: { status: 200 } }
`,
      { clock: manualClock() },
    );
    expect([report.outcome, turn]).toEqual(['pass', 2]);
  });
});

describe('a captured value keeps its type', () => {
  it.each([
    ['a number in a document that is sent', '$.id', 'json: { v: "${v}" }', '{"v":42}'],
    ['a flag', '$.yes', 'json: { v: "${v}" }', '{"v":true}'],
    ['a text that looks like a number', '$.text', 'json: { v: "${v}" }', '{"v":"42"}'],
    ['a list', '$.list', 'json: { v: "${v}" }', '{"v":[1]}'],
    ['null', '$.nothing', 'json: { v: "${v}" }', '{"v":null}'],
    ['a number within a text', '$.id', 'json: { v: "n${v}" }', '{"v":"n42"}'],
  ])('%s', async (_, query, body, sent) => {
    const { report, asked } = await told(query, `http: { method: PUT, url: /b, ${body} }, ${plain}`);
    expect([report.outcome, asked]).toEqual(['pass', ['GET /a', 'PUT /b', sent]]);
  });

  it.each([
    ['a number beside a number', '$.id', '$.id: "${v}"', 'pass'],
    ['a number beside a text', '$.id', '$.text: "${v}"', 'pass'],
    ['a text beside a number', '$.text', '$.id: "${v}"', 'fail'],
    ['a list as a whole', '$.list', '$.list: { equals: "${v}" }', 'pass'],
    ['an object as a whole', '$.object', '$.object: { equals: "${v}" }', 'pass'],
    ['another object', '$.object', '$.bare: { equals: "${v}" }', 'fail'],
    ['a number as a bound', '$.id', '$.id: { gt: "${v}" }', 'fail'],
  ])('%s', async (_, query, expectation, expected) => {
    const { report } = await told(query, `http: /b, expect: { jsonpath: { ${expectation} } }`);
    expect(report.outcome).toBe(expected);
  });

  it('and a variable of the file too', async () => {
    const { asked } = await told(
      '$.id',
      `http: { method: PUT, url: "/\${n}", json: { n: "\${n}", t: "\${t}" } }, ${plain}`,
      '    variables: { n: 7, t: "7" }\n',
    );
    expect(asked).toEqual(['GET /a', 'PUT /7', '{"n":7,"t":"7"}']);
  });
});
