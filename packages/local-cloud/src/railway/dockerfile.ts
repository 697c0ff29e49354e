import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { StepFailure } from './deployment-events.ts';
import type { Settings } from './model.ts';

/** What of a Dockerfile is played: how the container starts, its environment, and steps that fail by `RUN exit N`. */
export interface Dockerfile {
  readonly path: string;
  readonly command: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** The exit code of the first step that fails. */
  readonly failure: { readonly line: string; readonly code: number } | undefined;
}

/** The one the settings name, which has to be there, else one at the root. */
export function readDockerfile(root: string, { dockerfilePath }: Settings): Dockerfile | undefined {
  const path = normalize(`/${dockerfilePath ?? 'Dockerfile'}`).slice(1);
  if (!existsSync(join(root, path))) {
    if (dockerfilePath === null) return undefined;
    throw new StepFailure(`couldn't locate the dockerfile at path ${dockerfilePath} in code archive`);
  }
  const steps = readFileSync(join(root, path), 'utf8').replaceAll(/\\\n/g, ' ').split('\n');
  const of = (name: string) =>
    steps.flatMap((line) => new RegExp(`^\\s*${name}\\s+(.+)$`, 'i').exec(line)?.[1]?.trim() ?? []);
  const [failing] = of('RUN').filter((line) => /^exit [1-9]\d*$/.test(line));
  return {
    path,
    command: [...of('ENTRYPOINT').slice(-1), ...of('CMD').slice(-1)].map(words).join(' ') || undefined,
    env: Object.fromEntries(of('ENV').map(assignment)),
    failure: failing === undefined ? undefined : { line: failing, code: Number(failing.slice(5)) },
  };
}

/** `["node", "server.js"]` as `node server.js`; a line for a shell stays one. */
function words(instruction: string): string {
  if (!instruction.startsWith('[')) return instruction;
  const list: readonly string[] = JSON.parse(instruction);
  return list.map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(' ');
}

/** `ENV A=b` and `ENV A b`. */
function assignment(instruction: string): [string, string] {
  const [, name = '', value = ''] = /^(\w+)(?:=|\s+)"?(.*?)"?$/.exec(instruction) ?? [];
  return [name, value];
}
