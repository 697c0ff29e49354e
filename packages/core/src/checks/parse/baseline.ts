import { leastSamples, measures } from '../../ledger/measures.ts';
import type { BaselineRules } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { duration } from './durations.ts';
import { fields } from './fields.ts';
import { integer, oneOf, percentage } from './scalars.ts';

const builtIn: Omit<BaselineRules, 'origin'> = {
  from: 'last-verified',
  metric: 'p95',
  tolerance: 0.25,
  floorMs: 50,
};

const places: readonly BaselineRules['from'][] = ['last-verified', 'previous-url'];

/** What `baseline` says; `samples` are taken by every http check that does not say how many itself. */
export interface FileBaseline extends BaselineRules {
  readonly samples: number | undefined;
}

/** `baseline` of a file, or of a check over what the file says. */
export function readBaseline(at: Cursor, base: FileBaseline | undefined): FileBaseline | undefined {
  const keys = ['from', 'metric', 'tolerance', 'floor', 'samples'];
  const given = fields(at, { what: '`baseline`', keys });
  if (given === undefined) return undefined;
  const over = base ?? builtIn;
  const rules = {
    from: given.read('from', oneOf(places)) ?? over.from,
    metric: given.read('metric', oneOf(measures)) ?? over.metric,
    tolerance: given.read('tolerance', percentage) ?? over.tolerance,
    floorMs: given.read('floor', duration) ?? over.floorMs,
    samples: given.read('samples', integer(2)) ?? base?.samples,
    origin: at,
  };
  const least = leastSamples[rules.metric];
  if (rules.samples !== undefined && rules.samples < least) {
    given
      .get('samples')
      ?.fail(`A baseline of ${rules.metric} needs at least ${least} samples, not ${rules.samples}.`);
  }
  return rules;
}
