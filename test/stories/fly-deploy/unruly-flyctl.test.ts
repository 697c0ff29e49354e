import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { ended, logOf, shopStage } from '../../support/shop-stage.ts';

// The story: flyctl does something to the machine it runs on while it deploys, and the step has to cope.

const shop = shopStage();

afterEach(() => {
  const { executable } = shop.stage.flyctl;
  if (existsSync(`${executable}.real`)) renameSync(`${executable}.real`, executable);
});

/** A flyctl that runs `script` in its shell before each deploy, and is the stand-in for the rest. */
function flyctlWith(script: string): void {
  const { executable } = shop.stage.flyctl;
  renameSync(executable, `${executable}.real`);
  writeFileSync(executable, '', { mode: 0o755 });
  appendFileSync(executable, `#!/bin/sh\ncase "$*" in deploy*) ${script} ;; esac\nexec "$0.real" "$@"\n`);
}

describe('a flyctl that prints one and a half million lines', () => {
  it('deploys all the same, in little memory', { timeout: 120_000 }, async () => {
    const memory = `${shop.stage.temp}/memory`;
    flyctlWith(`seq 1 1500000; grep VmHWM /proc/$PPID/status > '${memory}'`);
    const result = await shop.deploy({ image: images.v3, timeout: '90s' });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(await shop.served()).toBe('v3');
    const [, kilobytes = ''] = /(\d+) kB/.exec(readFileSync(memory, 'utf8')) ?? [];
    rmSync(memory);
    expect(Number(kilobytes) / 1024).toBeLessThan(150);
    expect(logOf(result)).toMatch(/^flyctl printed more than 8 MiB: [\d,]+ lines were left out here\.$/m);
  });
});

describe('a flyctl whose private folder is removed while it deploys', () => {
  it('is taken back all the same', { timeout: 150_000 }, async () => {
    const removed = `${shop.stage.temp}/removed`;
    flyctlWith(`[ -e '${removed}' ] || { touch '${removed}'; rm -rf "$FLY_CONFIG_DIR"; }`);
    const checks = '- name: home\n  http: GET /\n  expect: { status: 200 }\n';
    const result = await shop.deploy({
      image: images.v2Error,
      checks,
      timeout: '60s',
      'restore-timeout': '60s',
    });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
  });
});

describe('a flyctl that hangs when it is asked for its version', () => {
  it('ends the step within its time, and nothing is shipped', async () => {
    const { executable } = shop.stage.flyctl;
    renameSync(executable, `${executable}.real`);
    writeFileSync(executable, '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 });
    const result = await shop.deploy({ image: images.v3, timeout: '4s' });
    expect(ended(result)).toBe('error/install-failed, serving unknown');
    expect(result.main.durationMs).toBeLessThan(14_000);
    expect(logOf(result)).toContain('flyctl version was stopped after');
    expect(await shop.served()).toBe('v1');
  });
});
