import { describe, expect, it } from 'vitest';
import { readContext } from '../../../packages/core/src/runner/context.ts';
import { runUrl } from '../../../packages/core/src/runner/runner.ts';

const env = {
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: 'c0ffee',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: 'event.json',
  GITHUB_ACTOR: 'octo',
  GITHUB_WORKFLOW: 'deploy',
  GITHUB_JOB: 'ship',
  GITHUB_RUN_ID: '77',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SERVER_URL: 'https://ghes.example',
  GITHUB_API_URL: 'https://ghes.example/api/v3',
  GITHUB_GRAPHQL_URL: 'https://ghes.example/api/graphql',
  GITHUB_WORKSPACE: 'w',
  RUNNER_TEMP: 't',
  RUNNER_TOOL_CACHE: 'c',
  RUNNER_OS: 'macOS',
  RUNNER_ARCH: 'ARM64',
  RUNNER_DEBUG: '1',
};

describe('readContext', () => {
  it('reads the facts of a run', () => {
    expect(readContext(env, '{"before":"beef"}')).toEqual({
      warnings: [],
      context: {
        repository: { owner: 'acme', name: 'shop' },
        sha: 'c0ffee',
        ref: 'refs/heads/main',
        refName: 'main',
        eventName: 'push',
        event: { before: 'beef' },
        actor: 'octo',
        workflow: 'deploy',
        job: 'ship',
        runId: '77',
        runAttempt: 2,
        serverUrl: 'https://ghes.example',
        apiUrl: 'https://ghes.example/api/v3',
        graphqlUrl: 'https://ghes.example/api/graphql',
        workspace: 'w',
        temp: 't',
        toolCache: 'c',
        os: 'macos',
        arch: 'arm64',
        selfHosted: true,
        debug: true,
      },
    });
  });

  it('leaves out what is absent or empty', () => {
    expect(readContext({ GITHUB_SHA: '', GITHUB_REPOSITORY: 'no-slash' }, undefined)).toEqual({
      warnings: [],
      context: {
        event: {},
        runAttempt: 1,
        serverUrl: 'https://github.com',
        apiUrl: 'https://api.github.com',
        graphqlUrl: 'https://api.github.com/graphql',
        workspace: '.',
        temp: '.',
        toolCache: '.',
        os: 'linux',
        arch: 'other',
        selfHosted: true,
        debug: false,
      },
    });
  });

  it.each([
    ['cannot be read', undefined, 'The event file cannot be read: event.json.'],
    ['is torn', '{"a":', 'The event file does not hold a JSON object: event.json.'],
    ['is no object', '[1]', 'The event file does not hold a JSON object: event.json.'],
  ])('warns when the event file %s', (_, text, warning) => {
    const { context, warnings } = readContext(env, text);
    expect({ event: context.event, warnings }).toEqual({ event: {}, warnings: [warning] });
  });
});

describe('runUrl', () => {
  it('names the attempt of a re-run', () => {
    expect(runUrl(readContext(env, '{}').context)).toBe(
      'https://ghes.example/acme/shop/actions/runs/77/attempts/2',
    );
  });

  it('is absent outside a run', () => {
    expect(runUrl(readContext({}, undefined).context)).toBeUndefined();
  });
});

it.each([
  [undefined, 'linux'],
  ['Linux', 'linux'],
  ['macOS', 'macos'],
  ['Windows', 'windows'],
  ['FreeBSD', 'other'],
])('takes a runner that says it is %s for %s', (name, os) => {
  expect(readContext({ RUNNER_OS: name }, undefined).context.os).toBe(os);
});

it.each([
  ['github-hosted', false],
  ['self-hosted', true],
  [undefined, true],
])('takes a runner whose environment is %s for self-hosted: %s', (environment, selfHosted) => {
  expect(readContext({ RUNNER_ENVIRONMENT: environment }, undefined).context.selfHosted).toBe(selfHosted);
});
