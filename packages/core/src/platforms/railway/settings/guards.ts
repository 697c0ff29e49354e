import type { PlatformFailure } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { isSameName } from '../api/same-name.ts';
import type { WireAutoDeploy, WirePolicy, WireTrigger } from '../api/wire-service.ts';

/** What Railway tells, before anything is deployed, of what else decides about a service; undefined where it does not tell. */
export interface Guards {
  /** Of the workspace. */
  readonly policy: WirePolicy | undefined;
  /** What makes deployments of pushes. */
  readonly triggers: readonly WireTrigger[] | undefined;
  readonly autoDeploy: WireAutoDeploy | undefined;
}

/** Nobody waits for what is good to know for longer, milliseconds. */
const askingMs = 3_000;

/** Asks for them all at once. Not every token may read them, and a deploy needs none: what is not told is undefined. Never throws. */
export async function askGuards(
  api: RailwayApi,
  { ids, workspaceId }: { readonly ids: ServiceIds; readonly workspaceId: string | undefined },
): Promise<Guards> {
  const quick = api.within(askingMs);
  const untold = () => undefined;
  const [policy, triggers, autoDeploy] = await Promise.all([
    workspaceId === undefined ? undefined : quick.policy(workspaceId).catch(untold),
    quick.triggers(ids).catch(untold),
    quick.autoDeploy(ids).catch(untold),
  ]);
  return { policy, triggers, autoDeploy };
}

/** The repository and the branch whose push started a run; undefined where none did. */
export interface PushedTo {
  /** `acme/shop`. */
  readonly repository: string | undefined;
  readonly branch: string | undefined;
}

/** What is to be known before an upload. */
export interface BeforeUpload {
  /** Why Railway would not take it. */
  readonly refusal: PlatformFailure | undefined;
  /** What will happen to it that nobody may have meant, a sentence or two each. */
  readonly warnings: readonly string[];
  /** What else decides about the service, a sentence each. */
  readonly notes: readonly string[];
  /** What was not told, a sentence each. */
  readonly untold: readonly string[];
}

/** What the guards mean for an upload by a run of this push. */
export function beforeUpload({ policy, triggers, autoDeploy }: Guards, pushed: PushedTo): BeforeUpload {
  // Of a trigger of which it is not told whether it is on, it is taken to be.
  const isOff = autoDeploy?.enabled === false;
  const all = triggers ?? [];
  return {
    refusal: policy?.restrictDeploysToAllowedSources === true ? restricted : undefined,
    warnings: isOff ? [] : all.map((trigger) => takesOver(trigger, pushed)),
    notes: isOff ? all.map(offWords) : [],
    untold: [
      ...(policy?.restrictDeploysToAllowedSources === undefined ? [untoldPolicy] : []),
      ...(triggers === undefined ? [untoldTriggers] : []),
    ],
  };
}

const restricted: PlatformFailure = {
  reason: 'policy-refused',
  what: 'A guardrail of the workspace restricts deploys to allowed sources, and an upload is none',
  why: 'Railway would refuse it: nothing was uploaded',
  next: 'Ask an owner of the workspace to allow uploads, in its settings under Guardrails, or deploy from the repository that the service is connected to.',
};

const untoldPolicy =
  'Railway does not tell this token whether a guardrail of the workspace forbids uploads: it may refuse this one.';
const untoldTriggers =
  'Railway does not tell this token whether pushes deploy the service as well, and may take the place of this upload.';

/** Two actors on one service: the later one wins. Source: docs.railway.com, “GitHub Autodeploys”. */
function takesOver({ repository, branch, checkSuites }: WireTrigger, pushed: PushedTo): string {
  const isSame = isSameName(repository, pushed.repository) && branch === pushed.branch;
  if (!isSame)
    return `Railway deploys this service at a push to ${branch} of ${repository} too, and that takes the place of what is uploaded here. Switch the trigger off in the service’s settings, or do not upload to it.`;
  const both = `Railway deploys ${repository} by itself at a push to ${branch}, and this run, which is of that branch, uploads to the same service: two deployments are made, and the later one stays.`;
  const off = 'switch the trigger off in the service’s settings, or do not upload to it.';
  if (checkSuites !== true) return `${both} Use \`mode: watch\`, which proves what Railway deploys, ${off}`;
  // A job of the push itself would be one of the checks that Railway waits for.
  const waits =
    '“Wait for CI” is on: Railway’s own comes once the workflows of the commit have ended, this one among them, and takes the place of what was proved here.';
  return `${both} ${waits} Use \`mode: watch\` in a workflow on \`deployment_status\`, which proves what Railway deploys, ${off}`;
}

function offWords({ repository, branch }: WireTrigger): string {
  return `The trigger of the service is off: a push to ${branch} of ${repository} deploys nothing by itself.`;
}
