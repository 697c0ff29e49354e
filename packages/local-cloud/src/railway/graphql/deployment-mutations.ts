import type { Deployment } from '../deployment.ts';
import { notAuthorized, refused } from '../refusal.ts';
import { canRedeploy, canRollback } from '../retention.ts';
import { retire } from '../retire.ts';
import { deploymentFields } from './deployment-fields.ts';
import { findDeployment } from './queries.ts';
import type { Viewer } from './viewer.ts';

interface OfDeployment {
  readonly id: string;
}

/** What is done to one deployment. Whoever may enter its environment may do it. */
export const deploymentMutations = {
  /** Answers before there is a deployment, and never with its id. */
  deploymentRollback: ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    const { clock, switches, closed } = viewer.world.doors;
    if (viewer.token?.kind === 'project' && switches.projectTokenRollback === 'refused')
      throw notAuthorized();
    if (!canRollback(deployment, clock.now()))
      throw refused('Deployment cannot be rolled back to', 'BAD_USER_INPUT');
    const { instance } = deployment;
    void clock.until(clock.now() + switches.pace.rollbackMs, closed).then(() => {
      if (!closed.aborted)
        viewer.deploys.begin(instance, again(deployment, { reason: 'rollback', isBuilt: true }));
    });
    return true;
  },
  deploymentRedeploy: (
    { id, usePreviousImageTag }: OfDeployment & { usePreviousImageTag?: boolean | null },
    viewer: Viewer,
  ) => {
    const deployment = findDeployment(viewer, id);
    if (!canRedeploy(deployment)) throw refused('Deployment is not redeployable', 'BAD_USER_INPUT');
    const isBuilt = usePreviousImageTag === true && deployment.wasLive;
    const { instance } = deployment;
    const isOfNow = viewer.world.doors.switches.redeploySettings === 'of-now';
    const { settings, variables } = isOfNow ? instance : deployment;
    const wanted = { ...again(deployment, { reason: 'redeploy', isBuilt }), settings, variables };
    const made = viewer.deploys.begin(instance, wanted);
    return deploymentFields(made, viewer);
  },
  deploymentCancel: ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    if (!deployment.isOnTheWay) throw refused('Deployment is not cancellable', 'BAD_USER_INPUT');
    viewer.deploys.abort(deployment);
    return true;
  },
  deploymentRemove: ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    if (deployment.isOnTheWay) viewer.deploys.abort(deployment);
    else if (deployment.status !== 'REMOVED' && deployment.status !== 'REMOVING')
      void retire(deployment, { doors: viewer.world.doors });
    return true;
  },
  deploymentStop: async ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    if (deployment.status !== 'SUCCESS') throw refused('Deployment is not stoppable', 'BAD_USER_INPUT');
    await Promise.all(deployment.replicas.map((replica) => replica.end('EXITED', 0)));
    return true;
  },
  deploymentRestart: async ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    if (deployment.status !== 'SUCCESS' && deployment.status !== 'CRASHED')
      throw refused('Deployment is not restartable', 'BAD_USER_INPUT');
    await Promise.all(deployment.replicas.map((replica) => replica.end('STOPPED', 0)));
    await Promise.all(deployment.replicas.map((replica) => replica.launch()));
    deployment.enter('SUCCESS');
    return true;
  },
  deploymentApprove: ({ id }: OfDeployment, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    if (deployment.status !== 'NEEDS_APPROVAL')
      throw refused('Deployment does not need approval', 'BAD_USER_INPUT');
    viewer.deploys.approve(deployment);
    return true;
  },
};

/** The same content with the settings and variables it had. */
function again(
  deployment: Deployment,
  { reason, isBuilt }: { readonly reason: string; readonly isBuilt: boolean },
) {
  const { content, settings, variables } = deployment;
  const { serviceManifest: _, skippedReason: __, configErrors: ___, imageDigest, ...meta } = deployment.meta;
  const kept = isBuilt && imageDigest !== undefined ? { imageDigest } : {};
  return { content, settings, variables, isBuilt, meta: { ...meta, ...kept, reason } };
}
