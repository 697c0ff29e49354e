import { out } from './terminal.ts';

type Row = readonly string[];

/** flyctl's tables: columns as wide as their widest cell, an empty line after them. */
export function printTable(head: Row, rows: readonly Row[]): void {
  for (const line of linesOf([head, ...rows])) out(line);
  out('');
}

/** The other kind it has, with a line below the head. */
export function simpleTable(head: Row, rows: readonly Row[]): readonly string[] {
  const [first = '', ...rest] = linesOf([head, ...rows]);
  return [first, first.replace(/[^│]/g, '─').replaceAll('│', '┼'), ...rest];
}

function linesOf(all: readonly Row[]): string[] {
  const columns = Math.max(...all.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all.map((row) => ` ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' │ ')} `);
}
