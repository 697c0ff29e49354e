import { demo, fly } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type RunOptions, type Stage } from '../../scripts/stage.ts';

/** Checks that pass on a good shop and tell one with a broken home page. */
const checks = `
- name: home
  http: GET /
  expect: { status: 200, body: { contains: Shop } }
- name: health
  http: GET /healthz
  expect: { status: 200 }
`;

/** How long one machine may take, in what an action and what flyctl alone is told. */
export const waitTimeoutMs = 60_000;

/** A stage that is up and answers at once: what is measured on it waits neither for a boot nor for a rate limit. */
export async function openGround(): Promise<Stage> {
  const stage = await openStage();
  const platform = stage.cloud.service(fly);
  platform.settings.rateLimits = false;
  await platform.settled();
  return stage;
}

export interface Deploy extends RunOptions {
  readonly image: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** `outcome/reason`: a figure of a run that went otherwise would be worth nothing. */
  readonly ends: string;
}

/** Runs fly-deploy with checks and no limit that could bite. */
export async function deploy(
  stage: Stage,
  { image, inputs, ends, ...options }: Deploy,
): Promise<ActionResult> {
  const result = await stage.run(
    'fly-deploy',
    {
      'fly-app': demo.fly.app,
      'fly-token': demo.fly.token,
      'wait-timeout': `${waitTimeoutMs / 1000}s`,
      checks,
      image,
      ...inputs,
    },
    options,
  );
  expectEnd(result, ends);
  return result;
}

export function expectEnd({ job, main }: ActionResult, ends: string): void {
  const { outcome, reason } = main.outputs;
  if (`${outcome}/${reason}` === ends) return;
  const log = job.log.map(({ line }) => `  ${line}\n`).join('');
  throw new Error(`A run should have ended ${ends} and ended ${outcome}/${reason}:\n${log}`);
}

export interface TimelineStep {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended: number;
}

/** The image by digest, as the action asks flyctl for it. */
export function digestRef(stage: Stage, ref: string): string {
  const image = stage.cloud.images.resolve(ref);
  if (image === undefined) throw new Error(`The registry has no ${ref}.`);
  return `${ref.slice(0, ref.lastIndexOf(':'))}@${image.digest}`;
}

/** The step of this name in the action's `timeline` output. */
export function timelineStep(result: ActionResult, name: string): TimelineStep {
  const [step] = timelineSteps(result, name);
  if (step === undefined) throw new Error(`The timeline has no step ${name}.`);
  return step;
}

/** What all steps of this name took together, milliseconds; 0 where there is none. */
export function timeIn(result: ActionResult, name: string): number {
  return timelineSteps(result, name).reduce((sum, { started, ended }) => sum + ended - started, 0);
}

function timelineSteps({ main }: ActionResult, name: string): readonly TimelineStep[] {
  const steps = JSON.parse(main.outputs.timeline ?? '[]') as {
    readonly name: string;
    readonly started: string;
    readonly ended: string;
  }[];
  return steps
    .filter((one) => one.name === name)
    .map((one) => ({ name, started: Date.parse(one.started), ended: Date.parse(one.ended) }));
}

/** What `measure` answers, this many times, one after the other. */
export async function repeat<T>(
  times: number,
  measure: (round: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (let round = 0; round < times; round += 1) results.push(await measure(round));
  return results;
}
