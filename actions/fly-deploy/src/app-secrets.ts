import type { Clock, PlatformFailure, Release } from '#core';
import type { Allowance, RolloutVerdict } from '#core/deployment';
import { areOlder, type OpenFly, SecretStaging, secretsFingerprint } from '#core/fly';

export interface SecretsToSet {
  readonly secrets: Readonly<Record<string, string>>;
  /** Fly's: the key of their fingerprint. */
  readonly token: string;
  readonly clock: Clock;
}

/** The secrets a deploy sets: staged before it ships, and told of where they outlive it. */
export class AppSecrets {
  readonly #fly: OpenFly;
  readonly #staging: SecretStaging;
  readonly names: readonly string[];
  /** Undefined where no secrets are set. */
  readonly mark: string | undefined;

  constructor(fly: OpenFly, { secrets, token, clock }: SecretsToSet) {
    this.#fly = fly;
    this.names = Object.keys(secrets);
    const { api, flyctl, dir, target } = fly;
    this.#staging = new SecretStaging({ api, flyctl, clock, dir, app: target.name }, secrets);
    this.mark = this.names.length === 0 ? undefined : secretsFingerprint(secrets, token);
  }

  /** Undefined when they are staged, or there are none. */
  stage(allowance: Allowance): Promise<PlatformFailure | undefined> {
    return this.#staging.stage(allowance);
  }

  /** Whether nobody has set one of them since a release was made. */
  async areUntouchedSince(live: Release): Promise<boolean> {
    return areOlder(await this.#fly.api.secrets(this.#fly.target.name), this.names, live.created);
  }

  /** What a restore cannot bring back. */
  caveat(): string | undefined {
    const { changed } = this.#staging;
    if (changed.length === 0) return undefined;
    const [secrets, were, values] =
      changed.length === 1 ? ['secret', 'was', 'value'] : ['secrets', 'were', 'values'];
    return `The ${secrets} ${changed.join(', ')} ${were} set anew, and Fly keeps no old ${values}: the old version has the new.`;
  }

  /** What is to be known of secrets that were staged for a release that does not serve. */
  warning({ serving, reason }: RolloutVerdict): string | undefined {
    const { changed, isSure } = this.#staging;
    if (changed.length === 0 || serving === 'new') return undefined;
    if (reason === 'restored-image-only') return this.caveat();
    const [secrets, are, values] =
      changed.length === 1 ? ['secret', 'is', 'value'] : ['secrets', 'are', 'values'];
    return `The ${secrets} ${changed.join(', ')} ${isSure ? are : 'may be'} staged: the old version gets the new ${values} when a machine of it starts again. Fly keeps no old ones.`;
  }
}
