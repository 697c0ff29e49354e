import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { root } from '../../../scripts/root.ts';
import { eventually } from '../../support/eventually.ts';

const cage = join(root, 'packages/core/src/checks/cage');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that announces as the one that runs checks does; what comes over descriptor 4, as numbers. */
function announcing(body: string) {
  const program = `
    import { Announcer } from '${cage}/announcements.ts';
    import { watchOver } from '${cage}/watcher.ts';
    const announcer = new Announcer();
    const hold = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
    setTimeout(() => {}, 60_000);
    ${body}`;
  const args = ['--conditions=source', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ignore', 'pipe'] });
  children.push(child);
  const heard: number[] = [];
  child.stdio[4]?.on('data', (chunk: Buffer) => {
    for (let at = 0; at + 4 <= chunk.length; at += 4) heard.push(chunk.readInt32LE(at));
  });
  return { child, heard };
}

const watched = `
  watchOver(process.ppid, announcer);
  const wait = () => announcer.isPassedOn ? begin() : setTimeout(wait, 5);
  wait();`;

const patience = { timeout: 60_000 };

it('what is announced before there is a thread to pass it on is written at once', async () => {
  const { heard } = announcing('announcer.judging(7); announcer.judging(undefined);');
  await eventually(() => heard.length === 2);
  expect(heard).toEqual([7, 0]);
});

it('whose answer holds the thread is told while it is held', async () => {
  const { heard } = announcing(`function begin() { announcer.judging(9); hold(3000); } ${watched}`);
  await eventually(() => heard.includes(9));
  expect(heard.at(-1)).toBe(9);
});

it('a thread that goes on from one answer to the next is heard, and told the last of them', async () => {
  const body = `function begin() { for (let id = 1; id <= 20; id++) { announcer.judging(id); hold(50); } hold(2000); }`;
  const { heard } = announcing(`${body} ${watched}`);
  await eventually(() => heard.at(-1) === 20);
  expect(heard.length).toBeGreaterThan(5);
});

it.skipIf(process.platform !== 'linux')(
  'it ends with the one that started it, whatever holds its thread',
  patience,
  async () => {
    const inner = JSON.stringify(`
    import { Announcer } from '${cage}/announcements.ts';
    import { watchOver } from '${cage}/watcher.ts';
    const announcer = new Announcer();
    watchOver(process.ppid, announcer);
    const wait = () => { if (!announcer.isPassedOn) return setTimeout(wait, 5); announcer.judging(1); for (;;); };
    wait();`);
    const outer = `
    import { spawn } from 'node:child_process';
    const args = ['--conditions=source', '--input-type=module', '--eval', ${inner}];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'pipe'] });
    process.stdout.write(child.pid + '\\n');
    // It is held by now.
    child.stdio[4].once('data', () => process.exit(0));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', outer], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = line.toString().trim();
    await once(child, 'exit');
    // A machine that is busy takes its time.
    await vi.waitFor(() => expect(readdirSync('/proc')).not.toContain(pid), {
      timeout: 30_000,
      interval: 50,
    });
  },
);
