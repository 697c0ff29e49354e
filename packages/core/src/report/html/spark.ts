import { element } from '../../text/html.ts';
import { durationWords } from '../../text/markdown.ts';

const most = 60;

/** Values as a small line from zero up, the newest of many; nothing for fewer than two. */
export function spark(values: readonly number[]): string {
  if (values.length < 2) return '';
  const shown = values.slice(-most);
  const top = Math.max(1, ...shown);
  const step = 100 / (shown.length - 1);
  const points = shown.map((value, index) => [round(index * step), round(22 - (value / top) * 20)] as const);
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  const least = durationWords(Math.min(...shown));
  const label = `${shown.length} times, from ${least} to ${durationWords(Math.max(...shown))}, the last ${durationWords(shown.at(-1) ?? 0)}`;
  const area = element('polygon', { points: `0,22 ${coordinates(points)} 100,22` }, '');
  const line = element('polyline', { points: coordinates(points) }, '');
  const end = element('circle', { cx: lastX, cy: lastY, r: 2 }, '');
  return element(
    'svg',
    { class: 'spark', viewBox: '-3 -1 106 25', role: 'img', 'aria-label': label },
    element('title', {}, label) + area + line + end,
  );
}

function coordinates(points: readonly (readonly [number, number])[]): string {
  return points.map((point) => point.join(',')).join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
