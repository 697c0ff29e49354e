import { ActionFailure, type ActionResult, HttpError, httpFailure, type Ports } from '#core';
import { rehearsedResult } from '#core/deployment';
import { previewedPullRequest } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';
import { decideSweep, type PreviewWanted } from './decide.ts';
import { type OpenPreview, openPreview } from './open.ts';
import { type SweptLine, sweptResult } from './result.ts';

interface Found {
  readonly id: string;
  readonly name: string;
  readonly number: number;
}

/** Removes the environments that were made here for pull requests which are closed. Railway's own are never touched. */
export async function runSweep(
  ports: Ports,
  inputs: RailwayUpInputs,
  { repository }: Extract<PreviewWanted, { kind: 'sweep' }>,
): Promise<ActionResult> {
  const open = await openPreview(ports, inputs);
  const found = (await open.previews.made.list()).flatMap(({ id, name }) => {
    const number = previewedPullRequest(repository, name);
    return number === undefined ? [] : [{ id, name, number }];
  });
  const lines: SweptLine[] = [];
  // One after the other: GitHub and Railway both limit how fast they may be written to.
  for (const one of found) lines.push(await swept(ports, open, { one, dryRun: inputs.dryRun }));
  if (!inputs.dryRun) return sweptResult(lines);
  const would = lines.map(({ name, note }) => `${name}: ${note}`);
  return rehearsedResult(would.length === 0 ? ['There is nothing to sweep.'] : would, {});
}

async function swept(
  { runner }: Ports,
  { previews, pulls, recorded, announceRemoval }: OpenPreview,
  { one: { id, name, number }, dryRun }: { readonly one: Found; readonly dryRun: boolean },
): Promise<SweptLine> {
  try {
    const [isRecorded, pull] = await Promise.all([recorded(number, { id, name }), pulls.state(number)]);
    const { remove, note } = decideSweep({ recorded: isRecorded, pull });
    if (!dryRun) runner.info(`${name}: ${note}`);
    if (!remove) return { name, number, did: 'kept', note };
    if (dryRun) return { name, number, did: 'kept', note: `would be removed: ${note}` };
    await previews.made.remove(id);
    const again = 'It is made anew when the pull request is opened again.';
    await announceRemoval(number, { did: 'Removed', because: note, again });
    return { name, number, did: 'removed', note };
  } catch (error) {
    const failure = failureOf(error);
    return { name, number, did: 'failed', note: failure.what, failure };
  }
}

/** One environment that cannot be removed keeps no other alive. */
function failureOf(error: unknown) {
  if (error instanceof ActionFailure) return error;
  if (!(error instanceof HttpError)) throw error;
  const { reason, what, next } = httpFailure(error);
  return { code: reason, what, next };
}
