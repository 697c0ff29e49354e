// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { check, closeServers, refusingUrl, serve } from './loopback.ts';
import type { Meets } from './scripted.ts';
import { named, play } from './scripted.ts';

afterEach(closeServers);

/** A file that watches one check for 60 s, every 10 s. */
const watching = (limits: string, settings = '') =>
  `watch: { for: 60s, interval: 10s${limits === '' ? '' : `, ${limits}`} }\nchecks:\n${named('home', settings)}`;

/** The verdict's own attempt is good; these are the rounds of the watch. */
const then = (...rounds: Meets[]): Meets[] => ['good', ...rounds];

describe('the decision of a watch', () => {
  it.each<[string, string, Meets[], string, string, number]>([
    ['all rounds good: pass', '', then('good'), 'pass', 'verified', 6],
    ['one bad round, none allowed: fail', '', then('good', 'bad', 'good'), 'fail', 'checks-failed', 2],
    [
      'as many bad rounds as allowed: pass',
      'failure-limit: 2',
      then('bad', 'good', 'bad', 'good'),
      'pass',
      'verified',
      6,
    ],
    [
      'the last round bad, within the limit: pass',
      'failure-limit: 1',
      then('good', 'good', 'good', 'good', 'good', 'bad'),
      'pass',
      'verified',
      6,
    ],
    [
      'one more than allowed: fail, though it has recovered',
      'failure-limit: 1',
      then('bad', 'good', 'bad', 'good'),
      'fail',
      'checks-failed',
      3,
    ],
    [
      'bad rounds apart, a limit in a row: pass',
      'consecutive-failure-limit: 1',
      then('bad', 'good', 'bad', 'good', 'bad', 'good'),
      'pass',
      'verified',
      6,
    ],
    [
      'bad rounds in a row, over the limit: fail',
      'consecutive-failure-limit: 1',
      then('good', 'bad', 'bad'),
      'fail',
      'checks-failed',
      3,
    ],
    [
      'both limits, the total crossed first: fail',
      'consecutive-failure-limit: 2, failure-limit: 1',
      then('bad', 'good', 'bad'),
      'fail',
      'checks-failed',
      3,
    ],
    [
      'four errors in a row: pass',
      '',
      then('error', 'error', 'error', 'error', 'good'),
      'pass',
      'verified',
      6,
    ],
    ['five errors in a row: error', '', then('error'), 'error', 'checks-error', 5],
    [
      'errors over their own limit: error',
      'error-limit: 0',
      then('good', 'error'),
      'error',
      'checks-error',
      2,
    ],
    [
      'an error among bad rounds does not break their row: fail',
      'consecutive-failure-limit: 1',
      then('bad', 'error', 'bad'),
      'fail',
      'checks-failed',
      3,
    ],
    [
      'failures over their limit after errors: fail',
      '',
      then('error', 'error', 'bad'),
      'fail',
      'checks-failed',
      3,
    ],
    [
      'a share over the rate, too few rounds yet: it waits',
      'failure-rate: { max: 40%, min-samples: 4 }',
      then('bad', 'good', 'bad', 'good'),
      'fail',
      'checks-failed',
      4,
    ],
    [
      'a share within the rate: pass',
      'failure-rate: { max: 50%, min-samples: 4 }',
      then('bad', 'good', 'bad', 'good'),
      'pass',
      'verified',
      6,
    ],
    [
      'a rate and a total, the total crossed first: fail',
      'failure-rate: { max: 50%, min-samples: 6 }, failure-limit: 0',
      then('bad'),
      'fail',
      'checks-failed',
      1,
    ],
  ])('%s', async (_, limits, home, outcome, reason, rounds) => {
    const { report, asked, lasted } = await play(watching(limits), { home });
    expect([report.outcome, report.reason]).toEqual([outcome, reason]);
    expect([asked.home?.slice(1), lasted]).toEqual([
      Array.from({ length: rounds }, (_, index) => 10 * (index + 1)),
      rounds * 10,
    ]);
  });

  it('asks the control probe anew: what the runner reached for the verdict is old news', async () => {
    let asked = 0;
    const controlUrl = await serve((_, response) => {
      if (asked++ === 0) response.end();
      else response.destroy();
    });
    const text = `${watching('')}${named('aside', 'severity: advisory')}`;
    const scripts = { home: then('refused'), aside: ['refused'] as const };
    const { report } = await play(text, scripts, { controlUrl });
    expect([report.outcome, report.reason, asked]).toEqual(['inconclusive', 'runner-network', 2]);
  });

  it('asks the control before an unreachable target counts as failed', async () => {
    const { report } = await play(
      watching('failure-limit: 1'),
      { home: then('good', 'refused') },
      {
        controlUrl: await refusingUrl(),
      },
    );
    expect([report.outcome, report.reason, report.watch]).toEqual([
      'inconclusive',
      'runner-network',
      { forMs: 60_000, lastedMs: 30_000, ended: 'over-limit' },
    ]);
  });
});

