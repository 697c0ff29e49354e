import { type Settled, settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { describeMissing, missingOf } from '../../parts.ts';
import type { PlatformFailure, Release, Running, SettleOptions, SettleResult } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { deploymentFailure } from '../api/deployment-failure.ts';
import { classOf } from '../api/deployment-status.ts';
import { holdersOf, liveOf, withLeaving } from '../api/live.ts';
import { endedAndMissed } from '../api/parts.ts';
import { shortId } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** A deployment that Railway has called live, watched until it is believed. */
export interface SettleSubject {
  readonly api: RailwayApi;
  readonly ids: ServiceIds;
  readonly release: Pick<Release, 'id'>;
  /** How long it has to go on running, milliseconds: a process may die after SUCCESS. */
  readonly stabilizeMs: number;
  readonly options: SettleOptions;
  readonly signal: AbortSignal;
  /** Told of the deployment at every look. */
  saw(deployment: Pick<WireDeployment, 'id' | 'status'>): void;
}

/** What one look tells. */
export type SettleVerdict =
  | { readonly kind: 'pending'; readonly note: string }
  | { readonly kind: 'settled'; readonly note: string }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

interface SettleLook {
  readonly verdict: SettleVerdict;
  readonly running: Pick<Running, 'parts' | 'exits'>;
}

/** Looks until it has run for the whole of its window with everything that is owed, or has failed. */
export async function settleDeployment(subject: SettleSubject): Promise<SettleResult> {
  const { api, ids, release, options, signal, saw } = subject;
  const { clock } = api;
  const window = new StableWindow(subject);
  let said = '';
  const look = async (remainingMs: number): Promise<SettleLook> => {
    const quick = api.within(remainingMs);
    let instance = await quick.serviceInstance(ids);
    const active = instance.activeDeployments.find(({ id }) => id === release.id);
    // What was removed is active no more, and comes to nothing by being waited for.
    const inactive = active === undefined ? await quick.deploymentState(release.id, signal) : undefined;
    const deployment = active ?? inactive;
    if (deployment !== undefined) saw(deployment);
    let verdict = window.look(instance, clock.monotonic(), inactive);
    if (verdict.kind === 'settled') {
      // What leaves is not called active any more, and may answer still: asked for only once nothing else is waited for.
      instance = withLeaving(instance, (await quick.deploymentPage(ids, { first: 10 })).nodes);
      verdict = window.look(instance, clock.monotonic(), inactive);
    }
    const { parts, exits } = liveOf(instance, { now: clock.now() });
    return {
      verdict,
      running: { ...(parts && { parts }), ...(exits && { exits }) },
    };
  };
  const isFinal = ({ verdict }: SettleLook) => {
    const note = verdict.kind === 'failed' ? verdict.failure.what : verdict.note;
    if (note !== said) options.onProgress(note);
    said = note;
    return verdict.kind !== 'pending';
  };
  const policy = { ...settlePolicy, deadlineMs: options.budgetMs };
  try {
    return resultOf(await settle({ clock, signal, look, isFinal, policy }), subject);
  } catch (error) {
    if (error instanceof ActionFailure) return { kind: 'unknown', note: error.message };
    throw error;
  }
}

function resultOf(settled: Settled<SettleLook>, { release, options }: SettleSubject): SettleResult {
  if (settled.kind === 'unreachable') return { kind: 'unknown', note: settled.error.message };
  const { verdict, running } = settled.kind === 'final' ? settled.value : settled.last;
  if (verdict.kind === 'settled') return { ...verdict, running };
  if (verdict.kind === 'failed') return verdict;
  const seconds = Math.round(options.budgetMs / 1000);
  return {
    kind: 'failed',
    failure: {
      reason: 'deploy-timeout',
      what: `${shortId(release.id)} did not come to rest within ${seconds} s: ${verdict.note}`,
      next: 'Read the log of the service, and raise `timeout` where it only needs longer.',
    },
  };
}

/** Once may be a start that had to wait for another service; what falls again goes on falling. */
const fallsAtMost = 2;

/** The window in which a deployment has to go on running; pure but for what it has seen. */
export class StableWindow {
  readonly #subject: Pick<SettleSubject, 'release' | 'stabilizeMs' | 'options'>;
  /** Since when it has been whole without a break, by the monotonic clock. */
  #since: number | undefined;
  /** How often it was seen to be down after it had been whole. */
  #falls = 0;

  constructor(subject: Pick<SettleSubject, 'release' | 'stabilizeMs' | 'options'>) {
    this.#subject = subject;
  }

  /** `inactive`: the deployment, where Railway does not call it active. */
  look(instance: WireServiceInstance, at: number, inactive?: WireDeployment): SettleVerdict {
    const { release, stabilizeMs } = this.#subject;
    const active = instance.activeDeployments.find(({ id }) => id === release.id);
    const own = active ?? inactive;
    const label = shortId(release.id);
    const failure = own && deploymentFailure(own, []);
    if (failure !== undefined) return { kind: 'failed', failure };
    if (active === undefined)
      return this.#broken({ kind: 'pending', note: `Railway does not call ${label} active` });
    const of = classOf(active);
    if (of !== 'live' && of !== 'asleep' && of !== 'stopped')
      return this.#broken({ kind: 'pending', note: `${label} is ${active.status}` });
    const lacking = this.#lacking(active, instance);
    if (lacking !== undefined) {
      if (this.#since !== undefined) this.#falls += 1;
      if (this.#falls >= fallsAtMost) return { kind: 'failed', failure: keepsFalling(label) };
      return this.#broken({ kind: 'pending', note: `${label} lacks ${lacking}` });
    }
    this.#since ??= at;
    const beside = besideOwn(instance, active);
    if (beside !== undefined)
      return {
        kind: 'pending',
        note: `${label} is ${active.status}, and ${shortId(beside.id)} still answers beside it`,
      };
    const leftMs = this.#since + stabilizeMs - at;
    if (leftMs <= 0) return { kind: 'settled', note: `${label} is ${active.status}` };
    return {
      kind: 'pending',
      note: `${label} is ${active.status}; it has to go on for ${Math.round(stabilizeMs / 1000)} s`,
    };
  }

  /** What is owed and not there, or has ended: where nothing ran before, nothing is owed, and a process may die all the same. */
  #lacking(active: WireDeployment, instance: WireServiceInstance): string | undefined {
    const { parts } = liveOf({ ...instance, activeDeployments: [active] }, { now: 0 });
    const missing = missingOf(parts, this.#subject.options.owes);
    if (missing.length > 0) return describeMissing(missing);
    const ended = endedAndMissed(active, instance);
    return ended === 0 ? undefined : `${ended} of its instances, whose process has exited`;
  }

  #broken(verdict: SettleVerdict): SettleVerdict {
    this.#since = undefined;
    return verdict;
  }
}

/** One that answers as well: for as long as they overlap, what was there before. */
function besideOwn(instance: WireServiceInstance, { id }: WireDeployment): WireDeployment | undefined {
  return holdersOf(instance).find((one) => one.id !== id && classOf(one) !== 'crashed');
}

function keepsFalling(label: string): PlatformFailure {
  return {
    reason: 'crashed',
    what: `${label} does not stay up: its process exited again and again after it had been live`,
    next: 'Read the log of the service above and fix what ends it.',
  };
}
