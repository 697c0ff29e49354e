import { ActionFailure } from '../../../outcome/failure.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { mayBeDone } from '../api/failures.ts';
import { awaitNewDeployment } from '../watch/await-new-deployment.ts';
import { type AskedOf, describeAsked, madeOf, rebuilt } from './asked.ts';
import type { OwnDeployments } from './own-deployments.ts';
import { type Allowed, failureOf, type Sent } from './sent.ts';

/** A deployment that Railway makes of what it has, and whose id it answers. */
export interface DeploymentAsked {
  readonly of: AskedOf;
  /** Asks, once. */
  ask(api: RailwayApi): Promise<string>;
}

export interface AskingParts {
  readonly api: RailwayApi;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  log(line: string): void;
}

/** After an answer that was lost, its deployment shows within this, milliseconds. */
const appearsWithinMs = 15_000;

/**
 * Asks for a deployment, once. Its answer is waited for also where the job is cancelled meanwhile: by it alone this run
 * knows for sure which is its own, and may cancel it.
 */
export class AskingSender {
  readonly #parts: AskingParts;

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  async send(asked: DeploymentAsked, { budgetMs, signal, remember }: Allowed): Promise<Sent> {
    const { api, ids, own, log } = this.#parts;
    const { clock } = api;
    const end = clock.monotonic() + budgetMs;
    // An answer that does not come in time is lost as well: its deployment is looked for while there is time for it.
    const lookMs = Math.min(appearsWithinMs, budgetMs / 4);
    const named = describeAsked(asked.of);
    const { nodes } = await api.deploymentPage(ids, { first: 50 });
    signal.throwIfAborted();
    own.see(nodes);
    own.asks(asked.of);
    remember?.();
    try {
      const id = await asked.ask(api.within(end - lookMs - clock.monotonic()));
      own.made({ id });
      remember?.();
      log(`Railway makes a deployment of ${named}: ${id}.`);
      signal.throwIfAborted();
      return { id };
    } catch (error) {
      signal.throwIfAborted();
      if (!mayBeDone(error)) {
        own.asks(undefined);
        if (error instanceof ActionFailure) return failureOf(error);
        throw error;
      }
      // Never asked for twice: the deployment may be there.
      log(`Railway did not say whether it deploys (${error.message}): looking for its deployment.`);
      const { deployment } = await awaitNewDeployment(api, {
        ids,
        known: new Set(nodes.map(({ id }) => id)),
        wanted: madeOf(asked.of, nodes) ?? rebuilt(await this.#original(asked)),
        signal,
        budgetMs: lookMs,
      });
      if (deployment === undefined) {
        own.tellsAsked();
        return notSeen(named, error);
      }
      own.made({ id: deployment.id, isMaybe: true });
      remember?.();
      log(`A deployment of ${named} has come: ${deployment.id}.`);
      return { id: deployment.id };
    }
  }

  /** One that is older than the newest 50. */
  #original({ of: { again = '' } }: DeploymentAsked) {
    return this.#parts.api.deployment(again);
  }
}

function notSeen(named: string, error: Error): PlatformFailure {
  return {
    reason: 'deployment-not-seen',
    what: `Railway did not confirm a deployment of ${named}: ${error.message}`,
    why: 'none has appeared either; one may still, where Railway was slow to answer',
    next: 'Look whether one has come in Railway’s dashboard, then run the job again.',
  };
}
