// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { checksFacts } from '../../../packages/core/src/checks/cage/checks-facts.ts';
import type { FromWorker } from '../../../packages/core/src/checks/cage/messages.ts';
import { mayAsk } from '../../../packages/core/src/checks/cage/needs.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';

type Need = Extract<FromWorker, { need: unknown }>['need'];

const http = '- { name: a, http: /, expect: { status: 200 } }';
const machines = '- { name: a, fly-machines: true }';
const exec = '- { name: a, exec: "true" }';
const command = '- { name: a, fly-machines: { exec: [bin/check, "${want}", "--all"] } }';
const running = (...words: string[]) => ({ command: words, group: undefined, timeoutMs: 1_000 });

/** The process that reads what services answer may have been taken over by one of them. */
describe('what the process of the checks may ask of who has the token', () => {
  it.each<[string, string, Need, unknown, boolean]>([
    ['health where a check judges machines', machines, 'health', null, true],
    ['health where none does', http, 'health', null, false],
    ['a program where a check runs one', exec, 'program', {}, true],
    ['a program where none does', machines, 'program', {}, false],
    ['a command as the file has it', command, 'command', running('bin/check', '0.8', '--all'), true],
    ['another command', command, 'command', running('sh', '0.8', '--all'), false],
    ['another argument', command, 'command', running('bin/check', '0.8', '--none'), false],
    ['an argument more', command, 'command', running('bin/check', '0.8', '--all', '-v'), false],
    ['a command where checks only judge machines', machines, 'command', running('bin/check'), false],
    ['a command where a program runs here', exec, 'command', running('true'), false],
  ])('%s', async (_, text, need, given, may) => {
    const facts = checksFacts(await loadChecks(text, { root: '.' }));
    expect(mayAsk({ need, given }, facts)).toBe(may);
  });
});
