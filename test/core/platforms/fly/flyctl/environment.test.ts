import { describe, expect, it } from 'vitest';
import {
  flyctlEnvironment,
  passableVariable,
} from '../../../../../packages/core/src/platforms/fly/flyctl/environment.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';

const token = parseFlyToken('fo1_a');

/** What flyctl sees of a job's environment, without what Belay sets itself. */
function seen(env: Record<string, string | undefined>, passed: readonly string[] = []) {
  const own = Object.keys(flyctlEnvironment({}, token, { configDir: '/private' }));
  const all = flyctlEnvironment(env, token, { configDir: '/private', passed });
  return Object.fromEntries(Object.entries(all).filter(([name]) => !own.includes(name)));
}

describe('the environment of flyctl', () => {
  it('holds the token, a private folder, and every switch that keeps it from talking to others', () => {
    const given = { FLY_API_TOKEN: 'another', FLY_CONFIG_DIR: '/shared', NO_COLOR: '', CI: '' };
    expect(flyctlEnvironment(given, token, { configDir: '/private' })).toEqual({
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

  it.each<[string, Record<string, string>]>([
    [
      'where programs and homes are',
      { PATH: '/bin', HOME: '/home/me', TMPDIR: '/tmp', XDG_RUNTIME_DIR: '/run' },
    ],
    [
      'the same on Windows',
      { Path: 'C:\\bin', SystemRoot: 'C:\\Windows', USERPROFILE: 'C:\\me', TEMP: 'C:\\t' },
    ],
    [
      'the proxies, as either is written',
      { HTTPS_PROXY: 'http://p', https_proxy: 'http://p', no_proxy: 'a' },
    ],
    ['whom TLS trusts', { SSL_CERT_FILE: '/ca.pem', SSL_CERT_DIR: '/ca', NODE_EXTRA_CA_CERTS: '/ca.pem' }],
    ['the Docker that builds', { DOCKER_HOST: 'tcp://d', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' }],
    ['the logins of registries', { DOCKER_CONFIG: '/d', DOCKER_HUB_USERNAME: 'a', DOCKER_HUB_PASSWORD: 'b' }],
    ['BuildKit', { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain', BUILDKIT_ADDR: 'tcp://b' }],
    ['settings of the build by Nixpacks', { NIXPACKS_NODE_VERSION: '24' }],
    [
      'where Fly builds, and of what size it warns',
      { FLY_REMOTE_BUILDER_REGION: 'iad', FLY_BUILD_CONTEXT_WARN_SIZE: '1' },
    ],
    [
      'what images are labelled with',
      { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'abc', GITHUB_REPOSITORY: 'a/b' },
    ],
    ['what the runner finds left-over processes by', { RUNNER_TRACKING_ID: 'github_1' }],
  ])('has of the job’s %s', (_, env) => {
    expect(seen(env)).toEqual(env);
  });

  it.each<[string, Record<string, string>]>([
    [
      'credentials',
      { GITHUB_TOKEN: 'x', AWS_SECRET_ACCESS_KEY: 'x', DATABASE_URL: 'x', NPM_TOKEN: 'x', DEPOT_TOKEN: 'x' },
    ],
    [
      'inputs and the runner’s own tokens',
      { 'INPUT_FLY-TOKEN': 'x', ACTIONS_RUNTIME_TOKEN: 'x', STATE_a: 'x' },
    ],
    ['the key of the ledger', { BELAY_LEDGER_KEY: 'x' }],
    [
      'what would send the token elsewhere',
      { FLY_API_BASE_URL: 'x', FLY_REGISTRY_HOST: 'x', FLY_FLAPS_BASE_URL: 'x' },
    ],
    [
      'what would print or record request bodies',
      { LOG_LEVEL: 'debug', VERBOSE: '1', GODEBUG: 'http2debug=2', FLYCTL_OUTPUT_HAR: '/h' },
    ],
    [
      'where traces and crashes would be sent',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', SENTRY_DSN: 'http://x' },
    ],
    ['what is not set', { PATH: undefined as unknown as string }],
  ])('has not of the job’s %s', (_, env) => {
    expect(seen(env)).toEqual({});
  });

  it('has what `flyctl-env` names, as it is written there', () => {
    const env = { AWS_PROFILE: 'ci', aws_profile: 'other', AWS_REGION: 'eu-west-1' };
    expect(seen(env, ['AWS_PROFILE', 'GONE'])).toEqual({ AWS_PROFILE: 'ci' });
  });
});

describe('flyctl-env', () => {
  it.each(['AWS_PROFILE', 'GOOGLE_APPLICATION_CREDENTIALS', 'SSH_AUTH_SOCK', 'a', '_1'])(
    'may name %s',
    (name) => {
      expect(passableVariable.pattern.test(name)).toBe(true);
    },
  );

  it.each([
    ...[
      'FLY_API_BASE_URL',
      'fly_api_token',
      'FLYCTL_OUTPUT_HAR',
      'INPUT_X',
      'ACTIONS_RUNTIME_TOKEN',
      'STATE_x',
    ],
    ...['BELAY_LEDGER_KEY', 'OTEL_SERVICE_NAME', 'LOG_LEVEL', 'verbose', 'GODEBUG', '1A', 'A=B', 'A B', ''],
  ])('may not name %j', (name) => {
    expect(passableVariable.pattern.test(name)).toBe(false);
  });
});
