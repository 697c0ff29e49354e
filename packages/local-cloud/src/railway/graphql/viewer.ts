import type { Environment, Service } from '../deployment.ts';
import type { Deploys } from '../deploys.ts';
import type { Token } from '../token.ts';
import type { RailwayWorld } from '../world.ts';

/** Who asks, and whom. */
export interface Viewer {
  readonly world: RailwayWorld;
  readonly deploys: Deploys;
  /** How what a deployment and a service instance belong to is shown: it leads back to them. */
  readonly show: {
    environment(environment: Environment): object;
    service(service: Service): object;
  };
  /** Undefined for whoever showed none that is known. */
  readonly token: Token | undefined;
}

/** A time as the schema's `DateTime` has it. */
export function time(ms: number): string;
export function time(ms: number | undefined): string | null;
export function time(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
