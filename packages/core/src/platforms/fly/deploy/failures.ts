import type { ReasonCode } from '../../../outcome/reasons.ts';
import { endOf } from '../../../text/cut.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure } from '../../platform.ts';
import { forgottenVolume, type Mounted } from './forgotten-volume.ts';

interface KnownFailure {
  readonly pattern: RegExp;
  readonly reason: ReasonCode;
  readonly next: string;
  readonly why?: string;
}

/**
 * What flyctl says when it fails, seen on running binaries (sources: flyctl's own text, and the recordings under
 * test/clients). Order matters: the first match wins, and the text of an inner error often contains an outer one's.
 */
const known: readonly KnownFailure[] = [
  {
    pattern: /release[_ ]command failed.*timeout reached/,
    reason: 'release-command-failed',
    why: 'it had not ended within `release-command-timeout`, which is 5m unless it is set; no machine was touched',
    next: 'Raise `release-command-timeout` if it is only slow; otherwise read its log above and fix it.',
  },
  {
    pattern: /release command failed|release_command failed/,
    reason: 'release-command-failed',
    why: 'flyctl runs it once before any machine is touched',
    next: 'Read the release command’s log above and fix it.',
  },
  {
    pattern: /appears to be crashing/,
    reason: 'crashed',
    why: 'the process of the new version kept exiting',
    next: 'Read the exit event and the last log lines above.',
  },
  {
    pattern: /found multiple image versions/,
    reason: 'strategy-refused',
    why: 'a bluegreen deploy needs a fleet that runs one image, and this one runs several',
    next: 'Deploy once with `strategy: rolling`, or run the rollback action, so that one release serves.',
  },
  {
    pattern: /not in valid state for bluegreen/,
    reason: 'strategy-refused',
    why: 'a bluegreen deploy switches when checks pass, and no machine has any',
    next: 'Give the service a check in fly.toml, or a group without one a check under `[checks]`, or use another `strategy`.',
  },
  {
    pattern: /can't undergo bluegreen/,
    reason: 'strategy-refused',
    why: 'for a while a bluegreen deploy needs twice the machines, which the organization may not have',
    next: 'Use another `strategy`, or raise the limits of the organization.',
  },
  {
    pattern: /strategy is not supported/,
    reason: 'strategy-refused',
    why: 'the machines it makes beside those there would need volumes of their own',
    next: 'Use `strategy: rolling` for an app with volumes.',
  },
  {
    pattern: /could not get all green machines to be healthy/,
    reason: 'unhealthy',
    why: 'the checks of the new machines did not pass within `wait-timeout`',
    next: 'Read the machine’s checks and log above; raise `wait-timeout` if the app is only slow to start.',
  },
  {
    pattern: /could not get all green machines into started state/,
    reason: 'unhealthy',
    why: 'the new machines did not start within `wait-timeout`',
    next: 'Look at the machine’s events with `fly machine status`.',
  },
  {
    // The new machines are healthy by then: their release is not to blame.
    pattern: /could not get all blue machines into stopped state/,
    reason: 'deploy-failed',
    why: 'the old machines did not stop within `wait-timeout`',
    next: 'Look at the old machines’ events with `fly machine status`, then run the job again.',
  },
  {
    pattern: /timeout reached waiting for health checks/,
    reason: 'unhealthy',
    why: 'the machine’s checks did not pass within `wait-timeout`',
    next: 'Read the machine’s checks and log above; raise `wait-timeout` if the app is only slow to start.',
  },
  {
    pattern: /timeout reached waiting for machine's state|failed to wait for VM/,
    reason: 'unhealthy',
    why: 'the machine did not start within `wait-timeout`',
    next: 'Look at the machine’s events with `fly machine status`.',
  },
  {
    pattern:
      /insufficient_capacity|insufficient (resources|capacity)|no capacity|could not reserve resource/i,
    reason: 'no-capacity',
    why: 'Fly has no room for the machine where it is to run',
    next: 'Run the job again later, or choose another region or size.',
  },
  {
    pattern: /rate limit|\(status 429\)|status code: 429|too many requests/i,
    reason: 'rate-limited',
    next: 'Run the job again in a few minutes.',
  },
  {
    pattern: /host of machine \S+ is unreachable|is on an unreachable host/,
    reason: 'platform-error',
    why: 'the host of a machine does not answer',
    next: 'Run the job again, which leaves such machines as they are; recover their volumes, or destroy them, if the host stays away.',
  },
  {
    pattern: /lease currently held by|failed to get lease|failed to acquire lease/,
    reason: 'lease-held',
    why: 'another deploy, or one that was killed less than 13 seconds ago, holds the machine',
    next: 'Wait for the other deploy to end, then run this job again.',
  },
  {
    // Not `failed to fetch an image or build from source`: a build that failed begins so too.
    pattern: /could not find image/,
    reason: 'image-not-found',
    next: 'Push the image first, or correct its name in `image`, or in fly.toml where that names it.',
  },
  {
    pattern: /yes flag must be specified when not running interactively/,
    reason: 'deploy-failed',
    why: 'flyctl asked something, and nobody can answer in a job',
    next: 'Run the same command once in a terminal, to see what it asks and to answer it.',
  },
  {
    pattern: /App configuration is not valid|the config file at .* is not valid/,
    reason: 'config-invalid',
    next: 'Correct the file at the place flyctl names above.',
  },
  {
    pattern: /no access token available|not authorized|must be authenticated|status:? 401\b|unauthorized/,
    reason: 'token-rejected',
    why: 'the token may read this app but not deploy it, or it has expired',
    next: 'Create a token with `fly tokens create deploy --app <app>` and store it as the secret this job reads.',
  },
  {
    pattern: /\(status 403\)|forbidden/i,
    reason: 'token-kind',
    next: 'Use a deploy token of this app: a read-only token cannot ship.',
  },
  {
    pattern: /app not found|could not find App|could not be found, did you create the app/i,
    reason: 'app-not-found',
    next: 'Correct `fly-app`, make the app with `fly apps create`, or use a token of the organization that owns it.',
  },
  {
    pattern: /failed to create release/,
    reason: 'release-not-created',
    next: 'Look at https://status.flyio.net, then run the job again.',
  },
  {
    pattern: /ensure depot builder failed|remote builder/i,
    reason: 'platform-error',
    why: 'Fly could not lend the builder that flyctl asked for',
    next: 'Run the job again, or choose another `builder`.',
  },
  {
    pattern: /does not have a Dockerfile/,
    reason: 'build-failed',
    why: 'there is nothing to build: no Dockerfile, no buildpacks, and no image',
    next: 'Check the repository out before this step, name the file by `dockerfile` and the folder by `working-directory`, or pass `image`.',
  },
  {
    pattern: /failed to build|failed to solve|error building|or build from source|dockerfile/i,
    reason: 'build-failed',
    next: 'Read the build log above and fix the build.',
  },
  {
    pattern: /status(?: code)?:? ?5\d\d|non-2xx status|\(status 5\d\d\)|connection reset|EOF/,
    reason: 'platform-error',
    next: 'Look at https://status.flyio.net, then run the job again.',
  },
];

