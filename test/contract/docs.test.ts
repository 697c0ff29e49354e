import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../scripts/docs/manifest.ts';
import { fillReadme } from '../../scripts/docs/render.ts';
import { documents } from '../../scripts/docs.ts';

const manifest = `
name: Example
description: Does a thing.
branding: { icon: anchor, color: blue }
inputs:
  app:
    description: Name of the \`<app>\`, or <none>.
    required: true
  pattern:
    description: One of a|b.
    default: a|b
outputs:
  outcome:
    description: What came of it.
runs: { using: node24, main: index.js }
`;

const read = (yaml: string) => readManifest('example', 'actions/example/action.yml', yaml);

it('regenerates unchanged', async () => {
  const stale = (await documents()).filter(({ wanted, found }) => wanted !== found);
  expect(stale.map(({ file }) => `${file} is out of date: run npm run docs`)).toEqual([]);
});

describe('the YAML of a page', () => {
  const pages = [
    'README.md',
    ...['fly-deploy', 'rollback', 'smoke-test'].map((name) => `actions/${name}/README.md`),
  ];
  const blocks = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ''], at) => ({
      ...{ page, text, name: `${page}, block ${at + 1}` },
    })),
  );

  it.each(blocks)('can be read: $name', ({ text }) => {
    expect(() => load(text)).not.toThrow();
  });

  it.each(blocks.filter(({ text }) => /^on:/m.test(text)))(
    'of a workflow has permissions and keeps runs apart: $name',
    ({ text }) => {
      expect(Object.keys(Object(load(text)))).toEqual(expect.arrayContaining(['permissions', 'concurrency']));
    },
  );
});

describe('a manifest', () => {
  it.each([
    ['its description', 'description: Does a thing.\n', 'actions/example/action.yml: description is missing'],
    [
      'an input’s description',
      '    description: One of a|b.\n',
      'actions/example/action.yml: inputs: pattern: description is missing',
    ],
    [
      'an output’s description',
      '    description: What came of it.\n',
      'actions/example/action.yml: outputs: outcome: a mapping is missing',
    ],
    [
      'what it runs',
      'runs: { using: node24, main: index.js }\n',
      'actions/example/action.yml: runs: a mapping is missing',
    ],
  ])('is refused without %s', (_, line, message) => {
    expect(() => read(manifest.replace(line, ''))).toThrow(message);
  });
});

describe('a README', () => {
  const action = { manifest: read(manifest), endings: [{ outcome: 'live', reason: 'verified' }] as const };
  const empty = ['inputs', 'outputs', 'reasons']
    .map((name) => `<!-- ${name} -->old<!-- /${name} -->`)
    .join('\n');

  it('gets its tables between the marks, and keeps what stands around them', () => {
    expect(fillReadme(`# Example\n${empty}\nThe end.\n`, action)).toBe(`# Example
<!-- inputs -->

| input | meaning | default |
| --- | --- | --- |
| \`app\` | Name of the \`<app>\`, or &lt;none>. | required |
| \`pattern\` | One of a\\|b. | <code>a\\|b</code> |

<!-- /inputs -->
<!-- outputs -->

| output | meaning |
| --- | --- |
| \`outcome\` | What came of it. |

<!-- /outputs -->
<!-- reasons -->

| outcome | reason | meaning | what to do |
| --- | --- | --- | --- |
| \`live\` | \`verified\` | The release serves and every gate check passed. | Nothing to do. |
| \`cancelled\` | \`cancelled\` | The job was cancelled. | See what serves now, then run the job again. |
| \`error\` | \`input-invalid\` | Inputs are missing or not legal. | Correct the inputs named above. |
| \`error\` | \`bug\` | Belay failed in a way it should not. | Report it with the log of this step. |

<!-- /reasons -->
The end.
`);
  });

  it('comes out the same when filled twice', () => {
    const once = fillReadme(empty, action);
    expect(fillReadme(once, action)).toBe(once);
  });

  it('is refused without a place for a table', () => {
    expect(() => fillReadme(empty.replace('<!-- /outputs -->', ''), action)).toThrow(
      'actions/example/README.md: <!-- outputs --> … <!-- /outputs --> is missing',
    );
  });
});
