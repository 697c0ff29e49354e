import type { Missing, Part } from './platform.ts';

// What whole means, counted: what ran before runs again. What is counted is for each platform's adapter to say.

/** The name of what is out of sight, and of which the platform does not even tell what part it is of. */
export const unknownPart = 'unknown';

/** How many a part owes: what runs, and what ended by itself. What rests on purpose may go on resting. */
export function owedBy({ running, ended }: Part): number {
  return running + ended;
}

/** How many of a part are seen to serve, or would at the first request. */
export function servingOf({ running, resting, wakes }: Part): number {
  return running + (wakes ? resting : 0);
}

/**
 * What of `owed` is not there now. Nothing where the platform does not tell. What was out of sight then is not owed; what
 * has gone out of sight since is not missing, and where nobody knows which part it is of it may be of any.
 */
export function missingOf(now: readonly Part[] | undefined, owed: readonly Part[] = []): readonly Missing[] {
  if (now === undefined) return [];
  const sum = (parts: readonly Part[], name: string, count: (part: Part) => number) =>
    parts.filter((part) => part.name === name).reduce((total, part) => total + count(part), 0);
  const lost = (name: string) =>
    Math.max(0, sum(now, name, (part) => part.unknown) - sum(owed, name, (part) => part.unknown));
  let untold = lost(unknownPart);
  return owed.flatMap((part) => {
    const { name } = part;
    const there = sum(now, name, servingOf) + lost(name);
    const short = owedBy(part) - there;
    const excused = Math.min(untold, Math.max(0, short));
    untold -= excused;
    return short <= excused ? [] : [{ name, there: there + excused, owed: owedBy(part) }];
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
