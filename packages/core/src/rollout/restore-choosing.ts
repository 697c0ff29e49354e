import { askGates } from '../gates/ask-gates.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Live, Predecessor, Release } from '../platforms/platform.ts';
import { unavailable } from './candidates.ts';
import type { Effect, RolloutEvent } from './events.ts';
import { messageOf } from './failures.ts';
import { servingReleases, soleRelease } from './live-relation.ts';
import type { Allowance, RolloutPorts } from './ports.ts';
import { type RestoreChoice, restoreTarget } from './restore-target.ts';
import { within } from './within.ts';
import { describeRun } from './wording.ts';

type Choosing = Effect & { do: 'choose-restore' };

/** Finds out where a restore goes, and whether it may go at all, by what platform and records say at that moment. */
export class RestoreChoosing {
  readonly #ports: RolloutPorts;
  /** Id of the change's own record. */
  readonly #record: string | undefined;

  constructor(ports: RolloutPorts, record: string | undefined) {
    this.#ports = ports;
    this.#record = record;
  }

  async choose(work: Choosing, allowance: Allowance): Promise<RolloutEvent> {
    const ports = this.#ports;
    try {
      if (ports.gates.some(({ asks }) => asks.includes('automatic-restore'))) {
        const facts = await ports.gateFacts('automatic-restore', work.live, allowance);
        const admission = askGates(ports.gates, facts);
        if (admission.kind === 'blocked') {
          return { kind: 'restore-refused', reason: admission.reason, note: admission.what };
        }
      }
      const rollback = await this.#rollbackUnderWay(allowance);
      if (rollback !== undefined) {
        const note = `A rollback, ${describeRun(rollback)}, takes the target back: nothing is switched here.`;
        return { kind: 'restore-refused', reason: 'superseded', note };
      }
      const choice = await this.#restoreTarget(work, allowance);
      const wanted = choice.want === 'last-verified' ? undefined : choice.want;
      const gone = wanted && (await this.#whyGone(wanted, allowance));
      const byTag = wanted !== undefined && gone === undefined ? byTagAlone(wanted) : undefined;
      const notes = [choice.note, gone, byTag].filter((one) => one !== undefined);
      const note = notes.length === 0 ? {} : { note: notes.join(' ') };
      if (wanted !== undefined && gone === undefined)
        return { kind: 'restore-chosen', release: wanted, ...note };
      const found = await ports.lastVerified(work.live, allowance);
      if (found.kind === 'found') return { kind: 'restore-chosen', release: found.release, ...note };
      const why = [...notes, found.why].join(' ');
      return { kind: 'restore-refused', reason: 'no-target', note: why, ...byHand(work, gone !== undefined) };
    } catch (error) {
      allowance.signal.throwIfAborted();
      return { kind: 'restore-refused', reason: 'no-target', note: messageOf(error), next: askAgain };
    }
  }

  /** Also what other runs have written meanwhile: all that follows is asked of the records as they are now. */
  async #rollbackUnderWay({ budgetMs }: Allowance): Promise<LedgerRecord | undefined> {
    const { clock, turn, renew } = this.#ports;
    // The records are read once: the question after rollbacks reads them anew itself.
    if (turn === undefined) renew?.();
    const ms = Math.min(askingMs, budgetMs / 4);
    const asked = await within({ clock, ms, windUpMs: 0 }, async () => turn?.rollback(this.#record));
    return asked.kind === 'done' ? asked.value : undefined;
  }

  /** What the platform and the records say at this moment; unanswered, what was seen at the beginning holds. */
  async #restoreTarget(
    { want, before: first, replaces }: Choosing,
    { budgetMs }: Allowance,
  ): Promise<RestoreChoice> {
    const { platform, target, clock, verdict, isPending } = this.#ports;
    if (replaces === undefined || platform.predecessor === undefined) return { want };
    const before = servingReleases(first).filter(({ id }) => id !== replaces.id);
    const bounds = { clock, ms: Math.min(askingMs, budgetMs / 4), windUpMs: 0 };
    const found = await within(bounds, async () => platform.predecessor?.(target, replaces));
    if (found.kind !== 'done') return { want, note: platformSilent };
    if (found.value === undefined) return { want };
    const { value } = found;
    const served = wantedBefore(value, { want, first, replaces });
    const asked = await within(bounds, async () => {
      const release = await this.#known(value.release);
      const isOpen = (await isPending?.(release)) === true;
      return { predecessor: { ...value, release }, verdict: await verdict(release), isPending: isOpen };
    });
    if (asked.kind === 'done') return restoreTarget({ want: served, before, ...asked.value });
    const choice = restoreTarget({
      want: served,
      before,
      predecessor: value,
      verdict: 'none',
      isPending: false,
    });
    return { ...choice, note: [choice.note, recordsSilent].filter((one) => one !== undefined).join(' ') };
  }

  /** As the records know it: with its digest, and as a copy of what it is a copy of. */
  async #known(release: Release): Promise<Release> {
    const known = (await this.#ports.known?.(release)) ?? release;
    const { restores } = (await this.#ports.relation?.(release)) ?? {};
    return restores === undefined ? known : { ...known, restores };
  }

  /** What serves may be gone from where it came from: then it cannot be brought back. Unanswered, it is tried. */
  async #whyGone(release: Release, { budgetMs }: Allowance): Promise<string | undefined> {
    const { platform, target, clock } = this.#ports;
    const ms = Math.min(askingMs, budgetMs / 4);
    const asked = await within({ clock, ms, windUpMs: 0 }, () => platform.inspect(target, release));
    const why = asked.kind === 'done' ? unavailable(asked.value) : undefined;
    return why === undefined ? undefined : `${release.label} cannot be brought back: ${why}.`;
  }
}

/**
 * Where the change itself was all that served at the first look, as one that the platform deployed by itself may be, what
 * the platform says it took the place of is what served before.
 */
function wantedBefore(
  { release, unsure }: Predecessor,
  { want, first, replaces }: { readonly first: Live } & Required<Pick<Choosing, 'want' | 'replaces'>>,
): Choosing['want'] {
  const serving = servingReleases(first);
  const isChange = serving.length > 0 && serving.every(({ id }) => id === replaces.id);
  return want === 'last-verified' && isChange && !unsure ? release : want;
}

/** Asking whether a release is still there must not use up the time to bring it back, milliseconds. */
const askingMs = 5_000;

/** What served before may be there still, and only be trusted by nobody: whoever knows it may take it by its name. */
function byHand({ before }: Choosing, isGone: boolean): { readonly next?: string } {
  const release = soleRelease(before);
  if (release === undefined || isGone || release.restorable === 'no') return {};
  const { label } = release;
  const next = `Run the rollback action with \`to: ${label}\` and a \`reason\` if ${label} is better than what serves, or deploy a working version.`;
  return { next };
}

const askAgain =
  'Run the rollback action once the platform and GitHub answer again: what could be gone back to is not known.';

const platformSilent =
  'The platform did not say in time what served directly before this release: what served at the first look is brought back.';
const recordsSilent = 'The records could not be read in time.';

/** A name that may have been moved is no proof of what is brought back under it. */
function byTagAlone({ label, artifact, restorable }: Release): string | undefined {
  // A platform that is sure of it has no names that move.
  if (artifact !== undefined || restorable === 'yes') return undefined;
  return `Nothing tells the digest of ${label}: it is brought back by its name, which may be another build by now.`;
}
