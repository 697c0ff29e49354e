import { type ActionResult, errorMessage } from '#core';
import { rehearsedResult } from '#core/deployment';
import { previewName } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';
import type { PreviewWanted, Recorded } from './decide.ts';
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
  const pull = { repository: `${owner}/${name}`, number };
  const environment = await open.previews.followed.find(pull);
  const unclaimed = environment === undefined ? await open.previews.followed.unclaimed(pull) : undefined;
  if (unclaimed !== undefined) return notTold(unclaimed.name, { dryRun, number });
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

/** Nothing is announced: what is there may be the preview, and Railway may keep it. */
function notTold(
  name: string,
  { dryRun, number }: { readonly dryRun: boolean; readonly number: number },
): ActionResult {
  const why = `Railway has an environment ${name}, and does not say whose it is`;
  const said = `🧹 Pull request ${number} is closed. Whether its preview is gone is not known: ${why}.`;
  if (dryRun) return rehearsedResult([said], {});
  const message = `${why}: it may be the preview of pull request ${number}. Look at it in Railway’s dashboard, and delete it if it is.`;
  return {
    ...endedResult('pull-request-closed', said, { serving: 'unknown' }),
    annotations: [{ level: 'warning', message }],
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
  const recorded = environment && (await open.recorded(number, environment));
  const isOurs = recorded === 'yes';
  if (dryRun) {
    const does = isOurs ? `The environment ${name} would be removed.` : 'There is nothing to remove.';
    return rehearsedResult([`Pull request ${number} is closed: ${does}`], {});
  }
  if (environment !== undefined && recorded !== undefined && recorded !== 'yes') {
    const left = leftAlone(name, number, recorded);
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
function leftAlone(name: string, number: number, recorded: Exclude<Recorded, 'yes'>): string {
  if (recorded === 'unknown')
    return (
      `Railway has an environment ${name}, and the deployment records, which would prove that it was made for pull request ` +
      `${number}, cannot be read: it is left alone. Give the job the permission \`deployments: write\`, and run it again, or ` +
      'have a sweep (`preview: sweep`) remove it.'
    );
  return (
    `Railway has an environment ${name}, and no deployment record proves that it was made for pull request ${number}: ` +
    'it is left alone. Delete it in Railway’s dashboard if a run left it half made, and give the job the permission ' +
    '`deployments: write`.'
  );
}
