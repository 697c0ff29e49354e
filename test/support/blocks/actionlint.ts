import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './page-blocks.ts';

/** What GitHub takes and actionlint does not know yet. */
const excused: readonly RegExp[] = [
  /^unexpected key "queue" for "concurrency" section/,
  /^unexpected key "deployment" for "environment" section/,
  /^specifying action "\$\//,
  /^reusable workflow call "\$\//,
];

const command = process.env.BELAY_ACTIONLINT ?? 'actionlint';

/** What it says of itself; undefined where there is none, on PATH or in BELAY_ACTIONLINT. */
export function actionlintVersion(): string | undefined {
  const { status, stdout } = spawnSync(command, ['-version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** What actionlint says of each of these workflows, in their order. */
export function actionlintFindings(workflows: readonly string[]): readonly (readonly Finding[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'belay-actionlint-'));
  try {
    const files = workflows.map((text, index) => {
      const file = join(folder, `${index}.yml`);
      writeFileSync(file, text);
      return file;
    });
    // Scripts are read by tools that this machine may have or not.
    const args = ['-shellcheck=', '-pyflakes=', '-format', '{{json .}}', ...files];
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: folder });
    if (stdout === '') throw new Error(`actionlint answered nothing: ${stderr}`);
    const said = JSON.parse(stdout) as readonly { message: string; filepath: string; line: number }[];
    return files.map((_, index) =>
      said
        .filter(({ filepath }) => filepath === `${index}.yml` || filepath.endsWith(`/${index}.yml`))
        .filter(({ message }) => !excused.some((pattern) => pattern.test(message)))
        .map(({ message, line }) => ({ line, what: message })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
