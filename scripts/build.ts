/** `npm run build`: compiles everything, then bundles each folder of `actions/` into `dist/`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type ModuleDeclaration, type Node, parse, type Statement } from 'acorn';
import { minify } from 'terser';
import { readManifests } from './docs/manifest.ts';
import { entryBytesOf } from './entry-bytes.ts';
import { type BundledModule, licencesOf, packagesOf } from './licences.ts';
import { root } from './root.ts';

const require = createRequire(import.meta.url);

/** What ncc answers, as far as we use it: it publishes no types. */
type Ncc = (
  entry: string,
  options: {
    readonly cache: false;
    readonly quiet: true;
    readonly externals: Readonly<Record<string, string>>;
  },
) => Promise<{
  readonly code: string;
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
  readonly stats: {
    toJson(wanted: object): { readonly modules: readonly BundledModule[] };
  };
}>;

/**
 * What the toolkit brings and Belay never asks it for, pointed at a builtin, so that it is left out: its HTTP client with
 * undici, for OIDC tokens and downloads, 950 kB and 30 ms of every start; its way to run programs, for telling the
 * platform and unpacking archives, 45 kB.
 */
const leftOut = {
  '@actions/http-client': 'node:os',
  '@actions/http-client/lib/auth': 'node:os',
  '@actions/exec': 'node:os',
};

/** What the runner starts after the job's last step: the same bundle, told which of the two it is. */
const postEntry = `globalThis[Symbol.for('belay.stage')] = 'post';
await import('./index.js');
`;

export interface Bundle {
  readonly name: string;
  /** `index.js`, and what it loads at once. */
  readonly entryBytes: number;
  readonly folderBytes: number;
}

/** Builds every action into a folder of its own below `into`, which is emptied first. */
export async function buildActions(into: string): Promise<readonly Bundle[]> {
  compile();
  rmSync(into, { recursive: true, force: true });
  const manifests = readManifests();
  const entries = new Map(manifests.map(({ name }) => [name, join('actions', name, 'src', 'main.js')]));
  // Every action that runs checks starts the same process for them.
  entries.set('checks', join('packages', 'core', 'src', 'checks', 'cage', 'worker.js'));
  const bundles = [];
  for (const [name, entry] of entries) bundles.push(await bundle(name, entry, join(into, name)));
  for (const { name, runs } of manifests)
    if (runs.post !== undefined) writeFileSync(join(into, name, 'post.js'), postEntry);
  return bundles;
}

function compile(): void {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The sources do not compile.');
}

async function bundle(name: string, entry: string, folder: string): Promise<Bundle> {
  const ncc = require('@vercel/ncc') as Ncc;
  const { code, assets, stats } = await ncc(join(root, 'build', entry), {
    cache: false,
    quiet: true,
    externals: leftOut,
  }).catch((error: Error) => {
    // Thrown anew: the original would be shown with the line it comes from, which is all of ncc.
    throw new Error(`${name} cannot be bundled: ${error.message}`);
  });
  mkdirSync(folder, { recursive: true });
  const all = [
    ['index.js', code] as const,
    ...Object.entries(assets).map(([file, { source }]) => [file, source] as const),
    ['licenses.txt', licencesOf(packagesOf(modulesIn(stats)), join(root, 'scripts', 'licences'))] as const,
  ];
  const files = await Promise.all(
    all.map(async ([file, source]) => [file, await tightened(file, source)] as const),
  );
  for (const [file, source] of files) writeFileSync(join(folder, file), source);
  const folderBytes = files.reduce((sum, [, source]) => sum + Buffer.byteLength(source), 0);
  return { name, entryBytes: entryBytesOf(new Map(files)), folderBytes };
}

/** Names of functions and classes stay, so that a stack trace can be read; so do those by which this script knows ncc's. */
const named = { keep_fnames: true, keep_classnames: true } as const;
const mangle = { ...named, reserved: ['__webpack_modules__', '__nccwpck_require__', 'modules'] };
const compress = { ...named, passes: 1 };

/**
 * As short as it can be: the runner downloads every bundle of the repository before any of its actions starts, and
 * compiling what is loaded is half of a start.
 */
async function tightened(file: string, source: string | Buffer): Promise<string | Buffer> {
  if (!file.endsWith('.js')) return source;
  const format = { comments: false, wrap_func_args: false, max_line_len: 500, ascii_only: true };
  const { code } = await minify(source.toString(), { module: true, compress, mangle, format });
  if (code === undefined) throw new Error(`${file} cannot be tightened.`);
  return withModulesInParentheses(code);
}

/** A function in parentheses is compiled at once; without them a module is read twice, which costs each start 15 ms. */
function withModulesInParentheses(code: string): string {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const marks = body.flatMap(modulesOf).flatMap(({ start, end }) => [
    { at: start, mark: '(' },
    { at: end, mark: ')' },
  ]);
  return marks
    .sort((one, other) => other.at - one.at)
    .reduce((text, { at, mark }) => text.slice(0, at) + mark + text.slice(at), code);
}

/** The functions of the modules, where `statement` is the list of them that each file of a bundle has. */
function modulesOf(statement: Statement | ModuleDeclaration): readonly Node[] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type !== 'VariableDeclaration') return [];
  return declared.declarations.flatMap(({ id, init }) => {
    const isList = id.type === 'Identifier' && /^(__webpack_modules__|modules)$/.test(id.name);
    if (!isList || init?.type !== 'ObjectExpression') return [];
    return init.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []));
  });
}

/** Every module, and those that were joined with others into one. */
function modulesIn(stats: Awaited<ReturnType<Ncc>>['stats']): readonly BundledModule[] {
  const all = { all: false, modules: true, nestedModules: true };
  return stats.toJson({ ...all, modulesSpace: Infinity, nestedModulesSpace: Infinity }).modules;
}

if (import.meta.main) {
  for (const { name, entryBytes, folderBytes } of await buildActions(join(root, 'dist'))) {
    const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`.padStart(8);
    process.stdout.write(`${name.padEnd(16)} entry ${kB(entryBytes)}   folder ${kB(folderBytes)}\n`);
  }
}
