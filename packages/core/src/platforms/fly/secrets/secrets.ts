import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../io/clock.ts';
import { HttpError } from '../../../io/http.ts';
import type { ToolResult } from '../../../io/process.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import type { WireSecret } from '../api/wire-app.ts';
import { rateLimitPauses } from '../deploy/deployer.ts';
import { flyctlFailure } from '../deploy/failures.ts';
import type { Flyctl } from '../flyctl/flyctl.ts';
import { secretLines } from './secret-lines.ts';

export type SecretValues = Readonly<Record<string, string>>;

/** Where secrets are staged, and with what. */
export interface StagingPlace {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  readonly app: string;
  /** flyctl's private folder: what it logs there may hold the values. */
  readonly dir: string;
}

/** Two calls to Fly, milliseconds. */
const stagingDeadlineMs = 60_000;

/** What is changed is told the better for them, and a deploy does not wait for that. Milliseconds. */
const digestsMs = 5_000;

export interface StagingAllowance {
  readonly signal: AbortSignal;
  readonly budgetMs: number;
}

/**
 * Secrets on their way to the app: staged by flyctl, so that the next release has them and no release is made of them
 * alone. Fly never gives a value back, so what was changed here cannot be brought back.
 */
export class SecretStaging {
  readonly #place: StagingPlace;
  readonly #values: SecretValues;
  #changed: readonly string[] = [];
  #isSure = true;
  constructor(place: StagingPlace, values: SecretValues) {
    this.#place = place;
    this.#values = values;
  }

  /** Names of the secrets whose value is no longer what it was, as far as is known: when in doubt, all of them. */
  get changed(): readonly string[] {
    return this.#changed;
  }

  /** False when neither flyctl nor Fly has said whether they were taken. */
  get isSure(): boolean {
    return this.#isSure;
  }

  /** Undefined when all are staged, or there are none. Rejects with the signal's reason when cancelled. */
  async stage(allowance: StagingAllowance): Promise<PlatformFailure | undefined> {
    const names = Object.keys(this.#values);
    if (names.length === 0) return undefined;
    const before = await this.#digests();
    this.#changed = names;
    this.#isSure = false;
    const failure = await this.#persist(allowance);
    const after = await this.#digests();
    this.#isSure = failure === undefined || after !== undefined;
    this.#changed = names.filter((name) => !isSame(name, before, after));
    return failure;
  }

  /** Too many calls are told at once and pass in seconds; staging the same again changes nothing. */
  async #persist({ signal, budgetMs }: StagingAllowance): Promise<PlatformFailure | undefined> {
    const { clock } = this.#place;
    const end = clock.monotonic() + budgetMs;
    const once = () => this.#import({ signal, budgetMs: end - clock.monotonic() });
    for (const pauseMs of rateLimitPauses) {
      const failure = await once();
      if (failure?.reason !== 'rate-limited') return failure;
      await clock.sleep(pauseMs, signal);
    }
    return once();
  }

  async #import({ signal, budgetMs }: StagingAllowance): Promise<PlatformFailure | undefined> {
    const { flyctl, app, dir } = this.#place;
    try {
      const result = await flyctl.run(['secrets', 'import', '--stage', '--app', app], {
        stdin: secretLines(this.#values),
        deadlineMs: Math.min(stagingDeadlineMs, budgetMs),
        signal,
        echo: false,
      });
      signal.throwIfAborted();
      return result.exitCode === 0 ? undefined : failureOf(result);
    } finally {
      await rm(join(dir, 'logs'), { recursive: true, force: true });
    }
  }

  /** Undefined when Fly does not say. */
  async #digests(): Promise<Digests> {
    const { api, app } = this.#place;
    const secrets = await api.within(digestsMs).secrets(app).catch(unlessSilent);
    return secrets && new Map(secrets.map(({ name, digest }) => [name, digest]));
  }
}

type Digests = ReadonlyMap<string, string | undefined> | undefined;

function isSame(name: string, before: Digests, after: Digests): boolean {
  if (before === undefined || after === undefined) return false;
  if (!before.has(name) && !after.has(name)) return true;
  return before.get(name) !== undefined && before.get(name) === after.get(name);
}

/** Whether it may be known or not: a deploy does not end for the lack of a digest. */
function unlessSilent(error: unknown): undefined {
  if (error instanceof ActionFailure || error instanceof HttpError) return undefined;
  throw error;
}

function failureOf({ endedBy, tail, exitCode, durationMs }: ToolResult): PlatformFailure {
  const next = 'Look at https://status.flyio.net, then run the job again.';
  if (endedBy === 'deadline') {
    const what = `flyctl had not staged the secrets after ${Math.round(durationMs / 1000)} s and was stopped`;
    return { reason: 'secrets-not-staged', what, next };
  }
  const failure = flyctlFailure(tail, exitCode);
  return failure.reason === 'deploy-failed' ? { ...failure, reason: 'secrets-not-staged', next } : failure;
}

/**
 * A fingerprint that is the same for the same secrets and tells nobody else anything: keyed with the token, which whoever
 * could use the fingerprint to try values does not have.
 */
export function secretsFingerprint(values: SecretValues, token: string): string {
  const sorted = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', token).update(JSON.stringify(sorted)).digest('hex').slice(0, 24);
}

/** Whether Fly has every one of `names`, and none was set after `since` (ISO 8601). */
export function areOlder(secrets: readonly WireSecret[], names: readonly string[], since: string): boolean {
  return names.every((name) => {
    const set = secrets.find((secret) => secret.name === name)?.updated_at;
    return set !== undefined && Date.parse(set) <= Date.parse(since);
  });
}
