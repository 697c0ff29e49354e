/** What was there before a run is held against what is there after it. */

import type { Fleet } from './fleet.ts';
import type { Observed, Report } from './observed.ts';

type Fleets = Pick<Observed, 'before' | 'after' | 'releases' | 'takeover'>;

const whole: readonly string[] = ['live', 'unchanged', 'restored'];
const nothingChanged: readonly string[] = ['blocked', 'error', 'rehearsed'];

/** Every process group that ran runs again in its number and its region, and nothing but the version that is claimed. */
export function wholeWrongs(
  { outcome }: Pick<Report, 'outcome'>,
  { before, after }: Fleets,
  claimed: string,
): readonly string[] {
  if (!whole.includes(outcome)) return [];
  const missing = Object.entries(before.owed).flatMap(([part, owed]) => {
    const has = (after.running[part] ?? []).filter((version) => version === claimed).length;
    const wants = owed - lostSince(part, before, after);
    return has < wants ? [`${outcome}, but ${part} runs ${has} of ${wants} on ${claimed}`] : [];
  });
  const other = Object.entries(after.running).flatMap(([part, versions]) =>
    [...new Set(versions)]
      .filter((version) => version !== claimed)
      .map((version) => `${outcome}, but ${part} runs ${version} as well`),
  );
  return [...missing, ...other];
}

/** A host that was lost meanwhile took its machine with it: no claim covers that. */
function lostSince(part: string, before: Fleet, after: Fleet): number {
  return (after.lost[part] ?? 0) - (before.lost[part] ?? 0);
}

/** Where it ends before anything was to change, nothing was touched. */
export function standstillWrongs(
  { outcome }: Pick<Report, 'outcome'>,
  { before, after, releases, takeover }: Fleets,
): readonly string[] {
  if (!nothingChanged.includes(outcome) || takeover !== undefined) return [];
  const isSame = before.instances.join() === after.instances.join();
  return [
    ...(isSame ? [] : [`${outcome}, but machines were changed`]),
    ...releases.map(({ image }) => `${outcome}, but released ${image}`),
  ];
}
