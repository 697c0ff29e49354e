import type { Phases } from '../../checks/check-result.ts';
import { element } from '../../text/html.ts';
import { durationWords } from '../../text/markdown.ts';

/** The phases of an attempt in their order, with the words of the legend. */
export const phaseWords = {
  dns: 'name lookup',
  connect: 'connection',
  tls: 'TLS',
  firstByte: 'waiting for the answer',
  download: 'download',
  rest: 'until the end',
} as const;

type Phase = keyof typeof phaseWords;

interface Segment {
  readonly phase: Phase;
  readonly fromMs: number;
  readonly ms: number;
}

/** Phases are told as the moment each ended; what a bar shows is how long each took. */
function segmentsOf(phases: Phases): Segment[] {
  const ends = { ...phases, rest: phases.total };
  const segments: Segment[] = [];
  let fromMs = 0;
  for (const phase of Object.keys(phaseWords) as Phase[]) {
    const end = ends[phase];
    if (end === undefined || end <= fromMs) continue;
    segments.push({ phase, fromMs, ms: end - fromMs });
    fromMs = end;
  }
  return segments;
}

/** An attempt as a bar, as long as its share of `longestMs`. */
export function phaseBar(phases: Phases, longestMs: number): string {
  const segments = segmentsOf(phases);
  const scale = 1000 / Math.max(1, longestMs);
  const at = (ms: number) => Math.round(ms * scale * 10) / 10;
  const rects = segments.map(({ phase, fromMs, ms }) =>
    element('rect', { class: `p-${phase}`, x: at(fromMs), width: Math.max(2, at(ms)), height: 10 }, ''),
  );
  const label = segments.map(({ phase, ms }) => `${phaseWords[phase]} ${durationWords(ms)}`).join(', ');
  return element(
    'svg',
    {
      class: 'bar',
      viewBox: '0 0 1000 10',
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label || 'no time',
    },
    element('title', {}, label) + rects.join(''),
  );
}

export function phaseLegend(): string {
  const items = (Object.keys(phaseWords) as Phase[]).map((phase) =>
    element('li', {}, `${element('i', { class: `p-${phase}` }, '')}${phaseWords[phase]}`),
  );
  return element('ul', { class: 'legend', 'aria-label': 'Phases of an attempt' }, items.join(''));
}
