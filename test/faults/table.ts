import type { Case } from './case.ts';
import type { Played } from './lane.ts';

/** A case that was played, and everything that was wrong with it. */
export interface Judged {
  readonly tried: Case;
  readonly played: Played;
  readonly wrongs: readonly string[];
}

export function nameOf({ story, request, kind }: Case): string {
  return `${story.name}, ${request}, ${kind}`;
}

/** `[ 12/700] deploy, flyctl flaps.lease.create #2, 503 → rejected/lease-held/old ok 1834 ms`. */
export function lineOf({ tried, played, wrongs }: Judged, place: string): string {
  const { outcome, reason, serving, durationMs } = played.said;
  const verdict = wrongs.length === 0 ? 'ok' : `WRONG: ${wrongs.join('; ')}`;
  return `${place} ${nameOf(tried)} → ${outcome}/${reason}/${serving} ${verdict} ${Math.round(durationMs)} ms`;
}

/** How often each kind of fault ended in each outcome. */
export function outcomesByKind(all: readonly Judged[]): readonly string[] {
  const outcomes = [...new Set(all.map(({ played }) => played.said.outcome))].sort();
  const kinds = Map.groupBy(all, ({ tried }) => (tried.lasting ? `${tried.kind} for good` : tried.kind));
  const rows = [...kinds].map(([kind, cases]) => {
    const counts = outcomes.map((outcome) => count(cases, (said) => said.outcome === outcome));
    return [kind, ...counts, cases.filter(({ wrongs }) => wrongs.length > 0).length, cases.length];
  });
  return columns([['fault', ...outcomes, 'wrong', 'all'], ...rows]);
}

function count(cases: readonly Judged[], holds: (said: Played['said']) => boolean): number {
  return cases.filter(({ played }) => holds(played.said)).length;
}

function columns(rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? String(cell).padEnd(widths[at] ?? 0) : String(cell).padStart(widths[at] ?? 0),
      )
      .join('  '),
  );
}
