import type { Ending } from '#core';
import {
  type ActionKind,
  code,
  type OutcomeGroup,
  outcomeGroup,
  outcomeGroups,
  type Serving,
  servings,
  table,
} from '#core';
import { outcomeMeanings } from './meanings.ts';

type Outcome = Ending['outcome'];

interface GroupMeaning {
  readonly title: string;
  readonly meaning: string;
  /** One sentence. */
  readonly todo: string;
}

export const groupMeanings: Readonly<Record<OutcomeGroup, GroupMeaning>> = {
  fine: {
    title: 'Fine',
    meaning: 'What was asked for is so.',
    todo: 'Nothing to do.',
  },
  'old-serves': {
    title: 'Failed, and the old one serves',
    meaning: 'A deploy came to nothing, and what served before it serves.',
    todo: 'Nobody has to get up: read the cause in the summary, mend it, and run the job again.',
  },
  'needs-a-person': {
    title: 'A person must look',
    meaning:
      'Something serves that should not, nothing does, or nobody knows; a rollback brought nothing back.',
    todo: 'Look at the system now: the summary says what was seen, and what to do.',
  },
};

/** How somebody is called by it. A step that was cut says nothing, and one that was skipped has nothing to say. */
export function paging(step: string): string {
  const asked = `steps.${step}.outcome != 'skipped' && steps.${step}.outputs.needs-a-person != 'false'`;
  return `A later step that calls somebody has \`if: \${{ always() && ${asked} }}\`.`;
}

/** The groups, and what each means. */
export function groupsTable(): string {
  return table(
    ['group', '`needs-a-person`', 'meaning', 'what to do'],
    outcomeGroups.map((group) => {
      const { title, meaning, todo } = groupMeanings[group];
      return [`**${title}**`, told(group), meaning, todo];
    }),
  );
}

/** The groups an action's endings fall into, with the outcomes of each. */
export function endingGroups(kind: ActionKind, endings: readonly Ending[]): string {
  const rows = outcomeGroups.flatMap((group) => {
    const names = [...namesIn(group, kind, endings), ...lastWord(group, kind)];
    if (names.length === 0) return [];
    const { title, todo } = groupMeanings[group];
    return [[`**${title}**`, told(group), names.join(', '), todo]];
  });
  return table(['group', '`needs-a-person`', 'how it ended', 'what to do'], rows);
}

function told(group: OutcomeGroup): string {
  return code(String(group === 'needs-a-person'));
}

/** What is not said of each outcome: that nothing but a gate leaves a mix, or a hole, to the morning. */
function lastWord(group: OutcomeGroup, kind: ActionKind): readonly string[] {
  return kind === 'deploy' && group === 'needs-a-person'
    ? [
        'and all but `blocked` that is red while `serving` is `mixed`, or `nothing` where a release had served',
      ]
    : [];
}

/** What ended before it had looked at the target goes by no sight of it. */
function beforeAnything(kind: ActionKind, group: OutcomeGroup, outcome: Outcome): string {
  const ended = { outcome, reason: outcome, serving: 'unknown', hadServed: true } as const;
  const isOtherwise = outcomeGroup(kind, ended) !== group;
  return isOtherwise && outcomeGroup(kind, { ...ended, untouched: true }) === group
    ? 'before anything was begun, or '
    : '';
}

/** The outcomes of a group; of one that falls into several, what puts it there. */
function namesIn(group: OutcomeGroup, kind: ActionKind, endings: readonly Ending[]): readonly string[] {
  const all = Object.keys(outcomeMeanings) as Outcome[];
  return all.flatMap((outcome) => {
    const reasons = endings.filter((ending) => ending.outcome === outcome).map(({ reason }) => reason);
    const seen = usuallySeen(outcome);
    const isHere = (reason: string, serving: Serving) =>
      outcomeGroup(kind, { outcome, reason, serving, hadServed: true }) === group;
    const bySight = seen.filter((serving) => reasons.some((reason) => isHere(reason, serving)));
    const byReason = reasons.filter((reason) => seen.some((serving) => isHere(reason, serving)));
    if (bySight.length === 0) return [];
    const isException = byReason.length < reasons.length && byReason.length <= reasons.length / 2;
    if (isException) return byReason.map((reason) => code(`${outcome}/${reason}`));
    if (bySight.length === seen.length) return [code(outcome)];
    return bySight.length > seen.length / 2
      ? [`any other ${code(outcome)}`]
      : [
          `${code(outcome)} ${beforeAnything(kind, group, outcome)}with ${bySight.map((serving) => code(`serving: ${serving}`)).join(' or ')}`,
        ];
  });
}

/** What an outcome claims to serve, or is told of where it claims nothing. */
function usuallySeen(outcome: Outcome): readonly Serving[] {
  switch (outcome) {
    case 'live':
    case 'unchanged':
      return ['new'];
    case 'cancelled':
      return servings;
    case 'rejected':
    case 'restored':
    case 'blocked':
      return ['old'];
    default:
      return ['unknown'];
  }
}
