import { isReasonCode, type ReasonCode } from '../outcome/reasons.ts';
import { code, escapeMarkdown, link } from '../text/markdown.ts';
import type { RolloutReport } from './rollout-report.ts';

/**
 * What comes before it is tried again. A rerun takes the same commit, the same workflow file and the same inputs: `push`
 * is for what only another of them mends, `either` for what may have been mended outside of them, and `never` for what no
 * run of this commit passes. All else may have passed by itself.
 */
const first: Partial<Record<ReasonCode, 'push' | 'either' | 'never'>> = {
  // the files
  'build-failed': 'push',
  'config-invalid': 'push',
  'checks-invalid': 'push',
  'condition-false': 'push',
  'checks-error': 'either',
  'release-command-failed': 'either',
  'not-stable': 'either',
  'out-of-time': 'either',
  'too-few-samples': 'either',
  'watch-incomplete': 'either',
  // the inputs
  'input-invalid': 'push',
  'strategy-refused': 'push',
  'machines-not-found': 'push',
  'volume-ambiguous': 'push',
  'volume-not-found': 'either',
  'cluster-not-found': 'either',
  'snapshot-timeout': 'either',
  'deploy-timeout': 'either',
  'image-not-found': 'either',
  'app-not-found': 'either',
  'public-address': 'either',
  'no-capacity': 'either',
  'unmanaged-machines': 'either',
  // the environment of the job
  'tool-missing': 'push',
  'tls-unverified': 'push',
  'proxy-unusable': 'either',
  // an older commit stays older, and a stranger's run a stranger's
  'older-than-live': 'never',
  fork: 'never',
};

/** How it is tried again, by what kept it from its end. A step of Markdown, or none. */
export function runAgainStep(report: RolloutReport, what = 'Run it again'): readonly string[] {
  const { run, action, verdict } = report;
  const { reason, outcome, cause } = verdict;
  // What was brought back has failed for its cause.
  const decisive = outcome === 'restored' ? (cause?.reason ?? reason) : reason;
  const before = isReasonCode(decisive) ? first[decisive] : undefined;
  if (before === 'never') return [];
  // A rollback ships nothing: it is started anew with other inputs, as its advice says.
  if (action === 'rollback' && (before === 'push' || decisive === 'image-not-found')) return [];
  if (before === 'push')
    return outcome === 'restored'
      ? []
      : ['Then push: a rerun would take this commit and this workflow file again'];
  if (run.run === undefined) return [];
  const command = run.rerun === undefined ? '' : `, or ${code(run.rerun)}`;
  const instead =
    before === 'either' && action !== 'rollback' ? '. A changed file or input needs a push instead' : '';
  const page = link('the page of this run', run.run.url);
  return [`${escapeMarkdown(what)}: “Re-run failed jobs” on ${page}${command}${instead}`];
}
