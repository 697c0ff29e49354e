import { findTarget, lastVerifiedRelease } from '../../../packages/core/src/deployment/find-target.ts';
import { History } from '../../../packages/core/src/deployment/history.ts';
import { intentOf } from '../../../packages/core/src/deployment/intent.ts';
import { owedByRollback } from '../../../packages/core/src/deployment/owed.ts';
import { Relations } from '../../../packages/core/src/deployment/relations.ts';
import { Turns } from '../../../packages/core/src/deployment/turns.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import type { WantedTarget } from '../../../packages/core/src/platforms/wanted-target.ts';
import type { ChosenTarget } from '../../../packages/core/src/rollout/choose-target.ts';
import type { CheckVerdict } from '../../../packages/core/src/rollout/plan.ts';
import type { RolloutPorts } from '../../../packages/core/src/rollout/ports.ts';
import { Timeline } from '../../../packages/core/src/rollout/timeline.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import { type Build, digest } from './build.ts';
import type { Chronicle } from './chronicle.ts';
import { servingIn } from './fleet.ts';
import { NumberedPlatform } from './numbered-platform.ts';
import { type NumberedWorld, pinned } from './numbered-world.ts';
import type { RunProcess, Sight } from './run-process.ts';

export const target = { platform: 'fly', id: 'fly:shop', name: 'shop' } as const;

/** What one run was asked for. */
export type Asked =
  | { readonly kind: 'deploy'; readonly build: Build; readonly from: 'image' | 'source' }
  | { readonly kind: 'rollback'; readonly to: WantedTarget };

export interface Run {
  readonly asked: Asked;
  /** `run 2`: whose the releases are that it makes. */
  readonly name: string;
  readonly runId: string;
  readonly attempt: number;
}

/** A choice a rollback made, and what it stood on. */
export interface Chosen {
  readonly sight: Sight | undefined;
  readonly live: Live;
  readonly answer: ChosenTarget;
  /** What everybody could know then. */
  readonly chronicle: Chronicle;
}

export interface OpenRun {
  readonly platform: NumberedPlatform;
  readonly ports: RolloutPorts;
  readonly chosen: readonly Chosen[];
}

export interface Around {
  readonly ledger: Ledger;
  /** What everybody could know by now. */
  readonly chronicle: () => Chronicle;
  readonly platform?: NumberedPlatform;
  readonly waitTimeoutMs?: number;
  /** Whether another run is over, as far as this one may ask. Absent: nobody is waited for. */
  readonly isOver?: (run: Pick<Intent, 'run' | 'attempt'>) => Promise<boolean>;
}

