import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import type { Stage } from '../../../scripts/stage.ts';
import { echo, planted, shortEcho } from './planted.ts';

/** Longer than any line the actions print whole: characters. */
const border = 65_536;

/**
 * Puts a flyctl in its place that tells all it knows before it does what it is asked: each secret in every spelling, some
 * across the place where a line is cut, and in pieces.
 */
export function makeFlyctlTell({ flyctl }: Stage): void {
  const own = `${flyctl.executable}.own`;
  renameSync(flyctl.executable, own);
  const across = [planted.ODD, planted.JSON_LINE].map((secret) => {
    const line = JSON.stringify(secret).slice(1, -1);
    return `${'x'.repeat(border - Math.min(20, line.length >> 1))}${line}`;
  });
  const told = [...across, echo(), `${'y'.repeat(3 * border)}${shortEcho()}`].join('\n');
  writeFileSync(`${own}.told`, told);
  writeFileSync(flyctl.executable, script(own));
  chmodSync(flyctl.executable, 0o755);
}

const script = (own: string) => `#!${process.execPath}
const { spawn } = require('node:child_process');
const { readFileSync, writeSync } = require('node:fs');
const isAsked = ['deploy', 'secrets', 'apps'].includes(process.argv[2]);
if (isAsked) {
  const told = readFileSync('${own}.told');
  for (const fd of [1, 2])
    for (let at = 0; at < told.length; at += 9973) write(fd, told.subarray(at, at + 9973));
  write(1, Buffer.from('\\n'));
  write(2, Buffer.from('\\n'));
}
function write(fd, bytes) {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
const child = spawn('${own}', process.argv.slice(2), { stdio: 'inherit' });
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
child.on('exit', (code) => process.exit(code ?? 1));
`;
