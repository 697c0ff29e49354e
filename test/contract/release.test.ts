import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git, ReleaseGround } from '../support/release-ground.ts';

let ground: ReleaseGround;
beforeEach(() => {
  ground = new ReleaseGround();
});
afterEach(() => ground.close());

const short = (commit: string) => commit.slice(0, 7);
const refusal = (...problems: readonly string[]) =>
  `Nothing is released:\n${problems.map((one) => `  ${one}`).join('\n')}`;

describe('a release', () => {
  it('tags the version and makes the tag of its major', async () => {
    const commit = ground.prepare('0.1.0');
    const { said, released } = await ground.release('v0.1.0');
    expect(said).toEqual([
      `v0.1.0 of ${commit}`,
      'dist/ is what the sources build: 1 files, byte for byte',
      `belay-v0.1.0.tar has the SHA-256 ${released?.archive.sha256}`,
      `v0.1.0 is made, at ${short(commit)}`,
      `v0 is made, at ${short(commit)}`,
      'Pushed v0.1.0 and v0.',
    ]);
    expect(ground.tags()).toEqual({ 'v0.1.0': commit, v0: commit });
  });

  it('moves the tag of its major on', async () => {
    const first = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const second = ground.prepare('0.2.0');
    const { said } = await ground.release('v0.2.0');
    expect(said.slice(3)).toEqual([
      `v0.2.0 is made, at ${short(second)}`,
      `v0 moves from ${short(first)} to ${short(second)}`,
      'Pushed v0.2.0 and v0.',
    ]);
    expect(ground.tags()).toEqual({ 'v0.1.0': first, 'v0.2.0': second, v0: second });
  });

  it('in a dry run does all of it but the push, and says what that would be', async () => {
    const first = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const second = ground.prepare('0.1.1');
    const { said } = await ground.release('v0.1.1', { isDryRun: true });
    expect(said.at(-1)).toBe(
      `Would push: git push --atomic --force-with-lease=refs/tags/v0.1.1: --force-with-lease=refs/tags/v0:${first} ` +
        `origin ${second}:refs/tags/v0.1.1 ${second}:refs/tags/v0`,
    );
    expect(readFileSync(join(ground.out, 'notes.md'), 'utf8')).toBe('- What is new in 0.1.1.\n');
    expect(ground.tags()).toEqual({ 'v0.1.0': first, v0: first });
  });

  it('archives what users run, so that anybody makes the same bytes of the tag', async () => {
    ground.prepare('0.1.0');
    git(ground.root, 'config', 'tar.umask', '0077');
    const { released } = await ground.release('v0.1.0');
    git(ground.root, 'config', 'tar.umask', '0022');
    const file = join(ground.out, 'again.tar');
    git(ground.root, 'fetch', '--quiet', '--tags', 'origin');
    const shown =
      /git -c tar\.umask=0002 archive (.*)$/m.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';
    const args = shown.replaceAll('vX.Y.Z', 'v0.1.0').replace('belay-v0.1.0.tar', file).split(' ');
    git(ground.root, '-c', 'tar.umask=0002', 'archive', ...args);
    expect(readFileSync(file).equals(released?.archive.content ?? Buffer.alloc(0))).toBe(true);
    expect(readFileSync(join(ground.out, 'SHA256SUMS'), 'utf8')).toBe(
      `${released?.archive.sha256}  belay-v0.1.0.tar\n`,
    );
  });

  it('of a pre-release moves no other tag', async () => {
    const first = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const second = ground.prepare('0.2.0-rc.1');
    const { said, released } = await ground.release('v0.2.0-rc.1');
    expect(said.slice(3)).toEqual([
      `v0.2.0-rc.1 is made, at ${short(second)}`,
      `v0 stays at ${short(first)}: a pre-release moves it nowhere`,
      'Pushed v0.2.0-rc.1.',
    ]);
    expect([released?.isPreRelease, ground.tags()]).toEqual([
      true,
      { 'v0.1.0': first, 'v0.2.0-rc.1': second, v0: first },
    ]);
  });

  it('of another major leaves the first one’s tag where it is', async () => {
    const first = ground.prepare('0.9.0');
    await ground.release('v0.9.0');
    const second = ground.prepare('1.0.0');
    await ground.release('v1.0.0');
    expect(ground.tags()).toEqual({ 'v0.9.0': first, v0: first, 'v1.0.0': second, v1: second });
  });
});

