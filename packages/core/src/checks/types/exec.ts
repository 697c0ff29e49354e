import { ActionFailure } from '../../failure.ts';
import type { ToolResult } from '../../process.ts';
import type { Source } from '../check-file.ts';
import type { Reading } from '../judge/values.ts';
import { anyValue, durationSource, textSource } from '../parse/source-grammar.ts';
import { refuseUntrusted } from '../parse/trust.ts';
import type { AttemptContext, CheckType, Observation, Probe, Scope } from './check-type.ts';
import { BindProblem } from './check-type.ts';
import { programEnvironment } from './exec/environment.ts';
import type { ExecSpec } from './exec/spec.ts';
import { readExec } from './exec/spec.ts';

/**
 * A program ends well: the bridge to browser tests and other tools. What it does is unknown, so it is run once, never
 * before a change, and neither retried nor held, unless the check says `retry: { unsafe: true }`.
 */
export const execCheck: CheckType = {
  name: 'exec',
  sources: { 'exit-code': anyValue, stdout: textSource, stderr: textSource, duration: durationSource },
  assertsItself: true,
  read(at) {
    refuseUntrusted(at, 'runs a program', 'key');
    const spec = readExec(at);
    const well = { name: 'equals', negated: false, expected: 0, nested: [] };
    const exitCode = { name: 'exit-code', argument: undefined };
    return (
      spec && {
        queries: [],
        implied: [
          {
            assertion: { source: exitCode, filters: [], predicate: well, origin: at },
            unless: ['exit-code'],
          },
        ],
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
  if ([...words, ...Object.values(spec.env)].some((one) => one.includes('\0')))
    throw new BindProblem('`exec` holds a NUL character.');
  const env = Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, scope.fill(value)]));
  return { command, args, env, cwd: scope.openFolder(scope.fill(spec.directory)), line };
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
  if (tools === undefined) return unable(program, 'programs cannot be run from here');
  const errors = new Lines();
  const began = clock.monotonic();
  try {
    const result = await tools.run({
      ...{ command, args, cwd, signal, ladder },
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
    if (!(error instanceof ActionFailure)) throw error;
    return unable(program, error.message, Math.round(clock.monotonic() - began));
  }
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
    phases,
    notes: result.tail.slice(-linesKept),
    read: (source) => readSource(source, { ...result, stderr, ended }),
  };
}

const linesKept = 20;

function readSource(
  { name }: Source,
  { exitCode, stdout, stderr, durationMs, ended }: ToolResult & { stderr: string; ended: string },
): Reading {
  switch (name) {
    case 'exit-code':
      return exitCode === null ? { kind: 'missing', note: ended } : { kind: 'found', value: exitCode };
    case 'stdout':
      return { kind: 'found', value: stdout.replace(/\r?\n$/, '') };
    case 'stderr':
      return { kind: 'found', value: stderr };
    case 'duration':
      return { kind: 'found', value: durationMs };
    default:
      return { kind: 'invalid', why: `a program has no ${name}` };
  }
}

/** It could not be started: that says nothing of the release. */
function unable({ command, line }: Program, actual: string, total = 0): Observation {
  const failure = { read: `exec ${command}`, expected: 'started', actual };
  return {
    kind: 'answered',
    summary: `${line} → not started`,
    phases: { total },
    objections: [{ failureClass: 'definition', failure, endsAs: 'error' }],
    read: () => ({ kind: 'missing' }),
  };
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
