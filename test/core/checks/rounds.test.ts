import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../support/virtual-clock.ts';
import type { Meets } from './scripted.ts';
import { named, play } from './scripted.ts';

const window = (successes: number, interval: string) =>
  `window: { successes: ${successes}, interval: ${interval} }`;
const retry = 'defaults: { retry: { until: 60s, interval: 1s, backoff: 1, jitter: 0% } }\n';

describe('the window of a check', () => {
  it('has its own interval and its own count', async () => {
    const text = `checks:\n${named('often', window(3, '5s'))}${named('seldom', window(2, '12s'))}`;
    const { report, asked } = await play(text, {});
    expect(asked).toEqual({ often: [0, 5, 10], seldom: [0, 12] });
    expect([report.outcome, report.successes]).toEqual(['pass', { reached: 3, wanted: 3 }]);
  });

  it('of others is not waited for by the verdict', async () => {
    const text = `checks:\n${named('one', window(1, '5m'))}${named('two', window(2, '5s'))}`;
    expect((await play(text, {})).lasted).toBe(5);
  });

  it('goes on after its count while others hold, and a bad round then still counts', async () => {
    const text = `${retry}checks:\n${named('a', window(2, '5s'))}${named('b', window(2, '18s'))}`;
    const { report, asked } = await play(text, { a: ['good', 'good', 'bad', 'good', 'bad'] });
    expect(asked.a?.slice(0, 6)).toEqual([0, 5, 10, 11, 16, 17]);
    expect([report.outcome, report.results.map(({ outcome }) => outcome)]).toEqual([
      'fail',
      ['fail', 'pass'],
    ]);
  });

  it('ends with its own deadline', async () => {
    const text = `checks:\n${named('a', `${window(9, '5s')}, retry: { until: 12s }`)}${named('b', window(2, '20s'))}`;
    const { report, asked } = await play(text, {});
    expect(asked.a).toEqual([0, 5, 10]);
    expect(report.results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['inconclusive', 'not-stable'],
      ['pass', 'verified'],
    ]);
  });
});

describe('a gate that is lost', () => {
  const ends = ({ report }: Awaited<ReturnType<typeof play>>) =>
    report.results.map(({ name, outcome, reason }) => `${name}: ${outcome}/${reason}`);
  const good = named('good', window(3, '5s'));

  it.each<[string, string, Record<string, Meets[]>, readonly string[]]>([
    [
      'while settling',
      `checks:\n${good}${named('lost', window(3, '5s'))}`,
      { lost: ['bad'] },
      ['good: pass/verified', 'lost: fail/checks-failed'],
    ],
    [
      'while holding',
      `checks:\n${good}${named('lost', window(3, '4s'))}`,
      { lost: ['good', 'bad'] },
      ['good: pass/verified', 'lost: fail/checks-failed'],
    ],
    [
      'by fail-fast',
      `fail-fast: true\nchecks:\n${good}${named('lost', window(3, '5s'))}`,
      { lost: ['bad'] },
      ['good: pass/verified', 'lost: fail/checks-failed'],
    ],
    [
      'as a later step of the scenario',
      `window: { successes: 3 }\nscenarios:\n- name: s\n  steps:\n${named('in')}${named('out')}`,
      { 's / out': ['bad'] },
      ['s / in: pass/verified', 's / out: fail/checks-failed'],
    ],
    [
      'after another’s own time, which that one then lacked',
      `checks:\n${named('short', `${window(9, '5s')}, retry: { until: 12s }`)}${named('lost', window(9, '20s'))}`,
      { lost: ['good', 'bad'] },
      ['short: inconclusive/not-stable', 'lost: fail/checks-failed'],
    ],
  ])('%s leaves what held as often as it was asked passed', async (_, text, scripts, results) => {
    const played = await play(text, scripts);
    expect([played.report.outcome, ends(played)]).toEqual(['fail', results]);
  });
});

