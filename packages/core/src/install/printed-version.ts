import { ActionFailure } from '../failure.ts';
import type { ToolSpec } from './tool.ts';
import { versionPattern } from './version-request.ts';

/** Runs the tool once and reads its version, which also shows that it runs on this machine at all. */
export async function printedVersion(
  spec: ToolSpec,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { getExecOutput } = await import('@actions/exec');
  const options = { env: { ...env }, silent: true, ignoreReturnCode: true };
  // The toolkit reads its first argument as a command line, so a path with blanks needs the quotes.
  const { exitCode, stdout, stderr } = await getExecOutput(`"${path}"`, [...spec.versionArgs], options);
  const version = exitCode === 0 ? versionPattern.exec(stdout)?.[1] : undefined;
  if (version !== undefined) return version;
  throw new ActionFailure({
    code: 'install-failed',
    what: `${path} ${spec.versionArgs.join(' ')} exited with ${exitCode} and named no version`,
    why: 'the file is not the tool it should be, or it cannot run on this machine',
    next: `Remove it, or set ${spec.inputs.version} to ${spec.defaultVersion}`,
    details: `${stdout}\n${stderr}`
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .slice(0, 20),
  });
}