describe('a release that was half done', () => {
  it('goes on where its version is at this commit', async () => {
    const first = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const commit = ground.prepare('0.1.1');
    ground.tag('v0.1.1', commit);
    const { said } = await ground.release('v0.1.1');
    expect(said.slice(3)).toEqual([
      `v0.1.1 is there, at ${short(commit)}: a run before this one made it`,
      `v0 moves from ${short(first)} to ${short(commit)}`,
      'Pushed v0.',
    ]);
    expect(ground.tags()).toEqual({ 'v0.1.0': first, 'v0.1.1': commit, v0: commit });
  });

  it('has nothing left to push where all was done', async () => {
    const commit = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const { said } = await ground.release('v0.1.0');
    expect(said.slice(3)).toEqual([
      `v0.1.0 is there, at ${short(commit)}: a run before this one made it`,
      `v0 is there, at ${short(commit)}`,
      'Nothing is left to push.',
    ]);
  });

  it('knows an annotated tag by the commit that it is of', async () => {
    const commit = ground.prepare('0.1.0');
    git(ground.root, 'tag', '--annotate', '--message', 'By hand', 'v0.1.0');
    git(ground.root, 'push', '--quiet', 'origin', 'v0.1.0');
    const { said } = await ground.release('v0.1.0');
    expect(said.at(-1)).toBe('Pushed v0.');
    expect(ground.tags().v0).toBe(commit);
  });

  it('does not take the tag of its major back from a newer release', async () => {
    const older = ground.prepare('0.1.0');
    ground.tag('v0.1.0', older);
    const newer = ground.prepare('0.1.1');
    await ground.release('v0.1.1');
    git(ground.root, 'checkout', '--quiet', older);
    const { said } = await ground.release('v0.1.0');
    expect(said.slice(4)).toEqual([
      `v0 stays at ${short(newer)}: v0.1.1 is newer than v0.1.0`,
      'Nothing is left to push.',
    ]);
    expect(ground.tags()).toEqual({ 'v0.1.0': older, 'v0.1.1': newer, v0: newer });
  });
});

