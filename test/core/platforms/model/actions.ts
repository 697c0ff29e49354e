import { reportDryRun } from '../../../../actions/rollback/src/dry-run.ts';
import { resultOf } from '../../../../actions/rollback/src/result.ts';
import type { ActionResult } from '../../../../packages/core/src/action/action.ts';
import type { Ports } from '../../../../packages/core/src/action/ports.ts';
import {
  type DeployInputs,
  deployPorts,
  type OpenDeploy,
  openDeploy,
} from '../../../../packages/core/src/deployment/open-deploy.ts';
import { openRollback, type RollbackInputs } from '../../../../packages/core/src/deployment/open-rollback.ts';
import { runPost } from '../../../../packages/core/src/deployment/post.ts';
import { rolloutResult } from '../../../../packages/core/src/deployment/result.ts';
import { runDeploy, runRollback } from '../../../../packages/core/src/deployment/run-rollout.ts';
import { startTimeBudget } from '../../../../packages/core/src/deployment/time-budget.ts';
import { refusedRun, untrustedRun } from '../../../../packages/core/src/deployment/untrusted.ts';
import type { Release } from '../../../../packages/core/src/platforms/platform.ts';
import type { MainEnd, PostReport } from '../../../../packages/core/src/report/post-report.ts';
import type { RolloutPlan, RolloutVerdict } from '../../../../packages/core/src/rollout/plan.ts';
import type { RolloutPorts } from '../../../../packages/core/src/rollout/ports.ts';
import type { SavedRollout } from '../../../../packages/core/src/rollout/saved-shape.ts';
import type { ModelMatch, ModelSource } from './adapter.ts';
import { type ModelModule, platformsIn } from './index.ts';
import type { ModelWorld } from './world.ts';

// Two actions on the model, put together of the doors that those on Fly are put together of.

/** What a deploy is asked for: to ship a source, or to find what is there. */
export interface DeployAsk extends Partial<Pick<RolloutPlan, 'until' | 'onFailure' | 'activation'>> {
  readonly ship?: ModelSource;
  readonly find?: ModelMatch;
  readonly isChecked?: boolean;
}

export interface RollbackAsk {
  readonly to?: string;
  readonly isChecked?: boolean;
  readonly dryRun?: boolean;
}

/** What it said; without a verdict where it came to no rollout. */
export interface Said {
  readonly result: ActionResult;
  readonly verdict?: RolloutVerdict;
}

/** The inputs that every run has. */
const given = { modelProject: 'shop' };

export class ModelActions {
  readonly #world: ModelWorld;
  readonly #token: string;

  constructor(world: ModelWorld, token: string) {
    this.#world = world;
    this.#token = token;
  }

  async deploy(doors: Ports, ask: DeployAsk): Promise<Said> {
    const inputs = this.#inputs(ask);
    const budget = startTimeBudget(doors, inputs);
    const platform = await this.#platform(doors);
    const refused = await this.#refused(budget.ports, platform, 'deploy');
    if (refused !== undefined) return { result: refused };
    const opened = await this.#openDeploy(budget.ports, platform, ask);
    const { verdict, durationMs } = await runDeploy(budget, opened, planOf(ask));
    const { bound, open, evidence } = opened;
    const result = await rolloutResult(doors.runner.context, bound, {
      action: 'model-deploy',
      target: open.target,
      verdict,
      durationMs,
      notUndone: open.notUndone,
      from: undefined,
      to: opened.commit,
      outputs: {},
      evidence: evidence.lines,
      evidenceTitle: open.evidenceTitle,
    });
    return { verdict, result };
  }

  async rollback(doors: Ports, ask: RollbackAsk): Promise<Said> {
    const inputs = this.#rollbackInputs(ask);
    const budget = startTimeBudget(doors, { ...inputs, restoreTimeoutMs: 0 });
    const { ports } = budget;
    const platform = await this.#platform(doors);
    const refused = await this.#refused(ports, platform, 'rollback');
    if (refused !== undefined) return { result: refused };
    const sinceMs = budget.spentMs();
    const opened = await openRollback(ports, await platform.open(ports, given), inputs);
    if (ask.dryRun === true)
      return { result: await reportDryRun(opened, { signal: ports.signal, budgetMs: inputs.timeoutMs }) };
    const { verdict, durationMs } = await runRollback(budget, opened, { ...inputs, sinceMs });
    const slaMs = 300_000;
    const result = await resultOf(ports, opened, { verdict, durationMs, slaMs, reason: inputs.reason });
    return { verdict, result };
  }

