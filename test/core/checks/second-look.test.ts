import { describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import type { Meets, PlayOptions, Scripts } from './scripted.ts';
import { named, play } from './scripted.ts';

const inRollout = (text: string, scripts: Scripts, options: PlayOptions = {}) =>
  play(text, scripts, { looksTwice: true, ...options });

const home = (settings = '') => `checks:\n${named('home', settings)}`;
const ends = ({ outcome, reason }: ChecksReport) => `${outcome}/${reason}`;
const warnings = ({ results }: ChecksReport) =>
  results.flatMap(({ name, warnings: all = [] }) => all.map(({ message }) => `${name}: ${message}`));

describe('a gate without a retry of its own', () => {
  it.each<[string, Meets[], string, readonly number[]]>([
    ['that meets one 503 is asked again', ['unavailable', 'good'], 'pass/verified', [0, 5]],
    ['that is refused once is asked again', ['refused', 'good'], 'pass/verified', [0, 5]],
    ['that is not answered once is asked again', ['silent', 'good'], 'pass/verified', [0, 10]],
    [
      'that is refused has 30 s to come good',
      ['refused', 'refused', 'unavailable', 'refused', 'refused', 'good'],
      'pass/verified',
      [0, 5, 10, 15, 20, 25],
    ],
    ['that is refused for 30 s has failed', ['refused'], 'fail/checks-failed', [0, 5, 10, 15, 20, 25]],
    [
      'that is asked to wait waits as long',
      ['asked to wait', 'asked to wait', 'good'],
      'pass/verified',
      [0, 12, 24],
    ],
    ['that fails otherwise is asked again once', ['bad', 'good'], 'pass/verified', [0, 5]],
    ['that fails twice has failed', ['bad', 'bad', 'good'], 'fail/checks-failed', [0, 5]],
    ['that is limited twice has failed: it was reached', ['limited'], 'fail/checks-failed', [0, 5]],
    ['that shows a bad certificate twice has failed', ['untrusted'], 'fail/checks-failed', [0, 5]],
    [
      'that comes up and fails is asked again once',
      ['refused', 'refused', 'bad', 'good'],
      'pass/verified',
      [0, 5, 10, 15],
    ],
    [
      'that goes up and down is not asked for ever',
      ['bad', 'refused', 'bad', 'good'],
      'fail/checks-failed',
      [0, 5, 10],
    ],
    ['that is in error is not asked again', ['error', 'good'], 'error/checks-error', [0]],
    [
      'that cannot be judged is not asked again',
      ['unknown', 'good'],
      'inconclusive/platform-unreachable',
      [0],
    ],
    ['that passes is not asked again', ['good', 'bad'], 'pass/verified', [0]],
  ])('%s', async (_, script, outcome, times) => {
    const { report, asked } = await inRollout(home(), { home: script });
    expect([ends(report), asked.home]).toEqual([outcome, times]);
  });

  it('is asked once where no traffic would move', async () => {
    const { report, asked } = await play(home(), { home: ['unavailable', 'good'] });
    expect([ends(report), asked.home, warnings(report)]).toEqual(['fail/checks-failed', [0], []]);
  });

  it('is asked once before the change, whatever is wanted', async () => {
    const { report, asked } = await inRollout(home(), { home: ['refused', 'good'] }, { mode: 'once' });
    expect([ends(report), asked.home]).toEqual(['fail/checks-failed', [0]]);
  });

  it('is not asked again when no time is left for it', async () => {
    const { report, asked } = await inRollout(home(), { home: ['bad'] }, { budgetMs: 5_000 });
    expect([ends(report), asked.home]).toEqual(['fail/checks-failed', [0]]);
  });

  it('stays failed when the second attempt is cut short by the end of the time', async () => {
    const { report, asked, lasted } = await inRollout(
      home(),
      { home: ['bad', 'silent'] },
      { budgetMs: 7_000 },
    );
    expect([ends(report), asked.home, lasted]).toEqual(['fail/checks-failed', [0, 5], 7]);
  });

  it('that failed so at connection level before the change still proves nothing', async () => {
    const scripts: Scripts = { home: ['refused'] };
    const { report: previous } = await inRollout(home(), scripts, { mode: 'once' });
    const { report } = await inRollout(home(), scripts, { previous });
    expect(ends(report)).toBe('inconclusive/unreachable-before');
  });
});

describe('what is not looked at twice', () => {
  it.each<[string, string, readonly number[]]>([
    ['a gate whose retry says how often', 'retry: { attempts: 1 }', [0]],
    [
      'a gate whose retry says how long',
      'retry: { until: 3s, interval: 1s, backoff: 1, jitter: 0% }',
      [0, 1, 2],
    ],
    ['a check that decides nothing', 'severity: advisory', [0]],
  ])('%s', async (_, settings, times) => {
    const text = `checks:\n${named('home', settings)}${named('gate')}`;
    expect((await inRollout(text, { home: ['bad'] })).asked.home).toEqual(times);
  });

  it('a request that may count twice, unless the check says that it does not matter', async () => {
    const options = { mayCountTwice: ['home'] };
    const once = await inRollout(home(), { home: ['refused', 'good'] }, options);
    expect([ends(once.report), once.asked.home]).toEqual(['fail/checks-failed', [0]]);
    const again = await inRollout(home('retry: { unsafe: true }'), { home: ['refused', 'good'] }, options);
    expect([ends(again.report), again.asked.home]).toEqual(['pass/verified', [0, 5]]);
  });

  it('a round of a watch: its limits say what may go wrong', async () => {
    const text = `watch: { for: 30s, interval: 10s, failure-limit: 0 }\n${home()}`;
    const { report, asked } = await inRollout(text, { home: ['good', 'bad', 'good'] });
    expect([ends(report), asked.home]).toEqual(['fail/checks-failed', [0, 10]]);
  });
});

describe('a window', () => {
  const window = (hold: string) => home(`window: { successes: 3, interval: 10s, hold: ${hold} }`);

  it('counts anew after a blip', async () => {
    const { report, asked } = await inRollout(window('reset'), {
      home: ['good', 'bad', 'good', 'good', 'good'],
    });
    expect([ends(report), asked.home]).toEqual(['pass/verified', [0, 10, 15, 25, 35]]);
  });

  it('is lost by the second of them: a service that goes up and down is not stable', async () => {
    const { report, asked } = await inRollout(window('reset'), {
      home: ['good', 'bad', 'good', 'bad', 'good'],
    });
    expect([ends(report), asked.home]).toEqual(['fail/checks-failed', [0, 10, 15, 25]]);
  });

  it('that is strict allows none', async () => {
    const { report, asked } = await inRollout(window('strict'), { home: ['good', 'bad', 'good'] });
    expect([ends(report), asked.home]).toEqual(['fail/checks-failed', [0, 10]]);
  });
});

describe('a scenario', () => {
  const text = (settings = '') =>
    `scenarios:\n- name: s\n  steps:\n${named('in')}${named('order', settings)}`;

  it('is asked again as a whole', async () => {
    const { report, asked } = await inRollout(text(), { 's / order': ['bad', 'good'] });
    expect([ends(report), asked]).toEqual(['pass/verified', { 's / in': [0, 5], 's / order': [0, 5] }]);
  });

  it('has 30 s to come good where a step does not reach the service', async () => {
    const { report, asked } = await inRollout(text(), { 's / in': ['refused', 'refused', 'good'] });
    expect([ends(report), asked]).toEqual(['pass/verified', { 's / in': [0, 5, 10], 's / order': [10] }]);
  });

  it.each<[string, Scripts, readonly number[]]>([
    [
      'is not asked again once something was sent that may count twice',
      { 's / order': ['bad', 'good'] },
      [0],
    ],
    ['is asked again while nothing of the kind was sent', { 's / in': ['bad', 'good'] }, [0, 5]],
  ])('%s', async (_, scripts, times) => {
    const { asked } = await inRollout(text(), scripts, { mayCountTwice: ['s / order'] });
    expect(asked['s / in']).toEqual(times);
  });

  it('is left to the retry of the step that failed', async () => {
    const own = 'retry: { attempts: 2, interval: 1s, jitter: 0% }';
    const { report, asked } = await inRollout(text(own), { 's / order': ['bad'] });
    expect([ends(report), asked]).toEqual(['fail/checks-failed', { 's / in': [0], 's / order': [0, 1] }]);
  });
});

describe('the report', () => {
  it.each<[string, Meets[], string]>([
    ['one blip', ['unavailable', 'good'], 'home: 503 at first, asked again after 5 s: “good”'],
    [
      'a slow start',
      ['refused', 'refused', 'good'],
      'home: “refused” at first, asked again 2 times within 10 s: “good”',
    ],
    [
      'a failure that stays',
      ['bad'],
      'home: “status: expected equals 200, got 500” at first, asked again after 5 s: “status: expected equals 200, got 500”',
    ],
  ])('says of %s what was asked again and why', async (_, script, said) => {
    const { report, notes } = await inRollout(home(), { home: script });
    expect([warnings(report), notes]).toEqual([[said], [`${said}.`]]);
  });
});
