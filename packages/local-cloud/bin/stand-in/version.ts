import { out } from './terminal.ts';

/** The release whose behaviour this reproduces. `Environment` and commit say that it is not that release. */
export const version = '2026.11.21-standin.1';
const buildDate = '2026-08-20T19:00:00Z';
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const system = process.platform === 'win32' ? 'windows' : process.platform;

export function printVersion(json: boolean): void {
  if (!json) {
    out(`flyctl v${version} ${system}/${architecture} Commit: stand-in BuildDate: ${buildDate}`);
    return;
  }
  const facts = {
    Name: 'flyctl',
    Version: version,
    Commit: 'stand-in',
    BranchName: '',
    BuildDate: buildDate,
    OS: system,
    Architecture: architecture,
    Environment: 'stand-in',
  };
  out(JSON.stringify(facts));
}
