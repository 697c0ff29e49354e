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
export function reviewAppName({ repository, number, service }: ReviewAppSubject): string {
  const whole = [repository.name, ...(service === undefined ? [] : [service])].join('-').toLowerCase();
  const legal = whole.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const prefix = `pr-${number}-`;
  if (legal === whole && prefix.length + whole.length <= longestName) return prefix + whole;
  const subject = [repository.owner, repository.name, service ?? ''].join('/').toLowerCase();
  const hash = createHash('sha256').update(subject).digest('hex').slice(0, hashLength);
  const room = longestName - prefix.length - hashLength - 1;
  const cut = legal.slice(0, room).replace(/-$/, '');
  return `${prefix}${cut === '' ? '' : `${cut}-`}${hash}`;
}

/** The pull request an app of this name would belong to. */
export function reviewedPullRequest(name: string): number | undefined {
  const digits = /^pr-([1-9]\d{0,9})-/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** How the marks of all review apps begin, those of other repositories included. */
export const reviewAppMarks = 'BELAY_REVIEW_APP_';

/**
 * The name of the secret that proves an app to be the review app of a pull request. The name, since names can be read
 * back and values cannot; a secret, since it can be set before there is a machine, and goes with the app.
 */
export function reviewAppMark(repositoryId: string, number: number): string {
  return `${reviewAppMarks}${repositoryId}_${number}`;
}
