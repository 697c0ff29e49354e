import type { Severity } from '../check-file.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { CheckFacts, CheckToAsk, DocumentFacts, PartFacts, Prober } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
import { Progress } from './progress.ts';
import { ScenarioUnit } from './scenario.ts';
import { hasOwnRetry } from './second-look.ts';
import { SingleCheck } from './single-check.ts';
import type { Unit, UnitRules } from './unit.ts';

/** What a run judges, and the progress of each check in the order of the files. */
export interface RunPlan {
  readonly units: readonly Unit[];
  readonly tracks: readonly Progress[];
}

export interface RunPlanOptions {
  /** One attempt is all there will be. */
  readonly isOnce: boolean;
  /** Failed gates are looked at twice where they do not say themselves how often they are asked. */
  readonly looksTwice: boolean;
  readonly build: WantedBuild | undefined;
  /** When the run began, milliseconds on the monotonic clock. */
  readonly from: number;
}

export function planRun(prober: Prober, options: RunPlanOptions): RunPlan {
  const units: Unit[] = [];
  const tracks: Progress[] = [];
  for (const part of prober.parts) {
    if (part.kind === 'left-out') tracks.push(leftOutProgress(part, options));
    else {
      const unit =
        part.kind === 'check' ? singleOf(part.subject, prober, options) : scenarioOf(part, options);
      units.push(unit);
      tracks.push(...unit.tracks);
    }
  }
  return { units, tracks };
}

function leftOutProgress(
  { subject, cause }: Extract<PartFacts, { kind: 'left-out' }>,
  { from }: RunPlanOptions,
): Progress {
  const track = new Progress({ subject, severity: subject.check.severity, wanted: 1, from });
  track.skipped = { outcome: 'skipped', reason: 'condition-false', cause };
  return track;
}

function singleOf(
  subject: CheckToAsk,
  prober: Prober,
  { isOnce, looksTwice, build, from }: RunPlanOptions,
): SingleCheck {
  const { check, document, at } = subject;
  const isRelease = check.type === 'release';
  // Nobody knows which build it should be, so it is only reported.
  const severity: Severity = isRelease && build?.kind === 'unknown' ? 'advisory' : check.severity;
  const repeats = mayBeRepeated(subject);
  const wanted = isOnce || !repeats ? 1 : check.window.successes;
  const terms = rulesOf(check, document, {
    mayRepeat: repeats,
    wanted,
    isFirst: isRelease && severity === 'gate',
    looksTwice: looksTwice && severity === 'gate' && !hasOwnRetry(check.retry),
  });
  const track = new Progress({ subject, severity, wanted, from });
  return new SingleCheck(track, subject, terms, (task) => prober.ask(at, task));
}

function scenarioOf(
  part: Extract<PartFacts, { kind: 'scenario' }>,
  { isOnce, looksTwice, from }: RunPlanOptions,
): ScenarioUnit {
  const { scenario, steps, last, document } = part;
  const repeats = [...steps, ...last].every(mayBeRepeated);
  const wanted = isOnce || !repeats ? 1 : scenario.window.successes;
  const terms = rulesOf(scenario, document, { mayRepeat: repeats, wanted, isFirst: false, looksTwice });
  return new ScenarioUnit(
    steps.map((step) => ({ step, track: stepProgress(step, { wanted, from }) })),
    last.map((step) => ({ step, track: stepProgress(step, { wanted: 1, from }) })),
    terms,
  );
}

function stepProgress(subject: CheckToAsk, rest: Pick<Progress, 'wanted' | 'from'>): Progress {
  return new Progress({ subject, severity: subject.check.severity, ...rest });
}

type Stated = Pick<CheckFacts, 'window' | 'delayMs' | 'watch'>;

function rulesOf(
  { window, delayMs, watch: limits }: Stated,
  document: DocumentFacts,
  rest: Pick<UnitRules, 'mayRepeat' | 'wanted' | 'isFirst' | 'looksTwice'>,
): UnitRules {
  const rules = document.watch;
  const watch =
    rules === undefined || !rest.mayRepeat ? undefined : { rules, limits: limits ?? rules.limits };
  return { ...rest, window, delayMs, watch };
}
