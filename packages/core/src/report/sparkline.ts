const bars = '▁▂▃▄▅▆▇█';

/**
 * Values as a line of bars, at most `most` of them, the newest kept: `[40, 42, 300]` → `▁▁█`. The lowest bar is zero,
 * not the least value, so that noise does not look like a cliff. Fewer than two values draw nothing.
 */
export function sparkline(values: readonly number[], most = 20): string {
  if (values.length < 2) return '';
  const shown = values.slice(-most);
  const top = Math.max(...shown);
  return shown.map((value) => bars[top <= 0 ? 0 : Math.min(7, Math.floor((value / top) * 8))]).join('');
}
