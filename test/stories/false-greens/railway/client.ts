import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { clientEnvironment } from '#local-cloud';
import type { Stage } from '../../../../scripts/stage.ts';

/** As the steps of a workflow run them after `npm i -g @railway/cli`: in the folder that is uploaded, with `CI` set. */
export async function runCommand(
  stage: Stage,
  { path, folder, command }: { readonly path: string; readonly folder: string; readonly command: string },
): Promise<{ exit: number; said: string }> {
  const home = join(stage.temp, 'client');
  const programs = join(home, 'bin');
  mkdirSync(programs, { recursive: true });
  symlinkSync(path, join(programs, 'railway'));
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: {
      ...ofAWorkflow(clientEnvironment(stage.cloud)),
      ...{ CI: 'true', HOME: home, PATH: `${programs}:${process.env.PATH}` },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'close');
  const [stdout, stderr] = await printed;
  rmSync(home, { recursive: true, force: true });
  return {
    exit: code,
    said: steady(code === 0 ? (lastOf(stdout) ?? lastOf(stderr)) : (firstOf(stderr) ?? lastOf(stdout))),
  };
}

function lastOf(printed: string): string | undefined {
  return linesOf(printed).at(-1);
}

/** What failed; below it stands what caused it. */
function firstOf(printed: string): string | undefined {
  return linesOf(printed)[0];
}

function linesOf(printed: string): readonly string[] {
  return stripVTControlCharacters(printed)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Only what a workflow would set: the ids beside it would be the ids of what is linked. */
function ofAWorkflow(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { RAILWAY_PROJECT_ID: _, RAILWAY_ENVIRONMENT_ID: __, RAILWAY_SERVICE_ID: ___, ...env } = all;
  return env;
}

/** Without what is another in each run. */
function steady(line = ''): string {
  return line
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/(127\.0\.0\.1):\d+/g, '$1')
    .trim();
}
