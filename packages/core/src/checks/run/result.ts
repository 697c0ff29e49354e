import type { Redactor } from '../../io/redactor.ts';
import { defined } from '../../text/defined.ts';
import type { CheckResult, SourcePlace } from '../check-result.ts';
import type { Decision } from './decide.ts';
import type { Progress } from './progress.ts';
import { askedAgainText } from './second-look.ts';

/** The report's record of one check. */
export function resultOf(
  track: Progress,
  { outcome, reason, cause }: Decision,
  redactor: Redactor,
  place: SourcePlace | undefined,
): CheckResult {
  const { check, document, target, watched, latency, comparison, lacking } = track;
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
    ...defined({ file: document.file, place }),
    ...(track.totals.length < 2 ? {} : { totals: track.totals }),
    ...(target?.url === undefined ? {} : { url: redactor.redact(target.url) }),
    ...(outcome === 'pass' || track.last?.answer === undefined ? {} : { answer: track.last.answer }),
    ...(outcome === 'pass' || track.last?.curl === undefined ? {} : { curl: track.last.curl }),
    ...defined({ watch: watched, latency, comparison }),
    ...(lacking.length === 0 ? {} : { lacking }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}
