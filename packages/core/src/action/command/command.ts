import type { Ports } from '../ports.ts';
import type { Terminal } from './terminal.ts';

/** An action as a command on a laptop: the same inputs, given as options. */
export interface CommandDefinition {
  /** How it is called, for the help. */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly CommandOption[];
  /** Closing lines of the help: the exit codes. */
  readonly footnote: string;
  /** Answers the exit code. Failures and cancellation are thrown, as in an action. */
  run(ports: CommandPorts): Promise<number>;
}

/** How a person calls a command: a package says its own name before it loads the bundle. */
export function calledAs(otherwise: string): string {
  const name: unknown = Reflect.get(globalThis, Symbol.for('belay.command'));
  return typeof name === 'string' ? name : otherwise;
}

export interface CommandOption {
  /** `file`, given as `--file`. */
  readonly name: string;
  /** What stands for its value in the help; absent for a switch. */
  readonly value?: string;
  /** It may be given several times. */
  readonly repeats?: true;
  readonly meaning: string;
  /** The input of the action it fills, a line for each value; a switch fills it with `true`. */
  readonly input?: string;
  /** What is wrong with a value before it is used; undefined when nothing is. */
  wrong?(value: string): string | undefined;
}

export interface CommandPorts extends Ports {
  readonly terminal: Terminal;
  /** The value of an option without an input; `''` for a switch that is set. */
  option(name: string): string | undefined;
  /** Writes a file of the caller's; relative paths start where the command was called. */
  write(path: string, text: string): Promise<void>;
}
