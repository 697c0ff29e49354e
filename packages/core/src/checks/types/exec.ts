import type { ToolResult } from '../../io/process.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import { refuseUntrusted } from '../parse/trust.ts';
import { answeredWithFinding } from './answered-with-finding.ts';
import { BindProblem } from './bind-problem.ts';
import type { AttemptContext, CheckType, Finding, Observation, Probe, Scope } from './check-type.ts';
import { programEnvironment } from './exec/environment.ts';
import type { ExecSpec } from './exec/spec.ts';
import { readExec } from './exec/spec.ts';
import { endsWell, linesKept, programSources, readProgramEnd } from './program-end.ts';

/**
 * A program ends well: the bridge to browser tests and other tools. What it does is unknown, so it is run once, never
 * before a change, and neither retried nor held, unless the check says `retry: { unsafe: true }`.
 */
export const execCheck: CheckType = {
  name: 'exec',
  sources: programSources,
  assertsItself: true,
  read(at) {
    refuseUntrusted(at, 'runs a program', 'key');
    const spec = readExec(at);
    return (
      spec && {
        queries: [],
        implied: [endsWell(at)],
        bind: (scope) => probeOf(bind(spec, scope)),
      }
    );
  },
};

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** For reports. */
  readonly line: string;
  /** Whether its name, and anything that it is given, holds what an earlier step has captured. */
  readonly captured: { readonly program: boolean; readonly any: boolean };
}

function bind(spec: ExecSpec, scope: Scope): Program {
  const words = spec.run.map(scope.fill);
  const [command = '', ...args] = words;
  const line = words.join(' ');
  if (scope.redactor.redact(line) !== line) {
    throw new BindProblem(
      '`run` holds a secret, which every program of this machine could read. Pass it in `env`.',
    );
  }
  if (command === '') throw new BindProblem('`run` names no program.');
  const env = Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, scope.fill(value)]));
  if ([...words, ...Object.values(env)].some((one) => one.includes('\0')))
    throw new BindProblem('`exec` holds a NUL character.');
  const [program = false, ...others] = [...spec.run, ...Object.values(spec.env)].map(scope.isCaptured);
  const captured = { program, any: program || others.includes(true) };
  return { command, args, env, cwd: scope.openFolder(scope.fill(spec.directory)), line, captured };
}

function probeOf(program: Program): Probe {
  return {
    url: undefined,
    host: undefined,
    repeatable: false,
    attempt: (context) => attempt(program, context),
  };
}

/** Short, since it comes on top of the check's time. Milliseconds. */
const ladder = { afterInterruptMs: 1000, afterTerminateMs: 500 };

async function attempt(program: Program, context: AttemptContext): Promise<Observation> {
  const { tools, signal, timeoutMs, clock } = context;
  const { command, args, cwd } = program;
  if (tools === undefined) return unable(program, 'programs cannot be run from here', { isOurs: true });
  const errors = new Lines();
  const began = clock.monotonic();
  try {
    const result = await tools.run({
      command,
      args,
      cwd,
      signal,
      ladder,
      env: programEnvironment(context.env, program.env),
      deadlineMs: timeoutMs,
      echo: false,
      onLine: (line, stream) => {
        if (stream === 'stderr') errors.add(line);
      },
    });
    signal.throwIfAborted();
    return observation(program, result, errors.text);
  } catch (error) {
    signal.throwIfAborted();
    const refused = error instanceof ActionFailure ? error : refusedBySystem(error);
    if (refused === undefined) throw error;
    const { captured } = program;
    const isOurs = !('code' in refused && refused.code === 'E2BIG' ? captured.any : captured.program);
    return unable(program, refused.message, { isOurs, total: Math.round(clock.monotonic() - began) });
  }
}

/** Node throws what it does not tell as an event: a name or a list of arguments that is too long. */
function refusedBySystem(error: unknown): Error | undefined {
  const isOfSpawn = error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('spawn');
  return isOfSpawn ? error : undefined;
}

function observation({ line }: Program, result: ToolResult, stderr: string): Observation {
  const phases = { total: Math.round(result.durationMs) };
  if (result.endedBy === 'deadline') {
    const summary = `${line} → did not end in time and was stopped: raise \`timeout\` if it needs longer`;
    return { kind: 'unanswered', failureClass: 'timeout', summary, phases };
  }
  const ended = result.exitCode === null ? `ended by ${result.signalName}` : `exit ${result.exitCode}`;
  const last = result.tail.findLast((one) => one.trim() !== '');
  return {
    kind: 'answered',
    summary: `${line} → ${ended}${last === undefined || result.exitCode === 0 ? '' : `: ${last.trim()}`}`,
    bare: `${line} → ${ended}`,
    phases,
    notes: result.tail.slice(-linesKept),
    read: (source) =>
      readProgramEnd(source, { ...result, stderr, exitCode: result.exitCode ?? undefined, why: ended }),
  };
}

/** It could not be started: that says nothing of the release, unless that said which program it is. */
function unable(
  { command, line }: Program,
  actual: string,
  { isOurs, total = 0 }: { readonly isOurs: boolean; readonly total?: number },
): Observation {
  const failure = { read: `exec ${command}`, expected: 'started', actual };
  const finding: Finding = isOurs
    ? { failureClass: 'definition', failure, endsAs: 'error' }
    : { failureClass: 'assertion', failure, endsAs: 'fail' };
  return answeredWithFinding(`${line} → not started`, finding, total);
}

/** Lines as one text, up to a bound: a program may write errors without end. */
class Lines {
  readonly #lines: string[] = [];
  #room = 8 * 1024 * 1024;

  add(line: string): void {
    this.#room -= line.length + 1;
    if (this.#room >= 0) this.#lines.push(line);
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}
