/**
 * The command as an npm package: `packages/smoke` with the bundles of `dist/`, which stand in git once.
 *
 * `npm run pack:smoke -- --name @owner/belay-smoke` makes a tarball below `.belay/` that `npm publish FILE` takes as it is.
 * `npm pack` in the folder makes the same under the name it has there: `--fill` puts the bundles into it before, `--clear`
 * takes them out again.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './root.ts';

/** The command, and the program it starts for the checks. */
const bundles = ['smoke-test', 'checks'];
const source = join(root, 'packages', 'smoke');

export interface SmokePackage {
  /** With or without a scope. */
  readonly name: string;
  /** Where the tarball is put; it is made where it is not there. */
  readonly out: string;
}

/** Makes the tarball; answers its path. Throws where a bundle is missing, or npm cannot pack. */
export function packSmoke({ name, out }: SmokePackage): string {
  const folder = mkdtempSync(join(tmpdir(), 'belay-pack-smoke-'));
  try {
    for (const part of ['bin', 'README.md'])
      cpSync(join(source, part), join(folder, part), { recursive: true });
    fill(folder);
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestFor(name), undefined, 2)}\n`);
    const readme = join(folder, 'README.md');
    writeFileSync(readme, readFileSync(readme, 'utf8').replaceAll('@OWNER/belay-smoke', name));
    mkdirSync(out, { recursive: true });
    return join(out, packed(folder, out));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the registry reads: under its own name, of the version of the repository, and to be published. */
function manifestFor(name: string): object {
  const {
    private: _,
    scripts: __,
    ...manifest
  } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { ...manifest, name, version };
}

function packed(folder: string, out: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(out)];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm cannot pack it: ${stderr}`);
  const [made] = JSON.parse(stdout) as readonly { readonly filename: string }[];
  if (made === undefined) throw new Error('npm packed nothing.');
  // Some versions of npm answer the name of a scoped package as it is, and write it with a hyphen.
  return made.filename.replace(/^@/, '').replaceAll('/', '-');
}

/** Puts the bundles and the licence into the folder of the package. */
export function fill(folder: string): void {
  for (const name of bundles) {
    const bundle = join(root, 'dist', name);
    if (!existsSync(join(bundle, 'index.js')))
      throw new Error(`There is no ${join('dist', name)}: run npm run build first.`);
    cpSync(bundle, join(folder, 'dist', name), { recursive: true });
  }
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

function clear(folder: string): void {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  rmSync(join(folder, 'LICENSE'), { force: true });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      fill: { type: 'boolean', default: false },
      clear: { type: 'boolean', default: false },
      name: { type: 'string', default: 'belay-smoke' },
      out: { type: 'string', default: join(root, '.belay') },
    },
  });
  if (values.fill) fill(source);
  else if (values.clear) clear(source);
  else process.stdout.write(`${packSmoke(values)}\n`);
}
