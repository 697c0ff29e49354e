import type { Fact, Intent, LedgerRecord } from '../../packages/core/src/ledger/record.ts';
import type { RunnerContext } from '../../packages/core/src/runner/runner.ts';

export function anIntent(changes: Partial<Intent> = {}): Intent {
  return {
    schema: 1,
    platform: 'fly',
    target: 'fly:shop',
    service: 'shop',
    environment: 'production',
    commit: null,
    previous: 'rel_1',
    restores: null,
    replaces: null,
    barrier: false,
    actor: 'ada',
    trigger: 'push',
    reason: '',
    run: '77',
    attempt: 1,
    ...changes,
  };
}

/** A record whose facts are a minute apart, the first at `created`. */
export function aRecord(changes: Partial<Omit<LedgerRecord, 'facts'>>, ...facts: Fact[]): LedgerRecord {
  const created = changes.created ?? '2026-11-21T08:00:00Z';
  const at = (index: number) => new Date(Date.parse(created) + index * 60_000).toISOString();
  return {
    id: '1',
    kind: 'deploy',
    intent: anIntent(),
    ...changes,
    created,
    facts: facts.map((fact, index) => ({ fact, at: at(index) })),
  };
}

export function aRunnerContext(changes: Partial<RunnerContext> = {}): RunnerContext {
  return {
    repository: { owner: 'acme', name: 'shop' },
    event: {},
    runId: '77',
    runAttempt: 1,
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    graphqlUrl: 'https://api.github.com/graphql',
    workspace: 'workspace',
    temp: 'temp',
    toolCache: 'tools',
    os: 'linux',
    arch: 'x64',
    selfHosted: false,
    debug: false,
    ...changes,
  };
}
