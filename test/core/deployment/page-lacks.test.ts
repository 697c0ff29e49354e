import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import type { ChecksPort } from '../../../packages/core/src/deployment/checks.ts';
import { createChecksPort } from '../../../packages/core/src/deployment/checks.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

/** A page that loads a script, an image and a font; `missing` are not there. */
let missing: readonly string[] = [];
const page =
  '<!doctype html><script src=/a.js></script><img src=/a.png><link rel=preload as=font href=/a.woff2>';
const types: Readonly<Record<string, string>> = {
  '/': 'text/html',
  '/a.js': 'text/javascript',
  '/a.png': 'image/png',
  '/a.woff2': 'font/woff2',
};
const server = createServer(({ url: path = '' }, response) => {
  response.writeHead(missing.includes(path) ? 404 : 200, { 'content-type': types[path] ?? 'text/plain' });
  response.end(path === '/' ? page : 'x');
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  missing = [];
});

const release = (id: string): Release => ({
  id,
  label: id,
  state: 'live',
  created: '2026-11-21T09:00:00Z',
  restorable: 'yes',
});
const allowance = { signal: new AbortController().signal, budgetMs: 20_000 };

async function bound(): Promise<ChecksPort> {
  const never = (): never => {
    throw new Error('not asked here');
  };
  const ports: Ports = {
    runner: recordingRunner(),
    http: { request: never, download: never, upload: never },
    tools: { run: never },
    checks: new ChecksProcess({}),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const inputs = {
    ...{
      checks: '- { name: page, retry: { attempts: 1 }, assets: / }',
      checkVariables: {},
      checkSecrets: {},
    },
    environment: 'production',
    service: undefined,
    workingDirectory: '.',
    timeoutMs: 600_000,
  };
  const checks = await createChecksPort(ports, inputs, {
    target: { platform: 'fly', id: 'fly:shop', name: 'shop', url },
    commit: async () => undefined,
    verdict: async () => 'pass',
    recorded: async () => () => undefined,
    judgesLatency: true,
  });
  if (checks === undefined) throw new Error('There are no checks.');
  return checks;
}

type Phase = 'before' | 'staged' | 'after' | 'restored' | 'unchanged';

/** A phase, and what the page lacks in it. */
type Played = readonly [Phase, ...(readonly string[])];

/** How each phase ends. */
async function ends(phases: readonly Played[]): Promise<string[]> {
  const checks = await bound();
  const outcomes: string[] = [];
  for (const [phase, ...lacks] of phases) {
    missing = lacks;
    const asked = phase === 'unchanged' ? ({ phase: 'after', served: true } as const) : { phase };
    const { outcome, passed } = await checks.verify({ ...asked, release: release(phase) }, allowance);
    outcomes.push(`${phase}: ${outcome}${passed?.length === 1 ? '' : ', no gate passed'}`);
  }
  return outcomes;
}

describe('what a page lacks in a deploy', () => {
  it.each<[string, readonly Played[], string[]]>([
    [
      'is a warning in every phase where the look before lacked it too',
      [
        ['before', '/a.woff2'],
        ['staged', '/a.woff2'],
        ['after', '/a.woff2'],
        ['restored', '/a.woff2'],
      ],
      ['before: pass', 'staged: pass', 'after: pass', 'restored: pass'],
    ],
    [
      'counts where it is missing only now',
      [
        ['before', '/a.woff2'],
        ['after', '/a.woff2', '/a.png'],
        ['restored', '/a.woff2'],
      ],
      ['before: pass', 'after: fail, no gate passed', 'restored: pass'],
    ],
    ['counts where nothing served before', [['after', '/a.woff2']], ['after: fail, no gate passed']],
    [
      'counts where it is a script, and no gate is left to judge a restore by',
      [
        ['before', '/a.js', '/a.woff2'],
        ['after', '/a.js', '/a.woff2'],
      ],
      ['before: fail, no gate passed', 'after: fail, no gate passed'],
    ],
    [
      'decides nothing of a restore that is taken up where nobody looked before',
      [['restored', '/a.woff2']],
      ['restored: pass'],
    ],
    ['decides nothing where nothing is changed', [['unchanged', '/a.woff2']], ['unchanged: pass']],
    [
      'decides it all the same where it is a script',
      [['restored', '/a.js']],
      ['restored: fail, no gate passed'],
    ],
  ])('%s', { timeout: 60_000 }, async (_, phases, outcomes) => {
    expect(await ends(phases)).toEqual(outcomes);
  });
});
