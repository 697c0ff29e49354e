// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shellWord, standInFor } from '../../../packages/core/src/checks/types/shell-word.ts';

const run = promisify(execFile);
const secret = standInFor('S');

describe('a word for a shell', () => {
  it.each<[string, string, string]>([
    ['needs no quotes', 'a-b=c', 'a-b=c'],
    ['has what a shell would read in single quotes', 'a `b` $c "d" \\ !', `'a \`b\` $c "d" \\ !'`],
    ['has a single quote', "it's", "'it'\\''s'"],
    ['is a secret', secret, '"$S"'],
    ['keeps the name of a secret apart', `${secret}x`, '"${S}x"'],
    ['keeps backticks beside a secret', `\`id\` ${secret}`, '"\\`id\\` $S"'],
    [
      'keeps a dollar, a quote and a backslash beside a secret',
      `$(id) " \\ ${secret}`,
      '"\\$(id) \\" \\\\ $S"',
    ],
    ['keeps the history of a shell out of it', `a!! ${secret}`, `"a"'!!'" $S"`],
  ])('%s', async (_, text, word) => {
    expect(shellWord(text)).toBe(word);
    const { stdout } = await run('sh', ['-c', `printf %s ${word}`], {
      env: { ...process.env, S: 'v`al$ue' },
    });
    expect(stdout).toBe(text.replaceAll(secret, 'v`al$ue'));
  });
});
