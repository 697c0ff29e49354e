import { parseArguments } from './arguments.ts';
import { Aborted, errorLine, Interrupted } from './errors.ts';
import { printVersion } from './version.ts';

/**
 * A stand-in for flyctl, for machines without it: the same requests in the same order, the same words on the same
 * stream, the same exit codes, as recorded from the real one. It opens no tunnel and builds nothing.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => cancelled.abort(new Interrupted()));
  }
  try {
    await perform(argv, cancelled.signal);
    return 0;
  } catch (error) {
    if (cancelled.signal.aborted && !(error instanceof Aborted)) return 127;
    process.stderr.write(
      `Error: ${errorLine(error, argv.includes('deploy') && !argv.includes('secrets'))}\n`,
    );
    return 1;
  }
}

async function perform(argv: readonly string[], signal: AbortSignal): Promise<void> {
  const args = parseArguments(argv);
  if (args.words[0] === 'version') {
    printVersion(args.flags.has('json'));
    return;
  }
  // Loaded past `version`, which every action asks for first.
  const [{ FlyApi }, { commandOf }] = await Promise.all([import('./api.ts'), import('./commands.ts')]);
  const { command, rest } = commandOf(args.words);
  await command({ ...args, words: rest }, FlyApi.fromEnvironment(process.env), signal);
}