/**
 * The sentence flyctl ended with, classified; `exit` is its exit code, null when a signal ended it. `mounted`: the volumes
 * of the machines it was to change.
 */
export function flyctlFailure(
  tail: readonly string[],
  exit: number | null,
  mounted: readonly Mounted[] = [],
): PlatformFailure {
  const forgotten = forgottenVolume(tail, mounted);
  if (forgotten !== undefined) return forgotten;
  const said = lastError(tail);
  const match = known.find(({ pattern }) => pattern.test(said));
  const what = `flyctl ended with ${exit === null ? 'a signal' : `exit code ${exit}`}: ${shorten(said)}`;
  if (match === undefined) {
    return { reason: 'deploy-failed', what, next: 'Read flyctl’s output above.' };
  }
  const { reason, why, next } = match;
  return { reason, what, next, ...defined({ why }) };
}

/** A bluegreen deploy says on the next line how far it had come. */
const phaseOfBluegreen = /^(could not get all|failed to \w+( all)?) (green|blue) machines/;

/** The last `Error: …` line; without one, the last line that is not empty. */
function lastError(tail: readonly string[]): string {
  const lines = tail.map((line) => line.trim()).filter((line) => line !== '');
  const at = lines.findLastIndex((line) => line.startsWith('Error:'));
  const next = lines[at + 1];
  const phase = at >= 0 && next !== undefined && phaseOfBluegreen.test(next) ? `, ${next}` : '';
  const refusal = lines.find((line) => /strategy is not supported/.test(line))?.replace(/^error /, '');
  return `${refusal ?? lines[at] ?? lines.at(-1) ?? 'nothing'}${phase}`
    .replace(/^Error: /, '')
    .replace(/ \((Request|Trace) ID: [^)]*\)/g, '');
}

/** Servers' HTML and whole GraphQL queries end up in flyctl's errors; the useful part of a long one comes last. */
function shorten(said: string): string {
  const plain = said
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return endOf(plain, 300);
}
