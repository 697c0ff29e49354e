import type { Clock } from '../../../io/clock.ts';
import { type Settled, settle, settlePolicy } from '../../../io/settle.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { unknownPart } from '../../parts.ts';
import type {
  Missing,
  Part,
  PlatformFailure,
  Release,
  Running,
  SettleOptions,
  SettleResult,
  Target,
} from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import { findRelease } from '../api/find-release.ts';
import type { WireMachine } from '../api/wire.ts';
import { groupOf, servingMachines } from '../machines/fleet.ts';
import { type FleetVerdict, judgeFleet } from '../machines/health.ts';
import { MachineVerbs } from '../machines/machine-verbs.ts';
import { exitsOf, groupOfPart, partsOf } from '../machines/parts.ts';
import { type FleetScope, isPartial } from '../machines/scope.ts';
import { type Completion, FleetCompleter } from '../restore/completer.ts';
import { groupsOf } from './definition.ts';

export interface FlySettleOptions extends SettleOptions {
  /** A new release may leave out a process group on purpose; an old one owes every part there was. */
  readonly isNew?: boolean;
}

export interface SettleSubject {
  readonly api: FlyApi;
  readonly clock: Clock;
  readonly scope: FleetScope;
  readonly target: Target;
  readonly release: Pick<Release, 'id' | 'artifact'>;
  readonly options: FlySettleOptions;
  readonly signal: AbortSignal;
}

/** One look at a fleet that settles. */
export interface SettleLook {
  readonly verdict: FleetVerdict;
  readonly running: Pick<Running, 'parts' | 'exits'>;
}

/** So many looks may not find a release that was just made: about three seconds. */
const unlistedAtMost = 6;

function unlisted(id: string): SettleLook {
  const verdict = { kind: 'pending', note: `Fly does not list ${id} yet` } as const;
  return { verdict, running: {} };
}

/** A release on its way to be whole: looks, and starts or makes what is missing. */
export class FleetSettling {
  readonly #subject: SettleSubject;
  #completer: FleetCompleter | undefined;
  #groups: readonly string[] = [];
  #unlisted = 0;

  constructor(subject: SettleSubject) {
    this.#subject = subject;
  }

  async look(machines: readonly WireMachine[], remainingMs: number): Promise<SettleLook> {
    const { release, clock, options } = this.#subject;
    const completer = await this.#open(remainingMs);
    if (completer === undefined) return unlisted(release.id);
    const serving = servingMachines(machines);
    const running = { parts: partsOf(serving), exits: exitsOf(serving) };
    // What a new release has let end is its own failure; an old one finds down what the one before it left.
    const isYetToStart = (machine: WireMachine) => options.isNew !== true && completer.isYetToStart(machine);
    const verdict = judgeFleet(machines, { release, nowMs: clock.now(), isYetToStart });
    if (verdict.kind !== 'settled') return { verdict, running };
    const { api, target, signal } = this.#subject;
    const verbs = new MachineVerbs({ api: api.within(remainingMs), clock, app: target.name, signal });
    const completion = await completer.complete(serving, verbs);
    return { verdict: this.#whole(serving, completion, verdict), running };
  }

  /**
   * Opened at the first look that finds the release. A list that lags may not have it yet: undefined then, a few times.
   * Failure: `no-target`.
   */
  async #open(remainingMs: number): Promise<FleetCompleter | undefined> {
    const { api, clock, target, options, scope, release } = this.#subject;
    if (this.#completer !== undefined) return this.#completer;
    let owes: readonly Part[] = options.owes ?? [];
    const found = await findRelease(api.within(remainingMs), target, release.id).catch((error: unknown) => {
      this.#unlisted += 1;
      if (error instanceof ActionFailure && error.code === 'no-target' && this.#unlisted < unlistedAtMost)
        return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    const { definition } = found;
    // A group that the release does not have is owed by nobody: it came with another one, or was left out on purpose.
    const groups = groupsOf(definition);
    if (groups !== undefined)
      owes = owes.filter(({ name }) => name === unknownPart || groups.includes(groupOfPart(name)));
    if (options.isNew === true && groups !== undefined && !isPartial(scope)) this.#groups = groups;
    this.#completer = new FleetCompleter(clock, owes);
    return this.#completer;
  }

  #whole(serving: readonly WireMachine[], completion: Completion, settled: FleetVerdict): FleetVerdict {
    if (completion.kind === 'pending') return completion;
    if (completion.kind === 'hopeless')
      return { kind: 'failed', failure: incomplete(completion.note, completion.missing) };
    const absent = this.#groups.filter((group) => !serving.some((machine) => groupOf(machine) === group));
    if (absent.length === 0) return settled;
    return { kind: 'failed', failure: incomplete(`no machine of ${absent.join(', ')}`) };
  }
}

/** Looks at the fleet until it has settled, or there is no time left. `machines`: those of the scope, asked anew. */
export async function settleFleet(
  subject: SettleSubject,
  machines: (remainingMs: number) => Promise<readonly WireMachine[]>,
): Promise<SettleResult> {
  const { clock, signal, release, options } = subject;
  const watch = new FleetSettling(subject);
  let seen = '';
  const look = async (remainingMs: number) => watch.look(await machines(remainingMs), remainingMs);
  const isFinal = ({ verdict }: SettleLook) => {
    const note = verdict.kind === 'failed' ? verdict.failure.what : verdict.note;
    if (note !== seen) options.onProgress(note);
    seen = note;
    return verdict.kind === 'settled' || verdict.kind === 'failed';
  };
  const policy = { ...settlePolicy, deadlineMs: options.budgetMs };
  try {
    const settled = await settle({ clock, signal, look, isFinal, policy });
    return settleResult(settled, release.id, options.budgetMs);
  } catch (error) {
    // Fly refuses to tell: the token was revoked meanwhile, or it does not know the release.
    if (error instanceof ActionFailure) return { kind: 'unknown', note: error.message };
    throw error;
  }
}

/** What running out of time means: something stayed down, or was never healthy. */
export function settleResult(settled: Settled<SettleLook>, id: string, budgetMs: number): SettleResult {
  if (settled.kind === 'unreachable') return { kind: 'unknown', note: settled.error.message };
  const { verdict, running } = settled.kind === 'final' ? settled.value : settled.last;
  if (verdict.kind === 'settled') return { ...verdict, running };
  if (verdict.kind === 'failed') return verdict;
  if (verdict.kind === 'out-of-sight') return { kind: 'unknown', note: verdict.note };
  const seconds = Math.round(budgetMs / 1000);
  if (verdict.incomplete === true)
    return { kind: 'failed', failure: incomplete(verdict.note, verdict.missing) };
  return {
    kind: 'failed',
    failure: {
      reason: 'unhealthy',
      what: `${id} was not healthy after ${seconds} s: ${verdict.note}`,
      next: 'Read the failing machine’s log and checks above; raise `wait-timeout` if the app is only slow to start.',
    },
  };
}

function incomplete(note: string, missing: readonly Missing[] = []): PlatformFailure {
  return {
    reason: 'incomplete',
    what: `Not everything runs that ran before: ${note}`,
    next: 'Look at `fly status`; make what is missing with `fly scale count` or `fly machine start`, then run the job again.',
    ...(missing.length === 0 ? {} : { missing }),
  };
}
