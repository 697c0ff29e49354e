import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const probe = fileURLToPath(new URL('noisy-probe.ts', import.meta.url));

/** Runs the probe beside a reader of its log that takes a chunk every `pauseMs`. */
async function noisy(noise: string, pauseMs: number) {
  const child = spawn(process.execPath, ['--conditions=source', '--no-warnings', probe, noise], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const reading = setInterval(() => child.stdout.read(), pauseMs);
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  child.once('exit', () => {
    clearInterval(reading);
    child.stdout.resume();
  });
  await once(child, 'close');
  return JSON.parse(told) as { readonly endedBy: string; readonly megabytes: number };
}

describe('the memory of a step whose tool prints without end', () => {
  it.each([
    ['short lines', `const many = 'a\\n'.repeat(20000); for (;;) require('fs').writeSync(1, many)`],
    ['one line', `const many = 'a'.repeat(40000); for (;;) require('fs').writeSync(1, many)`],
    [
      'on both streams',
      `for (;;) { require('fs').writeSync(1, 'out\\n'); require('fs').writeSync(2, 'error\\n') }`,
    ],
  ])('grows by less than 100 MB for %s, however slow the log is', { timeout: 40_000 }, async (_, noise) => {
    const quiet = await noisy('', 20);
    const { endedBy, megabytes } = await noisy(noise, 20);
    expect(endedBy).toBe('deadline');
    expect(megabytes - quiet.megabytes).toBeLessThan(100);
  });
});
