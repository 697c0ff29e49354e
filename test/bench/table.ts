import { type Figure, judge, summarise, type Unit } from './figure.ts';

const digits: Readonly<Record<Unit, number>> = { '×': 2, ms: 0, kB: 0, MB: 0, calls: 0, 'requests/s': 2 };

const headings = ['figure', 'median', 'min … max', 'n', 'bar', ''] as const;

/** The figures as a table for a terminal, each with what it was made of on a line of its own. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map(row);
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((cells) => cells[column] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) => cells.map((cell, at) => pad(cell, widths[at], at)).join('  ');
  const lines = figures.flatMap(({ how }, at) => [line(rows[at] ?? []), `    ${how}`]);
  return [line(headings), ...lines].map((text) => `${text.trimEnd()}\n`).join('');
}

function row(figure: Figure): readonly string[] {
  const { name, unit, values, atMost } = figure;
  const { median, min, max } = summarise(values);
  const show = (value: number) => value.toFixed(digits[unit]);
  const bar = atMost === undefined ? '' : `≤ ${show(atMost)} ${unit}`;
  const range = values.length === 1 ? '' : `${show(min)} … ${show(max)}`;
  return [name, `${show(median)} ${unit}`, range, String(values.length), bar, judge(figure)];
}

/** Names and verdicts stand left, numbers right. */
function pad(cell: string, width = 0, column: number): string {
  return column === 0 || column === headings.length - 1 ? cell.padEnd(width) : cell.padStart(width);
}
