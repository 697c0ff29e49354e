import { describe, expect, it } from 'vitest';
import { openTerminal } from '../../../../packages/core/src/action/command/terminal.ts';
import { Redactor } from '../../../../packages/core/src/io/redactor.ts';

/** A terminal, or a pipe, that keeps what was written. */
function streams(isTTY: boolean) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    ({
      isTTY,
      columns: 20,
      write: (text: string) => (written[name] += text),
    }) as unknown as NodeJS.WriteStream;
  return { written, stdout: stream('out'), stderr: stream('err') };
}

const green = '\u001b[32mok\u001b[39m';

describe('a terminal', () => {
  it.each<[string, boolean, Record<string, string>, string]>([
    ['is coloured', true, {}, green],
    ['is plain in a pipe', false, {}, 'ok'],
    ['is coloured in a pipe when FORCE_COLOR says so', false, { FORCE_COLOR: '1' }, green],
    ['is plain when NO_COLOR says so, whatever else', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, 'ok'],
    ['is plain when it is dumb', true, { TERM: 'dumb' }, 'ok'],
  ])('%s', (_, isTTY, env, text) => {
    expect(openTerminal(streams(isTTY), env, new Redactor([])).paint('good', 'ok')).toBe(text);
  });

  it('shows one line that the next overwrites, cut to its width, and takes it away before anything else', () => {
    const { written, ...both } = streams(true);
    const terminal = openTerminal(both, { NO_COLOR: '1' }, new Redactor([]));
    terminal.status('waiting');
    terminal.status('waiting for the service to come up');
    terminal.out('done');
    expect(written).toEqual({ out: 'done\n', err: 'waiting\r\u001b[Kwaiting for the se…\r\u001b[K' });
  });

  it('shows no such line in a pipe', () => {
    const { written, ...both } = streams(false);
    openTerminal(both, {}, new Redactor([])).status('waiting');
    expect(written.err).toBe('');
  });

  it('masks secrets in everything', () => {
    const { written, ...both } = streams(true);
    const terminal = openTerminal(both, { NO_COLOR: '1' }, new Redactor(['hush-hush']));
    terminal.status('hush-hush');
    terminal.err('hush-hush');
    terminal.out('hush-hush');
    expect(`${written.out}${written.err}`).not.toContain('hush-hush');
  });
});
