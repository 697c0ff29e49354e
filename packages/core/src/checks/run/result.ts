import type { Redactor } from '../../redactor.ts';
import type { CheckResult } from '../verdict.ts';
import type { Decision } from './decide.ts';
import { askedAgainText } from './second-look.ts';
import type { Track } from './track.ts';

/** The report's record of one check. */
export function resultOf(
  track: Track,
  { outcome, reason, cause }: Decision,
  redactor: Redactor,
): CheckResult {
  const { check, document, probe, watched, latency, comparison } = track;
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
    ...(document.source.file === undefined ? {} : { file: document.source.file }),
    // A good check needs no place, and finding one means reading the file again.
    ...(outcome === 'pass' ? {} : { place: document.source.place(check.origin) }),
    ...(track.totals.length < 2 ? {} : { totals: track.totals }),
    ...(probe?.url === undefined ? {} : { url: redactor.redact(probe.url) }),
    ...(watched === undefined ? {} : { watch: watched }),
    ...(latency === undefined ? {} : { latency }),
    ...(comparison === undefined ? {} : { comparison }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}
