import type { JournalEntry } from '#local-cloud';

/** What the action reads of the app and its machines; flyctl reads the same, and says who it is. */
const looks = ['graphql.app.releases', 'flaps.machines.list', 'flaps.lease.get'];

/**
 * From the last answer the action got before it let flyctl change anything, to flyctl's first question for a lease:
 * whatever others do in between, nobody has seen. Milliseconds.
 */
export function lookToLeaseMs(entries: readonly JournalEntry[]): number {
  const lease = entries.find(({ route }) => route === 'flaps.lease.create');
  if (lease === undefined) throw new Error('flyctl asked for no lease.');
  const look = entries.findLast(
    ({ seq, route, headers }) =>
      seq < lease.seq && looks.includes(route ?? '') && !/flyctl/.test(headers['user-agent'] ?? ''),
  );
  if (look === undefined) throw new Error('The action looked at nothing before.');
  return lease.at - (look.at + (look.ms ?? 0));
}
