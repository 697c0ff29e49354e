import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellWords } from './shell-words.ts';

/** What runs a line: words for our own Node, or a line only a shell understands. */
export type Start =
  | { readonly kind: 'node'; readonly words: readonly string[]; readonly env: Environment }
  | { readonly kind: 'shell'; readonly line: string; readonly env: Environment };

type Environment = Readonly<Record<string, string>>;

/** As deep as one script of package.json may call another. */
const deepest = 5;

/** `npm start` and `npm run NAME` are looked up in the tree's package.json: no npm is needed for them. */
export function startOf(line: string, tree: string, depth = 0): Start {
  const words = isPlain(line) ? shellWords(line) : undefined;
  const [program, ...rest] = words ?? [];
  const script = program === 'npm' ? npmScript(rest) : undefined;
  if (script !== undefined && depth < deepest) {
    const { scripts, env } = packageOf(tree);
    const found = scripts[script];
    if (found === undefined) return shell(`echo 'npm error Missing script: "${script}"' >&2; exit 1`);
    const start = startOf(found, tree, depth + 1);
    return { ...start, env: { ...env, npm_lifecycle_event: script, ...start.env } };
  }
  return program === 'node' ? { kind: 'node', words: rest, env: {} } : shell(line);
}

/** The scripts of the tree's package.json, and what npm tells a script of it. */
export function packageOf(tree: string): { readonly scripts: Environment; readonly env: Environment } {
  const file = join(tree, 'package.json');
  const { scripts = {}, name, version } = existsSync(file) ? readJson(file) : {};
  const env = {
    ...(typeof name === 'string' ? { npm_package_name: name } : {}),
    ...(typeof version === 'string' ? { npm_package_version: version } : {}),
  };
  return { scripts: Object(scripts), env };
}

function npmScript([verb, name]: readonly string[]): string | undefined {
  if (verb === 'start' || verb === 'test') return verb;
  return verb === 'run' || verb === 'run-script' ? name : undefined;
}

/** Without anything a shell would expand, join or redirect. */
function isPlain(line: string): boolean {
  const unquoted = line.replace(/'[^']*'|"[^"$`\\]*"/g, '');
  return !/[$`|&;<>()*?~\\\n]/.test(unquoted) && !/^\s*\w+=/.test(line);
}

function shell(line: string): Start {
  return { kind: 'shell', line, env: {} };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
