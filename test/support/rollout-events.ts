import type { ReleaseVerdict } from '../../packages/core/src/ledger/record.ts';
import type {
  Live,
  PlatformFailure,
  Release,
  Unmanaged,
} from '../../packages/core/src/platforms/platform.ts';
import type { RolloutEvent, Transition } from '../../packages/core/src/rollout/events.ts';
import type { RolloutPlan, SettleResult } from '../../packages/core/src/rollout/plan.ts';
import { begin, transition } from '../../packages/core/src/rollout/transition.ts';
import { aRelease } from './a-release.ts';
import { anIntent, aRecord } from './ledger-builders.ts';

export const v1 = aRelease({ id: 'v1' });
export const v2 = aRelease({ id: 'v2' });
export const v3 = aRelease({ id: 'v3' });
/** v2 made live again, as Fly does it: under a number of its own. */
export const v4 = { ...aRelease({ id: 'v4', artifact: 'sha256:v2' }), restores: 'v2' };
/** A release of somebody else's that has the image of v2. */
export const lookalike = aRelease({ id: 'v8', artifact: 'sha256:v2' });
/** v3 made live again by somebody else, under a number of its own. */
export const v3Again = { ...aRelease({ id: 'v7', artifact: 'sha256:v3' }), restores: 'v3' };
export const theirs = aRelease({ id: 'v9' });

const common = {
  until: 'live',
  onFailure: 'restore',
  barrier: false,
  hasChecks: true,
  checksStaged: false,
} as const;
/** Fly and Railway: shipping v3 over v2. */
export const shipping: RolloutPlan = { ...common, kind: 'deploy', obtain: 'ship', activation: 'with-obtain' };
/** Vercel: v3 is staged, proved, then promoted over v2. */
export const staging: RolloutPlan = { ...shipping, activation: 'separate', checksStaged: true };
/** A Git deploy of the platform's own. */
export const finding: RolloutPlan = { ...shipping, obtain: 'find' };
/** v3 is taken back for v1. */
export const takingBack: RolloutPlan = {
  ...common,
  kind: 'rollback',
  obtain: 'choose',
  activation: 'separate',
};

export const nothing: Live = { kind: 'nothing' };
export const one = (release: Release): Live => ({ kind: 'one', release });
export const mixed = (...releases: readonly Release[]): Live => ({
  kind: 'mixed',
  shares: releases.map((release) => ({ release, share: 1 / releases.length })),
});

export const stranger: Unmanaged = {
  id: 'a9',
  note: 'started, image shop:v1, port 443',
  adopt: 'fly machine update a9 --app shop',
  destroy: 'fly machine destroy a9 --app shop --force',
};
/** The same, and a machine that nobody manages answers as well. */
export const beside = (live: Live): Live => ({ ...live, unmanaged: [stranger] });
/** The same, with a machine on a host that does not answer. */
export const half = (live: Live): Live => ({ ...live, outOfSight: ['machine b2'] });
/** The same, stopped by somebody. */
export const off = (live: Live): Live => ({ ...live, switchedOff: true });

export const unhealthy: PlatformFailure = {
  reason: 'unhealthy',
  what: 'Machine 1 fails its health check.',
  next: 'Read its log.',
};

