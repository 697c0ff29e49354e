import type { RunnerContext } from './runner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ContextReading {
  readonly context: RunnerContext;
  /** What could not be read, to be warned about. */
  readonly warnings: readonly string[];
}

/** The facts of the job from its environment and the text of its event file (undefined when it could not be read). */
export function readContext(env: Environment, eventText: string | undefined): ContextReading {
  const fact = (name: string) => env[name] || undefined;
  const event = readEvent(fact('GITHUB_EVENT_PATH'), eventText);
  const serverUrl = fact('GITHUB_SERVER_URL') ?? 'https://github.com';
  const context: RunnerContext = {
    ...known({
      repository: repository(fact('GITHUB_REPOSITORY')),
      repositoryId: fact('GITHUB_REPOSITORY_ID'),
      sha: fact('GITHUB_SHA'),
      ref: fact('GITHUB_REF'),
      refName: fact('GITHUB_REF_NAME'),
      eventName: fact('GITHUB_EVENT_NAME'),
      actor: fact('GITHUB_ACTOR'),
      triggeringActor: fact('GITHUB_TRIGGERING_ACTOR'),
      workflow: fact('GITHUB_WORKFLOW'),
      job: fact('GITHUB_JOB'),
      runId: fact('GITHUB_RUN_ID'),
    }),
    event: event.payload,
    runAttempt: Number(fact('GITHUB_RUN_ATTEMPT') ?? '1') || 1,
    serverUrl,
    apiUrl: fact('GITHUB_API_URL') ?? 'https://api.github.com',
    graphqlUrl: fact('GITHUB_GRAPHQL_URL') ?? 'https://api.github.com/graphql',
    workspace: fact('GITHUB_WORKSPACE') ?? '.',
    temp: fact('RUNNER_TEMP') ?? '.',
    toolCache: fact('RUNNER_TOOL_CACHE') ?? '.',
    os: os(fact('RUNNER_OS')),
    arch: arch(fact('RUNNER_ARCH')),
    selfHosted: fact('RUNNER_ENVIRONMENT') !== 'github-hosted',
    debug: fact('RUNNER_DEBUG') === '1',
  };
  return { context, warnings: event.warnings };
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<T>;
}

function repository(slug: string | undefined): RunnerContext['repository'] {
  const [owner, name] = slug?.split('/') ?? [];
  return owner && name ? { owner, name } : undefined;
}

function readEvent(path: string | undefined, text: string | undefined) {
  if (path === undefined) return { payload: {}, warnings: [] };
  if (text === undefined) return { payload: {}, warnings: [`The event file cannot be read: ${path}.`] };
  try {
    const payload: unknown = JSON.parse(text);
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) {
      return { payload: payload as Readonly<Record<string, unknown>>, warnings: [] };
    }
  } catch {
    // Reported below: what matters is that there is no payload.
  }
  return { payload: {}, warnings: [`The event file does not hold a JSON object: ${path}.`] };
}

function os(name: string | undefined): RunnerContext['os'] {
  if (name === undefined || name === 'Linux') return 'linux';
  if (name === 'Windows') return 'windows';
  return name === 'macOS' ? 'macos' : 'other';
}

function arch(name: string | undefined): RunnerContext['arch'] {
  if (name === 'X64') return 'x64';
  return name === 'ARM64' ? 'arm64' : 'other';
}
