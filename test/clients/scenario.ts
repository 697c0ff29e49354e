import type { FaultRule, ImageDefinition } from '#local-cloud';
import type { AppSeed, Fly } from '../../packages/local-cloud/src/fly/index.ts';

/** One run of flyctl against a fresh cloud. The names are those of the shared recordings. */
export interface Scenario {
  readonly name: string;
  readonly argv: readonly string[];
  /** fly.toml in the working directory; absent: none. */
  readonly config?: string;
  /** Beside fly.toml. */
  readonly files?: Readonly<Record<string, string>>;
  /** What `registry.fly.io/shop:v2` is. Default: healthy. */
  readonly image?: Readonly<Record<string, string>>;
  readonly faults?: readonly FaultRule[];
  /** Sent while the machine is waited for, which a fault keeps from ending, or once `signalSaid` was said. */
  readonly signal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
  /** On stderr: a call of several at one time would leave it to chance what the others had come to. */
  readonly signalSaid?: string;
  /** What flyctl reads from stdin. */
  readonly stdin?: string;
  readonly leaseHeldBy?: string;
  readonly token?: string;
  /** Why the shared recording of this name cannot be held against the emulator: the server it was made on. */
  readonly apart?: string;
  /** The client does some of it at the same time: requests and lines are compared without their order. */
  readonly unordered?: boolean;
  /** How the app `shop` stands before, where it is not two machines of v1. */
  readonly app?: Partial<AppSeed>;
  /** What else there is, or has happened. */
  readonly given?: (fly: Fly) => void;
}

export const image = 'registry.fly.io/shop:v2';
export const flags = ['--yes', '--dns-checks=false', '--deploy-retries=0', '--wait-timeout', '5s'];

export function deploy(app = 'shop', ref = image): readonly string[] {
  return ['deploy', '-a', app, '--image', ref, ...flags];
}

export function tomlWith(deployLines: string, port = '8080'): string {
  return `app = "shop"
primary_region = "iad"
[deploy]
${deployLines}
[http_service]
  internal_port = ${port}
  [[http_service.checks]]
    path = "/healthz"
    interval = "5s"
    timeout = "2s"
`;
}

export function answers(
  route: string,
  status: number,
  body: string | object,
  narrowed: object = {},
): FaultRule {
  return { route, kind: 'status', status, body, ...narrowed };
}

export function imageOf(scenario: Scenario): ImageDefinition {
  return { app: 'shop', env: { VERSION: 'v2', COMMIT: '2'.repeat(40), ...scenario.image }, labels: {} };
}
