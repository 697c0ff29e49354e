import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToolRun, Tools } from '../../../../../packages/core/src/io/process.ts';
import { stopAgent } from '../../../../../packages/core/src/platforms/fly/flyctl/agent.ts';

let dir = '';
let runs: ToolRun[] = [];
const tools: Tools = {
  run: async (run) => {
    runs.push(run);
    return {
      exitCode: 0,
      signalName: null,
      endedBy: 'exit',
      durationMs: 1,
      tail: [],
      stdout: '',
      stdoutTruncated: false,
    };
  },
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-agent-'));
  runs = [];
});
afterEach(() => rm(dir, { recursive: true }));

describe('flyctl’s background agent', () => {
  it('is stopped, without a token, where flyctl left one', async () => {
    await writeFile(join(dir, 'fly-agent.sock'), '');
    await stopAgent(tools, '/tools/flyctl', dir);
    expect(runs).toEqual([
      {
        command: '/tools/flyctl',
        args: ['agent', 'stop'],
        env: { FLY_CONFIG_DIR: dir, HOME: dir },
        cwd: dir,
        deadlineMs: 5000,
        echo: false,
      },
    ]);
  });

  it('is left alone where there is none', async () => {
    await stopAgent(tools, '/tools/flyctl', dir);
    expect(runs).toEqual([]);
  });
});
