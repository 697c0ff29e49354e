import { parseArgs } from 'node:util';
import { CommandError, messageOf } from './errors.ts';

export interface Arguments {
  /** All that is no flag: `deploy`, or `machine list`, then what the command is about. */
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** What may be given several times, in order: `-e NAME=VALUE`. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const list = { type: 'string', multiple: true } as const;

const options = {
  app: { ...text, short: 'a' },
  config: { ...text, short: 'c' },
  org: { ...text, short: 'o' },
  image: { ...text, short: 'i' },
  'image-label': text,
  strategy: text,
  'max-unavailable': text,
  'max-concurrent': text,
  'primary-region': text,
  'wait-timeout': text,
  'lease-timeout': text,
  'release-command-timeout': text,
  'deploy-retries': text,
  'vm-size': text,
  'vm-cpus': text,
  'vm-cpu-kind': text,
  'vm-memory': text,
  dockerfile: text,
  'build-target': text,
  depot: text,
  type: text,
  env: { ...list, short: 'e' },
  regions: list,
  'exclude-regions': list,
  'process-groups': list,
  'only-machines': list,
  'exclude-machines': list,
  'build-arg': list,
  'build-secret': list,
  label: list,
  'dns-checks': flag,
  'smoke-checks': flag,
  'skip-release-command': flag,
  'update-only': flag,
  'build-only': flag,
  'no-public-ips': flag,
  flycast: flag,
  push: flag,
  detach: flag,
  ha: flag,
  now: flag,
  stage: flag,
  all: flag,
  shared: flag,
  private: flag,
  yes: { ...flag, short: 'y' },
  'remote-only': flag,
  'local-only': flag,
  buildkit: flag,
  nixpacks: flag,
  'no-cache': flag,
  wg: flag,
  'https-failover': flag,
  json: { ...flag, short: 'j' },
} as const;

export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = read(argv.map(spellNegation));
  const flags = new Set<string>();
  const texts: Record<string, string> = {};
  const lists: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === true) flags.add(name);
    if (value === false) flags.add(`no-${name}`);
    if (typeof value === 'string') texts[name] = value;
    if (Array.isArray(value)) lists[name] = value.map(String);
  }
  return { words: positionals, flags, values: texts, lists };
}

/** `--regions iad,ams --regions syd`: the names, or undefined where none was given. */
export function names(args: Arguments, list: string): ReadonlySet<string> | undefined {
  const given = (args.lists[list] ?? []).flatMap((text) => text.split(',')).filter((name) => name !== '');
  return given.length === 0 ? undefined : new Set(given);
}

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new CommandError(messageOf(error));
  }
}

/** Go writes `--dns-checks=false`, node `--no-dns-checks`; `--depot=false` is a text in both. */
function spellNegation(argument: string): string {
  const [, name = '', truth] = /^--([a-z-]+)=(true|false)$/.exec(argument) ?? [];
  const isFlag = Object.entries(options).some(([known, { type }]) => known === name && type === 'boolean');
  if (!isFlag) return argument;
  return truth === 'true' ? `--${name}` : `--no-${name}`;
}
