import type { RoundResult, RoundsContext, Unit } from './unit.ts';
import { timeLeft } from './unit.ts';

/** How a run goes about its units. */
export interface Rules {
  /** The first gate that gives up ends the waiting of all others. */
  readonly failFast: boolean;
}

/** Tries everything once that may be sent without counting twice: the preflight. */
export async function tryHarmless(units: readonly Unit[], run: RoundsContext): Promise<void> {
  await Promise.all(units.map((unit) => unit.round('harmless', run)));
}

/**
 * Settles and holds: every unit retries on its own until it passes; then each makes rounds at its own interval until
 * every gate has its consecutive successes. A bad round sends its unit back to settling. What tells the build apart
 * comes first: answers of the old build prove nothing.
 */
export async function settleAndHold(units: readonly Unit[], run: RoundsContext, rules: Rules): Promise<void> {
  const first = units.filter((unit) => unit.rules.isFirst);
  const others = units.filter((unit) => !unit.rules.isFirst);
  await settleAll(first, run, rules);
  if (first.some(hasLost)) {
    // The verdict is known; one look at the rest is for the report.
    await Promise.all(others.map((unit) => unit.round('once', run)));
    callOff(units);
    return;
  }
  await settleAll(others, run, rules);
  const spent = units.some(hasLost) ? new Set<Unit>() : await holdAll(units, run);
  if (units.some(hasLost)) callOff(units.filter((unit) => !spent.has(unit)));
}

/** Their rounds ended because a gate was lost, not because their time did. */
function callOff(units: readonly Unit[]): void {
  for (const { tracks } of units) for (const track of tracks) track.isCalledOff = true;
}

function hasLost(unit: Unit): boolean {
  return unit.isGate && unit.gaveUp;
}

async function settleAll(units: readonly Unit[], run: RoundsContext, { failFast }: Rules): Promise<void> {
  const settleFirst = async (unit: Unit) => {
    const { delayMs } = unit.rules;
    unit.begin(run.clock.monotonic());
    if (delayMs > 0 && !(await run.stop.sleep(Math.min(delayMs, timeLeft(run.deadline, run))))) return;
    await settle(unit, run);
    if (failFast && hasLost(unit)) run.stop.stop();
  };
  // Of thousands all but a few wait for their turn: what each of them holds meanwhile is kept small.
  const settleAtOnce = (unit: Unit) => {
    unit.begin(run.clock.monotonic());
    return settle(unit, run);
  };
  await Promise.all(
    units.map((unit) => (failFast || unit.rules.delayMs > 0 ? settleFirst(unit) : settleAtOnce(unit))),
  );
}

/** Tries until the first success, or until the retry rules say stop. After a round that was `before` bad it waits first. */
export async function settle(
  unit: Unit,
  run: RoundsContext,
  before: RoundResult = 'none',
): Promise<RoundResult> {
  let took = before;
  for (let failures = isBad(before) ? 1 : 0; ; failures++) {
    if (failures > 0) {
      const next = unit.next(failures, run);
      if (next.kind === 'stop') {
        unit.gaveUp = true;
        return took;
      }
      if (!(await run.stop.sleep(next.ms))) return took;
    }
    const now = await unit.round('patient', run);
    // A round for which no time was left says nothing: what came before stands.
    if (now !== 'none') took = now;
    if (now === 'good' || run.stop.isStopped) return took;
  }
}

function isBad(took: RoundResult): boolean {
  return took === 'bad' || took === 'error';
}

/** Answers the units whose own time was up first. */
async function holdAll(units: readonly Unit[], run: RoundsContext): Promise<ReadonlySet<Unit>> {
  const spent = new Set<Unit>();
  const outstanding = new Outstanding(units.filter((unit) => unit.isGate));
  if (outstanding.isOver) return spent;
  const repeated = units.filter((unit) => !unit.gaveUp && unit.rules.mayRepeat);
  await Promise.all(
    repeated.map(async (unit) => {
      if ((await hold(unit, run, outstanding)) === 'spent') spent.add(unit);
      outstanding.spend(unit);
      if (outstanding.isOver) run.stop.stop();
    }),
  );
  return spent;
}

/** The gates that lack consecutive successes. Kept from round to round: among thousands, counting anew takes too long. */
class Outstanding {
  readonly #lacking: Set<Unit>;
  #isLost = false;

  constructor(gates: readonly Unit[]) {
    this.#lacking = new Set(gates.filter(lacks));
  }

  get isOver(): boolean {
    return this.#isLost || this.#lacking.size === 0;
  }

  /** A round of `unit` is over. */
  note(unit: Unit): void {
    if (!unit.isGate) return;
    if (unit.gaveUp) this.#isLost = true;
    if (lacks(unit)) this.#lacking.add(unit);
    else this.#lacking.delete(unit);
  }

  /** `unit` makes no more rounds. */
  spend(unit: Unit): void {
    this.note(unit);
    this.#lacking.delete(unit);
  }
}

function lacks({ streak, rules: terms }: Unit): boolean {
  return streak < terms.wanted;
}

/** Rounds at the unit's own interval, until all is over or its time is. Those that have enough go on: they must still hold. */
async function hold(unit: Unit, run: RoundsContext, outstanding: Outstanding): Promise<'spent' | 'over'> {
  const { intervalMs, hold: manner } = unit.rules.window;
  while (!outstanding.isOver && !unit.gaveUp) {
    if (intervalMs >= timeLeft(Math.min(unit.deadline, run.deadline), run)) return 'spent';
    if (!(await run.stop.sleep(intervalMs)) || outstanding.isOver) return 'over';
    const took = await unit.round('once', run);
    if (isBad(took) && manner === 'strict') unit.gaveUp = true;
    else if (isBad(took)) await settle(unit, run, took);
    outstanding.note(unit);
  }
  return 'over';
}
