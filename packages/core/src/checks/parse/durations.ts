import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/y;

/** `90s`, `1.5m` or `1h30m` as milliseconds; undefined when the text is not a duration or has no unit. */
export function milliseconds(text: string): number | undefined {
  let total = 0;
  part.lastIndex = 0;
  let end = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    total += Number(match[1]) * (units[match[2] ?? ''] ?? 0);
    end = part.lastIndex;
  }
  return end === text.length && end > 0 ? total : undefined;
}

/** A duration of the check file. A bare number is refused: other tools read it as ms or as s, each differently. */
export function duration(at: Cursor): number | undefined {
  const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
  if (ms !== undefined) return ms;
  if (typeof at.value === 'number') {
    if (at.value === 0) return 0;
    return at.fail(
      `\`${at.key}\` is ${at.value} without a unit. Write ${at.value}ms, ${at.value}s or ${at.value}m.`,
    );
  }
  return at.fail(`\`${at.key}\` must be a duration such as 500ms, 90s or 5m, not ${shown(at.value)}.`);
}
