import type { Recorded, Seen } from './case.ts';

/** What an exit code was worth: true, or a green or red that was not. */
export type Worth = 'true' | 'false green' | 'false red';

type Promised = Pick<Recorded, 'wanted' | 'before' | 'runs'>;

export interface Judged {
  /** Of the client's exit code. */
  readonly worth: Worth;
  /** Whether Belay's verdict was true. */
  readonly holds: boolean;
}

export function judged(recorded: Recorded): Judged {
  const { client, belay } = recorded;
  return { worth: worthOfExit(client.exit, client.seen, recorded), holds: holds(belay, recorded) };
}

/** A green says that the wanted version answers everybody and that all that ran runs, of that version; a red denies it. */
function worthOfExit(exit: number, seen: Seen, { wanted, runs }: Promised): Worth {
  const serves = servesWhole(seen, wanted, runs);
  if (exit === 0) return serves ? 'true' : 'false green';
  return serves ? 'false red' : 'true';
}

/** A verdict claims more than an exit code: what serves. */
function holds({ exit, outcome, serving, action, seen }: Recorded['belay'], promised: Promised): boolean {
  const { wanted, before, runs } = promised;
  if (exit === 0) return servesWhole(seen, wanted, runs);
  // What users get is what could not be told: of what runs alone it says something.
  if (outcome === 'inconclusive' && serving === 'new') return runsWhole(seen, wanted, runs);
  const old = action === 'rollback' ? wanted : before;
  switch (serving) {
    case 'old':
      return servesWhole(seen, old, runs);
    case 'new':
      return !servesWhole(seen, old, runs) && versionsOf(seen).size === 1;
    case 'mixed':
      return versionsOf(seen).size > 1;
    case 'nothing':
      return seen.answers.every((answer) => !isPage(answer));
    default:
      return true;
  }
}

function servesWhole(seen: Seen, version: string, runs: Promised['runs']): boolean {
  return seen.answers.every((answer) => answer === version) && runsWhole(seen, version, runs);
}

function runsWhole({ running }: Seen, version: string, runs: Promised['runs']): boolean {
  return Object.entries(runs).every(([group, count]) => {
    const versions = running[group] ?? [];
    return versions.length >= count && versions.every((one) => one === version);
  });
}

function versionsOf({ answers, running }: Seen): Set<string> {
  const answering = answers
    .map((answer) => answer.split(':')[0] ?? '')
    .filter((answer) => /^v\d/.test(answer));
  return new Set([...answering, ...Object.values(running).flat()]);
}

function isPage(answer: string): boolean {
  return /^v\d+$/.test(answer);
}
