import { tmpdir } from 'node:os';
import { readContext } from '../../runner/context.ts';
import type { BareRunner, Place } from '../../runner/runner.ts';
import { neutralise } from '../../text/neutralise.ts';
import type { Terminal } from './terminal.ts';

export interface TerminalRunnerParts {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly terminal: Terminal;
  readonly mask: (secret: string) => void;
}

/** A runner without a job: inputs come from options, remarks go to standard error, and nobody reads outputs. */
export function createTerminalRunner({ env, cwd, inputs, terminal, mask }: TerminalRunnerParts): BareRunner {
  const say = (message: string, { file, line, column }: Place = {}) =>
    terminal.err(neutralise(file === undefined ? message : `${file}:${line}:${column}: ${message}`));
  const nobody = () => {};
  return {
    context: {
      ...readContext({ ...env, GITHUB_EVENT_PATH: undefined }, undefined).context,
      workspace: cwd,
      temp: tmpdir(),
    },
    env: { ...env },
    input: (name) => (inputs.get(name) ?? '').trim(),
    mask,
    debug: nobody,
    info: say,
    notice: say,
    warning: say,
    error: say,
    group: (_, work) => work(),
    output: nobody,
    addPath: nobody,
    summary: async () => {},
    saveState: nobody,
    state: () => '',
  };
}
