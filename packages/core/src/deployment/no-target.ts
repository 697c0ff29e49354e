import type { Ledger } from '../ledger/ledger.ts';
import { reasons } from '../outcome/reasons.ts';
import type { PlatformFailure, Release } from '../platforms/platform.ts';
import { byRebuild } from '../platforms/rebuild.ts';
import type { WantedTarget } from '../platforms/wanted-target.ts';
import { behindBarrier, type Candidate, isNameable } from '../rollout/candidates.ts';
import type { ChosenTarget } from '../rollout/choose-target.ts';

type NoTarget = Extract<ChosenTarget, { kind: 'no-target' }>;

export interface Search {
  readonly wanted: WantedTarget;
  readonly availability: Ledger['availability'];
  /** The commit a release was built from, as far as it is known. */
  commit(release: Release): Promise<string | undefined>;
}

/** Why a rollback has nowhere to go, and what can be done about it. */
export async function noTarget(choice: NoTarget, search: Search): Promise<PlatformFailure> {
  if (choice.doubtful !== undefined) return inDoubt(choice.why, choice.doubtful);
  const gone = choice.candidates.find(isGone);
  const told = [
    choice.why,
    ...(gone === undefined || isNamed(search.wanted) ? [] : [`${gone.label}: ${gone.passedOver}.`]),
  ];
  for (const { label, claim } of choice.candidates) if (claim !== undefined) told.push(`${label}: ${claim}.`);
  if (search.wanted.kind === 'last-verified' && search.availability === 'none') {
    told.push('The deployment records could not be read, so no verdict is known.');
  }
  const other = choice.otherCandidate;
  if (other !== undefined) told.push(`\`to: ${otherWalk(search.wanted)}\` would take ${other.label}.`);
  return { reason: 'no-target', what: told.join(' '), next: await advice(choice, gone, search) };
}

/** The platform alone cannot tell the way back from the way forward. */
function inDoubt(why: string, { label }: Release): PlatformFailure {
  const byName = `name the release that is wanted, with a \`reason\`: ${label} may be the one that failed`;
  return {
    reason: 'no-target',
    what: why,
    next: `Give the job the permission \`deployments: read\`, or ${byName}.`,
  };
}

async function advice(choice: NoTarget, gone: Candidate | undefined, search: Search): Promise<string> {
  const { wanted, availability } = search;
  const again = againWith(choice, search);
  if (wanted.kind === 'last-verified' && availability === 'none') {
    return `Give the job the permission \`deployments: read\`, or ${again ?? 'name the release that is wanted with a `reason`'}.`;
  }
  if (choice.candidates.some(({ claim }) => claim !== undefined)) {
    return `Give the \`ledger-key\` that signed these records, or ${again ?? 'name the release that is wanted with a `reason`'}.`;
  }
  if (choice.otherCandidate !== undefined && again !== undefined) return `${capitalised(again)}.`;
  const rebuilt = byRebuild(gone?.release);
  if (rebuilt !== undefined) return rebuilt;
  if (gone?.release !== undefined) {
    const commit = await search.commit(gone.release);
    const what =
      commit === undefined
        ? `what ${gone.label} was built from`
        : `the commit ${commit.slice(0, 12)} of ${gone.label}`;
    return `Build and deploy ${what} again; keep images that you may want back in a registry that prunes none.`;
  }
  if (isNamed(wanted) && choice.candidates.length === 0) return unknownName(search);
  if (choice.candidates.some(({ passedOver }) => passedOver === behindBarrier)) return reasons.barrier.advice;
  return again === undefined
    ? 'Deploy a working version.'
    : `${capitalised(again)}, or deploy a working version.`;
}

/** What this action would take if it were asked otherwise; a clause. */
function againWith({ candidates, otherCandidate }: NoTarget, { wanted }: Search): string | undefined {
  if (otherCandidate !== undefined)
    return `run it again with \`to: ${otherWalk(wanted)}\`, which takes ${otherCandidate.label}`;
  const nameable = candidates.find(isNameable);
  return nameable === undefined
    ? undefined
    : `run it again with \`to: ${nameable.label}\` and a \`reason\` if ${nameable.label} is good`;
}

/** Neither walk falls back to the other. */
function otherWalk({ kind }: WantedTarget): 'last-verified' | 'previous' {
  return kind === 'previous' ? 'last-verified' : 'previous';
}

/** The platform lists versions, and no commits. */
function unknownName({ wanted, availability }: Search): string {
  if (wanted.kind === 'sha' && availability === 'none')
    return 'Give the job the permission `deployments: read`, without which no release’s commit is known, or name its version.';
  return wanted.kind === 'version'
    ? 'Name a release that the platform lists, or leave `to` at its default.'
    : 'Name the release by its version, or leave `to` at its default.';
}

/** Good enough to go back to, if only the platform still had all of it. */
function isGone({ release, passedOver }: Candidate): boolean {
  return release?.restorable === 'no' && passedOver === release.restorableWhy;
}

function isNamed({ kind }: WantedTarget): boolean {
  return kind !== 'last-verified' && kind !== 'previous';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
