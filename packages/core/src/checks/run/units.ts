import type { CheckDocument, Severity } from '../check-file.ts';
import type { WantedBuild } from '../types/check-type.ts';
import { releaseCheck } from '../types/index.ts';
import type { BoundCheck, Part } from './bind.ts';
import type { BoundStep } from './bind-step.ts';
import { mayRepeatStep, ScenarioUnit } from './scenario.ts';
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
  readonly build: WantedBuild | undefined;
}

export function lineUp(parts: readonly Part[], options: LineupOptions): Lineup {
  const units: Unit[] = [];
  const tracks: Track[] = [];
  for (const part of parts) {
    if (part.kind === 'left-out') tracks.push(leftOutTrack(part));
    else {
      const unit = part.kind === 'check' ? singleOf(part.bound, options) : scenarioOf(part, options);
      units.push(unit);
      tracks.push(...unit.tracks);
    }
  }
  return { units, tracks };
}

function leftOutTrack({ check, document, cause }: Extract<Part, { kind: 'left-out' }>): Track {
  const track = new Track({ check, document, severity: check.severity, wanted: 1 });
  track.skipped = { outcome: 'skipped', reason: 'condition-false', cause };
  return track;
}

function singleOf(bound: BoundCheck, { isOnce, build }: LineupOptions): Single {
  const { check, document, probe } = bound;
  const isRelease = check.type === releaseCheck.name;
  // Nobody knows which build it should be, so it is only reported.
  const severity: Severity = isRelease && build?.kind === 'unknown' ? 'advisory' : check.severity;
  const mayRepeat = probe.repeatable || check.retry.unsafe;
  const wanted = isOnce || !mayRepeat ? 1 : check.window.successes;
  const terms = termsOf(check, document, { mayRepeat, wanted, isFirst: isRelease });
  return new Single(new Track({ check, document, severity, wanted }), bound, terms);
}

function scenarioOf(part: Extract<Part, { kind: 'scenario' }>, { isOnce }: LineupOptions): ScenarioUnit {
  const { scenario, steps, document } = part;
  const mayRepeat = steps.every(mayRepeatStep);
  const wanted = isOnce || !mayRepeat ? 1 : scenario.window.successes;
  const terms = termsOf(scenario, document, { mayRepeat, wanted, isFirst: false });
  return new ScenarioUnit(
    scenario,
    steps.map((step) => ({ step, track: stepTrack(step, wanted) })),
    terms,
  );
}

function stepTrack({ check, document }: BoundStep, wanted: number): Track {
  return new Track({ check, document, severity: check.severity, wanted });
}

type Stated = Pick<BoundCheck['check'], 'window' | 'delayMs' | 'watch'>;

function termsOf(
  { window, delayMs, watch: limits }: Stated,
  document: CheckDocument,
  rest: Pick<Terms, 'mayRepeat' | 'wanted' | 'isFirst'>,
): Terms {
  const rules = document.watch;
  const watch =
    rules === undefined || !rest.mayRepeat ? undefined : { rules, limits: limits ?? rules.limits };
  return { ...rest, window, delayMs, watch };
}
