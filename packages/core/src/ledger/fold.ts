import { defined } from '../text/defined.ts';
import { readFact } from './facts.ts';
import { payloadFields, readIntent } from './intent.ts';
import type { Intent, LedgerRecord, TimedFact, UnprovenFact } from './record.ts';
import type { DeploymentRow, StatusRow } from './rows.ts';
import { readSigned, signatureProblemOf } from './signed-text.ts';
import type { Seal } from './signing.ts';

export const tasks = { deploy: 'belay:deploy', rollback: 'belay:rollback' } as const;

export type Opening = Omit<LedgerRecord, 'facts' | 'unproven'>;

/**
 * The start of a record: what was intended, and whether `seal` proves it. undefined for a deployment that is not ours,
 * or cannot be read as ours.
 */
export function readOpening(row: DeploymentRow, seal?: Seal): Opening | undefined {
  const kind = (['deploy', 'rollback'] as const).find((candidate) => tasks[candidate] === row.task);
  const intent = readIntent(row.payload);
  if (kind === undefined || intent === undefined) return undefined;
  const doubt = seal?.doubtIntent({ kind, fields: payloadFields(row.payload) });
  return { id: row.id, kind, created: row.created, intent, ...defined({ doubt }) };
}

/**
 * Adds what became known. The states say nothing of it: anyone, GitHub included, may set a record `inactive`
 * afterwards, and that changes nothing of what was found out. Statuses come newest first. What `seal` does not prove is
 * kept apart.
 */
export function foldRecord(opening: Opening, statuses: readonly StatusRow[], seal?: Seal): LedgerRecord {
  const ordered = statuses
    .toReversed()
    // Stable, so that statuses of the same second keep the order they were listed in.
    .sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
  const proven = new Set<string>();
  const all = ordered.flatMap((status) => {
    const fact = readStatus(opening, status, seal);
    if (fact === undefined) return [];
    if (seal === undefined || 'doubt' in fact) return [fact];
    // Signed words are written once: who posts them again, within minutes, says nothing new.
    const words = `${status.state} ${status.description}`;
    const isNew = !proven.has(words);
    proven.add(words);
    return isNew ? [fact] : [];
  });
  const facts = all.filter((fact) => !('doubt' in fact));
  const unproven = all.filter((fact): fact is UnprovenFact => 'doubt' in fact);
  const newest = ordered.at(-1)?.state;
  return {
    ...opening,
    intent: intentNow(opening.intent, facts),
    facts,
    ...(unproven.length > 0 && { unproven }),
    ...(newest === 'success' && { isActive: true }),
    ...(newest === 'inactive' && { isRetired: true }),
  };
}

function readStatus(
  { id, doubt: ofRecord }: Opening,
  row: StatusRow,
  seal: Seal | undefined,
): TimedFact | UnprovenFact | undefined {
  const said = readSigned(row.description ?? '');
  const fact = readFact(said.text);
  if (fact === undefined) return undefined;
  const doubt = signatureProblemOf(seal, { record: id, row, said }) ?? ofRecord;
  return { fact, at: row.created, ...defined({ doubt }) };
}

/** After a wait for its turn a rollout stands on what it saw then: its intent was written before. */
function intentNow(intent: Intent, facts: readonly TimedFact[]): Intent {
  const turn = facts.findLast(({ fact }) => fact.kind === 'turn')?.fact;
  if (turn?.kind !== 'turn') return intent;
  const { fleet: _, ...kept } = intent;
  const { previous, barrier, fleet } = turn;
  return { ...kept, previous, barrier, ...defined({ fleet }) };
}
