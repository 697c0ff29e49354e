/** What may follow a process's end: nothing, a restart always, or after a crash as often as `max_retries` (10) says. */
export const restartPolicies = ['no', 'always', 'on-failure'] as const;

/** The parts of a machine's config the emulator acts on. All else is kept and returned as it was sent. */
export interface MachineConfig {
  readonly image: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly init?: {
    readonly cmd?: readonly string[] | null;
    readonly exec?: readonly string[] | null;
    readonly entrypoint?: readonly string[] | null;
  };
  metadata?: Record<string, string>;
  readonly services?: readonly MachineService[];
  readonly checks?: Readonly<Record<string, MachineCheck>>;
  readonly restart?: { readonly policy?: (typeof restartPolicies)[number]; readonly max_retries?: number };
  readonly guest?: object;
  readonly auto_destroy?: boolean;
  readonly stop_config?: { readonly signal?: string; readonly timeout?: string | number };
  readonly mounts?: readonly { readonly volume?: string; readonly name?: string; readonly path?: string }[];
  /** Ids of the machines it stands by for: it starts when the host of one is lost, and never for traffic. */
  readonly standbys?: readonly string[];
}

export interface MachineService {
  readonly protocol?: string;
  readonly internal_port?: number;
  /** `true` is how older configs say `stop`. */
  readonly autostop?: boolean | 'off' | 'stop' | 'suspend';
  readonly autostart?: boolean;
  readonly min_machines_running?: number;
  readonly ports?: readonly MachinePort[];
  readonly checks?: readonly MachineCheck[];
}

export interface MachinePort {
  readonly port?: number;
  readonly start_port?: number;
  readonly end_port?: number;
  readonly handlers?: readonly string[];
}

export interface MachineCheck {
  readonly type?: 'http' | 'tcp';
  readonly port?: number;
  readonly interval?: string | number;
  readonly timeout?: string | number;
  readonly grace_period?: string | number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** What the proxy may do with an idle machine: the gentlest word of its services counts. */
export function autostopOf(config: MachineConfig): 'off' | 'stop' | 'suspend' {
  const words = (config.services ?? []).map(({ autostop = 'off' }) => autostop);
  if (words.length === 0 || words.some((word) => word === 'off' || word === false)) return 'off';
  return words.includes('suspend') ? 'suspend' : 'stop';
}

/** Whether a request may wake it. Fly's default is yes. */
export function startsForTraffic(config: MachineConfig): boolean {
  const serves = (config.services ?? []).some(({ autostart }) => autostart !== false);
  return serves && (config.standbys ?? []).length === 0;
}

/** How many the proxy leaves running in the primary region. */
export function leastRunning(config: MachineConfig): number {
  return Math.max(0, ...(config.services ?? []).map(({ min_machines_running: least }) => least ?? 0));
}

/** Command line instead of the image's own: a release command arrives as `init.cmd`. */
export function commandOf(config: MachineConfig): readonly string[] | undefined {
  const { exec, entrypoint, cmd } = config.init ?? {};
  if (exec?.length) return exec;
  const command = [...(entrypoint ?? []), ...(cmd ?? [])];
  return command.length > 0 ? command : undefined;
}

/** The service that a request to `https://APP.fly.dev` comes to: the one with a handler on port 443. */
export function httpsService(config: MachineConfig): MachineService | undefined {
  const isOpen = ({ port, start_port: first = port, end_port: last = port }: MachinePort) =>
    first !== undefined && last !== undefined && first <= 443 && 443 <= last;
  return config.services?.find(({ ports }) => ports?.some(isOpen));
}

/**
 * The checks under the names Fly gives them: `servicecheck-00-http-8080`, or the key of a top-level check; each with
 * the port it asks.
 */
export function namedChecks(config: MachineConfig): ReadonlyMap<string, MachineCheck & { port: number }> {
  const named = new Map<string, MachineCheck & { port: number }>();
  for (const service of config.services ?? []) {
    for (const check of service.checks ?? []) {
      const port = check.port ?? service.internal_port ?? 0;
      const order = String(named.size).padStart(2, '0');
      named.set(`servicecheck-${order}-${check.type ?? 'tcp'}-${port}`, { ...check, port });
    }
  }
  for (const [name, check] of Object.entries(config.checks ?? {})) {
    named.set(name, { ...check, port: check.port ?? config.services?.[0]?.internal_port ?? 0 });
  }
  return named;
}

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** Reads a Go duration (`1m30s`) or nanoseconds as milliseconds. */
export function durationMs(value: string | number | undefined, fallbackMs: number): number {
  if (value === undefined) return fallbackMs;
  if (typeof value === 'number') return value / 1e6;
  const parts = [...value.matchAll(/([\d.]+)(ms|us|µs|ns|h|m|s)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}
