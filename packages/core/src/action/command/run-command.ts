import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Redactor } from '../../io/redactor.ts';
import type { FailureText } from '../../outcome/failure.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import { neutralise } from '../../text/neutralise.ts';
import { collapse } from '../cancellation.ts';
import { Cancelled } from '../cancelled.ts';
import { createPorts } from '../create-ports.ts';
import { helpText, readArguments } from './arguments.ts';
import type { CommandDefinition, CommandPorts } from './command.ts';
import type { Terminal } from './terminal.ts';
import { openTerminal } from './terminal.ts';
import { createTerminalRunner } from './terminal-runner.ts';

const cannot = 2;

/** Runs an action's command as a person calls it; answers the exit code: 2 for whatever could not be done. */
export async function runCommand(
  name: string,
  definition: CommandDefinition,
  from: { readonly cancel: AbortSignal; readonly worker?: ChildProcess | undefined },
): Promise<number> {
  const args = process.argv.slice(2);
  const secrets = new Redactor([]);
  const terminal = openTerminal(process, process.env, secrets);
  if (isTooOld(process.version)) {
    terminal.err(
      `This needs Node 22 or newer, and ${process.version} runs it. Next: Install Node 24.`,
      'bad',
    );
    return cannot;
  }
  const read = readArguments(args, definition.options);
  if (read.kind === 'help' || args.length === 0) {
    terminal.out(helpText(definition));
    return args.length === 0 ? cannot : 0;
  }
  if (read.kind === 'wrong') {
    for (const problem of read.problems) terminal.err(problem, 'bad');
    terminal.err('See --help.');
    return cannot;
  }
  const ports = openPorts(name, definition, { terminal, secrets, values: read.values, ...from });
  try {
    return await Promise.race([definition.run(ports), collapse(process)]);
  } catch (error) {
    return concluded(error, ports);
  } finally {
    ports.checks.close();
    terminal.status('');
  }
}

function cannotWrite(path: string): (error: Error) => never {
  return (error) => {
    throw new ActionFailure({
      code: 'input-invalid',
      what: `${JSON.stringify(path)} cannot be written: ${error.message}.`,
      next: 'Name a path in a folder that exists and may be written to.',
    });
  };
}

/** A laptop's Node may be older than the runner's; what it lacks would fail in the middle, without a word of why. */
export function isTooOld(version: string): boolean {
  return Number(/^v(\d+)/.exec(version)?.[1]) < 22;
}

interface Given {
  readonly terminal: Terminal;
  readonly secrets: Redactor;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly cancel: AbortSignal;
  readonly worker?: ChildProcess | undefined;
}

function openPorts(
  name: string,
  { options }: CommandDefinition,
  { terminal, secrets, values, cancel, worker }: Given,
): CommandPorts {
  const inputs = new Map(
    options.flatMap((option) => {
      const given = values.get(option.name);
      if (given === undefined || option.input === undefined) return [];
      return [[option.input, option.value === undefined ? 'true' : given.join('\n')] as const];
    }),
  );
  const runner = createTerminalRunner({
    env: process.env,
    cwd: process.cwd(),
    inputs,
    terminal,
    mask: (secret) => secrets.add(secret),
  });
  const actionPorts = createPorts(name, runner, cancel, worker);
  return {
    ...actionPorts,
    terminal,
    option: (option) => values.get(option)?.join('\n'),
    write: (path, text) => writeFile(resolve(path), actionPorts.runner.redact(text)).catch(cannotWrite(path)),
  };
}

function concluded(error: unknown, { terminal, signal }: CommandPorts): number {
  if (signal.aborted || error instanceof Cancelled) {
    terminal.err('Stopped.', 'unsure');
    return 130;
  }
  if (error instanceof ActionFailure) explain(error, terminal);
  else
    terminal.err(neutralise(error instanceof Error ? (error.stack ?? error.message) : String(error)), 'bad');
  return cannot;
}

function explain({ code, what, why, next, details = [] }: FailureText, terminal: Terminal): void {
  terminal.err(neutralise(`${code}: ${what}`), 'bad');
  if (why !== undefined) terminal.err(neutralise(why));
  for (const detail of details.filter((one) => !what.includes(one))) terminal.err(`  ${neutralise(detail)}`);
  terminal.err(code === 'input-invalid' ? 'Correct the options; --help explains them.' : neutralise(next));
}
