import { setTimeout as delay } from 'node:timers/promises';
import { accepts } from '../apps/accepts.ts';
import type { Apps, LogLine } from '../apps/apps.ts';
import { shellWords } from '../apps/shell-words.ts';
import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import { readDockerfile } from './dockerfile.ts';
import type { LogBook } from './log-book.ts';
import type { Settings } from './model.ts';
import { Replica } from './replica.ts';
import { runOnce } from './run-once.ts';
import { replicaEnvironment } from './runtime-env.ts';
import { rootOf, startCommandOf } from './start-command.ts';
import type { RailwayDoors } from './switches.ts';

/** Where a service runs that names no region. */
const usualRegion = 'us-west2';

/** A small server listens by then; whether one that does not is well, its health check says. */
const bootMs = 2_000;
/** What has long been deployed and has a domain is up, however busy the machine is. */
const plantedBootMs = 20_000;

interface Parts {
  readonly deployment: Deployment;
  readonly doors: RailwayDoors;
  readonly logs: LogBook;
}

type Spec = Parameters<Apps['start']>[0];

/** The region of each replica. */
export function placesOf({ multiRegionConfig, numReplicas, region }: Settings): readonly string[] {
  const places = Object.entries(
    multiRegionConfig ?? { [region ?? usualRegion]: { numReplicas: numReplicas ?? 1 } },
  );
  return places.flatMap(([name, wanted]) => Array.from({ length: wanted.numReplicas }, () => name));
}

/** What a container of the deployment runs. */
export function specOf(
  deployment: Deployment,
  replica: { readonly id: string; readonly region: string },
): Spec {
  const { content, settings } = deployment;
  const env = replicaEnvironment(deployment, replica);
  if (content.kind === 'tree') {
    const root = rootOf(content.dir, settings);
    const baked = readDockerfile(root, settings)?.env;
    return { tree: root, line: startCommandOf(root, settings) ?? 'npm start', env: { ...baked, ...env } };
  }
  const { image } = content;
  if (image === undefined) throw new StepFailure(`Failed to pull image ${content.ref}`);
  const command = settings.startCommand === null ? undefined : shellWords(settings.startCommand);
  return { app: image.app, env: { ...image.env, ...env }, ...(command === undefined ? {} : { command }) };
}

/** The containers of a deployment, each with its first process running. */
export async function startReplicas({ deployment, doors, logs }: Parts): Promise<void> {
  const { restartPolicyType: policy, restartPolicyMaxRetries: retries } = deployment.settings;
  const restart = { policy, retries, afterMs: doors.switches.pace.restartMs };
  for (const region of placesOf(deployment.settings)) {
    const id = doors.ids.next();
    const facts = {
      ...{ id, region, restart, spec: specOf(deployment, { id, region }) },
      said: (line: LogLine) => logs.writeProcess(line, { deployment, replica: id }),
      changed: () => deployment.replicaChanged(),
    };
    deployment.replicas.push(new Replica(facts, doors));
  }
  deployment.changed();
  await Promise.all(deployment.replicas.map((replica) => replica.launch()));
}

/** Resolves when each replica listens, has ended, or has had its time to. */
export async function listening(
  { replicas, life, instance }: Deployment,
  { isPlanted = false } = {},
): Promise<void> {
  const until = performance.now() + (isPlanted && instance.domains.length > 0 ? plantedBootMs : bootMs);
  const isWaiting = () => performance.now() < until && !life.signal.aborted;
  const each = replicas.map(async (replica) => {
    while (isWaiting() && replica.isUp) {
      if (replica.port !== undefined && (await accepts(replica.port))) return;
      await delay(10);
    }
  });
  await Promise.all(each);
}

/** In a container of its own, before the new ones are made: its failure fails the deployment. */
export async function runPreDeploy({ deployment, doors, logs }: Parts): Promise<void> {
  const replica = { id: doors.ids.next(), region: usualRegion };
  for (const line of deployment.settings.preDeployCommand ?? []) {
    const spec = specOf(deployment, replica);
    const own: Spec = 'tree' in spec ? { ...spec, line } : { ...spec, command: shellWords(line) ?? [] };
    const code = await runOnce(doors.apps, own, {
      life: deployment.life.signal,
      said: (said) => logs.writeProcess(said, { deployment, replica: replica.id }),
    });
    if (code !== 0) throw new StepFailure(`Pre-deploy command failed with exit code ${code}`);
  }
}