/** The ports of an action, over the real bindings: only platform, checks and ledger are models. */
export function openRun(run: Run, process: RunProcess, around: Around): OpenRun {
  const { asked } = run;
  const { clock, world } = process;
  const { ledger, chronicle, platform = new NumberedPlatform(process, run.name) } = around;
  const { waitTimeoutMs = 200_000, isOver } = around;
  const history = new History(ledger, { environment: 'production', service: 'shop', target: target.id });
  const context = contextOf(run);
  const relations = new Relations({ platform, history, context, kind: asked.kind });
  const chosen: Chosen[] = [];
  if (asked.kind === 'deploy') platform.own.intend(shipsOf(run, asked));
  let commit = asked.kind === 'deploy' ? asked.build.commit : undefined;
  const answer = () => chosen.at(-1)?.answer;
  const ports: RolloutPorts = {
    platform,
    target,
    clock,
    timeline: new Timeline(clock),
    ledger,
    gates: [],
    log: () => {},
    save: (text) => process.save(text),
    verdict: (release) => history.verdict(release),
    activeRecords: () => history.activeRecords(),
    ...(isOver && {
      turn: new Turns({
        ledger,
        runs: { isOver },
        now: () => clock.now(),
        github: { calls: 0 },
        newest: () => history.newest(),
      }),
    }),
    gateFacts: async (kind, live) => ({ kind, live }),
    relation: (release) => relations.of(release),
    isPending: (release) => relations.isPending(release),
    renew: () => {
      process.chronicle = chronicle();
      history.renew();
    },
    known: (release) => history.known(release),
    lastVerified: (live) => lastVerifiedRelease({ platform, target, history, live, now: clock.now() }),
    memory: () => platform.own.memory(),
    stop: async (_, { signal }) => process.called('stop', signal),
    intent: (live) => {
      const choice = answer();
      const taken =
        choice === undefined || choice.kind === 'no-target'
          ? {}
          : { restores: choice.release, ...(choice.kind === 'target' ? { replaces: choice.replaces } : {}) };
      const facts = { target, environment: 'production', service: undefined, commit, live, reason: '' };
      return intentOf({ ...facts, barrier: false, budgetMs: 1_800_000, ...taken }, context);
    },
    choose: async (live) => {
      if (asked.kind === 'deploy') return;
      process.choosesFrom = process.sights.at(-1);
      await process.called('choose');
      const wanted = { platform, target, history, live, wanted: asked.to, allowUnverified: false };
      const found = await findTarget({ ...wanted, now: clock.now() });
      chosen.push({ sight: process.sights.at(-1), live, answer: found, chronicle: chronicle() });
      world.tell(
        `     it chooses ${found.kind === 'no-target' ? 'nothing' : found.release.id}: ${found.why}`,
      );
      commit = found.kind === 'target' ? await history.commit(found.release) : undefined;
    },
    alreadyServes: async (release) => {
      if (asked.kind === 'rollback') return answer()?.kind === 'already-live';
      const isEqual = asked.from === 'image' && release.artifact === digest(asked.build.image);
      return isEqual && (await history.commit(release)) === commit;
    },
    obtain: async (allowance) => {
      if (asked.kind === 'deploy') {
        const label = asked.from === 'source' ? labelOf(run) : undefined;
        return platform.ship(asked.build, label, allowance);
      }
      const choice = answer();
      if (choice !== undefined && choice.kind !== 'no-target') return { release: choice.release };
      return { failure: { reason: 'no-target', what: choice?.why ?? '', next: 'Deploy.' } };
    },
    settle: async (release, wanted, { signal, budgetMs }) => {
      const options = { budgetMs: Math.min(budgetMs, waitTimeoutMs), onProgress: () => {} };
      if (asked.kind === 'deploy') return platform.settle(target, release, { ...wanted, ...options }, signal);
      const choice = answer();
      const back = choice === undefined || choice.kind === 'no-target' ? release : choice.release;
      const owes = owedByRollback(wanted.owes, back, await history.records());
      return platform.settle(target, release, { owes, ...options }, signal);
    },
    ...(process.script.hasChecks && {
      verify: async ({ phase }, { signal }) => {
        await process.called(`verify ${phase}`, signal);
        const isBlind = process.script.isBlind && phase === 'after';
        return isBlind ? cannotTell : judged(world);
      },
    }),
  };
  return { platform, ports, chosen };
}

export function labelOf({ runId, attempt }: Run): string {
  return `belay-${runId}-${attempt}`;
}

/** What a deploy asks the client for. */
function shipsOf(run: Run, { build, from }: Asked & { kind: 'deploy' }) {
  return from === 'image' ? { image: pinned(build.image) } : { imageLabel: labelOf(run) };
}

/** What the checks say: they ask whatever answers, and never the workers. */
export function judged(world: NumberedWorld): CheckVerdict {
  const isBad = world.serving.some((version) => world.get(version).build.quality === 'fails-checks');
  return isBad || servingIn(world.fleet.machines, 'web') === 0 ? fails : passes;
}

const passes: CheckVerdict = { outcome: 'pass', reason: 'verified', note: '', passed: ['health'] };
const fails: CheckVerdict = { outcome: 'fail', reason: 'checks-failed', note: 'GET / → 500', passed: [] };
const cannotTell: CheckVerdict = { outcome: 'inconclusive', reason: 'runner-network', note: 'no network' };

export function contextOf({ runId, attempt }: Pick<Run, 'runId' | 'attempt'>): RunnerContext {
  return {
    event: {},
    actor: 'ada',
    eventName: 'push',
    runId,
    runAttempt: attempt,
    serverUrl: '',
    apiUrl: '',
    ...{
      graphqlUrl: '',
      workspace: '',
      temp: '',
      toolCache: '',
      os: 'linux',
      arch: 'x64',
      selfHosted: false,
      debug: false,
    },
  };
}
