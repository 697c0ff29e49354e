import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, filesIn } from './compare-dist.ts';
import {
  type Archive,
  archive,
  type Clone,
  gitIn,
  pushArguments,
  RemoteUnreadable,
  readFacts,
  readTags,
} from './git.ts';
import { type Facts, type Plan, planRelease } from './plan.ts';

export interface ReleaseRequest extends Clone {
  readonly tag: string;
  /** All of it but the push. */
  readonly isDryRun: boolean;
  /** Where the archive, its checksum and the notes are put. */
  readonly out: string;
  /** The archive that was built and compared before: nothing is built, and it must come out the same. */
  readonly built?: string;
  /** Builds `dist` from the sources into an empty folder. */
  readonly build: (into: string) => Promise<unknown>;
  readonly say: (line: string) => void;
}

export interface Released {
  readonly archive: Archive;
  readonly isPreRelease: boolean;
}

/** Why nothing was released: each problem on a line of its own. */
export class ReleaseRefused extends Error {
  constructor(problems: readonly string[]) {
    super(`Nothing is released:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Proves and pushes a release. It may be run again at any time: what is there already is left as it is. */
export async function release(request: ReleaseRequest): Promise<Released> {
  const { root, tag, say, out, built } = request;
  const plan = planRelease(tag, factsOf(request));
  if (plan.kind === 'refused') throw new ReleaseRefused(plan.problems);
  say(`${tag} of ${plan.commit}`);
  if (built === undefined) say(await provedDist(request));
  const made = archive(root, plan);
  if (built !== undefined && made.sha256 !== built) {
    throw new ReleaseRefused([
      `${made.name} has the SHA-256 ${made.sha256}, and what was built and attested has ${built}: release the commit that was built.`,
    ]);
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, made.name), made.content);
  writeFileSync(join(out, 'SHA256SUMS'), `${made.sha256}  ${made.name}\n`);
  writeFileSync(join(out, 'notes.md'), `${plan.notes}\n`);
  say(`${made.name} has the SHA-256 ${made.sha256}`);
  for (const line of plan.told) say(line);
  push(request, plan);
  return { archive: made, isPreRelease: plan.isPreRelease };
}

function factsOf(clone: Clone): Facts {
  try {
    return readFacts(clone);
  } catch (error) {
    if (!(error instanceof RemoteUnreadable)) throw error;
    throw new ReleaseRefused([
      `${clone.remote} cannot be read: ${error.message}. Give this clone credentials for it; ` +
        'the workflow has none while it builds, so that it releases a public repository alone.',
    ]);
  }
}

async function provedDist({ root, build }: ReleaseRequest): Promise<string> {
  const rebuilt = mkdtempSync(join(tmpdir(), 'belay-release-'));
  try {
    await build(rebuilt);
    const differing = differences(join(root, 'dist'), rebuilt);
    if (differing.length > 0) {
      throw new ReleaseRefused([
        ...differing.map((what) => `dist/${what}.`),
        'dist/ is not what the sources build: run npm run build, and merge what it writes.',
      ]);
    }
    return `dist/ is what the sources build: ${filesIn(rebuilt).length} files, byte for byte`;
  } finally {
    rmSync(rebuilt, { recursive: true, force: true });
  }
}

function push(request: ReleaseRequest, { commit, moves }: Extract<Plan, { kind: 'release' }>): void {
  const { root, remote, isDryRun, say } = request;
  const args = pushArguments(remote, commit, moves);
  if (moves.length === 0 || isDryRun) {
    say(moves.length === 0 ? 'Nothing is left to push.' : `Would push: git ${args.join(' ')}`);
    return;
  }
  gitIn(root)(...args);
  // A push that was accepted is not yet a tag that can be read.
  const tags = readTags(request);
  const astray = moves.filter(({ tag }) => tags.find(({ name }) => name === tag)?.commit !== commit);
  if (astray.length > 0) {
    const names = astray.map(({ tag }) => tag).join(', ');
    throw new Error(`The push was accepted, and ${remote} does not have ${names} at ${commit}: look there.`);
  }
  say(`Pushed ${moves.map(({ tag }) => tag).join(' and ')}.`);
}
