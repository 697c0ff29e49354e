import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commands } from '../../packages/local-cloud/bin/stand-in/commands.ts';
import { scenarios } from '../clients/scenarios.ts';

const standIn = new URL('../../packages/local-cloud/bin/flyctl.mjs', import.meta.url).pathname;

it('offers no command that the real flyctl was not recorded with', () => {
  const recorded = scenarios.map(({ argv }) => argv.join(' '));
  const unproven = Object.keys(commands).filter(
    (name) => !recorded.some((line) => line.startsWith(`${name} `) || line === name),
  );
  expect(unproven).toEqual([]);
});

it('says what it is, so that nobody takes it for the real one', () => {
  const print = (...flags: string[]) =>
    execFileSync(process.execPath, [standIn, 'version', ...flags], { encoding: 'utf8' });
  expect(print()).toMatch(/^flyctl v2026\.11\.21-standin\.1 \S+ Commit: stand-in BuildDate: \S+\n$/);
  expect(JSON.parse(print('--json'))).toMatchObject({
    Version: '2026.11.21-standin.1',
    Environment: 'stand-in',
  });
});
