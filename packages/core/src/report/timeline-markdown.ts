import type { TimelineStep } from '../rollout/timeline.ts';
import { codeBlock, escapeMarkdown, table } from '../text/markdown.ts';

/** Times are told in tenths of a second: the finest that a person adds up. */
const unitMs = 100;

/**
 * The steps as Markdown, each at its time since the first. With `durationMs`, which is how long all of it took, the
 * rows add up to it: what lay between the steps has one of its own.
 */
export function timelineTable(steps: readonly TimelineStep[], durationMs?: number): string {
  const from = begin(steps);
  const counted = steps.map(({ within, durationMs: ms }) => (within === undefined ? ms : 0));
  const spent = counted.reduce((sum, ms) => sum + ms, 0);
  const took = addingUp([...counted, Math.max(0, (durationMs ?? spent) - spent)]);
  const rows = steps.map((step, at) => [
    elapsed(Date.parse(step.started) - from),
    `${step.failed === true ? '❌ ' : ''}${escapeMarkdown(step.name)}`,
    step.within === undefined ? (took[at] ?? '') : `(${addingUp([step.durationMs])[0]})`,
    escapeMarkdown(step.note),
  ]);
  if (durationMs === undefined) return table(columns, rows);
  const [between = ''] = took.slice(steps.length);
  const total = addingUp([Math.max(durationMs, spent)]);
  return table(columns, [
    ...rows,
    ['', 'before, between and after', between, ''],
    ['', '**in all**', `**${total[0]}**`, ''],
  ]);
}

function begin(steps: readonly TimelineStep[]): number {
  return Math.min(...steps.map(({ started }) => Date.parse(started)));
}

const columns = ['At', 'Step', 'Took', 'Note'];

/** Each rounded so that a sum of what is shown is the rounded sum. */
function addingUp(durations: readonly number[]): readonly string[] {
  let exact = 0;
  let shown = 0;
  return durations.map((ms) => {
    exact += ms;
    const units = Math.round(exact / unitMs) - shown;
    shown += units;
    return `${(units / 10).toFixed(1)} s`;
  });
}

/** `01:05` since the start. */
function elapsed(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (!Number.isFinite(seconds)) return '';
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** The same as a chart, what failed as critical. A clock of its own: an axis of moments would be in the reader's zone. */
export function gantt(title: string, steps: readonly TimelineStep[]): string {
  const from = begin(steps);
  const rows = steps.map((step, index) => {
    const crit = step.failed === true ? 'crit, ' : '';
    const start = clock(Date.parse(step.started) - from);
    return `  ${step.name.replace(/[^\w -]/g, ' ')} :${crit}s${index}, ${start}, ${Math.max(1, step.durationMs)}ms`;
  });
  const head = [
    'gantt',
    `  title ${title.replace(/[^\w/. -]/g, ' ')}`,
    '  dateFormat HH:mm:ss.SSS',
    '  axisFormat %M:%S',
  ];
  return codeBlock([...head, ...rows].join('\n'), 'mermaid');
}

function clock(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes, seconds] = [3_600_000, 60_000, 1000].map((unit) => Math.floor(whole / unit));
  const millis = String(whole % 1000).padStart(3, '0');
  return `${two(hours ?? 0)}:${two((minutes ?? 0) % 60)}:${two((seconds ?? 0) % 60)}.${millis}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
