import type { FlyApi } from './api.ts';
import type { AppConfig } from './config-file.ts';
import type { MachineConfig, Release } from './machine-config.ts';

export interface Machine {
  readonly id: string;
  readonly state: string;
  readonly region: string;
  readonly nonce?: string;
  readonly host_status?: string;
  readonly image_ref?: { readonly repository?: string; readonly tag?: string };
  readonly config?: MachineConfig;
  readonly incomplete_config?: MachineConfig;
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
  /** Those the filters leave, in the order of the API. */
  readonly machines: readonly Machine[];
  /** The groups of the config that the filters leave. */
  readonly groups: readonly string[];
  /** What new machines may mount: taken from as they are made. */
  readonly volumes: FreeVolume[];
  readonly strategy: string;
  readonly options: DeployOptions;
  /** The secrets this config directory has set last: machines are not to start with older ones. */
  readonly minSecretsVersion: number | undefined;
  /** The groups that were asked whether they listen where they should. */
  readonly askedForSockets: Set<string>;
  /** Machines keep their config: only the release's mark is new. */
  readonly restartOnly: boolean;
  readonly signal: AbortSignal;
}

export interface DeployOptions {
  readonly waitSeconds: number;
  readonly releaseCommandSeconds: number;
  /** Below 1 a share of the machines, else their number. */
  readonly maxUnavailable: number;
  readonly highAvailability: boolean;
  readonly updateOnly: boolean;
  readonly detached: boolean;
  readonly smokeChecks: boolean;
  /** Of new machines alone: those that exist keep theirs. */
  readonly guest: Readonly<Record<string, unknown>>;
}

export function groupOf({ config, incomplete_config: incomplete }: Machine): string {
  return (config ?? incomplete)?.metadata?.fly_process_group ?? 'app';
}

/** `148e272b9e0d89 [app]` */
export function shownName(machine: Machine): string {
  return `${machine.id} [${groupOf(machine)}]`;
}

export interface FreeVolume {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}
