const width = 110;

/** JSON as Biome formats it, so that a generated file passes the same check as a written one. */
export function printJson(value: unknown, indent = '', room = width): string {
  if (Array.isArray(value)) {
    const line = inline(value);
    if (line !== undefined && line.length <= room) return line;
    return block(
      '[]',
      value.map((item) => printJson(item, `${indent}  `)),
      indent,
    );
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => {
    const head = `${JSON.stringify(key)}: `;
    return head + printJson(inner, `${indent}  `, width - indent.length - 3 - head.length);
  });
  return entries.length === 0 ? '{}' : block('{}', entries, indent);
}

/** Lists of plain values, and of what is empty, stand on one line where they fit. */
function inline(items: readonly unknown[]): string | undefined {
  const isNested = (item: unknown) =>
    typeof item === 'object' && item !== null && Object.keys(item).length > 0;
  if (items.some(isNested)) return undefined;
  return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
}

function block(brackets: '[]' | '{}', lines: readonly string[], indent: string): string {
  const [open, close] = brackets;
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}
