import type { Check, CheckDocument, Window } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';
import type { Origin } from '../origin.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Probe } from '../types/check-type.ts';
import type { Part } from './bound.ts';
import { mayBeRepeated } from './prober.ts';

/** What is held and watched as a whole: a check, or a scenario with all its steps. */
interface Whole {
  readonly name: string;
  readonly document: CheckDocument;
  readonly window: Window;
  /** Of the check or scenario. */
  readonly origin: Origin;
  /** Of its first gate; undefined where it decides nothing. */
  readonly gate: Origin | undefined;
  readonly isRepeated: boolean;
}

/** A watch that makes no rounds would say for its whole time that all is well. */
export function nothingWatched(parts: readonly Part[]): Complaint[] {
  const watched = parts.flatMap(wholeOf).filter(({ document }) => document.watch !== undefined);
  return noneRepeated(watched, unwatchable);
}

/** A window over what is asked once would be taken for as many good rounds as it says. */
export function nothingHeld(parts: readonly Part[]): Complaint[] {
  const held = parts.flatMap(wholeOf).filter(({ window }) => window.successes > 1);
  const own = held.filter(({ window, origin }) => window.origin?.parent === origin);
  const ofFile = held.filter((one) => !own.includes(one));
  return [
    ...own
      .filter(({ isRepeated }) => !isRepeated)
      .map(({ name, document, window, origin }) => ({
        message: `${JSON.stringify(name)} is asked once, whatever its \`window\` says: ${countsTwice}`,
        place: document.source.place(window.origin ?? origin, 'key'),
      })),
    ...noneRepeated(ofFile, unheld),
  ];
}

/** One complaint a document whose gates are never repeated, at the first of them. */
function noneRepeated(wholes: readonly Whole[], message: string): Complaint[] {
  const gates = wholes.filter(({ gate }) => gate !== undefined);
  return [...Map.groupBy(gates, ({ document }) => document).values()].flatMap(([first, ...others]) =>
    first?.gate === undefined || [first, ...others].some(({ isRepeated }) => isRepeated)
      ? []
      : [{ message, place: first.document.source.place(first.gate) }],
  );
}

function wholeOf(part: Part): readonly Whole[] {
  if (part.kind === 'left-out') return [];
  if (part.kind === 'check') {
    const { check, document, probe } = part.bound;
    const isRepeated = mayBeRepeated({ repeatable: probe.repeatable, check });
    return [{ ...named(check), document, isRepeated, gate: gateAmong([check]) }];
  }
  const { scenario, document } = part;
  const steps = [...part.steps, ...part.last];
  const gate = gateAmong(steps.map(({ check }) => check));
  return [{ ...named(scenario), document, isRepeated: steps.every(mayBeRepeated), gate }];
}

function named({ name, window, origin }: Pick<Check, 'name' | 'window' | 'origin'>) {
  return { name, window, origin };
}

function gateAmong(checks: readonly Check[]): Origin | undefined {
  return checks.find(({ severity }) => severity === 'gate')?.origin;
}

const countsTwice =
  'what it sends may count twice. Set `retry: { unsafe: true }` where repeating it is harmless, or leave the `window` out.';

const unheld =
  'Nothing can be held for a `window`: every gate sends what may count twice. Set `retry: { unsafe: true }` where repeating it is harmless, or leave the `window` out.';

const unwatchable =
  'Nothing can be watched: every gate sends what may count twice. Set `retry: { unsafe: true }` where repeating it is harmless.';

/** Throws BindProblem when the check asks for samples of what may count twice. */
export function refuseRepeats(check: Check, probe: Probe): Probe {
  if (check.sampling?.isImplied !== false || mayBeRepeated({ repeatable: probe.repeatable, check }))
    return probe;
  throw new BindProblem(
    'it takes samples, and sending its request many times may do something many times. Set `retry: { unsafe: true }` if it is harmless.',
  );
}
