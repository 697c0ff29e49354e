import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ActionFailure } from '../failure.ts';
import type { Ports } from '../ports.ts';
import { temporaryFolder } from '../runner/folders.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { fetchArchive } from './fetch-archive.ts';
import { findOnPath } from './find-on-path.ts';
import { printedVersion } from './printed-version.ts';
import { resolveLatest } from './resolve-latest.ts';
import { type InstalledTool, type System, systems, type ToolSpec } from './tool.ts';
import { type Cached, findInToolCache, unpackIntoToolCache } from './tool-cache.ts';
import { parseVersionRequest } from './version-request.ts';

export type InstallPorts = Pick<Ports, 'runner' | 'http' | 'signal' | 'tools'>;

export interface InstallOptions {
  /** `0.4.85`, `latest`, `path` (use what is on PATH), or `''` for the default version. */
  readonly version: string;
  /** Overrides every other checksum: lower or upper case hex. */
  readonly sha256?: string;
}

/** A tool that is in place, before it was asked for its version. */
type Found = Omit<InstalledTool, 'version'> & { readonly wanted?: string };

interface Installation {
  readonly spec: ToolSpec;
  readonly ports: InstallPorts;
  readonly options: InstallOptions;
  /** Removed at the end. */
  readonly scratch: string;
}

/**
 * Puts a tool on PATH: from the tool cache when it is there, which needs no network, else downloaded, verified and
 * only then unpacked. Fails as `install-failed`, `checksum-mismatch` or `input-invalid`.
 */
export async function installTool(
  spec: ToolSpec,
  ports: InstallPorts,
  options: InstallOptions,
): Promise<InstalledTool> {
  const scratch = await temporaryFolder(ports.runner, `${spec.name}-`);
  try {
    const { wanted, ...found } = await obtain({ spec, ports, options, scratch });
    const { tools, signal } = ports;
    const starting = { tools, signal, env: versionEnvironment(ports, scratch), cwd: scratch };
    const version = await printedVersion(spec, found.path, starting);
    const notes = [...found.notes, ...judgeVersion(spec, { ...found, version }, wanted)];
    if (found.source !== 'PATH') ports.runner.addPath(dirname(found.path));
    return { ...found, version, notes };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function obtain(installation: Installation): Promise<Found> {
  const { spec, ports, options } = installation;
  const request = parseVersionRequest(options.version, spec);
  if (request.kind === 'path') return fromPath(installation);
  const version =
    request.kind === 'exact' ? request.version : await resolveLatest(spec, ports.http, ports.signal);
  const cached: Cached = { name: spec.name, version, arch: ports.runner.context.arch };
  const folder = await findInToolCache(cached);
  if (folder === undefined) return fromRelease(installation, cached);
  const note = `${spec.inputs.sha256} was not compared: the archive is gone once a tool is in the tool cache.`;
  const notes = options.sha256 === undefined ? [] : [note];
  return { path: executable(folder, installation), source: 'tool-cache', wanted: version, notes };
}

function fromPath({ spec, ports }: Installation): Found {
  const file = fileName(spec, ports.runner.context);
  const path = findOnPath(file, ports.runner.env.PATH ?? ports.runner.env.Path ?? '');
  if (path !== undefined) return { path, source: 'PATH', notes: [] };
  throw new ActionFailure({
    code: 'install-failed',
    what: `${spec.inputs.version} is "path", and there is no ${file} on PATH`,
    next: `Install ${spec.name} in an earlier step, or set ${spec.inputs.version} to ${spec.defaultVersion}`,
  });
}

async function fromRelease(installation: Installation, cached: Cached): Promise<Found> {
  const { spec, ports, options, scratch } = installation;
  const asset = assetFor(spec, cached.version, ports.runner.context);
  const fetching = { http: ports.http, signal: ports.signal, folder: scratch };
  const archive = await fetchArchive(
    spec,
    { version: cached.version, asset },
    { given: options.sha256, fetching },
  );
  const folder = await unpackIntoToolCache(cached, {
    archive: archive.path,
    into: join(scratch, 'unpacked'),
    executable: fileName(spec, ports.runner.context),
  });
  return {
    path: executable(folder, installation),
    source: 'download',
    wanted: cached.version,
    sha256: archive.sha256,
    notes: [`${asset}: sha256 verified against ${archive.verifiedBy}.`],
  };
}

function assetFor(spec: ToolSpec, version: string, { os, arch }: RunnerContext): string {
  const isKnown = os !== 'other' && arch !== 'other';
  const asset = isKnown ? spec.asset(version, `${os}-${arch}` satisfies System) : undefined;
  if (asset !== undefined) return asset;
  const built = systems.filter((system) => spec.asset(version, system) !== undefined);
  throw new ActionFailure({
    code: 'install-failed',
    what: `there is no ${spec.name} for ${os === 'other' ? 'this machine’s operating system' : `${os} on this machine’s architecture`}`,
    why: `its releases are built for ${built.join(', ')}`,
    next: `Run the job on one of these, or set ${spec.inputs.version} to path and install it in an earlier step`,
  });
}

/** Notes on a version that is not the wanted one; fails where the tool is simply another version. */
function judgeVersion(spec: ToolSpec, tool: InstalledTool, wanted: string | undefined): string[] {
  if (wanted === undefined || tool.version === wanted) return [];
  if (tool.source === 'tool-cache' && spec.isDevelopmentBuild(tool.version)) {
    return [`The tool cache’s ${spec.name} ${wanted} is the development build ${tool.version}.`];
  }
  throw new ActionFailure({
    code: 'install-failed',
    what: `${spec.name} says it is ${tool.version}, and ${wanted} was wanted`,
    why: `it came from ${tool.source === 'download' ? 'the release’s archive' : 'the tool cache'}, which is mislabelled`,
    next:
      tool.source === 'download'
        ? `Choose another ${spec.inputs.version}`
        : `Remove ${dirname(tool.path)} from the tool cache`,
  });
}

function executable(folder: string, { spec, ports }: Installation): string {
  return join(folder, fileName(spec, ports.runner.context));
}

function fileName(spec: ToolSpec, { os }: RunnerContext): string {
  return os === 'windows' ? `${spec.name}.exe` : spec.name;
}

/** Enough to start a program; its home is thrown away, since flyctl leaves files in it even for its version. */
function versionEnvironment({ runner }: InstallPorts, home: string): Record<string, string> {
  const names = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMPDIR'];
  const kept = names.flatMap((name) => {
    const value = runner.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}
