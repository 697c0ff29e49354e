import type { Parsed } from './parsed.ts';
import { problem, shown, value } from './parsed.ts';

const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
const shape = /^(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/;

/** Reads `90s`, `5m`, `1h30m` or `500ms` as milliseconds. A bare `30` is refused: tools disagree on its unit. */
export function parseDuration(text: string): Parsed<number> {
  if (/^\d+$/.test(text)) {
    return problem(`is ${shown(text)}, which has no unit. Write ${text}s, ${text}m or ${text}h.`);
  }
  const parts = shape.exec(text)?.groups;
  if (parts === undefined || text === '') {
    return problem(`is ${shown(text)}, which is not a duration. Write 500ms, 90s, 5m or 1h30m.`);
  }
  let ms = 0;
  for (const [unit, factor] of Object.entries(units)) ms += Number(parts[unit] ?? 0) * factor;
  return Number.isSafeInteger(ms) ? value(ms) : problem(`is ${shown(text)}, which is too long to count.`);
}

/** Milliseconds as an input would state them: `90000` → `1m30s`. */
export function durationText(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [unit, factor] of Object.entries(units)) {
    const count = Math.floor(rest / factor);
    rest -= count * factor;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
