import type { Part } from './platform.ts';

// What whole means, counted: what ran before runs again. What is counted is for each platform's adapter to say.

/** One part that has less than it owes. */
export interface Missing {
  readonly name: string;
  /** Instances that serve or would at the first request, and how many there have to be. */
  readonly there: number;
  readonly owed: number;
}

/** How many a part owes: what runs, and what ended by itself. What rests on purpose may go on resting. */
export function owedBy({ running, ended }: Part): number {
  return running + ended;
}

/** How many of a part serve, or would at the first request. A lost host counts for what it had. */
export function servingOf({ running, resting, unknown, wakes }: Part): number {
  return running + unknown + (wakes ? resting : 0);
}

/** What of `owed` is not there now. Nothing where the platform does not tell. */
export function missingOf(now: readonly Part[] | undefined, owed: readonly Part[] = []): readonly Missing[] {
  if (now === undefined) return [];
  return owed.flatMap((part) => {
    const there = now.filter(({ name }) => name === part.name).reduce((sum, one) => sum + servingOf(one), 0);
    const count = owedBy(part) + part.unknown;
    return there >= count ? [] : [{ name: part.name, there, owed: count }];
  });
}

/** The larger claim of each part: a first look may have left some of it out. */
export function together(one: readonly Part[], other: readonly Part[]): readonly Part[] {
  const names = new Set([...one, ...other].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [a, b] = [one, other].map((parts) => parts.find((part) => part.name === name));
    if (a === undefined || b === undefined) return a ?? b ?? [];
    return owedBy(a) >= owedBy(b) ? a : b;
  });
}

/** `worker/iad: 0 of 1, web/fra: 1 of 2`. */
export function describeMissing(missing: readonly Missing[]): string {
  return missing.map(({ name, there, owed }) => `${name}: ${there} of ${owed}`).join(', ');
}
