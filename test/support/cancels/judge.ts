import type { Played } from './play.ts';

/** Which promises a run that was cut has broken, a line each. */
export function judge(played: Played): readonly string[] {
  const { script, said, served, openRecords, shippedByPost, underWay, orphans, next } = played;
  const isPostCut = script.cut === 'cancel in post';
  // A signal that comes while node itself starts ends post before its first act.
  const isExcused = isPostCut && !played.isPostBegun;
  const mustSay = !isExcused || played.isPostHeard;
  const left = isExcused ? [] : played.left;
  return [
    ...(said === undefined && mustSay ? ['it does not say what serves'] : []),
    ...(said !== undefined && said !== served && mustSay ? [`it says ${said}, and ${served} serves`] : []),
    ...openRecords.map((record) => `a record has no end: ${record}`),
    ...shippedByPost.map((what) => `post changed something: ${what}`),
    ...(isExcused ? [] : underWay).map((what) => `it left on its way: ${what}`),
    ...orphans.map((command) => `it left a process: ${command}`),
    ...left.map((folder) => `it left a folder: ${folder}`),
    ...(/^(live|unchanged)\/[\w-]+, serving new, v3$/.test(next) ? [] : [`the next run ended ${next}`]),
  ];
}
