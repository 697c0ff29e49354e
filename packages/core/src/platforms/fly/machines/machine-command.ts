import { decodeAnswer, unexpected } from '../../../io/decode-answer.ts';
import { type HttpAnswer, HttpError } from '../../../io/http.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import type { CommandEnd, InstanceCommand } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import { tokenRejected } from '../api/api-failures.ts';
import { releaseVersion } from '../api/release.ts';
import type { WireMachine } from '../api/wire.ts';
import { commandAnswer } from '../api/wire-app.ts';
import { appMachines, groupOf, isHostLost, machineRelease } from './fleet.ts';
import { isIdle, isStandby, startsForRequests } from './idle.ts';
import { type FleetScope, inScope } from './scope.ts';

/** What a command may print, both streams as Fly writes them. Bytes. */
const mostOutput = 1024 * 1024;
/** Fly takes no more. Seconds. */
const mostSeconds = 60;
/** For the answer to come, on top of the command's own time. Milliseconds. */
const answerMs = 1_500;

/** Where a command is run. */
export interface CommandPlace {
  readonly app: string;
  readonly scope: FleetScope;
}

/**
 * Runs a command in one started machine of the newest release. Sent once: it may do something twice. Failures:
 * `token-rejected`, `token-kind`, `machines-not-found`, `platform-error` for a command that Fly refuses, HttpError.
 */
export async function runInMachine(
  api: FlyApi,
  { app, scope }: CommandPlace,
  { command, group, timeoutMs }: InstanceCommand,
  signal: AbortSignal,
): Promise<CommandEnd> {
  const machine = machineFor(inScope(appMachines(await api.machines(app)), scope), group);
  if ('kind' in machine) return machine;
  const instance = machine.id;
  const seconds = Math.min(mostSeconds, Math.max(1, Math.floor(timeoutMs / 1000)));
  const asked = { command, timeout: seconds };
  const waitMs = seconds * 1000 + answerMs;
  const answer = await api
    .exec(app, instance, { asked, waitMs, maxBodyBytes: mostOutput, signal })
    .catch((error: unknown) => endOfError(error, instance, seconds));
  return 'kind' in answer ? answer : endOf(answer, app, instance);
}

/** A started machine of the newest release, or that there is none. Failure: `machines-not-found`. */
export function machineFor(
  machines: readonly WireMachine[],
  group: string | undefined,
): WireMachine | Extract<CommandEnd, { kind: 'nowhere' }> {
  const ours = machines.filter((machine) => groupOf(machine) === groupNamed(machines, group));
  const seen = ours.filter((machine) => !isHostLost(machine));
  const [newest] = seen
    .filter(({ state }) => state === 'started')
    .toSorted((one, other) => versionOf(other) - versionOf(one));
  if (newest !== undefined) return newest;
  if (ours.length > 0 && seen.length === 0)
    return { kind: 'nowhere', why: 'no host of its machines answers', isFault: false };
  const asleep = seen.filter((machine) => isIdle(machine) && !isStandby(machine));
  if (asleep.length > 0 && asleep.every(startsForRequests))
    return {
      kind: 'nowhere',
      why: 'its machines are at rest until a request wakes them: let a check before this one ask the service',
      isFault: false,
    };
  const states = seen.map(({ id, state }) => `${id} is ${state}`).join(', ');
  return {
    kind: 'nowhere',
    why: `no machine is started${states === '' ? '' : `: ${states}`}`,
    isFault: true,
  };
}

function versionOf(machine: WireMachine): number {
  return releaseVersion(machineRelease(machine) ?? '') ?? 0;
}

/** The one that is asked for, else `app`, else the only one. */
function groupNamed(machines: readonly WireMachine[], asked: string | undefined): string {
  const groups = [...new Set(machines.map(groupOf))].toSorted();
  const [first = 'app', ...others] = groups;
  const wanted = asked ?? (others.length === 0 ? first : 'app');
  if (groups.length === 0 || groups.includes(wanted)) return wanted;
  throw new ActionFailure({
    code: 'machines-not-found',
    what: `The app has no machine of process group \`${wanted}\`; it has ${groups.join(', ')}`,
    next: 'Name one of them as `group`.',
  });
}

/** What Fly answers no answer with: the command's time was up, or it printed too much. */
function endOfError(error: unknown, instance: string, seconds: number): CommandEnd {
  if (!(error instanceof HttpError)) throw error;
  if (error.kind === 'status' && error.status === 408) return { kind: 'late', instance, seconds };
  if (error.kind === 'body' && error.message.includes(`larger than ${mostOutput} bytes`))
    return { kind: 'too-much', instance, bytes: mostOutput };
  throw error;
}

function endOf(answer: HttpAnswer, app: string, instance: string): CommandEnd {
  const { status, text } = answer;
  if (status === 401) throw tokenRejected(app, text);
  if (status === 403)
    throw new ActionFailure({
      code: 'token-kind',
      what: `Fly lets this token run no command in a machine (403): ${lineOf(text, 120)}`,
      next: `Use a token of \`fly tokens create deploy --app ${app}\`.`,
    });
  if (status === 400 || status === 422)
    throw new ActionFailure({
      code: 'platform-error',
      what: `Fly does not run the command (${status}): ${lineOf(text, 200)}`,
      next: 'Correct `exec`: a program of the image and its arguments; no shell is started.',
    });
  if (status !== 200) throw unexpected(answer);
  const { exit_code: exitCode, exit_signal: signal = 0, ...printed } = decodeAnswer(answer, commandAnswer);
  const { stdout = '', stderr = '' } = printed;
  const how = signal > 0 ? { signal } : exitCode === undefined ? {} : { exitCode };
  return { kind: 'ended', instance, ...how, stdout, stderr };
}
