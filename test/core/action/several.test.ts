import { describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../packages/core/src/action/action.ts';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { postSeveral, runSeveral } from '../../../packages/core/src/action/several/run-several.ts';
import { severalResult } from '../../../packages/core/src/action/several/several-result.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const live: ActionResult = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  ok: true,
  outputs: {
    release: 'd2',
    results: '[{"outcome":"live","reason":"verified","serving":"new","release":"d2"}]',
  },
  summary: '## ✅ d2 is live\n',
  headline: 'd2 is live.',
};

const restored: ActionResult = {
  outcome: 'restored',
  reason: 'checks-failed',
  serving: 'old',
  ok: false,
  outputs: {
    release: 'd4',
    'previous-release': 'd3',
    results: '[{"outcome":"restored","reason":"checks-failed","serving":"old","release":"d4"}]',
  },
  summary: '## ↩️ d3 serves again\n',
  headline: 'd3 serves again.',
  failure: { code: 'checks-failed', what: 'd4 failed', next: 'Read the evidence.' },
};

const stranded: ActionResult = {
  outcome: 'stranded',
  reason: 'no-target',
  serving: 'new',
  ok: false,
  outputs: {},
  summary: '## ❌ d6 serves and is bad\n',
  headline: 'd6 serves.',
  failure: { code: 'no-target', what: 'd6 failed', next: 'Roll back by hand.' },
};

describe('the result of several', () => {
  it('is green where all are, with the outputs of the first and the results of all', () => {
    const all = severalResult('deploy', [
      { name: 'web', result: live },
      {
        name: 'worker',
        result: { ...live, outputs: {}, headline: 'w is live.', summary: '## ✅ w is live\n' },
      },
    ]);
    expect(all).toEqual({
      outcome: 'live',
      reason: 'verified',
      serving: 'new',
      ok: true,
      needsPerson: false,
      outputs: {
        release: 'd2',
        results: JSON.stringify([
          { name: 'web', outcome: 'live', reason: 'verified', serving: 'new', release: 'd2' },
          { name: 'worker', outcome: 'live', reason: 'verified', serving: 'new' },
        ]),
      },
      summary: [
        '## ✅ 2 of 2 services ended well',
        '| Service | Came to | Serves now |\n| --- | --- | --- |\n| `web` | ✅ live/verified | new |\n| `worker` | ✅ live/verified | new |',
        '## ✅ d2 is live',
        '## ✅ w is live',
        '',
      ].join('\n\n'),
      headline: 'web: d2 is live.\nworker: w is live.',
      annotations: [],
    });
  });

  it.each([
    {
      of: 'live and restored',
      results: [live, restored],
      comes: 'restored/checks-failed mixed person=false',
    },
    {
      of: 'restored and stranded',
      results: [restored, stranded],
      comes: 'stranded/no-target mixed person=true',
    },
    { of: 'stranded and live', results: [stranded, live], comes: 'stranded/no-target new person=true' },
    {
      of: 'live and one of which nobody knows',
      results: [live, { ...stranded, outcome: 'inconclusive', reason: 'out-of-time', serving: 'unknown' }],
      comes: 'inconclusive/out-of-time unknown person=true',
    },
  ] as const)('of $of is the worst: $comes', ({ results: [one, other], comes }) => {
    const all = severalResult('deploy', [
      { name: 'web', result: one },
      { name: 'worker', result: other },
    ]);
    expect(`${all.outcome}/${all.reason} ${all.serving} person=${all.needsPerson}`).toBe(comes);
    expect(all.ok).toBe(false);
  });

  it('names the service that failed, and each where several did', () => {
    const all = severalResult('deploy', [
      { name: 'web', result: restored },
      { name: 'worker', result: stranded },
    ]);
    expect(all.failure?.what).toBe('worker: d6 failed');
    expect(all.annotations).toEqual([
      { level: 'error', message: 'web: checks-failed: d4 failed. Next: Read the evidence.' },
      { level: 'error', message: 'worker: no-target: d6 failed. Next: Roll back by hand.' },
    ]);
  });
});

describe('several at once', () => {
  const portsOf = () => {
    const runner = recordingRunner();
    const ports = { runner, signal: new AbortController().signal } as unknown as Ports;
    return { runner, ports };
  };

  it('say whose each line is, and keep their state apart', async () => {
    const { runner, ports } = portsOf();
    const names = ['web', 'worker'] as const;
    await runSeveral({ ports, kind: 'deploy', names }, async ({ runner: own }, name) => {
      own.saveState('rollout', `of ${name}`);
      await own.group('Deployment', async () => own.info('one\ntwo'));
      own.warning('slow');
      return live;
    });
    expect(runner.log).toEqual([
      'info web | Deployment',
      'info web | one\nweb | two',
      'info worker | Deployment',
      'info worker | one\nworker | two',
      'warning web: slow',
      'warning worker: slow',
    ]);
    expect(runner.states).toEqual({ 'rollout.web': 'of web', 'rollout.worker': 'of worker' });
  });

  it('go on where one cannot be begun', async () => {
    const { ports } = portsOf();
    const names = ['web', 'worker'] as const;
    const all = await runSeveral({ ports, kind: 'deploy', names }, async (_, name) => {
      if (name === 'web') return live;
      throw new ActionFailure({ code: 'target-not-found', what: 'no worker', next: 'Correct it.' });
    });
    const listed = JSON.parse(all.outputs.results ?? '') as readonly { name: string; outcome: string }[];
    expect(listed.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['web live', 'worker error']);
    expect(`${all.outcome}/${all.reason} ${all.ok}`).toBe('error/target-not-found false');
  });

  it('are one each: a name that leads to a target which another has led to is refused', async () => {
    const { ports } = portsOf();
    const names = ['web', 'the id of web'] as const;
    const all = await runSeveral({ ports, kind: 'rollback', names }, async (_, __, claim) => {
      claim('railway:p/e/web');
      return live;
    });
    expect([all.ok, all.outcome, all.failure]).toEqual([
      false,
      'error',
      expect.objectContaining({ what: 'the id of web: it is the target that web names as well' }),
    ]);
  });

  it('are one where one is named: nothing is said of several', async () => {
    const { runner, ports } = portsOf();
    const one = await runSeveral({ ports, kind: 'deploy', names: ['web'] }, async ({ runner: own }) => {
      own.info('one');
      return live;
    });
    expect([one, runner.log]).toEqual([live, ['info one']]);
  });

  it('are all finished by post, of which one that breaks keeps no other back', async () => {
    const { ports } = portsOf();
    const report = await postSeveral({ ports, names: ['web', 'worker', 'mail'] }, async (_, name) => {
      if (name === 'web') throw new Error('no answer');
      if (name === 'mail') return undefined;
      return { level: 'notice', message: 'w1 serves.', summary: '## w1 serves\n' };
    });
    expect(report).toEqual({
      level: 'warning',
      message: 'web: cleaning up did not finish: no answer\nworker: w1 serves.',
      summary: 'web: cleaning up did not finish: no answer\n\n## w1 serves\n',
    });
  });
});
