import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startCloud } from './cloud.ts';
import {
  clientEnvironment,
  type EnvironmentFormat,
  environmentFormats,
  formatEnvironment,
} from './environment.ts';
import { Checkout } from './github/checkout.ts';

const usage = `npm run cloud -- [--format ${environmentFormats.join('|')}] [--port PORT] [--state DIR]
                        [--repository DIR]

Starts the local cloud, prints the environment a client needs, and stays until interrupted. The emulated GitHub knows
the commits of the git checkout it is started in, or of the one --repository names.
`;

interface Arguments {
  readonly format: EnvironmentFormat;
  readonly port: number;
  readonly dir?: string;
  readonly repository: string;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      format: { type: 'string', default: 'shell' },
      port: { type: 'string', default: '0' },
      state: { type: 'string' },
      repository: { type: 'string' },
    },
  });
  const format = environmentFormats.find((name) => name === values.format);
  if (format === undefined)
    throw new Error(`--format: expected one of ${environmentFormats.join(', ')}, got ${values.format}`);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`--port: expected 0 to 65535, got ${values.port}`);
  // npm runs scripts in the package's own folder, and says where it was called.
  const { repository = process.env.INIT_CWD ?? process.cwd() } = values;
  if (values.repository !== undefined && Checkout.at(repository) === undefined)
    throw new Error(`--repository: expected a directory in a git checkout, got ${repository}`);
  return { format, port, repository, ...(values.state === undefined ? {} : { dir: values.state }) };
}

async function main(): Promise<void> {
  const { format, ...options } = readArguments(process.argv.slice(2));
  const cloud = await startCloud(options);
  process.stdout.write(formatEnvironment(clientEnvironment(cloud), format));
  process.stderr.write(`local cloud: ${cloud.proxyUrl}/ lists what can be asked of it, Ctrl-C ends it\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await cloud.close();
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 1;
});
