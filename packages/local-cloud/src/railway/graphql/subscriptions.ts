import { findEnvironment } from '../access.ts';
import type { Deployment, Environment } from '../deployment.ts';
import type { LogLine } from '../log-book.ts';
import { pushed } from '../socket/pushed.ts';
import { deploymentFields, eventFields } from './deployment-fields.ts';
import {
  type DeploymentLogArguments,
  deploymentLines,
  type EnvironmentLogArguments,
  environmentLines,
  filterOf,
  linesOf,
  logFields,
} from './log-fields.ts';
import { findDeployment } from './queries.ts';
import type { Viewer } from './viewer.ts';

/** Root fields of `Subscription`: what there is at first, then what comes. */
export const subscriptions = {
  /** Every change, for as long as anybody listens: what is removed or skipped ends no stream. */
  deployment: ({ id }: { id: string }, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    const { switches } = viewer.world.doors;
    return pushed<object>(({ push, end }) => {
      const show = () => {
        push({ deployment: deploymentFields(deployment, viewer) });
        if (deployment.status === switches.statusStreamEndsAt) end();
      };
      show();
      return deployment.watch(show);
    });
  },
  /** Each step as it begins, and as it is done. */
  deploymentEvents: ({ id }: { id: string }, viewer: Viewer) => {
    const deployment = findDeployment(viewer, id);
    const shown = new Map<string, number | undefined>();
    return pushed<object>(({ push }) => {
      const show = () => {
        for (const event of deployment.events) {
          if (shown.has(event.id) && shown.get(event.id) === event.completedAt) continue;
          shown.set(event.id, event.completedAt);
          push({ deploymentEvents: eventFields(event) });
        }
      };
      show();
      return deployment.watch(show);
    });
  },
  buildLogs: (wanted: DeploymentLogArguments, viewer: Viewer) =>
    deploymentStream(viewer, { wanted, kind: 'build', field: 'buildLogs' }),
  deploymentLogs: (wanted: DeploymentLogArguments, viewer: Viewer) =>
    deploymentStream(viewer, { wanted, kind: 'deploy', field: 'deploymentLogs' }),
  environmentLogs: (wanted: EnvironmentLogArguments, viewer: Viewer) => {
    const environment = findEnvironment(viewer.world, viewer.token, wanted.environmentId);
    const backlog = environmentLines(viewer.world, environment, wanted);
    const isWanted = filterOf(wanted.filter);
    return logStream(viewer, { environment, backlog, isWanted, field: 'environmentLogs' });
  },
};

function deploymentStream(
  viewer: Viewer,
  of: { readonly wanted: DeploymentLogArguments; readonly kind: LogLine['kind']; readonly field: string },
) {
  const { wanted, kind, field } = of;
  const deployment = findDeployment(viewer, wanted.deploymentId);
  const backlog = deploymentLines(viewer.world, { deployment, kind }, wanted);
  const isWanted = linesOf(deployment, kind, wanted.filter);
  const { environment } = deployment.instance;
  const hasEnded = () => (kind === 'build' ? !deployment.isOnTheWay : isOver(deployment));
  return logStream(viewer, { environment, backlog, isWanted, field, life: { deployment, hasEnded } });
}

interface Stream {
  readonly environment: Environment;
  readonly backlog: readonly LogLine[];
  readonly isWanted: (line: LogLine) => boolean;
  readonly field: string;
  /** A deployment's own log ends a while after it does: the frame with its last status is out by then. */
  readonly life?: { readonly deployment: Deployment; readonly hasEnded: () => boolean };
}

function logStream({ world }: Viewer, { environment, backlog, isWanted, field, life }: Stream) {
  const { clock, switches, closed } = world.doors;
  return pushed<object>(({ push, end }) => {
    const show = (lines: readonly LogLine[]) => {
      if (lines.length === 0) return;
      push({ [field]: lines.map(logFields) });
    };
    const unfollow = world.logsOf(environment).follow((line) => isWanted(line) && show([line]));
    let isEnding = false;
    const look = () => {
      if (isEnding || life?.hasEnded() !== true) return;
      isEnding = true;
      void clock.until(clock.now() + switches.pace.streamTailMs, closed).then(end);
    };
    const unwatch = life?.deployment.watch(look) ?? (() => undefined);
    show(backlog);
    if (switches.logStream === 'ends-early') end();
    look();
    return () => {
      unfollow();
      unwatch();
    };
  });
}

/** Nothing of it runs any more, and nothing of it will. */
function isOver({ status }: Deployment): boolean {
  return ['FAILED', 'REMOVED', 'SKIPPED', 'CRASHED'].includes(status);
}
