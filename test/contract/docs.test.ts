import { describe, expect, it } from 'vitest';
import { commonEndings, reasons } from '#core';
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
  const action = {
    manifest: read(manifest),
    kind: 'deploy',
    showings: {
      inputs: { first: ['pattern'], folded: [{ subject: 'The <rest>', names: ['app'] }] },
      outputs: { first: ['outcome'], folded: [] },
    },
    endings: [
      { outcome: 'live', reason: 'verified' },
      { outcome: 'restored', reason: 'checks-failed' },
      { outcome: 'restored', reason: 'crashed' },
      { outcome: 'restored', reason: 'restored-image-only' },
    ],
  } as const;
  const reasonRows = [...action.endings, ...commonEndings]
    .map(({ outcome, reason }) => [`\`${outcome}\``, `\`${reason}\``, ...Object.values(reasons[reason])])
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  const empty = ['inputs', 'outputs', 'reasons']
    .map((name) => `<!-- ${name} -->old<!-- /${name} -->`)
    .join('\n');

  it('gets its tables between the marks, and keeps what stands around them', () => {
    expect(fillReadme(`# Example\n${empty}\nThe end.\n`, action)).toBe(`# Example
<!-- inputs -->

| input | meaning | default |
| --- | --- | --- |
| \`pattern\` | One of a\\|b. | <code>a\\|b</code> |

<details><summary>The &lt;rest&gt;: app</summary>

| input | meaning | default |
| --- | --- | --- |
| \`app\` | Name of the \`<app>\`, or &lt;none>. | required |

</details>

<!-- /inputs -->
<!-- outputs -->

| output | meaning |
| --- | --- |
| \`outcome\` | What came of it. |

<!-- /outputs -->
<!-- reasons -->

| group | \`needs-a-person\` | how it ended | what to do |
| --- | --- | --- | --- |
| **Fine** | \`false\` | \`live\` | Nothing to do. |
| **Failed, and the old one serves** | \`false\` | \`restored\`, \`cancelled\` before anything was begun, or with \`serving: old\`, \`error/input-invalid\` | Nobody has to get up: read the cause in the summary, mend it, and run the job again. |
| **A person must look** | \`true\` | \`restored/restored-image-only\`, any other \`cancelled\`, \`error/bug\`, and all but \`blocked\` that is red while \`serving\` is \`mixed\`, or \`nothing\` where a release had served | Look at the system now: the summary says what was seen, and what to do. |

A later step that calls somebody has \`if: \${{ always() && steps.deploy.outcome != 'skipped' && steps.deploy.outputs.needs-a-person != 'false' }}\`.

<details><summary>Every outcome and reason, and what to do</summary>

| outcome | reason | meaning | what to do |
| --- | --- | --- | --- |
${reasonRows}

</details>

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
