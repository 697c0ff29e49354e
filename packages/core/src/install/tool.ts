import type { HttpAnswer } from '../io/http.ts';

/** The machines that GitHub's runners are, and that releases are built for. */
export const systems = [
  'linux-x64',
  'linux-arm64',
  'macos-x64',
  'macos-arm64',
  'windows-x64',
  'windows-arm64',
] as const;
export type System = (typeof systems)[number];

/** What is known about one command line tool: everything `installTool` needs, and no behaviour of its own. */
export interface ToolSpec {
  /** Of the executable, without `.exe`, and of the folder in the tool cache. */
  readonly name: string;
  /** The inputs that messages point to. */
  readonly inputs: { readonly version: string; readonly sha256: string };
  readonly defaultVersion: string;
  /** The archive for a system, or undefined when there is no build for it. */
  readonly asset: (version: string, system: System) => string | undefined;
  /** Where a file of a release is. */
  readonly releaseUrl: (version: string, file: string) => string;
  /** Names under which releases publish their checksums, the likeliest first. */
  readonly checksumFiles: (version: string) => readonly string[];
  readonly publishedChecksums: readonly PublishedChecksum[];
  /** Asked in order until one answers. */
  readonly latest: readonly LatestSource[];
  /** Arguments that make the tool print its version. */
  readonly versionArgs: readonly string[];
  /** A build made by hand, whose printed version says nothing about the release it stands for. */
  readonly isDevelopmentBuild: (version: string) => boolean;
}

/** What to set the input to where a version is of no use: never that very one. */
export function anotherVersion({ name, defaultVersion }: ToolSpec, version: string | undefined): string {
  return version === defaultVersion
    ? `latest, or to path and install ${name} in an earlier step`
    : defaultVersion;
}

/** A checksum that ships with Belay. None without a public source that whoever doubts it can open. */
export interface PublishedChecksum {
  readonly version: string;
  readonly asset: string;
  readonly sha256: string;
  /** Repository on GitHub, commit and file. */
  readonly source: string;
}

/** A place that knows the newest version. */
export interface LatestSource {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The version without `v`, or undefined when the answer names none. */
  readonly read: (answer: HttpAnswer) => string | undefined;
}

/** A tool that is ready to be run. */
export interface InstalledTool {
  /** Absolute, of the executable. */
  readonly path: string;
  /** As the tool itself prints it. */
  readonly version: string;
  readonly source: 'tool-cache' | 'download' | 'PATH';
  /** Of the archive, when it was downloaded: lower-case hex. */
  readonly sha256?: string;
  /** What the reader of the log should know, one sentence each. */
  readonly notes: readonly string[];
}
