import type { Deployment } from './deployment.ts';
import {
  type DeploymentEvent,
  type DeploymentStep,
  type EventPayload,
  StepFailure,
} from './deployment-events.ts';
import type { RailwayDoors } from './switches.ts';

/** Does a step and writes down how it went; a failure of it is thrown on. */
export async function step<T>(
  deployment: Deployment,
  name: DeploymentStep,
  { doors, work }: { readonly doors: Pick<RailwayDoors, 'clock' | 'ids'>; readonly work: () => Promise<T> },
): Promise<T> {
  const { clock, ids } = doors;
  const event: DeploymentEvent = {
    id: ids.next(),
    step: name,
    createdAt: clock.now(),
    completedAt: undefined,
    payload: {},
  };
  deployment.events.push(event);
  deployment.changed();
  const complete = (payload: EventPayload) => {
    event.completedAt = clock.now();
    event.payload = { durationMs: Math.round(event.completedAt - event.createdAt), ...payload };
    deployment.changed();
  };
  try {
    const result = await work();
    complete({});
    return result;
  } catch (error) {
    if (error instanceof StepFailure) complete({ error: error.message });
    throw error;
  }
}
