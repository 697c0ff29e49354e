import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rollbackPage } from '../../../packages/core/src/deployment/rollback-page.ts';
import { root } from '../../../scripts/root.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

let workspace: string;
let folder: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'belay-page-'));
  folder = join(workspace, '.github', 'workflows');
  mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(workspace, { recursive: true }));

const ofFly = { targetInput: 'fly-app', shipsByHand: /\bfly(?:ctl)?\b[^\n]*\bdeploy\b/ };

const expression = (text: string) => `\${{ ${text} }}`;
const handsOn = (inputs = 'inputs') =>
  `to: ${expression(`${inputs}.to`)}\n          reason: ${expression(`${inputs}.reason`)}`;
const asked = handsOn();

/** The workflow of the READMEs, in parts. */
function button({
  on = 'workflow_dispatch: { inputs: { to: { default: last-verified }, reason: { required: true } } }',
  app = 'shop',
  given = asked,
  before = '',
  jobs = '',
} = {}): string {
  return `on:
  ${on}
jobs:
  back:
    steps:
      ${before}
      - uses: acme/belay/actions/rollback@v1
        with:
          fly-app: ${app}
          ${given}
  ${jobs}
`;
}

function page(files: Readonly<Record<string, string>>, environment = 'production') {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return rollbackPage(recordingRunner({ context: { workspace } }).context, {
    ...ofFly,
    target: 'shop',
    environment,
  });
}

const link = (name: string) => `https://github.com/acme/shop/actions/workflows/${name}`;

describe('the page on which a rollback of this app is started', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'is that of the workflow that rolls it back, wherever it stands',
      { 'a.yml': 'on: push\n', 'undo it.yaml': button() },
      'undo%20it.yaml',
    ],
    [
      'is that of this app, not of one that sorts before it',
      { 'a.yml': button({ app: 'shop-staging' }), 'b.yml': button() },
      'b.yml',
    ],
    [
      'is not that of a deploy with a rollback after it',
      { 'deploy.yml': button({ before: '- uses: acme/belay/actions/fly-deploy@v1' }), 'undo.yml': button() },
      'undo.yml',
    ],
    [
      'is found beside what is no workflow',
      { 'a.yml': '- [', 'b.yml': `${'#'.repeat(200_000)}\n${button()}`, 'c.yml': button() },
      'c.yml',
    ],
    [
      'may rehearse first',
      { 'undo.yml': button({ before: '- { uses: ./actions/rollback, with: { dry-run: true } }' }) },
      'undo.yml',
    ],
    [
      'may read its inputs from the event',
      { 'undo.yml': button({ given: handsOn('github.event.inputs') }) },
      'undo.yml',
    ],
  ])('%s', async (_, files, name) => {
    expect(await page(files)).toBe(link(name));
  });

  it.each(['docs/undo.md', 'actions/rollback/README.md'])('is that of the button of %s', async (file) => {
    const [, text = ''] =
      /```yaml\n((?:#[^\n]*\n)?on:\n {2}workflow_dispatch:.*?)```/s.exec(
        readFileSync(join(root, file), 'utf8'),
      ) ?? [];
    expect(await page({ 'rollback.yml': text })).toBe(link('rollback.yml'));
  });

  it.each<[string, string]>([
    ['another app', button({ app: 'shop-staging' })],
    ['an app that only the run knows', button({ app: expression('inputs.app') })],
    ['another environment', button({ given: `${asked}\n          environment: staging` })],
    [
      'two apps at once',
      button({
        before: '- { uses: acme/belay/actions/rollback@v1, with: { fly-app: other, to: previous } }',
      }),
    ],
    [
      'a workflow that deploys in another job',
      button({ jobs: 'ship: { steps: [{ uses: ./actions/fly-deploy }] }' }),
    ],
    ['a workflow that calls another one', button({ jobs: 'ship: { uses: ./.github/workflows/deploy.yml }' })],
    ['a workflow that only rehearses', button({ given: `${asked}\n          dry-run: true` })],
    ['one that nobody starts by hand', button({ on: 'push: { branches: [main] }' })],
    ['one without the input `to`', button({ on: 'workflow_dispatch: { inputs: { reason: {} } }' })],
    ['one without the input `reason`', button({ on: 'workflow_dispatch: { inputs: { to: {} } }' })],
    [
      'one whose `to` is chosen from a list',
      button({
        on: 'workflow_dispatch: { inputs: { to: { type: choice, options: [previous] }, reason: {} } }',
      }),
    ],
    [
      'one that asks for `to` and does not hand it on',
      button({ given: asked.replace(expression('inputs.to'), 'previous') }),
    ],
    ['one that only speaks of the action', '# uses: acme/belay/actions/rollback@v1, workflow_dispatch'],
  ])('is not that of %s', async (_, text) => {
    expect(await page({ 'undo.yml': text })).toBeUndefined();
  });

  it('is that of the environment it rolls back', async () => {
    const files = { 'undo.yml': button({ given: `${asked}\n          environment: staging` }) };
    expect(await page(files, 'staging')).toBe(link('undo.yml'));
  });

  it('is none without a checkout', async () => {
    rmSync(folder, { recursive: true });
    expect(await page({})).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('is found beside a pipe, which is not waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'a.yml')]);
    expect(await page({ 'undo.yml': button() })).toBe(link('undo.yml'));
  });

  it('is none where looking for it takes too long', async () => {
    writeFileSync(join(folder, 'undo.yml'), button());
    const { context } = recordingRunner({ context: { workspace } });
    const subject = { ...ofFly, target: 'shop', environment: 'production' };
    expect(await rollbackPage(context, subject, AbortSignal.abort())).toBeUndefined();
  });
});
