import type { Release } from '../platforms/platform.ts';
import { Driver } from './driver.ts';
import type { Note, Transition } from './events.ts';
import { openRestore } from './facts.ts';
import { LedgerWriter, type WriterPorts } from './ledger-writer.ts';
import { describeLive, describeServing } from './live-relation.ts';
import type { RolloutVerdict } from './plan.ts';
import type { RolloutPorts } from './ports.ts';
import type { SavedRollout } from './saved-shape.ts';
import { stepTo } from './steps.ts';
import { unseenEnd } from './unseen-end.ts';
import { within } from './within.ts';
import { finishByHand } from './wording.ts';

/** The service cuts a cancelled job off after 5 minutes, so a restore must have ended before. */
export const RESUME_MS = 240_000;

/** Of a GitHub that does not answer the job is worth no more, milliseconds. */
const finishMs = 60_000;
/** The same once `post` is cancelled itself: the runner kills it 10 s later, milliseconds. */
const hurriedMs = 6_000;

/** What records are ended with. */
interface EndPorts extends WriterPorts {
  /** Aborted when `post` is cancelled. */
  readonly signal?: AbortSignal;
}

/** How a rollout that was cut has ended in `post`. */
export interface ResumedVerdict extends RolloutVerdict {
  /** Whether GitHub has taken everything there was to record. */
  readonly isRecorded: boolean;
}

/**
 * Finishes what a cut rollout left behind, in `post`. A restore is taken up where it was, for at most 4 minutes;
 * anything else is only looked at and recorded: cancelling never starts a restore. Never throws for the platform.
 */
export async function resumeInPost(
  saved: SavedRollout,
  ports: RolloutPorts,
  signal: AbortSignal,
): Promise<ResumedVerdict> {
  const { known, restore, records, restoreIntent, caveat } = saved;
  // The deploy's time is over; what is left belongs to the restore.
  const limits = { timeoutMs: 0, restoreTimeoutMs: RESUME_MS, signal };
  const told = caveat === undefined ? ports : { ...ports, restoreCaveat: () => caveat };
  const driver = new Driver(known.plan, told, limits, saved);
  const first: Transition =
    restore === undefined
      ? stepTo({ at: 'cancelling', known }, { do: 'look' })
      : stepTo(
          { at: 'rechecking-live', known, move: restore },
          ...(records.restore === undefined && restoreIntent === undefined
            ? [openRestore(known, restore.release)]
            : []),
          { do: 'look' },
        );
  const verdict = await driver.drive(first);
  if (restore !== undefined && verdict.outcome !== 'restored') {
    ports.log(
      `The restore of ${restore.release.label} was cut and could not be finished: ` +
        `${describeServing(verdict.live)}. ${finishByHand(restore.release.label)}`,
    );
    await driver.lastWords(cutShort(restore.release, verdict));
  }
  return { ...verdict, isRecorded: driver.isRecorded };
}

/** Nobody goes on from here: a record of a restore that has no end would hold up others until its time is used up. */
function cutShort({ id }: Release, { outcome, live }: RolloutVerdict): readonly Note[] {
  const restoring: Note = {
    do: 'note',
    record: 'change',
    fact: { kind: 'restoring', release: id },
    state: 'error',
  };
  if (outcome !== 'cancelled') return [restoring];
  const fact = { kind: 'abandoned', by: describeLive(live) } as const;
  return [restoring, { do: 'note', record: 'restore', fact, state: 'error' }];
}

/**
 * Ends the records of a cut rollout in `post` where the platform cannot even be opened: what is owed, and that nobody
 * could see how it ended.
 */
export async function endUnseen(saved: SavedRollout, ports: EndPorts): Promise<void> {
  const { restore } = saved;
  ports.log('Nobody can see what serves: the records of this rollout are ended without a word on it.');
  if (restore !== undefined) {
    const { label } = restore.release;
    ports.log(`The restore of ${label} was cut and could not be finished. ${finishByHand(label)}`);
  }
  const writer = new LedgerWriter(ports, saved);
  for (const note of unseenEnd(saved)) void writer.note(note);
  await writeOut(writer, ports);
}

/** Writes what GitHub had not taken, in `post`, where the rollout itself has come to its end. */
export async function finishRecords(saved: SavedRollout, ports: EndPorts): Promise<void> {
  const { owed = [] } = saved;
  ports.log(
    `${owed.length === 1 ? 'A fact' : `${owed.length} facts`} of this rollout had not been recorded.`,
  );
  await writeOut(new LedgerWriter(ports, saved), ports);
}

async function writeOut(writer: LedgerWriter, { clock, signal }: EndPorts): Promise<void> {
  const cancel = signal === undefined ? {} : { cancel: signal };
  await within({ clock, ms: finishMs, windUpMs: hurriedMs, ...cancel }, () => writer.flush());
  writer.tell();
}
