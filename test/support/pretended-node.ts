import { spawnSync } from 'node:child_process';

/** What a program does and says where the Node that runs it tells another version of itself. */
export function runAsNode(version: string, args: readonly string[], env = process.env) {
  const pretended = `for (const [at, name, value] of [[process, 'version', 'v${version}'], [process.versions, 'node', '${version}']])
    Object.defineProperty(at, name, { value })`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretended)}`, ...args],
    { encoding: 'utf8', env },
  );
  return { status, stdout, stderr };
}
