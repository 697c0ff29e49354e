import { foldRecord, readOpening } from './fold.ts';
import type { GitHubApi } from './github-api.ts';
import { Unreadable } from './read.ts';
import { graphqlEntries } from './read-graphql.ts';
import { restEntries } from './read-rest.ts';
import type { LedgerRecord } from './record.ts';

/** Where records come from, in the order they are tried. By REST a record costs a call: so many keep a deploy within twenty. */
const sources = [
  { entries: graphqlEntries, recordsAtMost: Number.POSITIVE_INFINITY },
  { entries: restEntries, recordsAtMost: 8 },
];

export interface Wanted {
  readonly environment: string;
  readonly service: string;
  /** Called when older records are left unread because each would cost a call. */
  readonly onCut: (recordsAtMost: number) => void;
}

/** The records of a service in an environment, newest first; foreign ones are passed over. Throws Unreadable. */
export async function* readHistory(api: GitHubApi, wanted: Wanted): AsyncGenerator<LedgerRecord> {
  const seen = new Set<string>();
  let last = new Unreadable('');
  for (const source of sources) {
    try {
      yield* readSource(source, { api, wanted, seen });
      return;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      last = error;
    }
  }
  throw last;
}

/** `seen` outlives a source that breaks off, and a page that moved because a record was added meanwhile. */
async function* readSource(
  source: (typeof sources)[number],
  reading: { readonly api: GitHubApi; readonly wanted: Wanted; readonly seen: Set<string> },
): AsyncGenerator<LedgerRecord> {
  const { api, wanted, seen } = reading;
  let records = 0;
  for await (const entry of source.entries(api, wanted.environment)) {
    const opening = seen.has(entry.id) ? undefined : readOpening(entry);
    if (opening?.intent.service !== wanted.service) continue;
    if (records === source.recordsAtMost) return wanted.onCut(source.recordsAtMost);
    records += 1;
    const record = foldRecord(opening, await entry.statuses());
    seen.add(entry.id);
    yield record;
  }
}
