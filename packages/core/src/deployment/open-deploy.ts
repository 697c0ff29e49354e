import type { Ports } from '../action/ports.ts';
import type { Fingerprint } from '../ledger/fingerprint.ts';
import type { OpenPlatform } from '../platforms/open-platform.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { defined } from '../text/defined.ts';
import { FailureEvidence } from './failure-evidence.ts';
import { intentOf } from './intent.ts';
import { type BoundRollout, createRolloutPorts, type RolloutInputs, type RolloutSubject } from './rollout.ts';

/** What every deploy is asked with, whatever the platform. */
export interface DeployInputs extends RolloutInputs {
  readonly restoreTimeoutMs: number;
}

/** A deploy with its platform and its records open, and nothing to ship yet. */
export interface OpenDeploy {
  readonly open: OpenPlatform;
  readonly bound: BoundRollout;
  /** The commit this deploy is about; undefined where nobody says it. */
  readonly commit: string | undefined;
  readonly evidence: FailureEvidence;
}

/** Opens checks and records for a deploy. Failure: `checks-invalid`. */
export async function openDeploy(
  ports: Ports,
  open: OpenPlatform,
  inputs: DeployInputs,
  { commit, transient }: Pick<OpenDeploy, 'commit'> & Pick<RolloutSubject, 'transient'>,
): Promise<OpenDeploy> {
  const { platform, target, runInInstance } = open;
  const bound = await createRolloutPorts(ports, inputs, {
    kind: 'deploy' as const,
    platform,
    target,
    commit: () => commit,
    ...defined({ runInInstance, transient }),
  });
  return {
    open,
    bound,
    commit,
    evidence: new FailureEvidence((release) => open.evidence(release), ports.clock),
  };
}

/** What a deploy ships, by what its platform can do. */
export interface Shipment
  extends Pick<RolloutPorts, 'obtain'>,
    Partial<
      Pick<RolloutPorts, 'alreadyServes' | 'barrier' | 'gates' | 'prepare' | 'stop' | 'restoreCaveat'>
    > {
  /** Of everything it ships; absent: no release can be known to be the same. */
  readonly fingerprint?: Fingerprint;
  /** Whether nobody may go back behind it, as far as is known when its record is opened. */
  isBarrier(): boolean;
}

/** The ports of a rollout that ships it. */
export function deployPorts(
  { runner }: Pick<Ports, 'runner'>,
  { open, bound, commit, evidence }: OpenDeploy,
  inputs: DeployInputs,
  { fingerprint, isBarrier, ...shipment }: Shipment,
): RolloutPorts {
  const { platform, target } = open;
  const { environment, service, overrideReason: reason = '' } = inputs;
  return evidence.watching<RolloutPorts>({
    ...bound.ports,
    memory: () => open.memory(),
    settle: (release, wanted, { signal, budgetMs }) => {
      const options = {
        ...wanted,
        budgetMs: Math.min(budgetMs, open.settleMs),
        onProgress: bound.ports.log,
      };
      return platform.settle(target, release, options, signal);
    },
    ...shipment,
    intent: (live) =>
      intentOf(
        {
          target,
          live,
          commit,
          environment,
          service,
          reason,
          barrier: isBarrier(),
          ...defined({ fingerprint }),
          budgetMs: inputs.timeoutMs + inputs.restoreTimeoutMs,
        },
        runner.context,
      ),
  });
}