export const observed = (live: Live, verdict: ReleaseVerdict = 'pass'): RolloutEvent => ({
  kind: 'observed',
  live,
  verdict,
});
export const admitted: RolloutEvent = { kind: 'admitted', alreadyServes: false, warnings: [] };
export const alreadyServing: RolloutEvent = { kind: 'admitted', alreadyServes: true, warnings: [] };
export const checkedBefore: RolloutEvent = { kind: 'checked-before', passed: ['health'] };
export const recorded: RolloutEvent = { kind: 'recorded' };
export const turn: RolloutEvent = { kind: 'turn', turn: { kind: 'own' } };
/** Another record goes first. */
export const held = (run: string): RolloutEvent => ({
  kind: 'turn',
  turn: {
    kind: 'held',
    by: aRecord({ id: '7', intent: anIntent({ run }) }),
    untilMs: Date.UTC(2026, 10, 21, 9),
  },
});
/** Somebody rolls back. */
export const overtakenBy = (run: string): RolloutEvent => ({
  kind: 'turn',
  turn: { kind: 'overtaken', by: aRecord({ id: '9', kind: 'rollback', intent: anIntent({ run }) }) },
});
export const turnMeanwhile: RolloutEvent = { kind: 'turn', turn: { kind: 'own', meanwhile: true } };
export const turnUnknown: RolloutEvent = { kind: 'turn', turn: { kind: 'unknown' } };
export const turnCame: RolloutEvent = { kind: 'turn-came', note: 'run 7 of ada has ended' };
export const prepared: RolloutEvent = { kind: 'prepared' };
export const prepareFailed: RolloutEvent = {
  kind: 'prepare-failed',
  failure: { reason: 'build-failed', what: 'The build ended with exit code 1.', next: 'Read its log.' },
};
export const obtained = (release: Release): RolloutEvent => ({ kind: 'obtained', release });
export const obtainFailed: RolloutEvent = { kind: 'obtain-failed', failure: unhealthy };
export const looked = (live: Live): RolloutEvent => ({ kind: 'looked', live });
export const lookedAgain = (live: Live, alreadyServes = false): RolloutEvent => ({
  kind: 'looked-again',
  live,
  alreadyServes,
});
export const unreachable: RolloutEvent = { kind: 'unreachable', note: 'GET /releases → reset' };
export const activated = (release: Release, caveat?: string): RolloutEvent => ({
  kind: 'activated',
  release,
  ...(caveat !== undefined && { caveat }),
});
export const activationFailed: RolloutEvent = { kind: 'activation-failed', failure: unhealthy };
/** The activation looked once more, saw what nobody had decided about, and switched nothing. */
export const overtaken: RolloutEvent = {
  kind: 'activation-failed',
  failure: { reason: 'superseded', what: 'v9 is live by now.', next: 'Look at the run that made it.' },
};
const settling = (result: SettleResult): RolloutEvent => ({ kind: 'settled', result });
export const settled = settling({ kind: 'settled' });
export const settleFailed = settling({ kind: 'failed', failure: unhealthy });
export const settleIncomplete = settling({
  kind: 'failed',
  failure: { reason: 'incomplete', what: 'No machine of worker.', next: 'Make one.' },
});
export const settleUnknown = settling({ kind: 'unknown', note: 'GET /releases → reset' });
const verdict = (outcome: 'pass' | 'fail' | 'inconclusive' | 'error', reason: string): RolloutEvent => ({
  kind: 'verified',
  verdict: { outcome, reason, note: `GET / → ${outcome}` },
});
export const passes = verdict('pass', 'verified');
export const fails = verdict('fail', 'checks-failed');
export const cutOff = verdict('inconclusive', 'runner-network');
export const broken = verdict('error', 'checks-error');
export const chosen = (release: Release): RolloutEvent => ({ kind: 'restore-chosen', release });
export const refused: RolloutEvent = {
  kind: 'restore-refused',
  reason: 'no-target',
  note: 'Nothing was verified.',
};
export const cancelled: RolloutEvent = { kind: 'cancelled' };
export const deadline: RolloutEvent = { kind: 'deadline' };

/** What a deploy comes through from its gates to the moment it ships, over what serves `live`. */
export const passage = (
  live: Live = one(v2),
  { hasChecks = live.kind !== 'nothing', passed = ['health'] } = {},
): readonly RolloutEvent[] => [
  ...[admitted, recorded, turn],
  ...(hasChecks ? [{ kind: 'checked-before', passed } as const] : []),
  ...[prepared, turn, lookedAgain(live)],
];
/** The same of a rollback, and of what the platform ships: they wait for nobody, and build nothing. */
export const passageBack: readonly RolloutEvent[] = [admitted, recorded, checkedBefore];
/** Up to the moment v3 is asked for, over v2. */
export const ready = [observed(one(v2)), ...passage()];

/** The step a rollout comes to by these events. */
export function after(plan: RolloutPlan, events: readonly RolloutEvent[]): Transition {
  return events.reduce((step, event) => transition(step.state, event), begin(plan));
}

/** `live/verified, serving new`, or what is under way: `settling`. */
export function endOf({ state }: Transition): string {
  if (state.at !== 'ended') return state.at;
  const { outcome, reason, serving } = state.verdict;
  return `${outcome}/${reason}, serving ${serving}`;
}

/** One sentence of the specification: what a plan comes to by these events. */
export interface Row {
  readonly it: string;
  readonly plan: RolloutPlan;
  readonly events: readonly RolloutEvent[];
  readonly ends: string;
}
