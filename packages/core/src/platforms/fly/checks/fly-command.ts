import type { Cursor } from '../../../checks/parse/cursor.ts';
import { fields } from '../../../checks/parse/fields.ts';
import { text } from '../../../checks/parse/scalars.ts';
import { readExpect } from '../../../checks/parse/sources.ts';
import { refuseUntrusted } from '../../../checks/parse/trust.ts';
import { answeredWithFinding } from '../../../checks/types/answered-with-finding.ts';
import { BindProblem } from '../../../checks/types/bind-problem.ts';
import type {
  AttemptContext,
  Blueprint,
  Finding,
  Observation,
  Probe,
  Scope,
} from '../../../checks/types/check-type.ts';
import { readRun } from '../../../checks/types/exec/spec.ts';
import { askWithin } from '../../../checks/types/platform-answer.ts';
import {
  endsWell,
  linesKept,
  programSources,
  readProgramEnd,
  withoutLastBreak,
} from '../../../checks/types/program-end.ts';
import { defined } from '../../../text/defined.ts';
import type { CommandEnd } from '../../platform.ts';

/**
 * Reads `{ exec: [bin/check], group: worker, expect: … }`: what only the private network reaches is asked from within it.
 * What the command does is unknown, so it is run once, as `exec` runs a program.
 */
export function readFlyCommand(at: Cursor): Blueprint | undefined {
  const given = fields(at, { what: '`fly-machines` with `exec`', keys: ['exec', 'group', 'expect'] });
  if (given === undefined) return undefined;
  const exec = given.get('exec');
  if (exec !== undefined) refuseUntrusted(exec, 'runs a command in a machine', 'key');
  const command = given.read('exec', readRun);
  const group = given.read('group', text);
  const expect = given.read('expect', (one) => readExpect(one, programSources));
  if (command === undefined || (given.has('expect') && expect === undefined)) return undefined;
  return {
    queries: [],
    ...defined({ expect }),
    implied: [endsWell(at)],
    sources: programSources,
    command,
    bind: (scope) => probeOf(bind(command, group, scope)),
  };
}

interface Wanted {
  readonly command: readonly string[];
  readonly group: string | undefined;
  /** For reports. */
  readonly line: string;
}

function bind(words: readonly string[], group: string | undefined, scope: Scope): Wanted {
  const command = words.map(scope.fill);
  const line = command.join(' ');
  if (scope.redactor.redact(line) !== line)
    throw new BindProblem(
      '`exec` holds a secret, which Fly and every program of the machine could read. Let the command take it from its own environment.',
    );
  if (command[0] === '') throw new BindProblem('`exec` names no program.');
  if (line.includes('\0')) throw new BindProblem('`exec` holds a NUL character.');
  return { command, line, group: group === undefined ? undefined : scope.fill(group) };
}

function probeOf(wanted: Wanted): Probe {
  return {
    url: undefined,
    host: undefined,
    repeatable: false,
    attempt: (context) => attempt(wanted, context),
  };
}

/** Fly counts whole seconds, and its answer takes a moment. Milliseconds. */
const graceMs = 2_000;

async function attempt({ command, group, line }: Wanted, context: AttemptContext): Promise<Observation> {
  const { clock, runInInstance: run, timeoutMs } = context;
  const started = clock.monotonic();
  const said = `fly exec ${line}`;
  const told = await askWithin(context, {
    ask: run && ((signal) => run({ command, group, timeoutMs }, signal)),
    read: said,
    graceMs,
  });
  context.signal.throwIfAborted();
  const durationMs = clock.monotonic() - started;
  if (told.kind === 'nobody') return answeredWithFinding(told.summary, told.finding, durationMs);
  return observation(told.answer, said, durationMs);
}

function observation(end: CommandEnd, said: string, durationMs: number): Observation {
  const phases = { total: Math.round(durationMs) };
  const finding = (
    actual: string,
    endsAs: Finding['endsAs'],
    failureClass: Finding['failureClass'] = 'assertion',
  ): Finding => ({ failureClass, failure: { read: said, expected: 'run to its end', actual }, endsAs });
  switch (end.kind) {
    case 'nowhere':
      return answeredWithFinding(
        `${said} → not run`,
        finding(end.why, end.isFault ? 'fail' : 'unknown'),
        durationMs,
      );
    case 'late': {
      const summary = `${said} → did not end within ${end.seconds} s in machine ${end.instance}: raise \`timeout\` if it needs longer`;
      return { kind: 'unanswered', failureClass: 'timeout', summary, phases };
    }
    case 'too-much': {
      const actual = `more than ${end.bytes} bytes of output`;
      return answeredWithFinding(`${said} → ${actual}`, finding(actual, 'fail'), durationMs);
    }
    case 'ended': {
      const { instance, exitCode, signal, stdout, stderr } = end;
      const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((one) => one.trim() !== '');
      const why = signal === undefined ? 'Fly told no exit code' : `ended by signal ${signal}`;
      const last = exitCode === 0 ? undefined : lines.at(-1);
      const ended = `${signal === undefined ? `exit ${exitCode ?? 'not told'}` : why} in machine ${instance}`;
      return {
        kind: 'answered',
        summary: `${said} → ${ended}${last === undefined ? '' : `: ${last.trim()}`}`,
        bare: `${said} → ${ended}`,
        phases,
        notes: lines.slice(-linesKept),
        read: (source) =>
          readProgramEnd(source, { exitCode, why, stdout, stderr: withoutLastBreak(stderr), durationMs }),
      };
    }
  }
}
