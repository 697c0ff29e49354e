import type { Severity } from '../check-file.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { CheckFacts, DocumentFacts, PartFacts, Prober, Subject } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
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

export function lineUp(prober: Prober, options: LineupOptions): Lineup {
  const units: Unit[] = [];
  const tracks: Track[] = [];
  for (const part of prober.parts) {
    if (part.kind === 'left-out') tracks.push(leftOutTrack(part, options));
    else {
      const unit =
        part.kind === 'check' ? singleOf(part.subject, prober, options) : scenarioOf(part, options);
      units.push(unit);
      tracks.push(...unit.tracks);
    }
  }
  return { units, tracks };
}

function leftOutTrack(
  { subject, cause }: Extract<PartFacts, { kind: 'left-out' }>,
  { from }: LineupOptions,
): Track {
  const track = new Track({ subject, severity: subject.check.severity, wanted: 1, from });
  track.skipped = { outcome: 'skipped', reason: 'condition-false', cause };
  return track;
}

function singleOf(
  subject: Subject,
  prober: Prober,
  { isOnce, looksTwice, build, from }: LineupOptions,
): Single {
  const { check, document, at } = subject;
  const isRelease = check.type === 'release';
  // Nobody knows which build it should be, so it is only reported.
  const severity: Severity = isRelease && build?.kind === 'unknown' ? 'advisory' : check.severity;
  const repeats = mayBeRepeated(subject);
  const wanted = isOnce || !repeats ? 1 : check.window.successes;
  const terms = termsOf(check, document, {
    mayRepeat: repeats,
    wanted,
    isFirst: isRelease && severity === 'gate',
    looksTwice: looksTwice && severity === 'gate' && !hasOwnRetry(check.retry),
  });
  const track = new Track({ subject, severity, wanted, from });
  return new Single(track, subject, terms, (task) => prober.ask(at, task));
}

function scenarioOf(
  part: Extract<PartFacts, { kind: 'scenario' }>,
  { isOnce, looksTwice, from }: LineupOptions,
): ScenarioUnit {
  const { scenario, steps, document } = part;
  const repeats = steps.every(mayBeRepeated);
  const wanted = isOnce || !repeats ? 1 : scenario.window.successes;
  const terms = termsOf(scenario, document, { mayRepeat: repeats, wanted, isFirst: false, looksTwice });
  return new ScenarioUnit(
    steps.map((step) => ({ step, track: stepTrack(step, { wanted, from }) })),
    terms,
  );
}

function stepTrack(subject: Subject, rest: Pick<Track, 'wanted' | 'from'>): Track {
  return new Track({ subject, severity: subject.check.severity, ...rest });
}

type Stated = Pick<CheckFacts, 'window' | 'delayMs' | 'watch'>;

function termsOf(
  { window, delayMs, watch: limits }: Stated,
  document: DocumentFacts,
  rest: Pick<Terms, 'mayRepeat' | 'wanted' | 'isFirst' | 'looksTwice'>,
): Terms {
  const rules = document.watch;
  const watch =
    rules === undefined || !rest.mayRepeat ? undefined : { rules, limits: limits ?? rules.limits };
  return { ...rest, window, delayMs, watch };
}
