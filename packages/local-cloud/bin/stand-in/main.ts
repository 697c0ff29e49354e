import { FlyApi } from './api.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { validateConfig } from './config-file.ts';
import { deploy } from './deploy.ts';
import { CommandError, errorLine, Interrupted } from './errors.ts';
import { listChecks, listMachines, listReleases, showImages, showStatus, whoAmI } from './queries.ts';
import { printVersion } from './version.ts';

/*
 * A stand-in for flyctl, for machines without it: the same requests in the same order, the same words on the same
 * stream, the same exit codes, as recorded from the real one. It opens no tunnel and builds nothing.
 */
type Command = (args: Arguments, api: FlyApi, signal: AbortSignal) => Promise<void>;

const commands: Readonly<Record<string, Command>> = {
  'auth whoami': whoAmI,
  'checks list': listChecks,
  'config validate': validateConfig,
  deploy,
  'image show': showImages,
  'machine list': listMachines,
  'machines list': listMachines,
  releases: listReleases,
  status: showStatus,
};

async function run(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv);
  if (args.command === 'version') {
    printVersion(args.flags.has('json'));
    return 0;
  }
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => cancelled.abort(new Interrupted()));
  }
  try {
    const command = commands[args.command];
    if (command === undefined) throw new CommandError(`unknown command "${args.command}" for "flyctl"`);
    await command(args, FlyApi.fromEnvironment(process.env), cancelled.signal);
    return 0;
  } catch (error) {
    if (cancelled.signal.aborted) return 127;
    process.stderr.write(`Error: ${errorLine(error)}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
