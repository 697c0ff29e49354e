import type { Ports } from '../action/ports.ts';
import { visibleAfterMs } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { isUnderWay } from '../ledger/turn.ts';
import { hasEnded } from '../ledger/verdict.ts';
import type { SavedRollout } from '../rollout/saved-shape.ts';
import { within } from '../rollout/within.ts';
import { type RecordInputs, recordLedger } from './record-ledger.ts';

/** A restore that was cut waits for no longer, milliseconds. */
const toldMs = 8_000;
/** Of so many records of a service the newest are looked through for the run's own. */
const mostLookedAt = 50;

/**
 * Whether the records of a rollout that `post` takes for cut have come to their end: main has told how it ended, and
 * could not keep that for `post`, since the runner's disk was full. Then nothing of it is to be finished, and what its
 * records say is not to be said again otherwise. False where that cannot be read.
 */
export async function hasRecordedEnd(
  ports: Pick<Ports, 'http' | 'clock' | 'runner' | 'signal'>,
  inputs: RecordInputs,
  { intent, records, restore }: SavedRollout,
): Promise<boolean> {
  const { clock, signal } = ports;
  const ids = restore === undefined ? [records.change] : [records.change, records.restore];
  if (intent === undefined || ids.includes(undefined)) return false;
  const ledger = recordLedger(ports, inputs);
  const look = async () => {
    const found: LedgerRecord[] = [];
    for await (const record of ledger.records(intent.environment, intent.service)) {
      found.push(record);
      // The restore of a change is written after it, so it is listed before.
      if (record.id === records.change || found.length === mostLookedAt) break;
    }
    const change = found.find(({ id }) => id === records.change);
    return (
      change !== undefined &&
      hasEnded(change) &&
      !isUnderWay(change, found) &&
      ids.every((wanted) => found.some((record) => record.id === wanted && hasEnded(record)))
    );
  };
  const asked = await within({ clock, ms: toldMs, windUpMs: 0, cancel: signal }, async (cut) => {
    if (await look()) return true;
    // GitHub may not show yet what main wrote last.
    await clock.sleep(visibleAfterMs, cut.signal);
    return look();
  });
  return asked.kind === 'done' && asked.value;
}
