import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { LogLine } from '#local-runner';
import type { RunOptions } from '../../../scripts/stage.ts';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { eventually } from '../../support/eventually.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();

/** Cancels the job when a line is printed that begins so. */
function cancelAt(line: string): RunOptions & { readonly onLine: (line: LogLine) => void } {
  const cancel = new AbortController();
  return { signal: cancel.signal, onLine: (printed) => printed.line.startsWith(line) && cancel.abort() };
}

/** Never passes, and is asked for long enough to be cut. */
const patient = `- { name: never, http: GET /never, expect: { status: 200 }, retry: { until: 20s, interval: 200ms } }`;

interface Cut {
  readonly during: string;
  readonly at: string;
  readonly checks?: string;
  /** Default: no time to speak of. */
  readonly buildMs?: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly end: string | RegExp;
  readonly served: string;
  readonly mutations: readonly string[];
}

const old = 'cancelled/cancelled, serving old';
const cuts: readonly Cut[] = [
  {
    during: 'the first look',
    at: 'This may take',
    // The look that is under way may still end.
    end: /^cancelled\/cancelled, serving (old|unknown)$/,
    served: 'v1',
    mutations: [],
  },
  {
    during: 'the build: what is on its way is cancelled',
    at: 'BUILDING',
    buildMs: 10_000,
    end: old,
    served: 'v1',
    mutations: ['upload', 'graphql.deploymentCancel'],
  },
  {
    during: 'the health check',
    at: 'build: Attempt #1',
    settings: { SHOP_HEALTH: 'failing' },
    end: old,
    served: 'v1',
    mutations: ['upload', 'graphql.deploymentCancel'],
  },
  {
    during: 'the proof: what is live stays live, and nothing is taken back',
    at: '##[group]Checks of the new release',
    checks: patient,
    end: 'cancelled/cancelled, serving new',
    served: 'v2',
    mutations: ['upload'],
  },
];

it.each(cuts)('a job that is cancelled during $during', async ({ at, end, served, mutations, ...cut }) => {
  const { settings = {}, checks = homeCheck, buildMs = 300 } = cut;
  shop.railway.next({ service: 'web' }, { kind: 'build-takes', ms: buildMs });
  const result = await shop.up({ version: 'v2', settings }, { checks, timeout: '60s' }, cancelAt(at));
  expect(ended(result)).toMatch(end);
  expect(result.job.conclusion).toBe('cancelled');
  await eventually(async () => (await shop.served()) === served);
  expect(shop.mutations()).toEqual(mutations);
  expect(result.job.orphans).toEqual([]);
  const [said = ''] = annotations(result).filter((line) => line.startsWith('error: '));
  expect(said).toMatch(/^error: cancelled: .* Next: See what serves now, then run the job again\.$/);
});

const killed = () => signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');

it.skipIf(!existsSync('/proc'))(
  'a step that is killed while its upload is built leaves nothing that goes live unseen: post cancels it',
  async () => {
    shop.railway.next({ service: 'web' }, { kind: 'build-takes', ms: 20_000 });
    const onLine = ({ line }: LogLine) => line.startsWith('BUILDING') && killed();
    const result = await shop.up({ version: 'v2' }, { checks: homeCheck, timeout: '60s' }, { onLine });
    expect(result.job.conclusion).toBe('failure');
    expect(shop.mutations()).toEqual(['upload', 'graphql.deploymentCancel']);
    expect(await shop.served()).toBe('v1');
  },
);

it.skipIf(!existsSync('/proc'))(
  'a step that is killed in the middle of its way back has it finished by post, and asks for it once',
  async () => {
    const broken = { version: 'v2', settings: { SHOP_ROOT_STATUS: '500' } };
    const onLine = ({ line }: LogLine) => line.startsWith('Railway brings') && killed();
    const result = await shop.up(broken, { checks: homeCheck, timeout: '60s' }, { onLine });
    expect(result.job.conclusion).toBe('failure');
    await eventually(async () => (await shop.served()) === 'v1');
    expect([shop.mutations(), logOf(result)]).toEqual([
      ['upload', 'graphql.deploymentRollback'],
      expect.stringContaining('serves'),
    ]);
  },
);
