import {
  type ActionResult,
  besideMarkdown,
  code,
  escapeMarkdown,
  imageRefOf,
  type OpenFly,
  type Ports,
  type RolloutVerdict,
  rolloutResult,
} from '#core';
import type { OpenDeploy } from './open.ts';
import type { SnapshotFirst } from './snapshot.ts';

/** What the step says about a deploy that ran. */
export async function resultOf(
  { runner: { context } }: Ports,
  { fly, bound, commit, source, digest, evidence, snapshot }: OpenDeploy,
  verdict: RolloutVerdict,
  durationMs: number,
): Promise<ActionResult> {
  const refOf = (artifact = '') => (artifact === '' ? '' : imageRefOf(fly.target.name, source, artifact));
  return rolloutResult(context, bound, {
    action: 'fly-deploy',
    target: fly.target,
    ...{ verdict, durationMs },
    from: verdict.previous && (await bound.history.commit(verdict.previous)),
    to: commit,
    outputs: {
      ...(await flyOutputs(fly, verdict, digest)),
      'image-ref': refOf(verdict.release?.artifact ?? digest),
      'snapshot-id': snapshot?.id ?? '',
    },
    evidence: evidence.lines,
    lead: [snapshot === undefined ? '' : savedFirst(snapshot), besideMarkdown(fly.platform.beside)]
      .filter((text) => text !== '')
      .join('\n\n'),
  });
}

/** What was saved, and how to come back to it. */
function savedFirst({ id, label, comeback }: SnapshotFirst): string {
  if (id === '') return '';
  return `Before the release ${code(id)} was taken of ${escapeMarkdown(label)}. What it holds comes back as something new: ${code(comeback)}.`;
}

/** The outputs only Fly has. What cannot be asked any more is left empty rather than failing a finished deploy. */
async function flyOutputs(
  { platform, target }: OpenFly,
  { release, previous }: RolloutVerdict,
  digest: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const machines = await platform.health(target).catch(() => undefined);
  return {
    'release-version': release?.id.replace(/^v/, '') ?? '',
    image: release?.artifact ?? digest ?? '',
    machines: machines === undefined ? '' : JSON.stringify(machines),
    'previous-image': previous?.artifact ?? '',
    'app-name': target.name,
    hostname: target.url === undefined ? '' : new URL(target.url).host,
  };
}