  /** `post` of a deploy that was asked for that. */
  post(doors: Ports, main: MainEnd, ask: DeployAsk): Promise<PostReport | undefined> {
    return this.#post(doors, { action: 'model-deploy', main }, async (ports, platform, saved) => {
      const { open, rollout } = await this.#openDeploy(ports, platform, ask);
      open.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
      return rollout;
    });
  }

  /** The same of a rollback. */
  postRollback(doors: Ports, main: MainEnd, ask: RollbackAsk): Promise<PostReport | undefined> {
    return this.#post(doors, { action: 'rollback', main }, async (ports, platform, saved) => {
      const open = await platform.open(ports, given);
      const { rollout } = await openRollback(ports, open, this.#rollbackInputs(ask));
      open.recall(saved.memory, { back: saved.known.wanted });
      return rollout;
    });
  }

  #post(
    doors: Ports,
    of: { readonly action: string; readonly main: MainEnd },
    open: (ports: Ports, platform: ModelModule, saved: SavedRollout) => Promise<RolloutPorts>,
  ): Promise<PostReport | undefined> {
    return runPost({ ...of, tools: undefined }, doors, async (ports) => {
      const platform = await platformsIn(this.#world).platformOfMain(ports.runner);
      if (platform === undefined) throw new Error('Main had named the model.');
      return {
        inputs: this.#inputs({}),
        target: { id: platform.target(given).id, look: (own) => platform.look(own, given) },
        open: (saved) => open(ports, platform, saved),
      };
    });
  }

  #platform({ runner }: Ports): Promise<ModelModule> {
    return platformsIn(this.#world).platformOf(given, runner);
  }

  async #refused(ports: Ports, platform: ModelModule, kind: 'deploy' | 'rollback') {
    const inputs = this.#inputs({});
    const untrusted = await untrustedRun(ports, inputs);
    if (untrusted === undefined) return undefined;
    return refusedRun(ports, {
      action: `model-${kind}`,
      kind,
      untrusted,
      dryRun: false,
      environment: inputs.environment,
      target: platform.target(given),
      look: platform.look(ports, given),
    });
  }

  async #openDeploy(
    ports: Ports,
    platform: ModelModule,
    ask: DeployAsk,
  ): Promise<OpenDeploy & { readonly rollout: RolloutPorts }> {
    const inputs = this.#inputs(ask);
    const open = await platform.open(ports, given);
    const opened = await openDeploy(ports, open, inputs, { commit: commitOf(ask) });
    const { platform: model, target } = open;
    const rollout = deployPorts(ports, opened, inputs, {
      isBarrier: () => false,
      // What is looked for may serve before it is asked for: the platform deploys by itself.
      alreadyServes: async (live) => ask.find !== undefined && isWhatWasFound(live, ask.find),
      obtain: async ({ signal, budgetMs }) => {
        if (ask.ship !== undefined) return model.ship(target, ask.ship, { budgetMs }, signal);
        return model.find(target, ask.find ?? { id: '' }, { budgetMs }, signal);
      },
      stop: () => model.cancelOwn(target),
    });
    return { ...opened, rollout };
  }

  #inputs({ isChecked = true }: Pick<DeployAsk, 'isChecked'>): DeployInputs {
    return {
      checks: isChecked ? 'home' : undefined,
      checkVariables: {},
      checkSecrets: {},
      environment: 'production',
      service: undefined,
      workingDirectory: '.',
      githubToken: this.#token,
      ledgerKeys: [],
      force: [],
      overrideReason: undefined,
      timeoutMs: 1_200_000,
      restoreTimeoutMs: 600_000,
    };
  }

  #rollbackInputs({ to = 'last-verified', ...ask }: RollbackAsk): RollbackInputs {
    return {
      ...this.#inputs(ask),
      to,
      allowUnverified: false,
      commit: undefined,
      reason: 'the basket is empty',
    };
  }
}

function planOf({ ship, isChecked = true, ...ask }: DeployAsk): RolloutPlan {
  return {
    kind: 'deploy',
    obtain: ship === undefined ? 'find' : 'ship',
    barrier: false,
    activation: ask.activation ?? 'separate',
    until: ask.until ?? 'live',
    onFailure: ask.onFailure ?? 'restore',
    hasChecks: isChecked,
    checksStaged: isChecked && ask.activation !== 'with-obtain',
  };
}

function isWhatWasFound(live: Release, match: ModelMatch): boolean {
  return 'id' in match ? live.id === match.id : live.commit === match.commit;
}

function commitOf({ ship, find }: DeployAsk): string | undefined {
  return ship?.commit ?? (find !== undefined && 'commit' in find ? find.commit : undefined);
}
