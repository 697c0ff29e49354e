import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Contents } from '../../../ledger/fingerprint.ts';

/**
 * What a configuration file ships, by parts: each of its sections, each variable of `[env]`, and the region. Comments,
 * order and the language it is written in make no difference, and the app's name none either: flyctl is given it. A file that
 * cannot be read as what its name says is one part, by its bytes: whether it is valid is for flyctl to say.
 */
export async function configContents(file: string, cwd: string): Promise<Contents> {
  const text = await readFile(file, 'utf8');
  const config = await parsed(file, text);
  if (config === undefined) return { config: text.replaceAll('\r\n', '\n') };
  const { app: _, env, primary_region: region, ...sections } = config;
  const variables = isMap(env) ? env : undefined;
  return {
    ...withPrefix('config.', await withFiles(sections, cwd)),
    ...(variables === undefined && env !== undefined ? { 'config.env': env } : {}),
    // Fly has them as text, whatever they are here.
    ...withPrefix('env.', variables ?? {}, String),
    ...(region === undefined ? {} : { 'primary-region': region }),
  };
}

/** What arguments of flyctl ship: their text, and the content of files they name. */
export async function argumentContents(args: readonly string[], cwd: string): Promise<unknown> {
  return Promise.all(
    args.map(async (argument) => {
      const words = argument.split('=');
      // `--file-local=/etc/banner=banner.txt` names its file last.
      const paths = words.map((_word, index) => words.slice(index).join('='));
      return [argument, ...(await Promise.all(paths.map((path) => contentFingerprint(path, cwd))))];
    }),
  );
}

/** As flyctl chooses the language: by the end of the name, and TOML for every other. */
async function parsed(file: string, text: string): Promise<Contents | undefined> {
  try {
    const value = await parseAs(file, text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function parseAs(file: string, text: string): Promise<unknown> {
  if (file.endsWith('.json')) return JSON.parse(text);
  if (file.endsWith('.yaml')) return (await import('js-yaml')).load(text, { maxAliases: 0 });
  return (await import('smol-toml')).parse(text);
}

/** Keys whose value is a path, of a file that goes with the configuration: flyctl sends what is in it. */
const pathKeys = new Set(['local_path', 'machine_config', 'file']);

/** The same configuration with the content of the files it names beside their paths. */
async function withFiles(value: Contents, cwd: string): Promise<Contents> {
  const entries = Object.entries(value).map(async ([key, held]): Promise<readonly [string, unknown]> => {
    if (typeof held !== 'string' || !pathKeys.has(key)) return [key, await filesWithin(held, cwd)];
    return [key, [held, await contentFingerprint(held, cwd)]];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function filesWithin(held: unknown, cwd: string): Promise<unknown> {
  if (Array.isArray(held)) return Promise.all(held.map((item) => filesWithin(item, cwd)));
  return isMap(held) ? withFiles(held, cwd) : held;
}

/** Undefined where there is no such file. */
async function contentFingerprint(path: string, cwd: string): Promise<string | undefined> {
  try {
    const file = resolve(cwd, path);
    if (!(await stat(file)).isFile()) return undefined;
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    return undefined;
  }
}

function withPrefix(prefix: string, map: Contents, held: (value: unknown) => unknown = (value) => value) {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [prefix + name, held(value)]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
