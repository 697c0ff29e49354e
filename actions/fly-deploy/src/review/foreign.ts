import type { ActionResult } from '#core';
import type { Prepared } from '#core/fly';
import type { ReviewSubject } from './decide.ts';
import { blockedResult } from './result.ts';

/** A name that the app of the pull request cannot have. */
export interface HeldName {
  readonly subject: ReviewSubject;
  readonly by: Exclude<Prepared, 'created' | 'there'>;
}

const held = {
  foreign: 'bears no mark of this pull request',
  elsewhere: 'is held by somebody whose apps this token does not see',
} as const;

export function describeHeld({ subject, by }: HeldName): string {
  return `${subject.name} ${held[by]}.`;
}

/** An app that stays, told to whoever closes: a run that was cut may have left it without its owner label. */
export function describeLeftAlone({ name, number }: ReviewSubject): string {
  return (
    `Fly has an app ${name} that nothing proves to be the review app of pull request ${number}: it is left alone. ` +
    `Destroy it with \`fly apps destroy ${name}\` if a run left it half made.`
  );
}

/** No name is to be had: what is there is neither deployed to nor destroyed. */
export function foreignResult([first, second]: readonly [HeldName, HeldName?]): ActionResult {
  const { name, number } = first.subject;
  const of = `the review app of pull request ${number}`;
  const what =
    second === undefined
      ? `Fly has an app ${name} that nothing proves to be ${of}`
      : `Fly has apps ${name} and ${second.subject.name}, and nothing proves either to be ${of}`;
  const why = `review apps are marked with a secret when they are made; ${whose(first, second)}`;
  const next = nextOf(second === undefined ? [first] : [first, second]);
  return blockedResult('not-our-app', name, { what, why, next });
}

function whose(first: HeldName, second: HeldName | undefined): string {
  if (second === undefined) return `this one ${held[first.by]}`;
  if (first.by !== second.by) return `the first ${held[first.by]}, and the second ${held[second.by]}`;
  return first.by === 'foreign'
    ? 'neither bears a mark of this pull request'
    : 'both are held by somebody whose apps this token does not see';
}

/** What cannot be seen cannot be destroyed, and what can be may be somebody's. */
function nextOf(names: readonly HeldName[]): string {
  const seen = names.filter(({ by }) => by === 'foreign').map(({ subject }) => subject.name);
  const service = 'to another word, which goes into the app’s name, here and where the sweep is';
  return seen.length === 0
    ? `Set \`service\` ${service}.`
    : `Destroy ${seen.join(' and ')} with \`fly apps destroy\` when nobody needs it, or set \`service\` ${service}.`;
}
