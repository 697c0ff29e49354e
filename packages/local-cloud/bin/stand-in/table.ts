import { out } from './terminal.ts';

/** flyctl's tables: columns as wide as their widest cell, an empty line after them. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  for (const row of all) out(` ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' │ ')} `);
  out('');
}
