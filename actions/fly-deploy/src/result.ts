import { type ActionResult, code, escapeMarkdown, type Ports, type RunnerContext } from '#core';
import { type RolloutVerdict, rollbackPage, rolloutResult, withCommands } from '#core/deployment';
import { imageRefOf, type OpenFly } from '#core/fly';
import type { OpenFlyDeploy } from './open.ts';
import { verdictForReview } from './review/advice.ts';
import type { SnapshotFirst } from './snapshot.ts';

/** What the step says about a deploy that ran. */
export async function resultOf(
  { runner: { context } }: Ports,
  { fly, bound, commit, source, digest, evidence, snapshot, review }: OpenFlyDeploy,
  verdict: RolloutVerdict,
  durationMs: number,
): Promise<ActionResult> {
  // Looked for while the rest is asked.
  const button = review === undefined ? rollbackUrl(context, fly, bound.environment) : undefined;
  // What cannot be asked any more is left out rather than failing a finished deploy.
  const machines = await fly.platform.health(fly.target).catch(() => undefined);
  const whole = await withCommands(verdict, fly, machines);
  const told = review === undefined ? whole : verdictForReview(whole, review.organization);
  const refOf = (artifact = '') => (artifact === '' ? '' : imageRefOf(fly.target.name, source, artifact));
  return rolloutResult(context, bound, {
    action: 'fly-deploy',
    target: fly.target,
    verdict: told,
    durationMs,
    from: verdict.previous && (await bound.history.commit(verdict.previous)),
    to: commit,
    outputs: {
      ...flyOutputs(fly, verdict, { digest, machines }),
      'image-ref': refOf(verdict.release?.artifact ?? digest),
      'snapshot-id': snapshot?.id ?? '',
    },
    evidence: evidence.lines,
    evidenceTitle: fly.evidenceTitle,
    isReview: review !== undefined,
    rollbackUrl: button,
    folds: [
      {
        title: 'What was saved before the release',
        body: snapshot === undefined ? '' : savedFirst(snapshot),
      },
      { title: 'What else runs', body: fly.beside().markdown },
    ],
  });
}

/** What was saved, and how to come back to it. */
function savedFirst({ id, label, restoreCommand }: SnapshotFirst): string {
  if (id === '') return '';
  return `Before the release ${code(id)} was taken of ${escapeMarkdown(label)}. What it holds comes back as something new: ${code(restoreCommand)}.`;
}

type Machines = Awaited<ReturnType<OpenFly['platform']['health']>> | undefined;

/** The page of the workflow by which a person takes a release of this app back; undefined where none is seen. */
function rollbackUrl(context: RunnerContext, fly: OpenFly, environment: string) {
  return rollbackPage(context, { ...fly.workflowWords, target: fly.target.name, environment });
}

/** The outputs only Fly has. */
function flyOutputs(
  { target }: OpenFly,
  { release, previous }: RolloutVerdict,
  { digest, machines }: { readonly digest: string | undefined; readonly machines: Machines },
): Readonly<Record<string, string>> {
  return {
    'release-version': release?.id.replace(/^v/, '') ?? '',
    image: release?.artifact ?? digest ?? '',
    machines: machines === undefined ? '' : JSON.stringify(machines),
    'previous-image': previous?.artifact ?? '',
    'app-name': target.name,
    hostname: target.url === undefined ? '' : new URL(target.url).host,
  };
}
