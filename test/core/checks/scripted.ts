import type { Check, CheckFile } from '../../../packages/core/src/checks/check-file.ts';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import type { Reading } from '../../../packages/core/src/checks/judge/values.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { RunChecksOptions } from '../../../packages/core/src/checks/run/options.ts';
import { runChecks } from '../../../packages/core/src/checks/run/run-checks.ts';
import type {
  AttemptContext,
  Finding,
  Observation,
  Probe,
} from '../../../packages/core/src/checks/types/check-type.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/**
 * What one attempt meets; `slow` is good and takes 20 s, `refused` gets no connection, `silent` ends in its timeout.
 */
export type Meets =
  | ('good' | 'bad' | 'error' | 'refused' | 'slow' | 'silent')
  | ('unavailable' | 'limited' | 'asked to wait' | 'untrusted' | 'unknown');

/** What each check meets, attempt by attempt; the last stays. A check without a script is always good. */
export type Scripts = Readonly<Record<string, readonly Meets[]>>;

export interface Played {
  readonly report: ChecksReport;
  /** Seconds from the start at which each check was asked. */
  readonly asked: Readonly<Record<string, readonly number[]>>;
  readonly notes: readonly string[];
  /** Seconds until the report. */
  readonly lasted: number;
}

const failure = { read: 'status', expected: 'equals 200', actual: '500' };

function gateway(status: number): Finding {
  return { failureClass: 'gateway', failure: { ...failure, actual: String(status) }, endsAs: 'fail' };
}

function met(meets: Meets): Observation {
  const phases = { connect: 1, total: 2 };
  const answered = {
    kind: 'answered',
    summary: meets,
    phases,
    read: (): Reading => ({ kind: 'missing' }),
  } as const;
  switch (meets) {
    case 'good':
    case 'slow':
      return answered;
    case 'bad':
      return { ...answered, findings: [{ failureClass: 'assertion', failure, endsAs: 'fail' }] };
    case 'error':
      return { ...answered, findings: [{ failureClass: 'definition', failure, endsAs: 'error' }] };
    case 'unavailable':
      return { ...answered, status: 503, findings: [gateway(503)] };
    case 'limited':
      return { ...answered, status: 429, findings: [gateway(429)] };
    case 'asked to wait':
      return { ...answered, status: 503, retryAfterMs: 12_000, findings: [gateway(503)] };
    case 'unknown':
      return { ...answered, findings: [{ failureClass: 'gateway', failure, endsAs: 'unknown' }] };
    case 'untrusted':
      return { kind: 'unanswered', failureClass: 'tls-verdict', summary: 'expired', phases: { total: 1 } };
    case 'silent':
      return { kind: 'unanswered', failureClass: 'timeout', summary: 'timed out', phases: { total: 1 } };
    case 'refused':
      return { kind: 'unanswered', failureClass: 'connect', summary: 'refused', phases: { total: 1 } };
  }
}

export interface PlayOptions extends Partial<RunChecksOptions> {
  /** Names of the checks that send something which may count twice. */
  readonly mayCountTwice?: readonly string[];
}

/** Runs a check file against scripted answers instead of servers, on a clock that jumps. Each `http` is only a name. */
export async function play(
  text: string,
  scripts: Scripts,
  { mayCountTwice = [], ...options }: PlayOptions = {},
): Promise<Played> {
  const clock = options.clock ?? new VirtualClock();
  const from = clock.monotonic();
  const seconds = () => (clock.monotonic() - from) / 1000;
  const asked: Record<string, number[]> = {};
  const notes: string[] = [];
  const probe = (name: string): Probe => ({
    url: undefined,
    host: 'shop.example',
    repeatable: !mayCountTwice.includes(name),
    async attempt({ signal, timeoutMs }: AttemptContext) {
      asked[name] ??= [];
      const times = asked[name];
      const script = scripts[name] ?? ['good'];
      const meets = script[Math.min(times.length, script.length - 1)] ?? 'good';
      times.push(seconds());
      if (meets === 'slow') await clock.sleep(20_000, signal);
      if (meets === 'silent') await clock.sleep(timeoutMs, signal);
      return met(meets);
    },
  });
  const scripted = <C extends Check>(check: C): C => ({
    ...check,
    expect: [],
    blueprint: { queries: [], bind: () => probe(check.name) },
  });
  const loaded = await loadChecks(text, { root: '.' });
  const file: CheckFile = {
    ...loaded,
    documents: loaded.documents.map((document) => ({
      ...document,
      checks: document.checks.map(scripted),
      scenarios: document.scenarios.map((one) => ({
        ...one,
        steps: one.steps.map(scripted),
        last: one.last.map(scripted),
      })),
    })),
  };
  const report = await runChecks(file, {
    variables: { url: 'http://shop.example', sha: 'abcdef1234567' },
    secrets: {},
    signal: new AbortController().signal,
    budgetMs: 86_400_000,
    mode: 'full',
    env: {},
    random: () => 0.5,
    onNote: (note) => notes.push(note),
    ...options,
    clock,
  });
  return { report, asked, notes, lasted: seconds() };
}

/** A check that is only a name: `http: /`. */
export function named(name: string, settings = ''): string {
  return `  - { name: ${name}, http: /, expect: { status: 200 }${settings === '' ? '' : `, ${settings}`} }\n`;
}
