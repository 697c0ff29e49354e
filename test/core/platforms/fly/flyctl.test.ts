import { describe, expect, it } from 'vitest';
import { deployArguments, flyctlEnvironment } from '../../../../packages/core/src/platforms/fly/flyctl.ts';
import { parseFlyToken } from '../../../../packages/core/src/platforms/fly/token.ts';

const base = {
  app: 'shop',
  buildArgs: [],
  waitTimeoutMs: 90_500,
  skipReleaseCommand: false,
  smokeChecks: true,
  extra: [],
};

describe('the command line of a deploy', () => {
  it('says everything that would else depend on the place it runs', () => {
    expect(
      deployArguments({
        ...base,
        config: 'fly.toml',
        image: 'r/shop:1',
        strategy: 'immediate',
        extra: ['--vm-memory', '512'],
      }),
    ).toEqual([
      'deploy',
      '--app',
      'shop',
      '--config',
      'fly.toml',
      '--image',
      'r/shop:1',
      '--strategy',
      'immediate',
      '--wait-timeout',
      '91s',
      '--yes',
      '--dns-checks=false',
      '--deploy-retries=0',
      '--vm-memory',
      '512',
    ]);
  });

  it('never runs the release command nor waits for the smoke window in a restore', () => {
    expect(deployArguments({ ...base, skipReleaseCommand: true, smokeChecks: false })).toEqual([
      'deploy',
      '--app',
      'shop',
      '--wait-timeout',
      '91s',
      '--yes',
      '--dns-checks=false',
      '--deploy-retries=0',
      '--skip-release-command',
      '--smoke-checks=false',
    ]);
  });

  it('passes build arguments and the label of the image to be built', () => {
    expect(deployArguments({ ...base, imageLabel: 'belay-7-1', buildArgs: ['A=1', 'B=x y'] })).toEqual(
      expect.arrayContaining(['--image-label', 'belay-7-1', '--build-arg', 'A=1', '--build-arg', 'B=x y']),
    );
  });
});

describe('the environment of flyctl', () => {
  const env = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://127.0.0.1:1',
    'INPUT_FLY-TOKEN': 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    BELAY_LEDGER_KEY: 'x',
    GITHUB_TOKEN: 'x',
    FLY_VERBOSE: '1',
    FLY_API_BASE_URL: 'https://elsewhere',
    LOG_LEVEL: 'debug',
    FLY_REMOTE_BUILDER_REGION: 'iad',
    GITHUB_SHA: 'abc',
    GONE: undefined,
  };
  it('keeps the job’s and withholds other credentials, our inputs and what would redirect or expose it', () => {
    expect(flyctlEnvironment(env, parseFlyToken('fo1_a'), '/private')).toEqual({
      PATH: '/bin',
      HTTPS_PROXY: 'http://127.0.0.1:1',
      FLY_REMOTE_BUILDER_REGION: 'iad',
      GITHUB_SHA: 'abc',
      FLY_API_TOKEN: 'fo1_a',
      FLY_CONFIG_DIR: '/private',
      FLY_SEND_METRICS: '0',
      FLY_SYNTHETICS_AGENT: '0',
      FLY_NO_UPDATE_CHECK: '1',
      FLY_NO_INCIDENTS_CHECK: '1',
      FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
      FLY_EMIT_RELEASE_JSON: '1',
      NO_COLOR: '1',
      CI: 'true',
    });
  });
});
