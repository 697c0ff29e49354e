import { compare, type SemVer } from 'semver';
import { isPreRelease, parseTag, sectionOf } from './version.ts';

export interface Tag {
  readonly name: string;
  /** What the remote has under this name: the commit, or the object of an annotated tag. */
  readonly object: string;
  readonly commit: string;
}

/** What is known before anything is decided. */
export interface Facts {
  readonly commit: string;
  /** Changed or untracked files. */
  readonly uncommitted: readonly string[];
  readonly isMerged: boolean;
  /** As in `origin/main`. */
  readonly branch: string;
  readonly packageVersion: string;
  readonly changelog: string;
  /** Of the remote, now. */
  readonly tags: readonly Tag[];
  /** Whether this commit is among the ancestors of what is released, or is it. */
  readonly isAncestor: (commit: string) => boolean;
}

/** A tag to be pushed: made, or moved away from `was`. */
export interface Move {
  readonly tag: string;
  readonly was?: string;
}

export type Plan =
  | { readonly kind: 'refused'; readonly problems: readonly string[] }
  | {
      readonly kind: 'release';
      readonly tag: string;
      readonly commit: string;
      readonly isPreRelease: boolean;
      readonly notes: string;
      readonly moves: readonly Move[];
      /** One line for each tag: what becomes of it. */
      readonly told: readonly string[];
    };

/** What a release of this version would do, or every reason why there is none. */
export function planRelease(wanted: string, facts: Facts): Plan {
  const version = parseTag(wanted);
  const notes = version && sectionOf(facts.changelog, version.version);
  const problems = [
    ...(version === undefined
      ? [
          `--version is "${wanted}"; it must be v and a semantic version without build metadata, such as v0.1.0 or v0.2.0-rc.1.`,
        ]
      : [
          ...versionProblems(version, facts),
          ...notesProblems(version, notes),
          ...floatingProblems(version, facts),
        ]),
    ...placeProblems(facts),
  ];
  if (version === undefined || notes === undefined || problems.length > 0)
    return { kind: 'refused', problems };
  const own = ownTag(version, facts);
  const floating = floatingTag(version, facts);
  return {
    kind: 'release',
    tag: wanted,
    commit: facts.commit,
    isPreRelease: isPreRelease(version),
    notes,
    moves: [own, floating].flatMap(({ move }) => (move === undefined ? [] : [move])),
    told: [own.told, floating.told],
  };
}

interface Decision {
  readonly move?: Move;
  readonly told: string;
}

function ownTag(version: SemVer, { tags, commit }: Facts): Decision {
  const tag = tagOf(version);
  if (tags.some(({ name }) => name === tag))
    return { told: `${tag} is there, at ${short(commit)}: a run before this one made it` };
  return { move: { tag }, told: `${tag} is made, at ${short(commit)}` };
}

/** `v0` goes with the newest release of its major, and with nothing else. */
function floatingTag(version: SemVer, facts: Facts): Decision {
  const tag = floatingOf(version);
  const there = facts.tags.find(({ name }) => name === tag);
  if (isPreRelease(version))
    return { told: `${tag} stays ${placeOf(there)}: a pre-release moves it nowhere` };
  const newest = releasesOf(version, facts).at(-1);
  if (newest !== undefined && compare(newest, version) > 0)
    return { told: `${tag} stays ${placeOf(there)}: ${tagOf(newest)} is newer than ${tagOf(version)}` };
  if (there === undefined) return { move: { tag }, told: `${tag} is made, at ${short(facts.commit)}` };
  if (there.commit === facts.commit) return { told: `${tag} is there, at ${short(facts.commit)}` };
  return {
    move: { tag, was: there.object },
    told: `${tag} moves from ${short(there.commit)} to ${short(facts.commit)}`,
  };
}

function versionProblems(version: SemVer, facts: Facts): readonly string[] {
  const tag = tagOf(version);
  const { packageVersion, commit } = facts;
  const unequal =
    packageVersion === version.version
      ? []
      : [
          `package.json says ${packageVersion}, and this is to be ${tag}: run npm version ${version.version} --no-git-tag-version.`,
        ];
  const there = facts.tags.find(({ name }) => name === tag);
  if (there !== undefined)
    return there.commit === commit
      ? unequal
      : [
          ...unequal,
          `${tag} is at ${short(there.commit)}, and this is ${short(commit)}. A version never moves: release the next one.`,
        ];
  const newest = releasesOf(version, facts).at(-1);
  if (newest === undefined || compare(version, newest) > 0) return unequal;
  return [
    ...unequal,
    `${tag} is not higher than ${tagOf(newest)}, the newest of ${floatingOf(version)}: release a higher one.`,
  ];
}

function notesProblems({ version }: SemVer, notes: string | undefined): readonly string[] {
  if (notes === undefined)
    return [`CHANGELOG.md has no heading "## ${version}": put it above what is released.`];
  return notes === '' ? [`CHANGELOG.md says nothing below "## ${version}": say what is released.`] : [];
}

function floatingProblems(version: SemVer, facts: Facts): readonly string[] {
  const { move } = floatingTag(version, facts);
  const there = facts.tags.find(({ name }) => name === move?.tag);
  if (there === undefined || facts.isAncestor(there.commit)) return [];
  return [
    `${there.name} is at ${short(there.commit)}, which ${short(facts.commit)} does not come after: moving it would take back what is there. Merge that first.`,
  ];
}

function placeProblems({ uncommitted, isMerged, branch, commit }: Facts): readonly string[] {
  return [
    ...(uncommitted.length === 0
      ? []
      : [`Not committed: ${uncommitted.join(', ')}. Commit or remove what is to be left out.`]),
    ...(isMerged ? [] : [`${short(commit)} is not on ${branch}: release what was merged.`]),
  ];
}

/** The releases of the same major, lowest first; pre-releases count among themselves and their releases. */
function releasesOf(version: SemVer, { tags }: Facts): readonly SemVer[] {
  return tags
    .map(({ name }) => parseTag(name))
    .filter((one) => one !== undefined)
    .filter((one) => one.major === version.major && (isPreRelease(version) || !isPreRelease(one)))
    .sort(compare);
}

const tagOf = ({ version }: SemVer) => `v${version}`;
const floatingOf = ({ major }: SemVer) => `v${major}`;
const short = (commit: string) => commit.slice(0, 7);

function placeOf(tag: Tag | undefined): string {
  return tag === undefined ? 'away' : `at ${short(tag.commit)}`;
}
