import { type ActionResult, errorMessage } from '#core';
import { rehearsedResult } from '#core/deployment';
import { previewName } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';
import type { PreviewWanted } from './decide.ts';
import type { OpenPreview } from './open.ts';
import { endedResult } from './result.ts';

export type AboutPull = Extract<PreviewWanted, { readonly subject: unknown }>;

const because = 'the pull request is closed';

/** Ends the preview of a closed pull request: Railway removes what is its own, and what was made here is removed. */
export async function close(
  open: OpenPreview,
  { dryRun }: RailwayUpInputs,
  about: AboutPull,
): Promise<ActionResult> {
  return about.by === 'railway' ? closeRailways(open, dryRun, about) : closeOurs(open, dryRun, about);
}

async function closeRailways(
  open: OpenPreview,
  dryRun: boolean,
  { repository: { owner, name }, subject: { number } }: AboutPull,
): Promise<ActionResult> {
  const environment = await open.previews.followed.find({ repository: `${owner}/${name}`, number });
  const said =
    environment === undefined
      ? `🧹 Pull request ${number} is closed, and Railway has removed its environment.`
      : `🧹 Pull request ${number} is closed: Railway removes its environment ${environment.name} by itself.`;
  if (dryRun) return rehearsedResult([said], {});
  const annotations = await announced(open, number, {
    did: 'Gone',
    again:
      'Railway removes its environment by itself, and makes another when the pull request is opened again.',
  });
  return {
    ...endedResult('preview-removed', said, { serving: environment === undefined ? 'nothing' : 'unknown' }),
    ...annotations,
  };
}

async function closeOurs(
  open: OpenPreview,
  dryRun: boolean,
  { repository, subject: { number } }: AboutPull,
): Promise<ActionResult> {
  const { previews } = open;
  const name = previewName(repository, number);
  const environment = await previews.made.find(name);
  const target = environment && previews.target(environment).id;
  const isOurs = target !== undefined && (await open.recorded(number)).has(target);
  if (dryRun) {
    const does = isOurs ? `The environment ${name} would be removed.` : 'There is nothing to remove.';
    return rehearsedResult([`Pull request ${number} is closed: ${does}`], {});
  }
  if (environment !== undefined && !isOurs) {
    const left = leftAlone(name, number);
    const headline = `🧹 Nothing was removed: ${left}`;
    return {
      ...endedResult('preview-absent', headline, { serving: 'unknown' }),
      annotations: [{ level: 'warning', message: left }],
    };
  }
  const came = environment === undefined ? 'gone' : await previews.made.remove(environment.id);
  const annotations = await announced(open, number, {
    did: 'Removed',
    again: 'It is made anew when the pull request is opened again.',
  });
  const [reason, headline] =
    came === 'removed'
      ? ([
          'preview-removed',
          `🧹 Removed: the environment ${name}, since its pull request is closed.`,
        ] as const)
      : (['preview-absent', `🧹 Nothing to remove: there is no environment ${name}.`] as const);
  return { ...endedResult(reason, headline, { serving: 'nothing' }), ...annotations };
}

/** It is gone all the same where that cannot be told. */
async function announced(
  open: OpenPreview,
  number: number,
  text: { readonly did: string; readonly again: string },
): Promise<Pick<ActionResult, 'annotations'>> {
  try {
    await open.announceRemoval(number, { ...text, because });
    return {};
  } catch (error) {
    const message = `The preview’s records could not be set inactive: ${errorMessage(error)}.`;
    return { annotations: [{ level: 'warning', message }] };
  }
}

/** A run that was cut, or that may write no records, has left nothing that proves it. */
export function leftAlone(name: string, number: number): string {
  return (
    `Railway has an environment ${name}, and no deployment record proves that it was made for pull request ${number}: ` +
    'it is left alone. Delete it in Railway’s dashboard if a run left it half made, and give the job the permission ' +
    '`deployments: write`.'
  );
}