describe('a release is refused', () => {
  it('with every problem at once', async () => {
    const older = ground.prepare('0.3.0');
    await ground.release('v0.3.0');
    const commit = ground.prepare('0.3.1', { merged: false });
    writeFileSync(join(ground.root, 'dist/example/index.js'), '// by hand\n');
    writeFileSync(join(ground.root, 'new.txt'), '');
    expect(await ground.release('v0.2.0')).toEqual({
      said: [],
      refused: refusal(
        'package.json says 0.3.1, and this is to be v0.2.0: run npm version 0.2.0 --no-git-tag-version.',
        'v0.2.0 is not higher than v0.3.0, the newest of v0: release a higher one.',
        'CHANGELOG.md has no heading "## 0.2.0": put it above what is released.',
        'Not committed: dist/example/index.js, new.txt. Commit or remove what is to be left out.',
        `${short(commit)} is not on origin/main: release what was merged.`,
      ),
    });
    expect(ground.tags()).toEqual({ 'v0.3.0': older, v0: older });
  });

  it.each(['', '0.1.0', 'v0.1', 'v01.0.0', 'v0.1.0+build', 'v0.1.0 ', 'v0.1.0; rm -rf /', '--help'])(
    'as "%s"',
    async (tag) => {
      ground.prepare('0.1.0');
      expect((await ground.release(tag)).refused).toBe(
        refusal(
          `--version is "${tag}"; it must be v and a semantic version without build metadata, such as v0.1.0 or v0.2.0-rc.1.`,
        ),
      );
      expect(ground.tags()).toEqual({});
    },
  );

  it('where its version is at another commit', async () => {
    const older = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const commit = ground.commit({ 'README.md': 'More.\n' });
    expect((await ground.release('v0.1.0')).refused).toBe(
      refusal(
        `v0.1.0 is at ${short(older)}, and this is ${short(commit)}. A version never moves: release the next one.`,
      ),
    );
    expect(ground.tags()).toEqual({ 'v0.1.0': older, v0: older });
  });

  it('where the tag of its major is at what this commit does not come after', async () => {
    ground.prepare('0.1.0');
    git(ground.root, 'checkout', '--quiet', '--detach');
    const elsewhere = ground.commit({ 'README.md': 'Elsewhere.\n' }, { merged: false });
    ground.tag('v0', elsewhere);
    git(ground.root, 'checkout', '--quiet', 'main');
    const commit = ground.commit({ 'README.md': 'Here.\n' });
    expect((await ground.release('v0.1.0')).refused).toBe(
      refusal(
        `v0 is at ${short(elsewhere)}, which ${short(commit)} does not come after: moving it would take back what is there. Merge that first.`,
      ),
    );
    expect(ground.tags()).toEqual({ v0: elsewhere });
  });

  it('where the remote cannot be read, as a private one without credentials', async () => {
    ground.prepare('0.1.0');
    rmSync(ground.remote, { recursive: true });
    expect(await ground.release('v0.1.0', { isDryRun: true })).toEqual({
      said: [],
      refused: refusal(
        `origin cannot be read: git fetch says "fatal: '${ground.remote}' does not appear to be a git repository". ` +
          'Give this clone credentials for it; the workflow has none while it builds, so that it releases a public repository alone.',
      ),
    });
  });

  it('without a word of what is released', async () => {
    ground.prepare('0.1.0');
    ground.commit({ 'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\n## 0.0.1\n\n- Before.\n' });
    expect((await ground.release('v0.1.0')).refused).toBe(
      refusal('CHANGELOG.md says nothing below "## 0.1.0": say what is released.'),
    );
  });

  it('where dist/ is not what the sources build', async () => {
    ground.prepare('0.1.0');
    ground.commit({ 'source.js': '// another\n', 'dist/old/index.js': '// gone\n' });
    expect((await ground.release('v0.1.0')).refused).toBe(
      refusal(
        'dist/example/index.js differs.',
        'dist/old/index.js is built from nothing.',
        'dist/ is not what the sources build: run npm run build, and merge what it writes.',
      ),
    );
    expect(ground.tags()).toEqual({});
  });

  it('where the archive is not the one that was built and attested', async () => {
    ground.prepare('0.1.0');
    const { released } = await ground.release('v0.1.0', { isDryRun: true });
    const { sha256 = '' } = released?.archive ?? {};
    const other = '0'.repeat(64);
    expect((await ground.release('v0.1.0', { built: other })).refused).toBe(
      refusal(
        `belay-v0.1.0.tar has the SHA-256 ${sha256}, and what was built and attested has ${other}: release the commit that was built.`,
      ),
    );
    expect(ground.tags()).toEqual({});
    // Nothing is built where it is told: there is no source any more.
    rmSync(join(ground.root, 'source.js'));
    git(ground.root, 'update-index', '--assume-unchanged', 'source.js');
    expect((await ground.release('v0.1.0', { built: sha256 })).said.at(-1)).toBe('Pushed v0.1.0 and v0.');
  });

  it('by git, whole, where a tag has moved since it was read', async () => {
    const first = ground.prepare('0.1.0');
    await ground.release('v0.1.0');
    const second = ground.prepare('0.1.1');
    const other = git(ground.root, 'commit-tree', 'HEAD^{tree}', '-m', 'Somebody else’s');
    const { refused } = await ground.release('v0.1.1', { meanwhile: () => ground.tag('v0', other) });
    expect(refused).toMatch(/^Command failed: git push --atomic /);
    expect(refused?.match(/^ ! .*$/gm)?.toSorted()).toEqual([
      ` ! [rejected]        ${second} -> v0 (stale info)`,
      ` ! [rejected]        ${second} -> v0.1.1 (atomic push failed)`,
    ]);
    expect(ground.tags()).toEqual({ 'v0.1.0': first, v0: other });
  });
});
