import { visibleAfterMs } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { RolloutEvent } from './events.ts';
import type { RolloutPorts, TurnPort } from './ports.ts';
import { describeRun } from './wording.ts';

/** Between two questions of a rollout that waits: four a minute, milliseconds. */
const pauseMs = 15_000;
/** Every how many questions the run of the holder is asked after, in place of the records. */
const runAskedEvery = 4;

/** Lost runs that are passed without a pause; two calls each. */
const mostGoneInARow = 5;

export interface Ticket {
  /** Id of the record; undefined where it could not be opened. */
  readonly id: string | undefined;
  /** When it was opened, by the monotonic clock. */
  readonly openedAt: number;
}

type TurnPorts = Pick<RolloutPorts, 'turn' | 'clock' | 'log'>;

/**
 * Asks whose turn it is; for good only when every record is to be seen that is older than `since`: than the own one, and
 * than what is decided on.
 */
export async function takeTurn(
  { turn, clock }: TurnPorts,
  { id, since }: Pick<Ticket, 'id'> & { readonly since: number },
  { final, signal }: { readonly final: boolean; readonly signal: AbortSignal },
): Promise<RolloutEvent & { kind: 'turn' }> {
  if (turn === undefined || id === undefined) return { kind: 'turn', turn: { kind: 'unasked' } };
  const early = since + visibleAfterMs - clock.monotonic();
  if (final && early > 0) await clock.sleep(early, signal);
  return { kind: 'turn', turn: await turn.ask(id) };
}

/**
 * Waits until whoever goes first has ended, is known to be gone, or has used up its own budget. Asks GitHub four times
 * a minute at most; answers early where a rollback takes the target back meanwhile.
 */
export async function waitTurn(
  ports: TurnPorts & { readonly turn: TurnPort },
  id: string,
  first: { readonly by: LedgerRecord; readonly untilMs: number; readonly signal: AbortSignal },
): Promise<RolloutEvent> {
  const { turn, clock, log } = ports;
  const { signal } = first;
  let held = first;
  let gone = 0;
  tell(ports, held);
  for (let asked = 0; ; asked += 1) {
    const isOfRun = asked % runAskedEvery === 0;
    const told = isOfRun ? await turn.isOver(held.by) : 'unasked';
    const isOver = told === true;
    if (isOver) log(`${describeRun(held.by)} is over: it is not waited for.`);
    if (isOver || (told === 'unasked' && asked > 0)) {
      const now = await turn.ask(id);
      if (now.kind === 'overtaken') return { kind: 'turn', turn: now };
      if (now.kind === 'own') return { kind: 'turn-came', note: cameNote(held, { isOver, now: turn.now() }) };
      if (now.kind === 'held' && now.by.id !== held.by.id) {
        tell(ports, now);
        // Its run may be over as well: that is asked at once, a few times in a row at most.
        if (isOver && gone < mostGoneInARow) {
          gone += 1;
          asked = -1;
          held = { ...now, signal };
          continue;
        }
      }
      if (now.kind === 'held') held = { ...now, signal };
    }
    // Unreadable records tell of no end: the budget of the holder is the last word then.
    if (turn.now() >= held.untilMs)
      return { kind: 'turn-came', note: cameNote(held, { isOver, now: turn.now() }) };
    await clock.sleep(Math.min(pauseOf(turn), held.untilMs - turn.now()), signal);
  }
}

function pauseOf({ callsAtOnce = 1 }: TurnPort): number {
  return pauseMs * Math.max(1, callsAtOnce);
}

function tell(
  { log }: TurnPorts,
  { by, untilMs }: { readonly by: LedgerRecord; readonly untilMs: number },
): void {
  const until = new Date(untilMs).toISOString().replace(/T(.*)\..*/, ' $1 UTC');
  log(
    `Waiting for ${describeRun(by)}, which goes first: until ${until} at the latest. That is outside \`timeout\`, ` +
      'and the job’s `timeout-minutes` has to have room for it.',
  );
}

function cameNote(
  { by, untilMs }: { readonly by: LedgerRecord; readonly untilMs: number },
  { isOver, now }: { readonly isOver: boolean; readonly now: number },
): string {
  if (isOver) return `${describeRun(by)} is over`;
  return now >= untilMs ? `the time of ${describeRun(by)} is used up` : `${describeRun(by)} has ended`;
}
