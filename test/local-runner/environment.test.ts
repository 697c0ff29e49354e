import { existsSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { type JobSpec, runJob } from '#local-runner';
import { aFolder, aRepository } from '../support/action-folder.ts';
import { expression } from '../support/expression.ts';

const printAll = `
  let stdin = '';
  try { stdin = fs.readFileSync(0, 'utf8'); } catch (error) { stdin = error.code; }
  const event = JSON.parse(fs.readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
  const files = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'].map((name) => process.env['GITHUB_' + name]);
  const sizes = files.map((file) => fs.statSync(file).size);
  const home = fs.readdirSync(process.env.HOME);
  console.log(JSON.stringify({ env: process.env, cwd: process.cwd(), stdin, event, sizes, home }));
`;

afterEach(() => vi.unstubAllEnvs());

async function seenBy(spec: Partial<JobSpec>) {
  const repositoryRoot = await aRepository({ show: { main: printAll } });
  const { steps } = await runJob({ repositoryRoot, steps: [{ uses: './actions/show' }], ...spec });
  return JSON.parse(steps.at(-1)?.log[0]?.line ?? '{}');
}

it('passes nothing of its own environment on but PATH and LANG', async () => {
  vi.stubEnv('FLY_API_TOKEN', 'leak');
  vi.stubEnv('NODE_USE_ENV_PROXY', '1');
  vi.stubEnv('NODE_OPTIONS', '');
  vi.stubEnv('LANG', 'C.UTF-8');
  const { env, home } = await seenBy({});
  const own = Object.keys(env).filter((name) => !/^(GITHUB|RUNNER)_/.test(name));
  expect({ names: own.sort(), lang: env.LANG, path: env.PATH, home }).toEqual({
    names: ['CI', 'HOME', 'LANG', 'PATH'],
    lang: 'C.UTF-8',
    path: process.env.PATH,
    home: [],
  });
});

it('sets every documented variable, and no token', async () => {
  const workspace = await aFolder();
  const temp = await aFolder();
  const toolCache = await aFolder();
  const { env } = await seenBy({
    workspace,
    temp,
    toolCache,
    debug: true,
    runnerArch: 'ARM64',
    github: {
      token: 'ghs',
      repository: 'acme/till',
      ref: 'refs/tags/v1',
      sha: 'abc',
      run_id: '77',
      actor: 'ann',
    },
  });
  const documented = Object.entries<string>(env).filter(([name]) => /^(CI|GITHUB_|RUNNER_)/.test(name));
  const shown = documented.filter(([, value]) => !value.includes('_runner_file_commands'));
  expect(Object.fromEntries(shown)).toEqual({
    CI: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_REF: '',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTOR: 'ann',
    GITHUB_ACTOR_ID: '1',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: expect.stringMatching(/event\.json$/),
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'local',
    GITHUB_REF: 'refs/tags/v1',
    GITHUB_REF_NAME: 'v1',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: 'tag',
    GITHUB_REPOSITORY: 'acme/till',
    GITHUB_REPOSITORY_ID: '1001',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_REPOSITORY_OWNER_ID: '1000',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'abc',
    GITHUB_TRIGGERING_ACTOR: 'ann',
    GITHUB_WORKFLOW: 'local',
    GITHUB_WORKFLOW_REF: 'acme/till/.github/workflows/local.yml@refs/tags/v1',
    GITHUB_WORKFLOW_SHA: 'abc',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'ARM64',
    RUNNER_DEBUG: '1',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'local',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: toolCache,
    RUNNER_TRACKING_ID: expect.stringMatching(/^github_/),
    RUNNER_WORKSPACE: expect.any(String),
  });
});

it('starts in the workspace, with stdin closed, the event on disk and empty command files', async () => {
  const workspace = await aFolder();
  // an open stdin would be read for ever
  const signal = AbortSignal.timeout(5_000);
  const seen = await seenBy({ workspace, signal, github: { event: { number: 7 } } });
  expect({ cwd: seen.cwd, stdin: seen.stdin, event: seen.event, sizes: seen.sizes }).toEqual({
    cwd: workspace,
    stdin: '',
    event: { number: 7 },
    sizes: [0, 0, 0, 0, 0],
  });
});

it('adds the three variables of a local cloud', async () => {
  const cloud = {
    HTTPS_PROXY: 'http://127.0.0.1:1',
    SSL_CERT_FILE: '/ca.pem',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
  };
  expect((await seenBy({ cloud })).env).toMatchObject(cloud);
});

it('lets a step’s env win over the job’s, and the runner win over both', async () => {
  const { env } = await seenBy({
    env: { A: 'job', B: 'job', GITHUB_SHA: 'forged' },
    github: { sha: 'abc' },
    steps: [{ uses: './actions/show', env: { B: `step of ${expression('env.B')}`, RUNNER_OS: 'forged' } }],
  });
  expect({ A: env.A, B: env.B, sha: env.GITHUB_SHA, os: env.RUNNER_OS }).toEqual({
    A: 'job',
    B: 'step of job',
    sha: 'abc',
    os: 'Linux',
  });
});

it('leaves the folders it was given and removes its own', async () => {
  const temp = await aFolder();
  const { env } = await seenBy({ temp });
  expect([existsSync(env.RUNNER_TEMP), existsSync(env.GITHUB_WORKSPACE), existsSync(env.HOME)]).toEqual([
    true,
    false,
    false,
  ]);
});
