import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/root.ts';
import type { Weighed } from './weighed-process.ts';
import { weighed } from './weighed-process.ts';

/** Requests under way at once. */
export const parallel = 16;

/** What is asked: `count` addresses of a service. */
export interface Task {
  /** For the files that tools want. */
  readonly folder: string;
  /** `https://127.0.0.1:1234`. */
  readonly service: string;
  readonly count: number;
  /** A file with who vouches for it, PEM. */
  readonly authority: string;
}

/** Asks everything a task names, and fails where an answer is not right. */
export type Tool = (task: Task) => Promise<Weighed>;

function addressesOf({ service, count }: Task): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${service}/item/${index}`);
}

export const smoke: Tool = (task) => {
  const { folder, service, authority, count } = task;
  const checks = Array.from({ length: count }, (_, index) =>
    [
      `  - name: check ${index}`,
      `    http: GET /item/${index}`,
      '    expect: { status: 200, jsonpath: { $.ok: true } }',
    ].join('\n'),
  );
  const file = join(folder, 'checks.yml');
  writeFileSync(file, `version: 1\ntarget: ${service}\nchecks:\n${checks.join('\n')}\n`);
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE'].map((name) => {
      const path = join(folder, name);
      writeFileSync(path, '');
      return [name, path];
    }),
  );
  return weighed(process.execPath, [join(root, 'dist/smoke-test/index.js')], {
    ...files,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    NODE_EXTRA_CA_CERTS: authority,
    RUNNER_TEMP: folder,
    INPUT_CHECKS: file,
    INPUT_TIMEOUT: '10m',
    'INPUT_WORKING-DIRECTORY': '.',
    INPUT_ENVIRONMENT: 'production',
  });
};

/** A plain program over connections that are kept. */
export const client: Tool = (task) => {
  const file = join(task.folder, 'addresses.txt');
  writeFileSync(file, addressesOf(task).join('\n'));
  const program = join(import.meta.dirname, 'client.mjs');
  return weighed(process.execPath, [program, file, String(parallel)], {
    NODE_EXTRA_CA_CERTS: task.authority,
  });
};

/** Asserts nothing. */
export const curl: Tool = (task) => {
  const file = join(task.folder, 'curl.txt');
  const lines = addressesOf(task).map((address) => `url = ${address}\noutput = /dev/null\n`);
  writeFileSync(file, lines.join(''));
  const args = ['-s', '-Z', '--parallel-max', String(parallel), '--cacert', task.authority, '-K', file];
  return weighed('curl', args);
};

/** One file a check: hurl takes the entries of one file one after the other. */
export const hurl: Tool = (task) => {
  const files = addressesOf(task).map((address, index) => {
    const file = join(task.folder, `${index}.hurl`);
    writeFileSync(file, `GET ${address}\nHTTP 200\n[Asserts]\njsonpath "$.ok" == true\n`);
    return file;
  });
  const args = ['--test', '--parallel', '--jobs', String(parallel), '--cacert', task.authority];
  return weighed('hurl', [...args, ...files]);
};

export const hasHurl = spawnSync('hurl', ['--version']).status === 0;