describe('the release check', () => {
  const text = `${retry}release: { jsonpath: $.commit }\nchecks:\n${named('home', 'retry: { until: 5s, interval: 1s, jitter: 0% }')}`;

  it('comes first: the others are not asked while the old build serves', async () => {
    const { report, asked } = await play(text, { release: ['bad', 'bad', 'good'], home: ['bad', 'good'] });
    expect([report.outcome, asked]).toEqual(['pass', { release: [0, 1, 2], home: [2, 3] }]);
  });

  it('that can only report keeps nobody waiting', async () => {
    const { report, asked } = await play(text, { release: ['bad'] }, { release: {} });
    expect([report.outcome, asked.home]).toEqual(['pass', [0]]);
  });

  it('that fails leaves one look at the others', async () => {
    const { report, asked } = await play(text, { release: ['bad'], home: ['bad'] });
    expect([report.outcome, asked.home, asked.release?.length]).toEqual(['fail', [59], 60]);
  });
});

describe('fail-fast', () => {
  const text = (failFast: boolean) =>
    `fail-fast: ${failFast}\nconcurrency: 2\n${retry}checks:\n${named('bad', 'retry: { attempts: 2, until: 9s, interval: 1s, jitter: 0% }')}${named('slow')}${named('later', 'delay: 9s')}${named('never', 'delay: 20s')}`;
  const scripts: Record<string, Meets[]> = { bad: ['bad'], slow: ['bad'] };

  it('ends the run at the first gate that fails for good', async () => {
    const { report, asked, lasted } = await play(text(true), scripts);
    expect([asked, lasted]).toEqual([{ bad: [0, 1], slow: [0] }, 1]);
    expect(report.results.map(({ name, outcome, reason }) => [name, outcome, reason])).toEqual([
      ['bad', 'fail', 'checks-failed'],
      ['slow', 'fail', 'checks-failed'],
      ['later', 'skipped', 'fail-fast'],
      ['never', 'skipped', 'fail-fast'],
    ]);
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });

  it('off lets every check come to its own end', async () => {
    const { report, asked } = await play(text(false), scripts);
    expect([asked.later, asked.never, asked.slow?.length]).toEqual([[9], [20], 60]);
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'pass', 'pass']);
  });
});

describe('the wall clock', () => {
  it('may step back without anything being tried more or less often', async () => {
    class SteppingBack extends VirtualClock {
      #asked = 0;
      override now(): number {
        return super.now() - 3_600_000 * this.#asked++;
      }
    }
    const text = `${retry}watch: { for: 30s, interval: 10s, failure-limit: 1 }\nchecks:\n${named('a', window(2, '5s'))}`;
    const scripts: Record<string, Meets[]> = { a: ['bad', 'good', 'good', 'bad', 'good'] };
    const stepping = await play(text, scripts, { clock: new SteppingBack() });
    const steady = await play(text, scripts);
    expect([stepping.asked, stepping.lasted, stepping.report.results]).toEqual([
      steady.asked,
      steady.lasted,
      steady.report.results,
    ]);
    expect(steady.asked.a).toEqual([0, 1, 6, 16, 26, 36]);
  });
});

describe('a run that is aborted before its verdict', () => {
  it.each<[string, string, number]>([
    ['while a check waits for its next try', named('a', 'retry: { until: 60s }'), 1],
    ['while a window is held', named('a', window(3, '5s')), 2],
    ['at its last attempt', named('a'), 1],
  ])('%s rejects with the reason', async (_, checks, attempt) => {
    const abort = new AbortController();
    const meets: Meets = checks.includes('until') ? 'bad' : 'good';
    const run = play(
      `checks:\n${checks}`,
      { a: [meets] },
      {
        signal: abort.signal,
        onProgress: (one) => one.attempt === attempt && abort.abort(new Error('cancelled')),
      },
    );
    await expect(run).rejects.toThrow('cancelled');
  });
});
