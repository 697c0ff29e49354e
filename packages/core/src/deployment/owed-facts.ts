import type { Ports } from '../action/ports.ts';
import { endUnseen, finishRecords } from '../rollout/resume.ts';
import type { SavedRollout } from '../rollout/saved-shape.ts';
import { type RecordInputs, recordLedger } from './record-ledger.ts';

type OwedFactsPorts = Pick<Ports, 'http' | 'clock' | 'runner' | 'signal'>;

/** Writes the facts that GitHub had not taken, in `post`, where nothing else is left to do. Asks the platform nothing. */
export function writeOwedFacts(
  ports: OwedFactsPorts,
  inputs: RecordInputs,
  saved: SavedRollout,
): Promise<void> {
  return finishRecords(saved, writerPorts(ports, inputs));
}

/**
 * Opens the platform in `post`. Where it does not open, or a second cancel comes first, the records of the rollout come
 * to an end all the same, and what was in the way is thrown.
 */
export async function openInPost<Open>(
  ports: OwedFactsPorts & { readonly inputs: RecordInputs },
  saved: SavedRollout,
  open: () => Promise<Open>,
): Promise<Open> {
  try {
    return await Promise.race([open(), cancelled(ports.signal)]);
  } catch (error) {
    await endUnseen(saved, writerPorts(ports, ports.inputs));
    throw error;
  }
}

function writerPorts(ports: OwedFactsPorts, inputs: RecordInputs) {
  const { clock, runner, signal } = ports;
  return { ledger: recordLedger(ports, inputs), clock, signal, log: (line: string) => runner.info(line) };
}

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
