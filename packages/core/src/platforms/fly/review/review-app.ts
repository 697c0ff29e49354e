import { createHash } from 'node:crypto';

/** "Under 63 chars using numbers, lowercase letters and dashes", as Fly's own refusal has it. */
const longestName = 62;
const hashLength = 8;

/** Whose review app is meant. */
export interface ReviewAppSubject {
  readonly repository: { readonly owner: string; readonly name: string };
  /** The pull request's number. */
  readonly number: number;
  /** Tells the apps of one pull request apart, where a repository has several. */
  readonly service: string | undefined;
}

/**
 * `pr-7-shop`, or `pr-7-shop-api` for the service `api`. What Fly's rules take away of the name is made up for by a
 * hash of the whole: `My_Shop` and `my-shop` are two, and a name that is cut stays its own.
 */
export function reviewAppName(subject: ReviewAppSubject): string {
  const { repository, number, service } = subject;
  const whole = wholeOf(subject);
  const prefix = `pr-${number}-`;
  if (legalOf(whole) === whole && prefix.length + whole.length <= longestName) return prefix + whole;
  return hashed(subject, [repository.owner, repository.name, service ?? '']);
}

/**
 * `pr-7-shop-1f0c6a2b`: the name where somebody else holds the first, since all of Fly shares one set of names. Of the
 * repository's id, which no other has and which stays when it moves to another owner.
 */
export function secondReviewAppName(
  subject: ReviewAppSubject & { readonly repository: { readonly id: string } },
): string {
  const { repository, service } = subject;
  return hashed(subject, [repository.id, repository.name, service ?? '']);
}

function hashed(subject: ReviewAppSubject, whose: readonly string[]): string {
  const prefix = `pr-${subject.number}-`;
  const text = whose.join('/').toLowerCase();
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashLength);
  const room = longestName - prefix.length - hashLength - 1;
  const cut = legalOf(wholeOf(subject)).slice(0, room).replace(/-$/, '');
  return `${prefix}${cut === '' ? '' : `${cut}-`}${hash}`;
}

function wholeOf({ repository, service }: ReviewAppSubject): string {
  return [repository.name, ...(service === undefined ? [] : [service])].join('-').toLowerCase();
}

function legalOf(whole: string): string {
  return whole.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** The pull request an app of this name would belong to. */
export function reviewedPullRequest(name: string): number | undefined {
  const digits = /^pr-([1-9]\d{0,9})-/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** How the owner labels of all review apps begin, those of other repositories included. */
export const ownerLabelPrefix = 'BELAY_REVIEW_APP_';

/**
 * The name of the secret that proves an app to be the review app of a pull request. The name, since names can be read
 * back and values cannot; a secret, since it can be set before there is a machine, and goes with the app.
 */
export function reviewAppOwnerLabel(repositoryId: string, number: number): string {
  return `${ownerLabelPrefix}${repositoryId}_${number}`;
}
