import type { FlyApi } from './api.ts';
import type { AppConfig } from './config-file.ts';
import type { Release } from './machine-config.ts';

export interface Machine {
  readonly id: string;
  readonly state: string;
  readonly region: string;
  readonly nonce?: string;
  readonly config?: {
    readonly guest?: unknown;
    readonly metadata?: Readonly<Record<string, string>>;
  };
  readonly checks?: readonly { readonly status: string }[];
  readonly events?: readonly MachineEvent[];
}

export interface MachineEvent {
  readonly type: string;
  readonly timestamp: number;
  readonly request?: {
    readonly restart_count?: number;
    readonly exit_event?: {
      readonly exit_code: number;
      readonly restarting: boolean;
      readonly requested_stop: boolean;
    };
  };
}

/** One deploy under way. */
export interface Deployment {
  readonly api: FlyApi;
  readonly app: string;
  readonly organization: string;
  readonly config: AppConfig;
  readonly release: Release;
  /** In the order of their ids. */
  readonly machines: readonly Machine[];
  readonly strategy: string;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
}
