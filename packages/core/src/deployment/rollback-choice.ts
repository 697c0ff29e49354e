import type { Ports } from '../action/ports.ts';
import { ActionFailure } from '../outcome/failure.ts';
import type { OpenPlatform } from '../platforms/open-platform.ts';
import type { Live, Release } from '../platforms/platform.ts';
import type { WantedTarget } from '../platforms/wanted-target.ts';
import type { Candidate } from '../rollout/candidates.ts';
import type { ChosenTarget } from '../rollout/choose-target.ts';
import { findTarget } from './find-target.ts';
import type { History } from './history.ts';

/** What a person asks a rollback for. */
export interface RollbackWish {
  readonly target: WantedTarget;
  readonly allowUnverified: boolean;
  /** The commit that the inputs name. */
  readonly commit: string | undefined;
}

/** What a rollback goes back to: chosen from the look that is acted on, and once more where that has changed. */
export class RollbackChoice {
  readonly #open: OpenPlatform;
  readonly #history: History;
  readonly #ports: Pick<Ports, 'runner'>;
  readonly #wish: RollbackWish;
  #chosen: ChosenTarget = { kind: 'no-target', why: 'Nothing was looked at.', candidates: [] };
  #commit: string | undefined;

  constructor(
    fixed: {
      readonly open: OpenPlatform;
      readonly history: History;
      readonly ports: Pick<Ports, 'runner'>;
    },
    wish: RollbackWish,
  ) {
    this.#open = fixed.open;
    this.#history = fixed.history;
    this.#ports = fixed.ports;
    this.#wish = wish;
  }

  get chosen(): ChosenTarget {
    return this.#chosen;
  }

  /** The commit of what is brought back, as far as it is known. */
  get commit(): string | undefined {
    return this.#commit;
  }

  get release(): Release | undefined {
    return this.#chosen.kind === 'no-target' ? undefined : this.#chosen.release;
  }

  async choose(live: Live): Promise<ChosenTarget> {
    const { platform, target, clock } = this.#open;
    const { runner } = this.#ports;
    const { target: wanted, allowUnverified } = this.#wish;
    this.#chosen = await findTarget({
      platform,
      target,
      history: this.#history,
      live,
      now: clock.now(),
      allowUnverified,
      wanted: await this.#open.pinned(wanted),
    });
    runner.info(`choice: ${this.#chosen.why}`);
    for (const { label, claim } of candidatesOf(this.#chosen)) {
      if (claim !== undefined) runner.info(`${label}: ${claim}`);
    }
    this.#commit = undefined;
    if (this.#chosen.kind === 'target') {
      const recorded = await this.#history.commit(this.#chosen.release);
      const known = restoredCommit(this.#chosen.release.label, recorded, this.#wish.commit);
      this.#commit = known.commit;
      for (const warning of [...this.#chosen.warnings, ...known.warnings]) runner.warning(warning);
    }
    return this.#chosen;
  }
}

/** None were looked at when what is wanted already serves. */
export function candidatesOf(choice: ChosenTarget): readonly Candidate[] {
  return choice.kind === 'already-live' ? [] : choice.candidates;
}

/** What `to` names. Its shape was checked when it was read. */
export function wantedTarget(to: string, { parseTarget }: Pick<OpenPlatform, 'parseTarget'>): WantedTarget {
  if (to === 'last-verified' || to === 'previous') return { kind: to };
  const named = parseTarget(to);
  if (named !== undefined) return named;
  if (/^[0-9a-f]{7,40}$/i.test(to)) return { kind: 'sha', commit: to.toLowerCase() };
  throw new ActionFailure({
    code: 'input-invalid',
    what: `\`to: ${to}\` is no release of this platform.`,
    why: 'it is a word of another platform’s, and neither a walk nor a commit',
    next: 'Name the release in the words of the platform it is on.',
  });
}

/** The commit of the release that is brought back. What is recorded outranks what the input says, which is warned about. */
export function restoredCommit(
  label: string,
  recorded: string | undefined,
  given: string | undefined,
): { readonly commit: string | undefined; readonly warnings: readonly string[] } {
  const said = given?.toLowerCase();
  if (recorded === undefined || said === undefined || said === recorded) {
    return { commit: recorded ?? said, warnings: [] };
  }
  const both = `${label} was built from ${recorded.slice(0, 12)}, and \`commit\` says ${said.slice(0, 12)}`;
  return { commit: recorded, warnings: [`${both}: what is recorded is believed.`] };
}
