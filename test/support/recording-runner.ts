import type { Place, Runner, RunnerContext } from '../../packages/core/src/runner/runner.ts';

/** A runner that only remembers, in order, what it was asked to do. */
export interface RecordingRunner extends Runner {
  /** `info fine`, `error bug: …`, `group Details`, `endgroup`, … */
  readonly log: readonly string[];
  readonly places: readonly Place[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summaries: readonly string[];
  readonly masked: readonly string[];
  readonly states: Readonly<Record<string, string>>;
}

export interface RunnerFacts {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly context?: Partial<RunnerContext>;
}

export function recordingRunner({ inputs = {}, env = {}, context = {} }: RunnerFacts = {}): RecordingRunner {
  const log: string[] = [];
  const places: Place[] = [];
  const outputs: Record<string, string> = {};
  const summaries: string[] = [];
  const masked: string[] = [];
  const states: Record<string, string> = {};
  const print = (level: string) => (message: string, place?: Place) => {
    log.push(`${level} ${message}`);
    if (place !== undefined) places.push(place);
  };
  return {
    log,
    places,
    outputs,
    summaries,
    masked,
    states,
    context: { ...aContext, ...context },
    env,
    input: (name) => (inputs[name] ?? '').trim(),
    mask: (secret) => void masked.push(secret),
    redact: (text) => text,
    debug: print('debug'),
    info: print('info'),
    notice: print('notice'),
    warning: print('warning'),
    error: print('error'),
    async group(title, work) {
      log.push(`group ${title}`);
      const value = await work();
      log.push('endgroup');
      return value;
    },
    output(name, value) {
      outputs[name] = value;
    },
    addPath: (folder) => void log.push(`addPath ${folder}`),
    async summary(markdown) {
      summaries.push(markdown);
    },
    saveState(name, value) {
      states[name] = value;
    },
    state: (name) => states[name] ?? '',
  };
}

const aContext: RunnerContext = {
  repository: { owner: 'acme', name: 'shop' },
  sha: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
  ref: 'refs/heads/main',
  refName: 'main',
  eventName: 'push',
  event: { repository: { full_name: 'acme/shop' } },
  actor: 'octo',
  workflow: 'deploy',
  job: 'ship',
  runId: '77',
  runAttempt: 1,
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
  workspace: '/workspace',
  temp: '/temp',
  toolCache: '/tools',
  os: 'linux',
  arch: 'x64',
  selfHosted: false,
  debug: false,
};
