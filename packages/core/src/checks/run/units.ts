import type { CheckDocument, Severity } from '../check-file.ts';
import type { WantedBuild } from '../types/check-type.ts';
import { releaseCheck } from '../types/index.ts';
import type { BoundCheck, Part } from './bind.ts';
import { mayRepeat } from './bind.ts';
import type { BoundStep } from './bind-step.ts';
import { mayRepeatStep } from './bind-step.ts';
import { ScenarioUnit } from './scenario.ts';
import { hasOwnRetry } from './second-look.ts';
import { Single } from './single.ts';
import { Track } from './track.ts';
import type { Terms, Unit } from './unit.ts';

/** What a run judges, and the tracks of its report in the order of the files. */
export interface Lineup {
  readonly units: readonly Unit[];
  readonly tracks: readonly Track[];
}

export interface LineupOptions {
  /** One attempt is all there will be. */
  readonly isOnce: boolean;
  /** Failed gates are looked at twice where they do not say themselves how often they are asked. */
  readonly looksTwice: boolean;
  readonly build: WantedBuild | undefined;
  /** When the run began, milliseconds on the monotonic clock. */
  readonly from: number;
}

export function lineUp(parts: readonly Part[], options: LineupOptions): Lineup {
  const units: Unit[] = [];
  const tracks: Track[] = [];
  for (const part of parts) {
    if (part.kind === 'left-out') tracks.push(leftOutTrack(part, options));
    else {
      const unit = part.kind === 'check' ? singleOf(part.bound, options) : scenarioOf(part, options);
      units.push(unit);
      tracks.push(...unit.tracks);
    }
  }
  return { units, tracks };
}

function leftOutTrack(
  { check, document, cause }: Extract<Part, { kind: 'left-out' }>,
  { from }: LineupOptions,
): Track {
  const track = new Track({ check, document, severity: check.severity, wanted: 1, from });
  track.skipped = { outcome: 'skipped', reason: 'condition-false', cause };
  return track;
}

function singleOf(bound: BoundCheck, { isOnce, looksTwice, build, from }: LineupOptions): Single {
  const { check, document } = bound;
  const isRelease = check.type === releaseCheck.name;
  // Nobody knows which build it should be, so it is only reported.
  const severity: Severity = isRelease && build?.kind === 'unknown' ? 'advisory' : check.severity;
  const repeats = mayRepeat(bound);
  const wanted = isOnce || !repeats ? 1 : check.window.successes;
  const terms = termsOf(check, document, {
    mayRepeat: repeats,
    wanted,
    isFirst: isRelease && severity === 'gate',
    looksTwice: looksTwice && severity === 'gate' && !hasOwnRetry(check.retry),
  });
  return new Single(new Track({ check, document, severity, wanted, from }), bound, terms);
}

function scenarioOf(
  part: Extract<Part, { kind: 'scenario' }>,
  { isOnce, looksTwice, from }: LineupOptions,
): ScenarioUnit {
  const { scenario, steps, document } = part;
  const repeats = steps.every(mayRepeatStep);
  const wanted = isOnce || !repeats ? 1 : scenario.window.successes;
  const terms = termsOf(scenario, document, { mayRepeat: repeats, wanted, isFirst: false, looksTwice });
  return new ScenarioUnit(
    scenario,
    steps.map((step) => ({ step, track: stepTrack(step, { wanted, from }) })),
    terms,
  );
}

function stepTrack({ check, document }: BoundStep, rest: Pick<Track, 'wanted' | 'from'>): Track {
  return new Track({ check, document, severity: check.severity, ...rest });
}

type Stated = Pick<BoundCheck['check'], 'window' | 'delayMs' | 'watch'>;

function termsOf(
  { window, delayMs, watch: limits }: Stated,
  document: CheckDocument,
  rest: Pick<Terms, 'mayRepeat' | 'wanted' | 'isFirst' | 'looksTwice'>,
): Terms {
  const rules = document.watch;
  const watch =
    rules === undefined || !rest.mayRepeat ? undefined : { rules, limits: limits ?? rules.limits };
  return { ...rest, window, delayMs, watch };
}
