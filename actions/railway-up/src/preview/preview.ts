import {
  ActionFailure,
  type ActionResult,
  errorMessage,
  HttpError,
  httpFailure,
  type Ports,
  runUrl,
  type TimeBudget,
} from '#core';
import { blockedResult, deployedComment, rehearsedResult } from '#core/deployment';
import { previewName } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';
import { outdatedText, secretsWarning, widerThanACheckout } from './advice.ts';
import { type AboutPull, close } from './close.ts';
import { keepEnvironment, type PreviewDeploy } from './keep.ts';
import { type OpenPreview, openPreview, title } from './open.ts';
import { endedResult } from './result.ts';

/** Deploys to the environment of a pull request. */
export type DeployPreview = (preview: PreviewDeploy) => Promise<ActionResult>;

/** After the deploy: the pull request's page, and an environment that nobody wants any more. Milliseconds. */
const pageMs = 30_000;

/** Deploys, or follows the deploy of, the pull request this run is about; or ends what was deployed for it. */
export async function runPreview(
  budget: TimeBudget,
  inputs: RailwayUpInputs,
  about: AboutPull,
  deploy: DeployPreview,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openPreview(ports, inputs);
  ports.runner.info(widerThanACheckout);
  if (about.kind === 'close') return close(open, inputs, about);
  const refused = await refusal(open, inputs, about);
  if (refused !== undefined) return refused;
  if (inputs.dryRun) return rehearsed(open, about, deploy);
  const work = async () => {
    const environmentId = await place(budget, open, about);
    return deploy(deployOf(about, environmentId));
  };
  return told(budget, { open, inputs, about }, work);
}

function deployOf({ by, subject }: AboutPull, environmentId: string): PreviewDeploy {
  return { by, environmentId, environment: subject.environment, head: subject.head };
}

/** A run may begin long after its event: the pull request may be closed by then, or have moved on. */
async function refusal(
  open: OpenPreview,
  inputs: RailwayUpInputs,
  about: AboutPull,
): Promise<ActionResult | undefined> {
  const { number, head } = about.subject;
  const pull = await open.pulls.state(number);
  if (pull.kind === 'closed') {
    // One that outlived its pull request would be said not to be there.
    const isLeft =
      about.by === 'us' &&
      (await open.previews.made.find(previewName(about.repository, number))) !== undefined;
    if (isLeft) return close(open, inputs, about);
    const headline = `⏭️ No preview of pull request ${number}: it is closed.`;
    return endedResult('pull-request-closed', headline, { serving: 'nothing' });
  }
  if (pull.kind === 'unknown' || head === undefined) return undefined;
  if (!(await open.pulls.isOutdated(head, pull.head))) return undefined;
  return blockedResult('outdated', {}, outdatedText({ number, head, newest: pull.head }));
}

/** Id of the environment, which is there then with the service in it. */
async function place(
  { leftMs, ports: { runner } }: TimeBudget,
  { previews }: OpenPreview,
  { by, repository, subject: { number, isBots } }: AboutPull,
): Promise<string> {
  // The rest is for the deployment.
  const half = leftMs() / 2;
  if (by === 'railway') {
    const pull = { repository: `${repository.owner}/${repository.name}`, number };
    runner.info(`Looking for the environment that Railway makes for pull request ${number}.`);
    const { id, name } = await previews.followed.wait(pull, { leftMs: half, isBots });
    keepEnvironment(runner, id);
    runner.info(`Railway has made the environment ${name} for pull request ${number}.`);
    return id;
  }
  const { source } = previews.made;
  const warning = secretsWarning(source.name);
  if (warning !== undefined) runner.warning(warning);
  const environment = await previews.made.prepare(previewName(repository, number));
  const { id, name, isNew } = environment;
  keepEnvironment(runner, id);
  if (isNew) runner.info(`Made the environment ${name}, a copy of ${source.name}.`);
  await previews.made.filled(environment, half);
  const host = await previews.made.reachable(environment);
  if (host !== undefined) runner.info(`Made the domain ${host} of ${previews.service.name} in ${name}.`);
  return id;
}

interface Told {
  readonly open: OpenPreview;
  readonly inputs: RailwayUpInputs;
  readonly about: AboutPull;
}

/** Does the work, and says on the pull request's page what came of it, well or badly. */
async function told(
  budget: TimeBudget,
  { open, inputs, about }: Told,
  work: () => Promise<ActionResult>,
): Promise<ActionResult> {
  const { ports, end } = budget;
  const { number } = about.subject;
  const attempt = await work().then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  // What the deploy has to say of what serves counts; there is no time for more.
  if (ports.signal.aborted && 'result' in attempt) return attempt.result;
  ports.signal.throwIfAborted();
  end(pageMs);
  // Closed in the middle: the run of that may have come before there was anything to end.
  if ((await open.pulls.state(number)).kind === 'closed') {
    const came = await closedMeanwhile(ports, () => close(open, inputs, about));
    if (came !== undefined && about.by === 'us') return came;
  } else {
    const said = 'result' in attempt ? attempt.result : failed(attempt.error);
    if (said !== undefined) await comment(ports, open, { about, said });
  }
  if ('error' in attempt) throw attempt.error;
  return attempt.result;
}

/** What the deploy has come to is not lost where the preview cannot be ended after it. */
async function closedMeanwhile(
  { runner }: Ports,
  ending: () => Promise<ActionResult>,
): Promise<ActionResult | undefined> {
  try {
    return await ending();
  } catch (error) {
    runner.warning(
      `The pull request was closed meanwhile, and its preview could not be ended: ${errorMessage(error)}. A sweep (\`preview: sweep\`) removes what was made here.`,
    );
    return undefined;
  }
}

/** What ended before anything was deployed; undefined for what is no failure of the platform or the inputs. */
function failed(error: unknown): Pick<ActionResult, 'outputs' | 'headline'> | undefined {
  if (error instanceof HttpError) {
    const { reason, what, next } = httpFailure(error);
    return { outputs: {}, headline: `❌ ${what} (error/${reason}). ${next}` };
  }
  if (!(error instanceof ActionFailure)) return undefined;
  return { outputs: {}, headline: `❌ ${error.what} (error/${error.code}). ${error.next}` };
}

async function comment(
  { runner }: Ports,
  { pulls, marker }: OpenPreview,
  { about, said }: { readonly about: AboutPull; readonly said: Pick<ActionResult, 'outputs' | 'headline'> },
): Promise<void> {
  const { number, head } = about.subject;
  const body = deployedComment(title, said, { head, runUrl: runUrl(runner.context) });
  await pulls.comment({ number, marker, body, create: true });
}

/** What is there is looked at; nothing is made or waited for. */
async function rehearsed(
  { previews }: OpenPreview,
  about: AboutPull,
  deploy: DeployPreview,
): Promise<ActionResult> {
  const { by, repository, subject } = about;
  const { owner, name: repositoryName } = repository;
  const name = previewName(repository, subject.number);
  const found =
    by === 'railway'
      ? await previews.followed.find({
          repository: `${owner}/${repositoryName}`,
          number: subject.number,
        })
      : await previews.made.find(name);
  if (found !== undefined) return deploy(deployOf(about, found.id));
  const line =
    by === 'railway'
      ? `Railway has made no environment for pull request ${subject.number} yet: it would be waited for, and its address commented.`
      : `It would make the environment ${name}, a copy of ${previews.made.source.name}, upload to it and comment its address.`;
  return rehearsedResult([line], {});
}
