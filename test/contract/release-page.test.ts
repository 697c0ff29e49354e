import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Workflow {
  readonly jobs: {
    readonly tag: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

const { jobs } = load(readFileSync('.github/workflows/release.yml', 'utf8')) as Workflow;
const script = jobs.tag.steps.find(({ name }) => name?.startsWith('The page of the release'))?.run ?? '';

/** A `gh` that knows one page, in `page`: `none`, `draft` or `published`; it writes down what it is asked, and may die. */
const gh = `#!/usr/bin/env bash
set -e
echo "$*" >> calls
[ "$2" != "$DIES" ] || exit 1
case "$2 $(cat page)" in
  'view none') echo 'release not found' >&2; exit 1 ;;
  'view draft') echo true ;;
  'view published') echo false ;;
  'create none') echo draft > page ;;
  'create '*) echo 'a release with the same tag name already exists' >&2; exit 1 ;;
  'upload published') echo 'the release is immutable' >&2; exit 1 ;;
  'edit draft') echo published > page ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-page-'));
  writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the step as the runner does, and tells how the page is then and what was asked of gh. */
function run(dies = ''): { readonly ok: boolean; readonly page: string; readonly calls: readonly string[] } {
  writeFileSync(join(folder, 'calls'), '');
  const env = { PATH: `${folder}:${process.env.PATH}`, VERSION: 'v0.1.0', PRE_RELEASE: 'false', DIES: dies };
  const { status } = spawnSync('bash', ['-e', '-c', script], { cwd: folder, env });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  return { ok: status === 0, page: read('page'), calls: read('calls').split('\n') };
}

const view = 'release view v0.1.0 --json isDraft --jq .isDraft';
const texts = '--title v0.1.0 --notes-file .belay/release/notes.md --prerelease=false';
const create = `release create v0.1.0 --draft --verify-tag ${texts}`;
const upload = 'release upload v0.1.0 --clobber .belay/release/belay-v0.1.0.tar .belay/release/SHA256SUMS';
const publish = `release edit v0.1.0 --verify-tag ${texts} --draft=false`;

describe('the page of a release', () => {
  it.each([
    { page: 'none', calls: [view, create, upload, publish] },
    { page: 'draft', calls: [view, upload, publish] },
    { page: 'published', calls: [view] },
  ])('is there, with its files, where there was before: $page', ({ page, calls }) => {
    writeFileSync(join(folder, 'page'), page);
    expect(run()).toEqual({ ok: true, page: 'published', calls });
  });

  it.each(['create', 'upload', 'edit'])(
    'is made whole by the next run where one died over gh release %s',
    (dies) => {
      writeFileSync(join(folder, 'page'), 'none');
      expect(run(dies).ok).toBe(false);
      const { ok, page, calls } = run();
      expect([ok, page, calls.slice(-2)]).toEqual([true, 'published', [upload, publish]]);
    },
  );
});
