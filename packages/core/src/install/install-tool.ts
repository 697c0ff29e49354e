import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { namedVariables } from '../io/process/environment.ts';
import { ActionFailure } from '../outcome/failure.ts';
import { temporaryFolder } from '../runner/folders.ts';
import type { IoPorts } from '../runner/io-ports.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { fetchArchive } from './fetch-archive.ts';
import { findOnPath } from './find-on-path.ts';
import { printedVersion } from './printed-version.ts';
import { resolveLatest } from './resolve-latest.ts';
import { type InstalledTool, type System, systems, type ToolSpec } from './tool.ts';
import { type Cached, findInToolCache, putIntoToolCache } from './tool-cache.ts';
import { requireExecutable, unpack } from './unpack.ts';
import { parseVersionRequest } from './version-request.ts';

export type InstallPorts = Pick<IoPorts, 'runner' | 'http' | 'signal' | 'tools'>;

export interface InstallOptions {
  /** `0.4.85`, `latest`, `path` (use what is on PATH), or `''` for the default version. */
  readonly version: string;
  /** Overrides every other checksum, and the tool cache: lower or upper case hex. */
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
 * only then unpacked. One whose sha256 is given is always downloaded, and no other job can have touched it. Fails as `install-failed`, `checksum-mismatch` or `input-invalid`.
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
    const version = await printedVersion(spec, found.path, { ...starting, wanted });
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
  const { context } = ports.runner;
  const cached: Cached = {
    name: spec.name,
    version,
    arch: context.arch,
    executable: fileName(spec, context),
  };
  if (options.sha256 !== undefined) return fromRelease(installation, cached);
  const { signal } = ports;
  const terms = { outlivesJob: context.selfHosted, sha256Input: spec.inputs.sha256, signal };
  const found = await findInToolCache(cached, terms);
  if (found.kind === 'present') {
    return { path: join(found.folder, cached.executable), source: 'tool-cache', wanted: version, notes: [] };
  }
  const downloaded = await fromRelease(installation, cached);
  return found.kind === 'absent'
    ? downloaded
    : { ...downloaded, notes: [passedOver(cached), ...downloaded.notes] };
}

function passedOver({ name, version }: Cached): string {
  return `The tool cache’s ${name} ${version} was passed over: nothing beside it tells what it was when it was put there.`;
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
  const { version, executable } = cached;
  const { tools, signal } = ports;
  const asset = assetFor(spec, version, ports.runner.context);
  const fetching = { http: ports.http, signal, folder: scratch };
  const archive = await fetchArchive(spec, { version, asset }, { given: options.sha256, fetching });
  const unpacked = join(scratch, 'unpacked');
  await unpack(archive.path, unpacked, { tools, signal, env: ports.runner.env });
  await requireExecutable(archive.path, unpacked, executable);
  return {
    path: join(await placed(installation, cached, unpacked), executable),
    source: 'download',
    wanted: version,
    sha256: archive.sha256,
    notes: [`${asset}: sha256 verified against ${archive.verifiedBy}.`],
  };
}

/** Where the tool stays: in a folder of this job's own where its sha256 was given, else in the tool cache. */
async function placed({ ports, options }: Installation, cached: Cached, unpacked: string): Promise<string> {
  const { toolCache } = ports.runner.context;
  const { signal } = ports;
  if (options.sha256 === undefined) return putIntoToolCache(cached, { unpacked, toolCache, signal });
  const folder = await temporaryFolder(ports.runner, `belay-${cached.name}-`);
  // Windows lets no folder take the place of one that is there.
  const place = join(folder, cached.name);
  await rename(unpacked, place);
  return place;
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

function fileName(spec: ToolSpec, { os }: RunnerContext): string {
  return os === 'windows' ? `${spec.name}.exe` : spec.name;
}

/** Enough to start a program; its home is thrown away, since flyctl leaves files in it even for its version. */
function versionEnvironment({ runner }: InstallPorts, home: string): Record<string, string> {
  const kept = namedVariables(runner.env, ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR']);
  return { ...kept, HOME: home, USERPROFILE: home };
}