describe('a watch', () => {
  it('counts the rounds of each check, by its own limit', async () => {
    const text = `watch: { for: 60s, interval: 20s }\nchecks:\n${named('home')}${named('data', 'watch: { failure-limit: 1 }')}`;
    const { report } = await play(text, { data: then('bad', 'error', 'good') });
    expect(report.results.map(({ name, outcome, watch }) => [name, outcome, watch])).toEqual([
      ['home', 'pass', { good: 3, bad: 0, errors: 0, late: 0 }],
      ['data', 'pass', { good: 1, bad: 1, errors: 1, late: 0 }],
    ]);
    expect(report.watch).toEqual({ forMs: 60_000, lastedMs: 60_000, ended: 'in-time' });
  });

  it('says at the start how long it takes until a fault is known', async () => {
    const text = `watch: { for: 10m, interval: 15s, failure-limit: 2 }\nchecks:\n${named('home')}${named('data', 'watch: { failure-limit: 4 }')}`;
    expect((await play(text, {})).notes).toEqual([
      'Watching for 10m, a round every 15s: a fault that stays is known after 1m15s.',
    ]);
  });

  it('skips a round that is late, counts it, and never lets two overlap', async () => {
    const { report, asked } = await play(watching(''), {
      home: then('good', 'slow', 'good', 'slow', 'good'),
    });
    // The round at 20 s ends at 40 s: the one due at 30 s is late, the one due at 40 s is not.
    expect(asked.home).toEqual([0, 10, 20, 40, 50]);
    expect([report.outcome, report.results[0]?.watch]).toEqual([
      'pass',
      { good: 4, bad: 0, errors: 0, late: 2 },
    ]);
  });

  it('is inconclusive when too few rounds were left for the rate', async () => {
    const limits = 'failure-rate: { max: 50%, min-samples: 5 }';
    const { report } = await play(watching(limits), { home: then('good', 'slow', 'slow', 'good') });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'watch-incomplete']);
  });

  it('is inconclusive when every round was in error, within the limit', async () => {
    const { report } = await play(watching('error-limit: 6'), { home: then('error') });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'watch-incomplete']);
  });

  it('that is aborted within its limits is inconclusive, not pass', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const limits = 'failure-limit: 1';
    const { report, lasted } = await play(
      watching(limits),
      { home: then('good', 'bad', 'good') },
      {
        clock,
        signal: abort.signal,
        onProgress: ({ attempt }) => attempt === 4 && abort.abort(new Error('cancelled')),
      },
    );
    expect([report.outcome, report.reason, lasted, report.watch?.ended]).toEqual([
      'inconclusive',
      'watch-incomplete',
      30,
      'cut-short',
    ]);
  });

  it('that the budget ends is inconclusive, with what it saw', async () => {
    const { report, lasted } = await play(watching(''), {}, { budgetMs: 35_000 });
    expect([report.outcome, report.reason, lasted, report.results[0]?.watch]).toEqual([
      'inconclusive',
      'watch-incomplete',
      30,
      { good: 3, bad: 0, errors: 0, late: 0 },
    ]);
  });

  it('that is over a limit when the budget ends has failed', async () => {
    const { report } = await play(watching(''), { home: then('good', 'good', 'bad') }, { budgetMs: 35_000 });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });

  it.each<[string, Meets[], object]>([
    ['a verdict that is not pass', ['bad'], {}],
    ['a preflight', ['good'], { mode: 'once' }],
    ['who asks for the verdict alone', ['good'], { watch: false }],
  ])('does not follow %s', async (_, home, options) => {
    const { report, asked } = await play(watching(''), { home }, options);
    expect([asked.home, report.watch]).toEqual([[0], undefined]);
  });

  it('begins when the window has held', async () => {
    const { asked } = await play(watching('', 'window: { successes: 2, interval: 5s }'), {});
    expect(asked.home).toEqual([0, 5, 15, 25, 35, 45, 55, 65]);
  });

  it('takes an advisory check that is over its limit for a warning, and goes on', async () => {
    const text = `${watching('')}${named('data', 'severity: advisory')}`;
    const { report, asked } = await play(text, { data: then('bad', 'good') });
    expect([report.outcome, report.results.map(({ outcome }) => outcome)]).toEqual([
      'pass',
      ['pass', 'fail'],
    ]);
    expect(asked.data?.length).toBe(7);
  });

  it('takes a scenario as one, and skips what comes after the step that failed', async () => {
    const steps = ['in', 'buy', 'out'].map((name) => `{ name: ${name}, http: /, expect: { status: 200 } }`);
    const text = `watch: { for: 60s, interval: 10s, failure-limit: 1 }\nscenarios:\n  - { name: shop, steps: [${steps.join(', ')}] }`;
    const { report } = await play(text, { 'shop / buy': then('bad', 'good', 'bad') });
    expect(
      report.results.map(({ outcome, watch, cause }) => [outcome, watch?.good, watch?.bad, cause]),
    ).toEqual([
      ['pass', 3, 0, undefined],
      ['fail', 1, 2, undefined],
      ['skipped', 1, 0, '"shop / buy" did not pass'],
    ]);
  });

  it('passes a scenario whose last round was bad within the limit', async () => {
    const steps = ['in', 'buy'].map((name) => `{ name: ${name}, http: /, expect: { status: 200 } }`);
    const text = `watch: { for: 20s, interval: 10s, failure-limit: 1 }\nscenarios:\n  - { name: shop, steps: [${steps.join(', ')}] }`;
    const { report } = await play(text, { 'shop / in': then('good', 'bad') });
    expect([report.outcome, report.results.map(({ outcome }) => outcome)]).toEqual([
      'pass',
      ['pass', 'pass'],
    ]);
  });

  it('leaves out what may count twice, and is refused when that is every gate', async () => {
    const post = '{ name: post, http: POST /, expect: { status: 200 } }';
    const watched = `watch: { for: 60s }\nchecks: [${post}]`;
    const failure: ActionFailure = await check(watched, { variables: { url: 'http://127.0.0.1:9' } }).then(
      () => expect.unreachable(),
      (error) => error,
    );
    expect(failure.details).toEqual([
      'checks:2:10: Nothing can be watched: every gate sends what may count twice. Set `retry: { unsafe: true }` where repeating it is harmless.',
    ]);
  });
});

