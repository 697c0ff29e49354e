import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

// flyctl notes the version of the secrets it has set, so that a deploy from the same directory does not miss them.

export function minSecretsVersion(app: string): number | undefined {
  return read().app_secrets_minvers?.[app];
}

export function noteSecretsVersion(app: string, version: number | undefined): void {
  const config = read();
  const versions = { ...config.app_secrets_minvers, [app]: version };
  mkdirSync(directory(), { recursive: true });
  writeFileSync(file(), stringify({ ...config, app_secrets_minvers: versions }), { mode: 0o600 });
}

function read(): { readonly app_secrets_minvers?: Readonly<Record<string, number | undefined>> } {
  return existsSync(file()) ? Object(parse(readFileSync(file(), 'utf8'))) : {};
}

function directory(): string {
  return process.env.FLY_CONFIG_DIR ?? join(homedir(), '.fly');
}

function file(): string {
  return join(directory(), 'config.yml');
}
