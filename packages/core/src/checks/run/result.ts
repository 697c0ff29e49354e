import type { Redactor } from '../../redactor.ts';
import type { CheckResult } from '../verdict.ts';
import type { Decision } from './decide.ts';
import { decideCheck } from './decide.ts';
import type { RunChecksOptions } from './options.ts';
import type { Track } from './track.ts';

export interface ResultContext {
  /** False for a check that the preflight leaves out. */
  readonly active: boolean;
  readonly control: () => Promise<boolean>;
  readonly options: RunChecksOptions;
  readonly redactor: Redactor;
}

/** The report's record of one check. */
export async function resultOf(track: Track, context: ResultContext): Promise<CheckResult> {
  const { check, document, probe } = track.bound;
  const { outcome, reason } = await decided(track, context);
  return {
    name: context.redactor.redact(check.name),
    type: check.type,
    severity: track.severity,
    outcome,
    reason,
    attempts: track.attempts,
    attemptCount: track.count,
    durationMs: track.durationMs,
    ...(document.source.file === undefined ? {} : { file: document.source.file }),
    // A good check needs no place, and finding one means reading the file again.
    ...(outcome === 'pass' ? {} : { place: document.source.place(check.origin) }),
    ...(probe.url === undefined ? {} : { url: context.redactor.redact(probe.url) }),
  };
}

async function decided(track: Track, { active, control, options }: ResultContext): Promise<Decision> {
  const { bound, last, streak, wanted } = track;
  if (!active) return { outcome: 'skipped', reason: 'not-repeatable' };
  const before = options.previous?.results.find((result) => result.name === bound.check.name);
  return decideCheck(
    { last: last?.attempt, endsAs: last?.endsAs ?? 'fail', streak, wanted, host: bound.probe.host, before },
    control,
  );
}
