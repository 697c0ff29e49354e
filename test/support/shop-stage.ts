import { afterAll, beforeAll, beforeEach } from 'vitest';
import { commits, demo, type JournalEntry } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type RunOptions, type Stage } from '../../scripts/stage.ts';

type Inputs = Readonly<Record<string, string>>;

/** The committed bundles against the demo's shop, whose two machines run v1; every test begins with it. */
export interface ShopStage {
  readonly stage: Stage;
  /** `fly-deploy` of the demo's app; the commit is v2's unless `sha` says otherwise. */
  deploy(inputs: Inputs, options?: RunOptions): Promise<ActionResult>;
  rollback(inputs: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** The version each of a few requests is answered with, seen from outside: `v1`, `v1 v2`, or `nothing`. */
  served(): Promise<string>;
  /** Routes of the requests that changed something, in their order. */
  mutations(service?: 'fly' | 'github'): readonly string[];
  entries(route: string): readonly JournalEntry[];
}

/** One stage for a test file: opened before its tests, reset between them. */
export function shopStage(flyctl: 'any' | 'stand-in' = 'stand-in'): ShopStage {
  let opened: Stage | undefined;
  const stage = () => {
    if (opened === undefined) throw new Error('the stage opens before the first test');
    return opened;
  };
  beforeAll(async () => {
    opened = await openStage({ flyctl });
  });
  beforeEach(async () => {
    await stage().cloud.reset();
    stage().flyctlCalls();
  });
  afterAll(() => opened?.close());

  const run = (action: string, inputs: Inputs, options: RunOptions = {}) => {
    const common = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, ...brief };
    return stage().run(action, { ...common, ...inputs }, { sha: commits.v2, ...options });
  };
  return {
    get stage() {
      return stage();
    },
    deploy: (inputs, options) => run('fly-deploy', { 'restore-timeout': '20s', ...inputs }, options),
    rollback: (inputs, options) => run('rollback', inputs, options),
    served: () => served(stage()),
    mutations: (service) =>
      stage()
        .cloud.journal.entries({ mutations: true })
        .filter((entry) => service === undefined || entry.service === service)
        .map(({ route }) => route ?? 'unknown'),
    entries: (route) =>
      stage()
        .cloud.journal.entries()
        .filter((entry) => entry.route === route),
  };
}

/** Long enough for the emulator, short enough for a test that goes wrong. */
const brief = { 'wait-timeout': '3s', timeout: '20s' };

async function served({ cloud }: Stage): Promise<string> {
  const versions = new Set<string>();
  for (let request = 0; request < 4; request += 1) {
    const { status, body } = await cloud.serves(demo.fly.host, '/version.json');
    versions.add(status === 200 ? JSON.parse(String(body)).version : 'nothing');
  }
  return [...versions].sort().join(' ');
}

/** How an action ended: `live/verified, serving new`. */
export function ended({ main }: ActionResult): string {
  const { outcome, reason, serving } = main.outputs;
  return `${outcome}/${reason}, serving ${serving}`;
}

/** What the step printed, one string. */
export function logOf({ job }: ActionResult): string {
  return job.log.map(({ line }) => line).join('\n');
}

/** The annotations of the step itself, as people see them: `error: …`. */
export function annotations({ main }: ActionResult): readonly string[] {
  return main.annotations.map(({ level, message }) => `${level}: ${message}`);
}

/** The steps of the rollout, by name and in order. */
export function steps({ main }: ActionResult): readonly string[] {
  const timeline: readonly { readonly name: string }[] = JSON.parse(main.outputs.timeline ?? '[]');
  return timeline.map(({ name }) => name);
}

/** What a rollback came across, newest first: `v3: why it was passed over`. */
export function candidates({ main }: ActionResult): readonly string[] {
  const all: readonly { label: string; passedOver?: string }[] = JSON.parse(main.outputs.candidates ?? '[]');
  return all.map(({ label, passedOver }) => `${label}: ${passedOver ?? 'taken'}`);
}

/** Asks for the home page and for the version: what every version of the shop but a broken one answers. */
export const shopChecks = `
- name: home
  http: GET /
  expect: { status: 200, body: { contains: Shop } }
- name: health
  http: GET /healthz
  expect: { status: 200 }
`;
