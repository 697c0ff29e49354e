import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { classOf, isUnderWay } from '../api/deployment-status.ts';
import type { WireDeployment } from '../api/wire.ts';
import { describeAsked } from './asked.ts';
import type { OwnDeployments } from './own-deployments.ts';

export interface CancelParts {
  readonly api: RailwayApi;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  log(line: string): void;
  warn(line: string): void;
}

/**
 * Cancels what this step has started and that is still on its way; what may be somebody else's is left, and what was asked
 * for and has not come yet is warned of. Failures: those of the API.
 */
export async function cancelOwnDeployments(parts: CancelParts, signal: AbortSignal): Promise<void> {
  const { api, ids, own } = parts;
  try {
    const { nodes } = await api.deploymentPage(ids, { first: 50 });
    // An upload whose answer was lost is found by its mark.
    own.see(nodes);
    await cancelAmong(nodes, parts, signal);
  } finally {
    warnOfUnanswered(parts);
  }
}

async function cancelAmong(
  nodes: readonly WireDeployment[],
  { api, own, log }: CancelParts,
  signal: AbortSignal,
): Promise<void> {
  const ours = nodes.filter((one) => own.has(one.id) && isUnderWay(classOf(one)));
  const underWay = ours.filter((one) => own.isSure(one.id));
  for (const { id } of ours.filter((one) => !underWay.includes(one))) log(leftWords(id));
  const cancel = async ({ id }: WireDeployment) => {
    await api.deploymentCancel(id, signal);
    log(`Deployment ${id} was cancelled.`);
  };
  await Promise.all(underWay.map(cancel));
}

/** Of what may be somebody else's, and is not cancelled. */
export function leftWords(id: string): string {
  return `The deployment ${id} may be of this run or of another: it is left, and may go live.`;
}

function warnOfUnanswered({ own, warn }: CancelParts): void {
  const { unanswered } = own;
  if (unanswered === undefined) return;
  own.tellsAsked();
  warn(
    `A deployment of ${describeAsked(unanswered)} was asked for, and Railway has not answered: it may still come, and go live unproved. Look for it among the deployments of the service in Railway’s dashboard.`,
  );
}
