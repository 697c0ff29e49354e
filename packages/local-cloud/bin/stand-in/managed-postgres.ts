import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { CommandError } from './errors.ts';
import { out, printJson } from './terminal.ts';

const dayMs = 86_400_000;

interface Backup {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly start: string;
  readonly stop: string;
}

export async function createBackup(args: Arguments, api: FlyApi): Promise<void> {
  const cluster = await knownCluster(args, api);
  const { type = 'full' } = args.values;
  if (type !== 'full' && type !== 'incr') throw new CommandError("--type must be either 'full' or 'incr'");
  out(`Creating ${type} backup for cluster ${cluster}...`);
  const answer = await api.uiex('POST', `postgresv2/${cluster}/backups`, { type });
  if (answer.status >= 300)
    throw new CommandError(`failed to create backup: ${why(answer, cluster, 'create')}`);
  out('Backup queued successfully!');
}

/** Those of the last day, unless `--all`. Where there are none it says so in prose, asked for JSON or not. */
export async function listBackups(args: Arguments, api: FlyApi): Promise<void> {
  const cluster = await knownCluster(args, api);
  const answer = await api.uiex('GET', `postgresv2/${cluster}/backups`);
  if (answer.status !== 200) {
    throw new CommandError(`failed to list backups for cluster ${cluster}: ${why(answer, cluster, 'list')}`);
  }
  const { data }: { data: Backup[] } = JSON.parse(answer.text);
  const recent = data.filter(({ start }) => Date.now() - Date.parse(start) < dayMs);
  const shown = args.flags.has('all') ? data : recent;
  if (data.length === 0) out(`No backups found for cluster ${cluster}`);
  else if (shown.length > 0) {
    printJson(shown.map(({ id, status, type, start, stop }) => ({ id, status, type, start, stop })));
  } else {
    out(`No backups found for cluster ${cluster} in the last 24 hours (use --all to see all backups)`);
  }
}

async function knownCluster({ words }: Arguments, api: FlyApi): Promise<string> {
  if (!api.hasMacaroon) {
    const how = 'Please upgrade your authentication by running:\n  flyctl auth logout\n  flyctl auth login\n';
    throw new CommandError(`MPG commands require updated tokens but found older-style tokens.\n\n${how}`);
  }
  const [cluster = ''] = words;
  const second = await api.uiex('GET', `postgresv2/${cluster}`);
  if (second.status === 200) return cluster;
  await api.uiex('GET', `postgres/${cluster}`);
  throw new CommandError(`managed postgres cluster "${cluster}" not found`);
}

function why({ status, text }: { status: number; text: string }, cluster: string, verb: string): string {
  if (status === 404) return `cluster ${cluster} not found`;
  if (status === 403)
    return `access denied: you don't have permission to ${verb} backups for cluster ${cluster}`;
  return `failed to ${verb} backup${verb === 'list' ? 's' : ''} (status ${status}): ${text}`;
}
