import { parseArgs } from 'node:util';
import { CommandError, messageOf } from './errors.ts';

export interface Arguments {
  /** `deploy`, `machine list`. */
  readonly command: string;
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** `-e NAME=VALUE`, in order. */
  readonly env: readonly string[];
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  app: { ...text, short: 'a' },
  config: { ...text, short: 'c' },
  image: { ...text, short: 'i' },
  'image-label': text,
  strategy: text,
  'wait-timeout': text,
  'lease-timeout': text,
  'release-command-timeout': text,
  'deploy-retries': text,
  env: { ...text, short: 'e', multiple: true },
  'dns-checks': flag,
  'smoke-checks': flag,
  'skip-release-command': flag,
  detach: flag,
  ha: flag,
  now: flag,
  yes: { ...flag, short: 'y' },
  'remote-only': flag,
  json: { ...flag, short: 'j' },
} as const;

export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = read(argv.map(spellNegation));
  const flags = new Set<string>();
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === true) flags.add(name);
    if (value === false) flags.add(`no-${name}`);
    if (typeof value === 'string') texts[name] = value;
  }
  return { command: positionals.join(' '), flags, values: texts, env: values.env ?? [] };
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new CommandError(messageOf(error));
  }
}

/** Go writes `--dns-checks=false`, node `--no-dns-checks`. */
function spellNegation(argument: string): string {
  const negated = /^--([a-z-]+)=false$/.exec(argument);
  const affirmed = /^--([a-z-]+)=true$/.exec(argument);
  if (negated) return `--no-${negated[1]}`;
  return affirmed ? `--${affirmed[1]}` : argument;
}
