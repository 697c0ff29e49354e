import { commonVariables, namedVariables, type Variables } from '../../../io/process/environment.ts';
import type { FlyToken } from '../token/token.ts';

/**
 * What flyctl's deploy reads of a job beside what every program does: which Docker and BuildKit build, and with whose
 * login; where Fly builds; what it labels an image with (`GH_SHA` and others).
 * Source: superfly/flyctl ad0172f, internal/build/imgsrc, internal/env/env.go, internal/flag/context.go and
 * internal/command/deploy/deploy_build.go; the clients of Docker and of buildpacks that it is built with.
 */
const flyctlVariables: readonly string[] = [
  ...['DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'DOCKER_API_VERSION', 'DOCKER_BUILDKIT'],
  ...['DOCKER_CONFIG', 'DOCKER_AUTH_CONFIG', 'DOCKER_HUB_USERNAME', 'DOCKER_HUB_PASSWORD'],
  ...['BUILDKIT_ADDR', 'BUILDKIT_IMAGE', 'BUILDKIT_PROGRESS', 'PACK_HOME', 'REGISTRY_AUTH_FILE'],
  ...['FLY_REMOTE_BUILDER_REGION', 'FLY_BUILD_CONTEXT_WARN_SIZE'],
  ...['GITHUB_ACTIONS', 'GITHUB_ACTION', 'GITHUB_EVENT_NAME', 'GITHUB_REPOSITORY', 'GITHUB_SHA'],
];

/** Settings of the builder `nixpacks`: flyctl passes each of them on to the build. */
const nixpacksVariable = /^NIXPACKS_/;

/** What a job may not pass on to flyctl, though it names it: what would send the token elsewhere, or is not flyctl's. */
const refused = ['FLY_', 'FLYCTL_', 'INPUT_', 'ACTIONS_', 'STATE_', 'BELAY_', 'OTEL_'];

/** A name that `flyctl-env` may hold. */
export const passableVariable = {
  pattern: new RegExp(
    `^(?!(?:${refused.join('|')})|(?:GODEBUG|LOG_LEVEL|VERBOSE)$)[A-Za-z_][A-Za-z0-9_]*$`,
    'i',
  ),
  legal: `the name of a variable, such as AWS_PROFILE; none that starts with ${refused.join(', ')}, and not GODEBUG, LOG_LEVEL or VERBOSE`,
};

/**
 * flyctl's environment: of the job's what it reads and what `passed` names, the token, and every switch that keeps it
 * from talking to anyone but Fly. The configuration directory is private, since flyctl logs request bodies into it.
 */
export function flyctlEnvironment(
  env: Variables,
  token: FlyToken,
  { configDir, passed = [] }: { readonly configDir: string; readonly passed?: readonly string[] },
): Readonly<Record<string, string>> {
  const isNamed = (name: string) => passed.includes(name) || nixpacksVariable.test(name);
  return {
    ...namedVariables(env, [...commonVariables, ...flyctlVariables], isNamed),
    FLY_API_TOKEN: token.value,
    FLY_CONFIG_DIR: configDir,
    FLY_SEND_METRICS: '0',
    FLY_SYNTHETICS_AGENT: '0',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_NO_INCIDENTS_CHECK: '1',
    // Discard: it would send the token in a plain HTTP header.
    FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
    FLY_EMIT_RELEASE_JSON: '1',
    NO_COLOR: '1',
    CI: 'true',
  };
}
