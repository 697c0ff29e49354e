import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { RolloutPlan, RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';
import type { Allowance, RolloutPorts, VerifyRequest } from '../../../packages/core/src/rollout/ports.ts';
import { resumeInPost } from '../../../packages/core/src/rollout/resume.ts';
import { readSaved } from '../../../packages/core/src/rollout/saved.ts';
import { Timeline } from '../../../packages/core/src/rollout/timeline.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { ModelPlatform } from './model-platform.ts';
import type { Script } from './script.ts';

/** The limits the actions pass by default: a rollback has no time of its own to go back. */
export const timeoutMs = 1_200_000;
export const restoreTimeoutOf = ({ kind }: RolloutPlan) => (kind === 'rollback' ? 0 : 600_000);

const intent: Intent = {
  schema: 1,
  platform: 'fly',
  target: 'fly:shop',
  service: 'web',
  environment: 'production',
  commit: null,
  previous: null,
  restores: null,
  replaces: null,
  barrier: false,
  actor: 'ada',
  trigger: 'push',
  reason: '',
  run: '1',
  attempt: 1,
};

/** What one scripted rollout came to. `verdict` is undefined when it failed before anything was recorded. */
export interface Played {
  readonly verdict: RolloutVerdict | undefined;
  readonly model: ModelPlatform;
  readonly ledger: MemoryLedger;
  readonly ports: RolloutPorts;
  readonly log: readonly string[];
  readonly tookMs: number;
}

interface PlayOptions {
  readonly ledgerIsBroken?: boolean;
  /** Default `timeoutMs`. */
  readonly within?: number;
  /** What every restore will say it cannot bring back. */
  readonly caveat?: string;
}

export async function play(script: Script, options: PlayOptions = {}): Promise<Played> {
  const clock = new VirtualClock();
  const model = new ModelPlatform(script, clock);
  const ledger = new MemoryLedger(options.ledgerIsBroken);
  const log: string[] = [];
  const { caveat } = options;
  const ports = {
    ...modelPorts(script, { model, ledger, clock, log }),
    ...(caveat !== undefined && { restoreCaveat: () => caveat }),
  };
  const limits = {
    timeoutMs: options.within ?? timeoutMs,
    restoreTimeoutMs: restoreTimeoutOf(script.plan),
    signal: model.cancel.signal,
  };
  const rollout = runRollout(script.plan, ports, limits).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ActionFailure') return undefined;
    throw error;
  });
  const verdict = await Promise.race([rollout, model.killed.then(() => undefined)]);
  const left = script.killedAt === undefined ? ledger : ledger.copy();
  return { verdict, model, ledger: left, ports, log, tookMs: clock.monotonic() };
}

/** What `post` makes of a rollout that was cut, on a target where nothing else happens any more but a second cancel. */
export async function playPost(
  cut: Played,
  script: Script,
  { cancelledAt }: Partial<Pick<Script, 'cancelledAt'>> = {},
): Promise<Played | undefined> {
  const saved = readSaved(cut.model.saved);
  if (saved === undefined || saved.ended) return undefined;
  const calm: Script = { ...script, foreignAt: undefined, deadFrom: undefined, killedAt: undefined };
  const { ledger } = cut;
  const log = [...cut.log];
  const clock = new VirtualClock();
  const model = new ModelPlatform({ ...calm, cancelledAt }, clock, cut.model.world);
  model.save(cut.model.saved);
  const ports = modelPorts(calm, { model, ledger, clock, log });
  const verdict = await resumeInPost(saved, ports, model.cancel.signal);
  return { verdict, model, ledger, ports, log, tookMs: clock.monotonic() };
}

function newStage(script: Script): Stage {
  const clock = new VirtualClock();
  return { clock, model: new ModelPlatform(script, clock), ledger: new MemoryLedger(), log: [] };
}

interface Stage {
  readonly model: ModelPlatform;
  readonly ledger: MemoryLedger;
  readonly clock: VirtualClock;
  readonly log: string[];
}

/** The ports of a scripted platform, on a stage of their own if none is given. */
export function modelPorts(script: Script, stage: Stage = newStage(script)): RolloutPorts {
  const { model, ledger, clock, log } = stage;
  const verify = async ({ phase }: VerifyRequest, { signal }: Allowance) => {
    await model.called(`verify ${phase}`, signal);
    if (phase === 'before') {
      const challenged = script.challengedBefore ? { challenged: 'home: 403 from an edge' } : {};
      const passed = script.passedBefore;
      return { outcome: 'pass', reason: 'verified', note: '', passed, ...challenged } as const;
    }
    const how = script.checks[phase];
    if (how === 'hangs') await clock.sleep(1e9, signal);
    if (how === 'throws') throw new Error('the engine broke');
    const outcome = how === 'hangs' ? 'error' : how;
    const reason = {
      pass: 'verified',
      fail: 'checks-failed',
      inconclusive: 'runner-network',
      error: 'checks-error',
    }[outcome];
    return { outcome, reason, note: `GET / said ${outcome}` };
  };
  return {
    platform: model,
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    clock,
    timeline: new Timeline(clock),
    ledger,
    gates: [],
    log: (line) => log.push(line),
    save: (text) => model.save(text),
    verdict: async () => script.verdict,
    activeRecords: async () => ledger.active,
    gateFacts: async (kind, live) => ({ kind, live }),
    alreadyServes: async (release) => script.alreadyServes && model.world.ownerOf(release) === 'before',
    intent: () => intent,
    obtain: (allowance) => model.obtain(allowance),
    relation: async (release) => {
      const restores = model.world.restoredAs(release);
      const mine = model.world.ownerOf(release) === 'ours' && restores === undefined;
      return { mine, ...(restores !== undefined && { restores }) };
    },
    stop: (release, { signal }) => model.called(`stop ${release?.id}`, signal),
    settle: async (_release, _wanted, { signal }) => {
      const restores = model.saved !== '' && JSON.parse(model.saved).restore !== undefined;
      await model.called('settle', signal);
      const how = model.isDead ? 'unknown' : script.settle[restores ? 'restore' : 'change'];
      if (how === 'hangs') await clock.sleep(1e9, signal);
      if (how === 'settled') return { kind: 'settled' };
      if (how === 'unknown') return { kind: 'unknown', note: 'no answer' };
      const reason = how === 'incomplete' ? how : 'crashed';
      return { kind: 'failed', failure: { reason, what: 'Not all of it runs.', next: 'Read its log.' } };
    },
    ...(script.plan.hasChecks && { verify }),
    lastVerified: async (_, { signal }) => {
      await model.called('last verified', signal);
      if (script.hasLastVerified) return { kind: 'found', release: model.world.older };
      return { kind: 'none', why: 'No release was ever verified.' };
    },
  };
}