describe('the language of a watch refuses', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'no time',
      'watch: { interval: 5s }',
      ['checks:1:8: `watch` needs `for`: how long the verdict is watched over.'],
    ],
    [
      'a time without a round',
      'watch: { for: 5s }',
      ['checks:1:8: `for` must hold one `interval` at least: nothing would be watched.'],
    ],
    [
      'limits that cannot be crossed',
      'watch: { for: 60s, interval: 20s, failure-limit: 3, consecutive-failure-limit: 9, failure-rate: { max: 5% } }',
      [
        'checks:1:50: `failure-limit` can be crossed after 4 rounds, and the watch has 3.',
        'checks:1:80: `consecutive-failure-limit` can be crossed after 10 rounds, and the watch has 3.',
        'checks:1:97: `failure-rate` can be crossed after 20 rounds, and the watch has 3.',
      ],
    ],
    [
      'a rate without a share',
      'watch: { for: 60s, failure-rate: {} }',
      ['checks:1:34: `failure-rate` needs `max`, such as 5%.'],
    ],
  ])('%s', async (_, watch, messages) => {
    const failure: ActionFailure = await loadChecks(`${watch}\nchecks:\n${named('home')}`, {
      root: '.',
    }).then(
      () => expect.unreachable(),
      (error) => error,
    );
    expect(failure.details).toEqual(messages);
  });

  it('limits of a check without a watch of the file', async () => {
    const failure: ActionFailure = await loadChecks(
      `checks:\n${named('home', 'watch: { failure-limit: 1 }')}`,
      {
        root: '.',
      },
    ).then(
      () => expect.unreachable(),
      (error) => error,
    );
    expect(failure.details).toEqual([
      'checks:2:53: `watch` of a check sets its limits; how long is said by `watch` at the top of the file.',
    ]);
  });
});
