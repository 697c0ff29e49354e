import type { CheckToAsk } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
import type { Progress } from './progress.ts';
import type { UnitRules } from './unit.ts';

/** A step on its way through the run. */
export interface StepProgress {
  readonly step: CheckToAsk;
  readonly track: Progress;
}

/** What one pass asks of a step. */
export function stepRules(step: CheckToAsk): UnitRules {
  const { window } = step.check;
  return {
    wanted: 1,
    window,
    delayMs: 0,
    mayRepeat: mayBeRepeated(step),
    isFirst: false,
    // The scenario is looked at twice as a whole: a step alone has lost the session it belongs to.
    looksTwice: false,
    watch: undefined,
  };
}
