import type { GitHubApi } from '../github/api.ts';
import { type Copies, type Listed, Lookahead, type OpenedRecord } from './copies.ts';
import { foldRecord, readOpening } from './fold.ts';
import type { PageEnd } from './ledger.ts';
import { type Entry, pageSize, pagesAtMost, Unreadable } from './read.ts';
import { graphqlPages } from './read-graphql.ts';
import { restPages } from './read-rest.ts';
import type { Intent, LedgerRecord } from './record.ts';
import type { RecordMemory } from './record-memory.ts';
import type { Seal } from './signing.ts';

/**
 * Where records come from, in the order they are tried. By REST a record costs a call as a page does: so many of both,
 * which is eight records of the newest page, keep a deploy within 24.
 */
const sources = [
  { pages: graphqlPages, callsAtMost: Number.POSITIVE_INFINITY, costsEach: false },
  { pages: restPages, callsAtMost: 9, costsEach: true },
];

export interface HistoryRequest {
  readonly environment: string;
  /** Whether a record of this intent is among those that are wanted. */
  readonly isOf: (intent: Intent) => boolean;
  /** What was read before, and need not be read again where that costs a call. */
  readonly memory: RecordMemory;
  /** In another look at what was read before: ids of the records that may say more by now. */
  readonly open?: ReadonlySet<string> | undefined;
  /** What proves records, where there is a key. */
  readonly seal?: Seal | undefined;
  readonly copies: Copies;
  /** Older ones than this id are known to hold nothing of what is wanted. */
  readonly nothingBelow?: number | undefined;
  /** Called when older records are left unread because each would cost a call. */
  readonly onCut: (recordsRead: number) => void;
  /** Called when a record has older statuses than are read. */
  readonly onStatusesCut: (id: string, statusesAtMost: number) => void;
  /** Called with the records of a page, or the one, that decide nothing. They are not among those that are answered. */
  readonly onDoubted: (records: readonly LedgerRecord[]) => void;
}

/**
 * The records that are wanted of an environment, newest first; foreign ones are passed over, and so are those that the
 * seal does not prove. Throws Unreadable.
 */
export async function* readHistory(
  api: GitHubApi,
  wanted: HistoryRequest,
): AsyncGenerator<LedgerRecord | PageEnd> {
  const seen = new Set<string>();
  let last = new Unreadable('');
  for (const source of sources) {
    if (wanted.memory.isRefused && !source.costsEach) continue;
    try {
      yield* readSource(source, { api, wanted, seen });
      return;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      last = error;
      if (error.because === 'permission') wanted.memory.isRefused = true;
    }
  }
  throw last;
}

interface Reading {
  readonly api: GitHubApi;
  readonly wanted: HistoryRequest;
  /** Outlives a source that breaks off, and a page that moved because a record was added meanwhile. */
  readonly seen: Set<string>;
}

async function* readSource(
  source: (typeof sources)[number],
  { api, wanted, seen }: Reading,
): AsyncGenerator<LedgerRecord | PageEnd> {
  const { seal, copies, memory } = wanted;
  const ahead = new Lookahead(openings(source.pages(api, wanted.environment), wanted));
  let [pages, records] = [1, 0];
  for (let next = await ahead.next(); next !== undefined; next = await ahead.next()) {
    if ('kind' in next) {
      yield next;
      if (next.isLast) continue;
      if (pages + records >= source.callsAtMost) return wanted.onCut(records);
      pages += 1;
      continue;
    }
    const { entry, opening } = next;
    if (seen.has(opening.id)) continue;
    if (pages + records >= source.callsAtMost) return wanted.onCut(records);
    records += 1;
    const isEnough = source.costsEach && wanted.open?.has(opening.id) === false;
    const known = isEnough ? memory.unchanged(entry) : undefined;
    if (known !== undefined) {
      seen.add(opening.id);
      yield known;
      continue;
    }
    const written = source.costsEach ? memory.written(opening.id) : undefined;
    const { rows, isCut } = written ?? (await entry.statuses());
    if (isCut) wanted.onStatusesCut(opening.id, pagesAtMost * pageSize);
    const record = foldRecord(opening, rows, seal);
    seen.add(opening.id);
    if (seal !== undefined && (await copies.isCopy(record, ahead))) {
      wanted.onDoubted([foldRecord({ ...opening, doubt: 'copied' }, rows, seal)]);
    } else {
      memory.keep(entry, record);
      yield record;
    }
  }
}

/** Those that are wanted and prove themselves. What does not is told a page at a time, and costs no further call. */
async function* openings(
  pages: AsyncIterable<readonly Entry[]>,
  wanted: HistoryRequest,
): AsyncGenerator<Listed> {
  const { seal, isOf, environment, nothingBelow = 0 } = wanted;
  let newest: string | undefined;
  for await (const page of pages) {
    const opened = page.flatMap((entry): readonly OpenedRecord[] => {
      const opening = readOpening(entry, seal);
      if (opening === undefined || !isOf(opening.intent)) return [];
      // A status may put a deployment into another environment.
      const isMoved = seal !== undefined && opening.intent.environment !== environment;
      return [{ entry, opening: isMoved ? { doubt: 'wrong', ...opening } : opening }];
    });
    const doubted = opened.filter(({ opening }) => opening.doubt !== undefined);
    if (doubted.length > 0) {
      wanted.onDoubted(doubted.map(({ entry, opening }) => foldRecord(opening, entry.known, seal)));
    }
    yield* opened.filter(({ opening }) => opening.doubt === undefined);
    newest ??= page[0]?.created;
    const oldest = page.at(-1)?.created;
    if (newest !== undefined && oldest !== undefined) {
      yield { kind: 'page-end', newest, oldest, isLast: page.length < pageSize };
    }
    if (page.some(({ id }) => Number(id) < nothingBelow)) return;
  }
}
