import type { InstanceCommand } from '../../platforms/platform.ts';
import type { RunChecksOptions } from '../run/options.ts';
import { programEnvironment } from '../types/exec/environment.ts';
import { answered, failed } from './ended.ts';
import type { ChecksFacts, Ended, FromWorker, Needs, Program, ProgramResult } from './messages.ts';

type Need = Extract<FromWorker, { need: unknown }>;

/** The checks that may ask for it. */
const askers: Readonly<Record<keyof Needs, readonly string[]>> = {
  health: ['fly-machines', 'release'],
  command: ['fly-machines'],
  program: ['exec'],
};

/** Whether the checks themselves ask for it: their process is not believed more than that. */
export function mayAsk({ need, given }: Pick<Need, 'need' | 'given'>, facts: ChecksFacts): boolean {
  if (!facts.checks.some(({ type }) => askers[need].includes(type))) return false;
  if (need !== 'command') return true;
  const { command } = given as InstanceCommand;
  return facts.commands.some(
    (words) =>
      words.length === command.length &&
      words.every((word, index) => word.includes('${') || word === command[index]),
  );
}

/**
 * Does for the worker what it cannot: ask the platform, which takes a token, or run a program. `life` is aborted when
 * the worker ends: nobody waits for the answer then, and no program outlives who wanted it.
 */
export function answerNeed(
  message: Need,
  run: RunChecksOptions | undefined,
  life: AbortSignal,
): Promise<Ended> {
  if (run === undefined) return Promise.resolve({ exception: 'nothing is being run' });
  const signal = AbortSignal.any([run.signal, life]);
  return answerOf(message, { ...run, signal }).then(answered, failed);
}

async function answerOf({ need, given }: Need, run: RunChecksOptions): Promise<Needs[keyof Needs]['answer']> {
  switch (need) {
    case 'health':
      if (run.platformHealth === undefined) throw new Error('There is no platform to ask.');
      return run.platformHealth(run.signal);
    case 'command':
      if (run.runInInstance === undefined) throw new Error('There is no platform to ask.');
      return run.runInInstance(given as InstanceCommand, run.signal);
    case 'program':
      return runProgram(given as Program, run);
  }
}

/** Bounds what a program may write to its standard error, characters. */
const mostErrors = 8 * 1024 * 1024;

async function runProgram(
  { env, ...program }: Program,
  { tools, signal, env: own }: RunChecksOptions,
): Promise<ProgramResult> {
  if (tools === undefined) throw new Error('Programs cannot be run from here.');
  const stderr: string[] = [];
  let room = mostErrors;
  const result = await tools.run({
    ...program,
    env: programEnvironment(own, env),
    signal,
    echo: false,
    onLine: (line, stream) => {
      if (stream !== 'stderr') return;
      room -= line.length + 1;
      if (room >= 0) stderr.push(line);
    },
  });
  return { result, stderr };
}
