import { randomBytes } from 'node:crypto';
import type { Ports } from '../../action/ports.ts';
import type { OpenPlatform } from '../open-platform.ts';
import type { WantedTarget } from '../wanted-target.ts';
import { RailwayPlatform } from './adapter.ts';
import type { ServiceIds } from './api/api.ts';
import { shortId } from './api/release.ts';
import { hostsOf } from './api/target.ts';
import type { WireServiceInstance } from './api/wire-service.ts';
import { askRailway, type RailwayOpening, targetOf } from './ask.ts';
import { newestLines } from './deploy/last-lines.ts';
import { OwnDeployments } from './deploy/own-deployments.ts';
import { railwayReleaseNames } from './inputs.ts';
import { configWarnings } from './settings/config-files.ts';
import { askGuards, type BeforeUpload, beforeUpload, type PushedTo } from './settings/guards.ts';
import { besideOf } from './settings/in-force.ts';
import { type BeyondProject, describeRailwayToken, railwayTokenAdvice } from './token/token-advice.ts';
import { railwaySockets } from './watch/open-socket.ts';

export interface RailwayInputs extends RailwayOpening {
  /** What the run does that a project token may not. Default: nothing. */
  readonly needs?: readonly BeyondProject[];
}

/** Railway, opened for one service in one environment. */
export interface OpenRailway extends OpenPlatform {
  readonly platform: RailwayPlatform;
  readonly ids: ServiceIds;
  /** What is in force for it, as it was found. */
  readonly instance: WireServiceInstance;
  /** Its host names, those of its owner first. */
  readonly hosts: readonly string[];
  /** Of this step alone: what a message ends with. */
  readonly mark: string;
  /** What the configuration files of a folder say and is not in force, a sentence each. */
  configWarnings(folder: string): Promise<readonly string[]>;
  /** What is to be known before a run of this push uploads. Never throws, and is answered in a few seconds. */
  beforeUpload(pushed: PushedTo): Promise<BeforeUpload>;
}

/** Until it has run for so long, a deployment that Railway calls live is not believed, milliseconds. */
const stabilizeMs = 10_000;
/** A build and a health check are before `settle`: so long a deployment may take until its window begins for good, milliseconds. */
const settleMs = 300_000;

/** Finds the service. Failures: those of `askRailway`. */
export async function openRailway(ports: Ports, inputs: RailwayInputs): Promise<OpenRailway> {
  const { runner, http } = ports;
  const { runId = 'local', runAttempt } = runner.context;
  const asked = await askRailway(ports, inputs);
  const { api, clock, found, instance } = asked;
  const plan = await api
    .within(4_000)
    .plan(found.ids.projectId)
    .catch(() => undefined);
  const own = new OwnDeployments(`${runId}-${runAttempt}-${randomBytes(4).toString('hex')}`);
  const windowMs = inputs.stabilizeMs ?? stabilizeMs;
  const platform = new RailwayPlatform({
    api,
    http,
    clock,
    ids: found.ids,
    own,
    plan,
    mayRebuild: inputs.allowRebuild ?? false,
    stabilizeMs: windowMs,
    log: (line) => runner.info(line),
    warn: (line) => runner.warning(line),
    openSocket: railwaySockets(runner.env, api.token),
    group: (title, work) => runner.group(title, work),
    tail: ({ source, message }) => runner.info(`${source}: ${message}`),
  });
  runner.info(describeRailwayToken(api.token));
  const advice = railwayTokenAdvice(api.token, inputs.needs);
  if (advice !== undefined) runner.info(advice);
  return {
    platform,
    target: targetOf(asked),
    clock,
    ids: found.ids,
    instance,
    hosts: hostsOf(instance),
    mark: own.mark,
    configWarnings: (folder) => {
      const { name, isEphemeral } = found.environment;
      const scope = { environment: name, isPullRequest: isEphemeral };
      return configWarnings(folder, { instance: platform.instance ?? instance, scope, now: clock.now() });
    },
    beforeUpload: async (pushed) => beforeUpload(await askGuards(api, found), pushed),
    notUndone: notUndone(instance),
    settleMs: settleMs + windowMs,
    workflowWords: { targetInput: 'railway-service', shipsByHand: /\brailway\b[^\n]*\b(?:up|redeploy)\b/ },
    evidenceTitle: 'Logs of the deployment',
    parseTarget,
    pinned: async (wanted) => wanted,
    evidence: async (release) => (release === undefined ? [] : newestLines(api, release)),
    beside: () => besideOf(platform.instance ?? instance, instance),
    withCommands: async (failure) => failure,
    tidyUp: () => platform.tidyUp(),
    memory: () => own.memory(),
    recall: (memory, known) => own.recall(memory, known),
  };
}

/** What no rollback on Railway brings back: said in every summary. */
function notUndone({ source }: WireServiceInstance): readonly string[] {
  const data = [
    'databases and volumes: they are as the newer release left them',
    'a pre-deploy command: what it did stays',
  ];
  const isOfGit = (source?.repo ?? '') !== '';
  return isOfGit
    ? [...data, 'the trigger of the repository: the next push deploys the newer code again']
    : data;
}

/** The id of a deployment, whole or as it is called everywhere: a commit has to be given with fewer or more than 8 digits. */
function parseTarget(to: string): WantedTarget | undefined {
  return railwayReleaseNames.pattern.test(to) ? { kind: 'version', label: shortId(to) } : undefined;
}
