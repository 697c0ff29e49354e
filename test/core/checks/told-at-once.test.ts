// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language and of workflows
import { describe, expect, it } from 'vitest';
import { ofWorkflow } from '../../../packages/core/src/checks/parse/cursor.ts';
import { parserProblems } from '../../support/checks-schema.ts';

const wrongRetry = 'Unknown key `retries` in a check. Did you mean `retry`? Write `retry: { attempts: 3 }`.';
const quoteIt =
  'Quote it: within braces and brackets YAML reads the `{` of ${v} as a mapping. Write "${v}" in quotes.';
describe('what is not YAML does not hide the rest of what is wrong', () => {
  it('a template of a workflow', async () => {
    const text = `checks:
  - { name: a, http: ${'${{ inputs.path }}'}, expect: { status: 200 } }
  - { name: b, http: /, expect: { status: 200 }, retries: 3 }`;
    expect(await parserProblems(text)).toEqual([`checks:2:22: ${ofWorkflow}`, `checks:3:50: ${wrongRetry}`]);
  });

  it('several templates without quotes, each told', async () => {
    const text = `checks:
  - { name: a, http: "/", expect: { status: ${'${v}'} } }
  - { name: b, http: /, expect: { body: { contains: ${'${v}'} } }, retries: 3 }`;
    expect(await parserProblems(text)).toEqual([
      `checks:2:45: ${quoteIt}`,
      `checks:3:53: ${quoteIt}`,
      `checks:3:63: ${wrongRetry}`,
    ]);
  });

  it('a quote that is not closed', async () => {
    const text = `checks:
  - name: a
    http: "/a
    expect: { status: 200 }
  - name: b
    http: /
    retries: 3
    expect: { status: 200 }
`;
    const [first, ...others] = await parserProblems(text);
    expect(first).toMatch(/^checks:\d+:\d+: This is not YAML: /);
    expect(others).toEqual([`checks:7:5: ${wrongRetry}`]);
  });

  it('a brace that is not closed', async () => {
    const text = `checks:
  - name: a
    http: /
    retries: 3
    expect: { status: 200 }
  - name: b
    http: /
    expect: { status: 200
  - name: c
    http: /
    retries: 3
    expect: { status: 200 }
`;
    const [first, ...others] = await parserProblems(text);
    expect(first).toMatch(/^checks:\d+:\d+: This is not YAML: /);
    expect(others).toContain(`checks:4:5: ${wrongRetry}`);
  });

  it('and where nothing else is wrong, that alone is told', async () => {
    const text = `checks:
  - name: a
    http: "/a
    expect: { status: 200 }
`;
    expect(await parserProblems(text)).toEqual([
      expect.stringMatching(/^checks:\d+:\d+: This is not YAML: /),
    ]);
  });
});

describe('what is only worth a warning is told beside what is wrong', () => {
  it('of a name as a shell or another tool has it', async () => {
    const text = `checks:
  - { name: a, http: $BASE_URL/a, expect: { body: "{{ title }}" }, retries: 3 }`;
    const hint =
      'is text here, and no variable. Write ${NAME} in braces, and pass its value by `check-variables` or `check-secrets`, or define it under `variables`.';
    expect(await parserProblems(text)).toEqual([
      `checks:2:68: ${wrongRetry}`,
      `checks:2:22: (warning) $BASE_URL ${hint}`,
      `checks:2:51: (warning) {{ title }} ${hint}`,
    ]);
  });
});
