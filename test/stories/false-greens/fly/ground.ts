import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { clientEnvironment, commits, demo, fly } from '#local-cloud';
import type { AppSeed } from '../../../../packages/local-cloud/src/fly/seed.ts';
import { openStage, type RunOptions, type Stage } from '../../../../scripts/stage.ts';
import type { BelaySaid, ClientSaid, Values } from '../case.ts';
import { flyToml } from './fly-toml.ts';

/** One local cloud, put back to the start for each of the two that play a case. */
export interface Ground {
  readonly stage: Stage;
  readonly fly: ReturnType<typeof emulatorOf>;
  /** Puts `registry.fly.io/shop:<tag>`; the tag is the version unless said otherwise. */
  image(version: string, flags?: Values, tag?: string): string;
  config(toml: string): void;
  /** Runs command lines one after the other until one fails. */
  flyctl(...commands: readonly string[]): Promise<ClientSaid>;
  belay(action: string, inputs: Values, options?: RunOptions): Promise<BelaySaid>;
}

/** What there is before either of the two begins. */
export interface Start {
  /** The fleet before; two machines of v1 unless said otherwise. */
  readonly app?: Omit<AppSeed, 'name' | 'image'>;
  /** fly.toml of the release that is shipped; one HTTP service with a health check unless said otherwise. */
  readonly config?: string;
  /** What else there is before either begins: images, faults, what happened earlier. */
  readonly given: (ground: Ground) => void | Promise<void>;
}

export interface OpenGround extends Ground {
  /** Everything gone, then the app as the case has it before. */
  begin(start: Start): Promise<void>;
  close(): Promise<void>;
}

export async function openGround(): Promise<OpenGround> {
  const stage = await openStage();
  const ground: Ground = {
    stage,
    get fly() {
      return emulatorOf(stage);
    },
    image: (version, flags = {}, tag = version) => {
      const commit = Object(commits)[version];
      const env = { VERSION: version, ...(commit === undefined ? {} : { COMMIT: commit }), ...flags };
      return stage.cloud.images.put(imageRef(tag), { app: 'shop', env, labels: {} }).ref;
    },
    config: (toml) => writeFileSync(join(stage.workspace, 'fly.toml'), toml),
    flyctl: async (...commands) => {
      let last = { exit: 0, said: '' };
      for (const command of commands) if (last.exit === 0) last = await flyctl(stage, command);
      return { commands, ...last };
    },
    belay: (action, inputs, options) => belay(stage, action, inputs, options),
  };
  return {
    ...ground,
    get fly() {
      return emulatorOf(stage);
    },
    async begin({ app, config = flyToml(), given }) {
      await stage.cloud.reset();
      const emulator = emulatorOf(stage);
      emulator.settings.rateLimits = false;
      const { world } = emulator;
      const demoApp = world.apps.get(demo.fly.app);
      if (demoApp !== undefined) world.destroyApp(demoApp);
      emulator.createApp(seedOf(ground, app));
      ground.config(config);
      await emulator.settled();
      await given(ground);
      await emulator.settled();
    },
    close: () => stage.close(),
  };
}

export function imageRef(tag: string): string {
  return `registry.fly.io/${demo.fly.app}:${tag}`;
}

function emulatorOf(stage: Stage) {
  return stage.cloud.service(fly);
}

function seedOf(ground: Ground, app: Start['app']): AppSeed {
  return { name: demo.fly.app, image: ground.image('v1'), ...app };
}

/** As the step `flyctl deploy …` after `superfly/flyctl-actions/setup-flyctl` runs it. */
async function flyctl(stage: Stage, command: string): Promise<{ exit: number; said: string }> {
  const home = join(stage.temp, 'client');
  const child = spawn('/bin/sh', ['-c', `exec "$FLYCTL" ${command.replace(/^flyctl /, '')}`], {
    cwd: stage.workspace,
    env: {
      ...clientEnvironment(stage.cloud),
      ...{
        PATH: process.env.PATH,
        HOME: home,
        FLY_CONFIG_DIR: join(home, '.fly'),
        FLYCTL: stage.flyctl.executable,
      },
      // The stand-in's; the real one always takes its twenty seconds.
      STAND_IN_BLUEGREEN_PAUSE_MS: '50',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'close');
  const [stdout, stderr] = await printed;
  rmSync(home, { recursive: true, force: true });
  return { exit: code, said: code === 0 ? lastLine(stdout) : errorLine(stderr) };
}

async function belay(
  stage: Stage,
  action: string,
  inputs: Values,
  options: RunOptions = {},
): Promise<BelaySaid> {
  const limits = {
    'wait-timeout': '5s',
    timeout: '60s',
    ...(action === 'fly-deploy' ? { 'restore-timeout': '60s' } : {}),
  };
  const common = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, ...limits };
  const env = { STAND_IN_BLUEGREEN_PAUSE_MS: '50' };
  const { main } = await stage.run(action, { ...common, ...inputs }, { sha: commits.v2, env, ...options });
  const { outcome = '', reason = '', serving = '' } = main.outputs;
  return { action, inputs, outcome, reason, serving, exit: main.exitCode ?? -1 };
}

function lastLine(printed: string): string {
  return steady(
    printed
      .trimEnd()
      .split('\n')
      .findLast((line) => line.trim() !== '') ?? '',
  );
}

/** What flyctl puts first; below it stand advice, or lines of the app's log. */
function errorLine(printed: string): string {
  const line = printed.split('\n').find((line) => line.startsWith('Error: '));
  return line === undefined ? lastLine(printed) : steady(line);
}

/** Without colours and without what is another in each run. */
function steady(line: string): string {
  return stripVTControlCharacters(line)
    .replace(/\b[0-9a-f]{14}\b/g, '<machine>')
    .replace(/(127\.0\.0\.1):\d+/g, '$1')
    .replace(/ \((?:Request|Trace) ID: \w+(?:-\w+)?\)/g, '')
    .trim();
}
