import { clientsOf, closedAt, goesBefore, isGreen, keepsTurn, openedAt } from './facts.ts';
import type { PlayedRace } from './race.ts';
import { calm } from './rules-of-calm.ts';

/** How often each thing happened that a schedule is there for. */
export type Tally = Record<
  | 'schedules'
  | 'calm ones'
  | 'runs'
  | 'greens'
  | 'waited for another'
  | 'passed one whose run was over'
  | 'passed one whose budget was over'
  | 'superseded'
  | 'restored'
  | 'killed'
  | 'cancelled'
  | 'with a stranger',
  number
>;

export function emptyTally(): Tally {
  return {
    ...{
      schedules: 0,
      'calm ones': 0,
      runs: 0,
      greens: 0,
      'waited for another': 0,
      'passed one whose run was over': 0,
    },
    'passed one whose budget was over': 0,
    superseded: 0,
    restored: 0,
    killed: 0,
    cancelled: 0,
    'with a stranger': 0,
  };
}

export function count(tally: Tally, played: PlayedRace): void {
  tally.schedules += 1;
  if (calm(played).length > 0) tally['calm ones'] += 1;
  if (played.script.stranger !== undefined) tally['with a stranger'] += 1;
  for (const raced of played.runs) {
    tally.runs += 1;
    if (isGreen(raced)) tally.greens += 1;
    if (raced.isGone) tally.killed += 1;
    if (raced.said?.outcome === 'cancelled') tally.cancelled += 1;
    if (raced.said?.reason === 'superseded') tally.superseded += 1;
    if (raced.said?.outcome === 'restored' && raced.run.asked.kind === 'deploy') tally.restored += 1;
    if (raced.turns.some(({ answer }) => answer === 'held')) tally['waited for another'] += 1;
    const [passed] = passedBy(played, raced);
    if (passed === undefined) continue;
    if (raced.over.size > 0) tally['passed one whose run was over'] += 1;
    else tally['passed one whose budget was over'] += 1;
  }
}

/** Those that went first, and had not given their turn back when a run began its change. */
function passedBy(played: PlayedRace, raced: PlayedRace['runs'][number]) {
  const [client] = clientsOf(played, raced);
  const opened = openedAt(played, raced);
  if (client === undefined || opened === undefined || !keepsTurn(raced)) return [];
  return played.runs.filter((other) => {
    const at = openedAt(played, other);
    if (
      other === raced ||
      at === undefined ||
      !goesBefore(played, other, raced) ||
      !raced.turns.some(({ answer }) => answer === 'held')
    )
      return false;
    return (closedAt(played, other) ?? Number.POSITIVE_INFINITY) > client.startedAt;
  });
}

/** `1000 schedules, 2504 runs, 1043 greens, …`. */
export function describeTally(tally: Tally): string {
  return Object.entries(tally)
    .map(([what, times]) => `${times} ${what}`)
    .join(', ');
}
