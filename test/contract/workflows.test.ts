import { globSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

// actionlint reads them in blocks/actionlint.test.ts, with the workflows of the pages.
const workflows = globSync('.github/workflows/*.yml').map((file) => {
  const text = readFileSync(file, 'utf8');
  return { file, text, workflow: load(text) as Workflow };
});

describe.each(workflows)('$file', ({ text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  it('may write nothing but where a job says so, keeps runs apart, and ends', () => {
    const scopes = Object.values(workflow.permissions ?? { all: 'missing' });
    expect([scopes.filter((scope) => scope !== 'read'), typeof workflow.concurrency]).toEqual([[], 'object']);
    expect(jobs.filter(([, job]) => job['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('pins every action by commit, and says which version that is', () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    expect(uses.filter((line) => !/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('puts no expression into a script', () => {
    expect(steps.flatMap(({ run = '' }) => run.match(/\$\{\{.*?\}\}/g) ?? [])).toEqual([]);
  });
});

describe('the release', () => {
  const { jobs } = load(readFileSync('.github/workflows/release.yml', 'utf8')) as Workflow;

  it('gives each job what it needs and no more: build reads, attest signs, tag writes', () => {
    const permissions = Object.entries(jobs).map(([name, job]) => [name, job.permissions]);
    expect(Object.fromEntries(permissions)).toEqual({
      build: { contents: 'read' },
      attest: { 'id-token': 'write', attestations: 'write' },
      tag: { contents: 'write' },
    });
  });

  it('tags what was attested, which is what was built; in a dry run it does neither', () => {
    expect([jobs.attest?.needs, jobs.tag?.needs]).toEqual(['build', ['build', 'attest']]);
    expect([jobs.attest?.if, jobs.tag?.if]).toEqual([
      "inputs.dry-run == false && github.ref == 'refs/heads/main'",
      "github.ref == 'refs/heads/main'",
    ]);
  });

  it('says no, and not nothing, where it is to be made of another branch', () => {
    expect(jobs.build?.steps[0]).toEqual({
      if: "inputs.dry-run == false && github.ref != 'refs/heads/main'",
      run: 'echo "::error::Only main is released: start this workflow there, or as a dry run." && exit 1\n',
    });
  });

  it('signs and pushes behind the environment that may ask for an approval', () => {
    expect([jobs.build?.environment, jobs.attest?.environment, jobs.tag?.environment]).toEqual([
      ...[undefined, 'release', 'release'],
    ]);
  });

  it('is verified by who signed it, on which branch, of which commit', () => {
    const page = readFileSync('SECURITY.md', 'utf8');
    const [, shown = ''] = /^(gh attestation verify (?:.*\\\n)*.*)$/m.exec(page) ?? [];
    expect(shown.split(/\s*\\?\n\s*| (?=--)/)).toEqual([
      'gh attestation verify belay-vX.Y.Z.tar',
      '--repo OWNER/belay',
      '--signer-workflow OWNER/belay/.github/workflows/release.yml',
      '--source-ref refs/heads/main',
      '--source-digest "$(git rev-parse \'vX.Y.Z^{commit}\')"',
      '--deny-self-hosted-runners',
    ]);
  });

  it('leaves the token in no job’s checkout but the one that pushes, where nothing of a package runs by itself', () => {
    const kept = Object.entries(jobs).flatMap(([name, { steps }]) =>
      steps.some(({ with: inputs }) => inputs?.['persist-credentials'] === true) ? [name] : [],
    );
    expect(kept).toEqual(['tag']);
    const scripts = jobs.tag?.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(scripts?.slice(0, 2)).toEqual([
      'npm ci --ignore-scripts',
      'node scripts/release.ts --version "$VERSION" --built "$SHA256"',
    ]);
  });
});

it('what pushes a release loads one package and nothing that builds', () => {
  const files = ['scripts/release.ts', 'scripts/root.ts', ...globSync('scripts/release/*.ts')];
  const imported = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*? ?from '([^']+)';$/gms),
  ]);
  const foreign = imported.map(([, name = '']) => name).filter((name) => !/^(?:node:|\.)/.test(name));
  const beside = imported.map(([, name = '']) => name).filter((name) => name.startsWith('.'));
  expect([
    [...new Set(foreign)],
    beside.filter((name) => !/\/(?:root|release|compare-dist|git|plan|version)\.ts$/.test(name)),
  ]).toEqual([['semver'], []]);
});
