import type { Candidate, ChosenTarget, Ledger, PlatformFailure, Release, WantedTarget } from '#core';

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
  // Neither walk falls back to the other; the other's choice is named instead.
  const walk = search.wanted.kind === 'previous' ? 'last-verified' : 'previous';
  if (other !== undefined) told.push(`\`to: ${walk}\` would take ${other.label}.`);
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
  if (gone?.release !== undefined) {
    const commit = await search.commit(gone.release);
    const what =
      commit === undefined
        ? `what ${gone.label} was built from`
        : `the commit ${commit.slice(0, 12)} of ${gone.label}`;
    return `Build and deploy ${what} again; keep images that you may want back in a registry that prunes none.`;
  }
  if (isNamed(search.wanted) && choice.candidates.length === 0) {
    return 'Name a release that the platform lists, or leave `to` at its default.';
  }
  if (search.wanted.kind === 'last-verified' && search.availability === 'none') {
    return 'Give the job the permission `deployments: read`, or name the release that is wanted with a `reason`.';
  }
  if (choice.candidates.some(({ claim }) => claim !== undefined)) {
    return 'Give the `ledger-key` that signed these records, or name the release that is wanted with a `reason`.';
  }
  return 'Deploy a working version.';
}

/** Good enough to go back to, if only the platform still had all of it. */
function isGone({ release, passedOver }: Candidate): boolean {
  return release?.restorable === 'no' && passedOver === release.restorableWhy;
}

function isNamed({ kind }: WantedTarget): boolean {
  return kind !== 'last-verified' && kind !== 'previous';
}
