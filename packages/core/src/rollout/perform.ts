import { ActionFailure } from '../failure.ts';
import { askGates } from '../gates/ask-gates.ts';
import { HttpError } from '../http.ts';
import type { Live } from '../platforms/platform.ts';
import type { RolloutEvent, Work } from './events.ts';
import { failureFor, failureOf } from './failures.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { CheckVerdict, RolloutPlan } from './plan.ts';
import type { Allowance, RolloutPorts, VerifyRequest } from './ports.ts';
import { servingReleases } from './standing.ts';

/** Does one piece of work over the ports and tells what came of it. Throws only before anything is recorded. */
export class Performer {
  readonly #ports: RolloutPorts;
  readonly #plan: RolloutPlan;
  readonly #writer: LedgerWriter;

  constructor(ports: RolloutPorts, plan: RolloutPlan, writer: LedgerWriter) {
    this.#ports = ports;
    this.#plan = plan;
    this.#writer = writer;
  }

  async perform(work: Work, allowance: Allowance): Promise<RolloutEvent> {
    switch (work.do) {
      case 'observe':
        return this.#observe().catch(refuse);
      case 'admit':
        return this.#admit(work.live, allowance).catch(refuse);
      case 'check-before':
        return this.#checkBefore(work.live, allowance);
      case 'record':
        await this.#writer.open(this.#plan.kind, this.#ports.intent(work.live));
        return { kind: 'recorded' };
      case 'obtain':
        return this.#obtain(allowance);
      case 'look':
        return this.#look();
      case 'activate':
        return this.#activate(work, allowance);
      case 'settle':
        return { kind: 'settled', result: await this.#settle(work, allowance) };
      case 'verify':
        return { kind: 'verified', verdict: await this.#verify(work, allowance) };
      case 'choose-restore':
        return this.#chooseRestore(work, allowance);
    }
  }

  async #observe(): Promise<RolloutEvent> {
    const live = await this.#ports.platform.live(this.#ports.target);
    const verdict = live.kind === 'one' ? await this.#ports.verdict(live.release) : 'none';
    return { kind: 'observed', live, verdict };
  }

  async #admit(live: Live, allowance: Allowance): Promise<RolloutEvent> {
    const ports = this.#ports;
    const kind = this.#plan.kind === 'deploy' ? 'deploy' : 'manual-rollback';
    const admission = askGates(
      ports.gates,
      await ports.gateFacts(kind, live, allowance),
      ports.overrideReason,
    );
    if (admission.kind === 'blocked') {
      const { reason, what, next } = admission;
      return { kind: 'blocked', failure: { reason, what, next } };
    }
    const isThere = live.kind === 'one' && (await ports.alreadyServes?.(live.release, allowance)) === true;
    const barrier = isThere ? undefined : await ports.barrier?.(live, allowance);
    if (barrier === undefined) {
      return { kind: 'admitted', alreadyServes: isThere, warnings: admission.warnings };
    }
    const warnings = [...admission.warnings, barrier];
    return { kind: 'admitted', alreadyServes: isThere, warnings, barrier: true };
  }

  async #checkBefore(live: Live, allowance: Allowance): Promise<RolloutEvent> {
    const release = live.kind === 'one' ? { release: live.release } : {};
    const verdict = await this.#verify({ phase: 'before', ...release }, allowance);
    return { kind: 'checked-before', passed: verdict.passed ?? [] };
  }

  async #obtain(allowance: Allowance): Promise<RolloutEvent> {
    try {
      const { release, failure } = await this.#ports.obtain(allowance);
      if (release !== undefined && failure === undefined) return { kind: 'obtained', release };
      const told = failure ?? failureFor('release-not-created');
      return { kind: 'obtain-failed', failure: told, ...(release !== undefined && { release }) };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'obtain-failed', failure: failureOf(error) };
    }
  }

  async #look(): Promise<RolloutEvent> {
    const { platform, target } = this.#ports;
    try {
      const live = await platform.live(target);
      const mine = servingReleases(live).find((release) => this.#ports.isMine?.(release) === true);
      return { kind: 'looked', live, ...(mine !== undefined && { mine }) };
    } catch (error) {
      return { kind: 'unreachable', note: message(error) };
    }
  }

  async #activate(work: Work & { do: 'activate' }, allowance: Allowance): Promise<RolloutEvent> {
    const { platform, target } = this.#ports;
    const reason = work.restores ? 'Belay takes back a release that failed' : 'Belay';
    const options = { budgetMs: allowance.budgetMs, reason };
    const sentence = this.#ports.restoreCaveat?.();
    const caveat = sentence === undefined ? {} : { caveat: sentence };
    try {
      const release = await platform.activate(target, work.release, options, allowance.signal);
      return { kind: 'activated', release, ...caveat };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'activation-failed', failure: failureOf(error), ...caveat };
    }
  }

  async #settle({ release }: Work & { do: 'settle' }, allowance: Allowance) {
    try {
      return await this.#ports.settle(release, allowance);
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'unknown', note: message(error) } as const;
    }
  }

  async #verify(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict> {
    const { phase, release, gates } = request;
    const asked = { phase, ...(release !== undefined && { release }), ...(gates !== undefined && { gates }) };
    try {
      const verdict = await this.#ports.verify?.(asked, allowance);
      return verdict ?? { outcome: 'error', reason: 'checks-error', note: 'There are no checks to run.' };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { outcome: 'error', reason: 'checks-error', note: message(error) };
    }
  }

  async #chooseRestore(work: Work & { do: 'choose-restore' }, allowance: Allowance): Promise<RolloutEvent> {
    const ports = this.#ports;
    try {
      if (ports.gates.some(({ asks }) => asks.includes('automatic-restore'))) {
        const facts = await ports.gateFacts('automatic-restore', work.live, allowance);
        const admission = askGates(ports.gates, facts);
        if (admission.kind === 'blocked') {
          return { kind: 'restore-refused', reason: admission.reason, note: admission.what };
        }
      }
      if (work.want !== 'last-verified') return { kind: 'restore-chosen', release: work.want };
      const found = await ports.lastVerified(work.live, allowance);
      if (found.kind === 'found') return { kind: 'restore-chosen', release: found.release };
      return { kind: 'restore-refused', reason: 'no-target', note: found.why };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'restore-refused', reason: 'no-target', note: message(error) };
    }
  }
}

/** Before anything is recorded a failure is the action's own: nothing was changed and nothing needs a verdict. */
function refuse(error: unknown): never {
  if (!(error instanceof HttpError)) throw error;
  const { reason: code, what, next } = failureOf(error);
  throw new ActionFailure({ code, what, next }, { cause: error });
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
