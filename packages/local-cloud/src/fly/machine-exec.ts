import type { AppInstance, LogLine } from '../apps/apps.ts';
import { shellWords } from '../apps/shell-words.ts';
import { assertMayChange } from './access.ts';
import { processSpec } from './launch-spec.ts';
import { reachableMachineOf } from './machine-access.ts';
import { exitRequest } from './machine-events.ts';
import { Refusal } from './refusal.ts';
import type { Call, Route } from './route.ts';

const usualSeconds = 60;

export const execRoutes: readonly Route[] = [
  {
    host: 'api.machines.dev',
    surface: 'flaps',
    access: 'token',
    method: 'POST',
    mutation: true,
    rate: 'change',
    name: 'flaps.machines.exec',
    path: '/v1/apps/{app}/machines/{machine}/exec',
    handle: exec,
  },
];

/** Runs a command of the machine's image beside its process, with the same environment, and answers when it has ended. */
async function exec(call: Call) {
  assertMayChange(call.token);
  const machine = reachableMachineOf(call);
  const command = commandOf(call.body);
  if (machine.state !== 'started') throw new Refusal(412, `failed_precondition: machine is ${machine.state}`);
  const { apps, clock } = call.world.doors;
  const running = await apps.start({ ...processSpec(machine), command });
  const seconds = Number(call.body.timeout) || usualSeconds;
  const ended = new AbortController();
  void running.exited.then(() => ended.abort());
  await clock.until(clock.now() + seconds * 1000, AbortSignal.any([ended.signal, call.request.signal]));
  if (!ended.signal.aborted) {
    await running.stop('SIGKILL', 0);
    throw new Refusal(408, `deadline_exceeded: ${command.join(' ')} has not ended in ${seconds}s`);
  }
  return { status: 200, body: await outcomeOf(running) };
}

function commandOf({ cmd, command }: Call['body']): string[] {
  if (Array.isArray(command) && command.length > 0) return command.map(String);
  if (typeof cmd !== 'string' || cmd.trim() === '')
    throw new Refusal(400, 'invalid_argument: cmd is required');
  const words = shellWords(cmd);
  if (words !== undefined) return words;
  throw new Refusal(400, `invalid_argument: cmd has a quote that is not closed: ${cmd}`);
}

async function outcomeOf({ exited, log }: AppInstance) {
  const end = exitRequest(await exited, { restartCount: 0, restarting: false, requested: false, atMs: 0 });
  const { exit_code: code, signal } = end.exit_event;
  return {
    exit_code: code,
    exit_signal: signal,
    stdout: linesOf(log, 'stdout'),
    stderr: linesOf(log, 'stderr'),
  };
}

function linesOf(log: readonly LogLine[], wanted: LogLine['from']): string {
  return log.map(({ line, from }) => (from === wanted ? `${line}\n` : '')).join('');
}
