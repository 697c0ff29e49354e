import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ActionFailure } from '#core';
import { createTools, systemClock, type ToolRun } from '#core/io';
import { Redactor } from '../../../../packages/core/src/io/redactor.ts';
import { neutraliseLine } from '../../../../packages/core/src/text/neutralise.ts';

let printed: string[];
beforeEach(() => {
  printed = [];
});

const tools = createTools({ clock: systemClock, print: (line) => printed.push(neutraliseLine(line)) });

/** A small node program as the tool. */
function node(program: string, run: Partial<ToolRun> = {}): ToolRun {
  return { command: process.execPath, args: ['-e', program], env: {}, cwd: tmpdir(), ...run };
}

async function scratchFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-tools-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'file');
}

describe('a tool that tells secrets', () => {
  const secret = `hush&${'k'.repeat(3_000)}"hush`;
  const secrets = new Redactor([secret, 'quiet-word']);
  const masking = createTools({ clock: systemClock, secrets, print: (line) => printed.push(line) });

  it.each([
    ['as it is', secret],
    ['in JSON of Go', JSON.stringify(secret).replace('&', '\\u0026')],
    ['in an address', encodeURIComponent(secret)],
  ])('is not heard, though its line is cut in the middle of one: %s', async (_, written) => {
    const line = `${'x'.repeat(65_536 - 1_500)}${written}${'y'.repeat(70_000)}quiet-word`;
    const program = `
      const fs = require('fs');
      const line = fs.readFileSync(0);
      for (let at = 0; at < line.length; at += 4096) fs.writeSync(1, line.subarray(at, at + 4096));`;
    const heard: string[] = [];
    const result = await masking.run(node(program, { stdin: line, onLine: (one) => heard.push(one) }));
    expect(printed.length).toBeGreaterThan(2);
    for (const said of [printed.join(''), heard.join('')])
      expect(said.replace(/["']/g, '')).toBe(`${'x'.repeat(65_536 - 1_500)}***${'y'.repeat(70_000)}***`);
    expect(result.tail.join('')).toMatch(/^y+\*{3}$/);
    expect(result.stdout).toBe(line);
  });
});

describe('a tool that ends by itself', () => {
  it('answers its exit code, both streams in its tail and stdout apart', async () => {
    const result = await tools.run(
      node(`console.log('one'); console.error('two'); process.exitCode = 3`, { env: { A: '1' } }),
    );
    expect({ ...result, tail: result.tail.toSorted(), durationMs: 0 }).toEqual({
      exitCode: 3,
      signalName: null,
      endedBy: 'exit',
      tail: ['one', 'two'],
      stdout: 'one\n',
      stdoutTruncated: false,
      durationMs: 0,
    });
    expect(printed.toSorted()).toEqual(['one', 'two']);
  });

  it('gets its arguments, input and environment, and nothing of ours', async () => {
    process.env.BELAY_TEST_SECRET = 'inherited';
    onTestFinished(() => {
      delete process.env.BELAY_TEST_SECRET;
    });
    const program = `
      const input = require('fs').readFileSync(0, 'utf8');
      console.log(JSON.stringify([process.argv.slice(1), input, Object.keys(process.env)]))`;
    const args = ['-e', program, '$HOME', 'a b', ';ls'];
    const result = await tools.run(node('', { args, stdin: 'typed', env: { ONLY: 'this' } }));
    expect(JSON.parse(result.stdout)).toEqual([['$HOME', 'a b', ';ls'], 'typed', ['ONLY']]);
  });

  it('names the signal that ended it', async () => {
    const result = await tools.run(node(`process.kill(process.pid, 'SIGSEGV')`));
    expect([result.exitCode, result.signalName, result.endedBy]).toEqual([null, 'SIGSEGV', 'exit']);
  });

  it('is not waited for when a grandchild keeps its pipes, and leaves no such grandchild behind', async () => {
    const file = await scratchFile();
    const beating = `setInterval(() => require('fs').appendFileSync(${JSON.stringify(file)}, '.'), 10)`;
    const program = `
      require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beating)}], { stdio: 'inherit' });
      setInterval(() => { if (require('fs').existsSync(${JSON.stringify(file)})) process.exit(0) }, 10)`;
    const result = await tools.run(node(program));
    expect([result.exitCode, result.durationMs < 2_000, await beatsIn(file)]).toEqual([0, true, 0]);
  });

  it('leaves nobody of its group behind, though they hold no pipe: they could go on with its work', async () => {
    const file = await scratchFile();
    const beating = `setInterval(() => require('fs').appendFileSync(${JSON.stringify(file)}, '.'), 10)`;
    const program = `
      require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beating)}], { stdio: 'ignore' });
      setInterval(() => { if (require('fs').existsSync(${JSON.stringify(file)})) process.exit(0) }, 10)`;
    const { exitCode } = await tools.run(node(program));
    expect([exitCode, await beatsIn(file)]).toEqual([0, 0]);
  });
});

describe('a tool that is told to end', () => {
  const stubborn = `
    process.on('SIGINT', () => console.log('SIGINT'));
    process.on('SIGTERM', () => console.log('SIGTERM'));
    setInterval(() => {}, 1000); console.log('ready')`;
  const ladder = { afterInterruptMs: 300, afterTerminateMs: 300 };

  function cancelWhenReady(run: ToolRun): ToolRun {
    const cancel = new AbortController();
    const onLine = (line: string) => {
      if (line.startsWith('ready')) cancel.abort();
    };
    return { ...run, ladder, onLine, signal: cancel.signal };
  }

  it('is interrupted, then terminated, then killed', async () => {
    const result = await tools.run(cancelWhenReady(node(stubborn)));
    expect({ ...result, durationMs: 0 }).toEqual({
      exitCode: null,
      signalName: 'SIGKILL',
      endedBy: 'cancelled',
      tail: ['ready', 'SIGINT', 'SIGTERM'],
      stdout: 'ready\nSIGINT\nSIGTERM\n',
      stdoutTruncated: false,
      durationMs: 0,
    });
  });

  it('is left alone once it obeys', async () => {
    const obedient = `
      process.on('SIGINT', () => { console.log('tidied up'); process.exit(9) });
      setInterval(() => {}, 1000); console.log('ready')`;
    const result = await tools.run(cancelWhenReady(node(obedient)));
    expect([result.exitCode, result.endedBy, result.tail]).toEqual([9, 'cancelled', ['ready', 'tidied up']]);
  });

  it('is ended by its deadline', async () => {
    const result = await tools.run(node('setInterval(() => {}, 1000)', { deadlineMs: 50, ladder }));
    expect([result.signalName, result.endedBy]).toEqual(['SIGINT', 'deadline']);
  });

  it('takes its grandchildren with it, though they ignore signals and hold no pipe', async () => {
    const file = await scratchFile();
    const beating = `process.on('SIGINT', () => {}); setInterval(() => require('fs').appendFileSync(${JSON.stringify(file)}, '.'), 10)`;
    const program = `
      require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beating)}], { stdio: 'ignore' });
      setInterval(() => { if (require('fs').existsSync(${JSON.stringify(file)})) console.log('ready') }, 10)`;
    await tools.run(cancelWhenReady(node(program)));
    expect(await beatsIn(file)).toBe(0);
  });

  it('is not started when it is cancelled before', async () => {
    const file = await scratchFile();
    const program = `require('fs').writeFileSync(${JSON.stringify(file)}, '')`;
    const result = await tools.run(node(program, { signal: AbortSignal.abort() }));
    expect([result.exitCode, result.endedBy, existsSync(file)]).toEqual([null, 'cancelled', false]);
  });
});

describe('what a tool says', () => {
  /** Writes the pieces one by one, so that each arrives as a chunk of its own. */
  function pieces(...hex: readonly string[]): ToolRun {
    return node(`
      const pieces = ${JSON.stringify(hex)};
      const next = () => { const piece = pieces.shift(); if (piece !== undefined) { process.stdout.write(Buffer.from(piece, 'hex')); setTimeout(next, 15) } };
      next()`);
  }
  const hex = (text: string) => Buffer.from(text).toString('hex');

  it('cannot command the runner, not even in two pieces or behind a lone CR', async () => {
    await tools.run(pieces(hex('a\r:'), hex(':error::x\n#'), hex('#[group]y\n\u001b[31m::add-mask::z')));
    expect(printed).toEqual(['a', ': :error::x', '## [group]y', ': :add-mask::z']);
  });

  it('keeps a character that arrives in two pieces', async () => {
    const result = await tools.run(pieces('e282', 'ac0a'));
    expect([printed, result.stdout]).toEqual([['€'], '€\n']);
  });

  it('is passed on as it comes, without colours', async () => {
    const seen: [string, string][] = [];
    const program = `console.log('\\x1b[32mgreen\\x1b[0m'); console.error('\\x1b[1mbold')`;
    await tools.run(node(program, { echo: false, onLine: (line, stream) => seen.push([stream, line]) }));
    expect(seen.toSorted()).toEqual([
      ['stderr', 'bold'],
      ['stdout', 'green'],
    ]);
    expect(printed).toEqual([]);
  });

  it('is cut when a line never ends, so that memory stays bounded', async () => {
    const lengths: number[] = [];
    const program = `process.stdout.write('x'.repeat(10_000_000))`;
    const result = await tools.run(
      node(program, { echo: false, onLine: (line) => lengths.push(line.length) }),
    );
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(10_000_000);
    expect([Math.max(...lengths), result.tail.join('').length]).toEqual([65_536, lengths.at(-1)]);
    expect([result.stdout.length, result.stdoutTruncated]).toEqual([8 * 1024 * 1024, true]);
  });

  it('is kept to the last 200 lines', async () => {
    const result = await tools.run(
      node(`for (let i = 1; i <= 1000; i += 1) console.log(i)`, { echo: false }),
    );
    expect([result.tail.length, result.tail[0], result.tail.at(-1)]).toEqual([200, '801', '1000']);
  });
});

describe('a tool that cannot be started', () => {
  it.each([
    [
      'it is not on PATH',
      node('', { command: 'flyctl', env: { PATH: '/nowhere' } }),
      {
        what: 'flyctl was not found',
        why: 'PATH is /nowhere',
        next: 'Install flyctl in an earlier step and put its folder on PATH',
      },
    ],
    [
      'the directory does not exist',
      node('', { command: 'flyctl', cwd: '/nowhere/at/all' }),
      { what: 'flyctl cannot be started in /nowhere/at/all: there is no such directory' },
    ],
    [
      'it is not executable',
      node('', { command: import.meta.filename }),
      { what: `${import.meta.filename} cannot be started (EACCES)` },
    ],
  ])('fails as missing when %s', async (_, run, text) => {
    const error = await tools.run(run).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ActionFailure);
    expect(error).toMatchObject({ code: 'tool-missing', ...text });
  });

  it('is refused on Windows when only a shell could run it', async () => {
    const windows = createTools({ clock: systemClock, print: () => {}, platform: 'win32' });
    await expect(windows.run(node('', { command: 'C:\\npm\\vercel.CMD' }))).rejects.toMatchObject({
      code: 'tool-missing',
      what: 'C:\\npm\\vercel.CMD is a batch file, which only a shell can run',
    });
  });
});

/** How often the file grows from now on. */
async function beatsIn(file: string): Promise<number> {
  const before = (await readFile(file)).length;
  await systemClock.sleep(100);
  return (await readFile(file)).length - before;
}

describe('a tool that prints more than anybody takes', () => {
  it('waits until the log has taken what was printed', async () => {
    let taken: (() => void) | undefined;
    let waits = 0;
    const slow = createTools({
      clock: systemClock,
      print: (line) => printed.push(line),
      drained: () => {
        waits += 1;
        return new Promise<void>((resolve) => {
          taken = resolve;
        });
      },
    });
    const running = slow.run(
      node(`for (let i = 0; i < 200000; i += 1) require('fs').writeSync(1, 'line ' + i + '\\n')`),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // What fits the pipe, and nothing of the rest.
    expect([waits, printed.length < 50_000]).toEqual([1, true]);
    const drain = setInterval(() => taken?.(), 1);
    const result = await running;
    clearInterval(drain);
    expect([result.exitCode, printed.length, printed.at(-1)]).toEqual([0, 200_000, 'line 199999']);
  });

  it('is printed up to 8 MiB, and told to have said more', async () => {
    const line = 'x'.repeat(1023);
    const result = await tools.run(node(`for (let i = 0; i < 9000; i += 1) console.log('${line}')`));
    expect(result.exitCode).toBe(0);
    expect(printed.length).toBe(8192 + 1 + 20);
    expect(printed[8192]).toBe('node printed more than 8 MiB: 808 lines were left out here.');
  });

  it('takes little memory, whatever it prints, until its time is up', async () => {
    const before = process.memoryUsage().heapUsed;
    const lines = { count: 0 };
    const result = await tools.run(
      node(`const many = 'a\\n'.repeat(20000); for (;;) require('fs').writeSync(1, many)`, {
        deadlineMs: 2_000,
        ladder: { afterInterruptMs: 200, afterTerminateMs: 200 },
        echo: false,
        onLine: () => {
          lines.count += 1;
        },
      }),
    );
    expect([result.endedBy, lines.count > 100_000]).toEqual(['deadline', true]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
  });
});
