import type { ActionResult, Ports } from '#core';
import { type RolloutVerdict, rollbackPage, rolloutResult, withWarnings } from '#core/deployment';
import { deploymentUrl, type OpenRailway } from '#core/railway';
import type { OpenRailwayDeploy } from './open.ts';
import { verdictForPreview } from './preview/advice.ts';

/** What the step says about a deploy that ran. */
export async function resultOf(
  { runner: { context } }: Ports,
  { railway, bound, commit, evidence, news, preview }: OpenRailwayDeploy,
  verdict: RolloutVerdict,
  durationMs: number,
): Promise<ActionResult> {
  const { workflowWords, target } = railway;
  const page = { ...workflowWords, target: target.name, environment: bound.environment };
  const result = await rolloutResult(context, bound, {
    action: 'railway-up',
    target,
    verdict: preview === undefined ? verdict : verdictForPreview(verdict),
    durationMs,
    isReview: preview !== undefined,
    notUndone: railway.notUndone,
    from: verdict.previous && (await bound.history.commit(verdict.previous)),
    to: commit,
    outputs: railwayOutputs(railway, verdict),
    evidence: evidence.lines,
    evidenceTitle: railway.evidenceTitle,
    rollbackUrl: preview === undefined ? rollbackPage(context, page) : undefined,
    folds: [{ title: 'What is in force on Railway', body: railway.beside().markdown }],
  });
  return withWarnings(result, [...railway.beside().warnings, ...((await news?.()) ?? [])]);
}

/** The outputs only Railway has. */
function railwayOutputs({ ids, hosts, platform }: OpenRailway, { release }: RolloutVerdict) {
  const { deployed } = platform;
  const id = release?.id ?? deployed?.id ?? '';
  const logsUrl = deployed?.id === id ? deployed.logsUrl : undefined;
  const seen = platform.seen(id);
  return {
    'deployment-id': id,
    'service-id': ids.serviceId,
    'environment-id': ids.environmentId,
    'project-id': ids.projectId,
    domains: JSON.stringify(hosts),
    'logs-url': logsUrl ?? (id === '' ? '' : deploymentUrl(ids, id)),
    status: seen?.status ?? '',
    'skipped-reason': platform.skippedReason ?? '',
    'failed-step': seen?.failedStep ?? '',
  };
}
