/**
 * `npm run release -- --version v0.1.0 --dry-run`: builds, compares `dist/`, and says what it would tag and push; without
 * `--dry-run` it pushes. Meant for .github/workflows/release.yml; a rehearsal runs on any clone.
 */
import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ReleaseRefused, release } from './release/release.ts';
import { root } from './root.ts';

const { values } = parseArgs({
  options: {
    version: { type: 'string', default: '' },
    'dry-run': { type: 'boolean', default: false },
    /** The SHA-256 of the archive, where another job has built and compared it. */
    built: { type: 'string' },
    remote: { type: 'string', default: 'origin' },
    branch: { type: 'string', default: 'main' },
    out: { type: 'string', default: join(root, '.belay', 'release') },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  const { remote, branch, out, built } = values;
  const { archive, isPreRelease } = await release({
    root,
    remote,
    branch,
    out,
    say,
    tag: values.version,
    isDryRun: values['dry-run'],
    ...(built === undefined ? {} : { built }),
    // Loaded where it is needed: the job that may push has no need of a bundler.
    build: async (into) => (await import('./build.ts')).buildActions(into),
  });
  say(`The archive, its checksum and the notes: ${relative(process.cwd(), out)}`);
  const output = process.env.GITHUB_OUTPUT;
  if (output !== undefined && output !== '') {
    appendFileSync(
      output,
      `archive=${archive.name}\nsha256=${archive.sha256}\npre-release=${isPreRelease}\n`,
    );
  }
} catch (error) {
  if (!(error instanceof ReleaseRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
