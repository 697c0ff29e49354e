import type { Redactor } from '../../redactor.ts';
import type { CheckResult, SourcePlace } from '../verdict.ts';
import type { Decision } from './decide.ts';
import { askedAgainText } from './second-look.ts';
import type { Track } from './track.ts';

/** The report's record of one check. */
export function resultOf(
  track: Track,
  { outcome, reason, cause }: Decision,
  redactor: Redactor,
  place: SourcePlace | undefined,
): CheckResult {
  const { check, document, target, watched, latency, comparison } = track;
  const again = track.askedAgain && askedAgainText(track.askedAgain);
  const warnings = [...(again === undefined ? [] : [{ message: again }]), ...track.warnings];
  return {
    name: redactor.redact(check.name),
    ...(check.scenario === undefined ? {} : { scenario: redactor.redact(check.scenario) }),
    type: check.type,
    severity: track.severity,
    outcome,
    reason,
    ...(cause === undefined ? {} : { cause: redactor.excerpt(cause, 200) }),
    attempts: track.attempts,
    attemptCount: track.count,
    durationMs: track.durationMs,
    ...(document.file === undefined ? {} : { file: document.file }),
    ...(place === undefined ? {} : { place }),
    ...(track.totals.length < 2 ? {} : { totals: track.totals }),
    ...(target?.url === undefined ? {} : { url: redactor.redact(target.url) }),
    ...(watched === undefined ? {} : { watch: watched }),
    ...(latency === undefined ? {} : { latency }),
    ...(comparison === undefined ? {} : { comparison }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}
