import { describe, expect, it } from 'vitest';
import { gantt, timelineTable } from '../../../packages/core/src/report/timeline-markdown.ts';
import { Timeline, type TimelineStep } from '../../../packages/core/src/rollout/timeline.ts';
import { manualClock } from '../../support/manual-clock.ts';

const started = Date.parse('2026-11-30T05:40:00Z');
const step = (name: string, atMs: number, durationMs: number, more: Partial<TimelineStep> = {}) => ({
  name,
  durationMs,
  note: '',
  ...more,
  started: new Date(started + atMs).toISOString(),
  ended: new Date(started + atMs + durationMs).toISOString(),
});

/** The seconds of a table's `Took` column, as a reader would add them up; those in brackets are part of another. */
function seconds(markdown: string): readonly number[] {
  return markdown
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ')[2] ?? '')
    .filter((cell) => !cell.startsWith('('))
    .map((cell) => Number(cell.replace(/[* s]/g, '')));
}

describe('the steps as a table', () => {
  it('tell the time since the first, what failed, and what lay between them', () => {
    const steps = [
      step('observe', 0, 120),
      step('ship', 65_150, 2_980, { note: 'v2 | alone', failed: true }),
    ];
    expect(timelineTable(steps, 69_000)).toBe(
      [
        '| At | Step | Took | Note |',
        '| --- | --- | --- | --- |',
        '| 00:00 | observe | 0.1 s |  |',
        '| 01:05 | ❌ ship | 3.0 s | v2 \\| alone |',
        '|  | before, between and after | 65.9 s |  |',
        '|  | **in all** | **69.0 s** |  |',
      ].join('\n'),
    );
  });

  it.each([
    ['many that round down', Array.from({ length: 30 }, (_, at) => step('turn', at * 100, 40)), 3_000],
    ['many that round up', Array.from({ length: 30 }, (_, at) => step('turn', at * 100, 60)), 3_000],
    [
      'one that was part of another',
      [step('snapshot', 0, 4_950, { within: 'prepare' }), step('prepare', 0, 5_010)],
      5_040,
    ],
    ['nothing between', [step('observe', 0, 333), step('ship', 333, 333)], 666],
  ])('add up to all of it: %s', (_, steps, durationMs) => {
    const told = seconds(timelineTable(steps, durationMs));
    const sum = told.slice(0, -1).reduce((total, one) => total + one, 0);
    expect([sum.toFixed(1), told.at(-1)?.toFixed(1)]).toEqual(Array(2).fill((durationMs / 1000).toFixed(1)));
  });
});

it('the chart has a clock of its own, and what failed is critical', () => {
  const steps = [step('observe', 0, 120), step('verify: x', 3_661_005, 0, { failed: true })];
  expect(gantt('fly:shop', steps)).toBe(
    [
      '```mermaid',
      'gantt',
      '  title fly shop',
      '  dateFormat HH:mm:ss.SSS',
      '  axisFormat %M:%S',
      '  observe :s0, 00:00:00.000, 120ms',
      '  verify  x :crit, s1, 01:01:01.005, 1ms',
      '```',
    ].join('\n'),
  );
});

describe('a timeline', () => {
  const inside = { note: () => 'kept', failed: () => true };

  it('knows which step was part of another, and which came to nothing good', async () => {
    const timeline = new Timeline(manualClock());
    await timeline.step('prepare', () => timeline.step('snapshot', async () => 1, inside));
    await timeline.step('ship', () => Promise.reject(new Error('refused'))).catch(() => undefined);
    const told = timeline.steps.map(({ name, note, failed, within }) => ({ name, note, failed, within }));
    expect(told).toEqual([
      { name: 'snapshot', note: 'kept', failed: true, within: 'prepare' },
      { name: 'prepare', note: '', failed: undefined, within: undefined },
      { name: 'ship', note: 'refused', failed: true, within: undefined },
    ]);
  });
});
