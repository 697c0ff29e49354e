import type { ActionResult, Ports } from '#core';
import { type RolloutVerdict, rollbackPage, rolloutResult } from '#core/deployment';
import type { OpenRailway } from '#core/railway';
import type { OpenRailwayDeploy } from './open.ts';

/** What the step says about a deploy that ran. */
export async function resultOf(
  { runner: { context } }: Ports,
  { railway, bound, commit, evidence }: OpenRailwayDeploy,
  verdict: RolloutVerdict,
  durationMs: number,
): Promise<ActionResult> {
  const { workflowWords, target } = railway;
  const page = { ...workflowWords, target: target.name, environment: bound.environment };
  return rolloutResult(context, bound, {
    action: 'railway-up',
    target,
    verdict,
    durationMs,
    notUndone: railway.notUndone,
    from: verdict.previous && (await bound.history.commit(verdict.previous)),
    to: commit,
    outputs: railwayOutputs(railway, verdict),
    evidence: evidence.lines,
    evidenceTitle: railway.evidenceTitle,
    rollbackUrl: rollbackPage(context, page),
    folds: [{ title: 'What is in force on Railway', body: railway.beside().markdown }],
  });
}

/** The outputs only Railway has. */
function railwayOutputs({ service, platform }: OpenRailway, { release }: RolloutVerdict) {
  const { uploaded } = platform;
  return {
    'deployment-id': release?.id ?? uploaded?.id ?? '',
    'service-id': service.serviceId,
    'environment-id': service.environmentId,
    'project-id': service.projectId,
    domains: JSON.stringify(service.domains),
    'logs-url': uploaded?.logsUrl ?? '',
    status: uploaded?.status ?? '',
    'failed-step': uploaded?.failedStep ?? '',
  };
}
