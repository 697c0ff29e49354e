import { absentToken } from '../../inputs/absent-token.ts';
import type { Broken, InputRule } from '../../inputs/inputs.ts';
import { block, duration, flag, text } from '../../inputs/kinds.ts';
import { secret } from '../../inputs/secret.ts';
import type { RunnerContext } from '../../runner/runner.ts';
import { tokenConflict, tokenVariables } from './token/token-input.ts';

/** What every action that touches Railway accepts. */
export const railwayInputs = {
  railwayToken: secret('railway-token', { env: tokenVariables }),
  railwayProject: text('railway-project'),
  railwayEnvironment: text('railway-environment'),
  railwayService: text('railway-service'),
};

/** The same input where one step may be about several services, one a line: see `servicesOf`. */
export const railwayServicesInput = { railwayService: block('railway-service') };

/** The services that `railway-service` names, each once; `undefined` alone where it names none. */
export function servicesOf({ railwayService = '' }: Pick<NamesRailway, 'railwayService'>): Services {
  const lines = railwayService.split('\n').map((line) => line.trim());
  const named = new Map(lines.filter((line) => line !== '').map((line) => [line.toLowerCase(), line]));
  const [first, ...others] = named.values();
  return [first, ...others];
}

/** One at least. */
export type Services = readonly [string | undefined, ...string[]];

/** Several services have no name in common, so each goes by its own in the ledger. */
export const servicesNamed: InputRule<NamesRailway & { readonly service: string | undefined }> = {
  between: ['railwayService', 'service'],
  accuses: ['service'],
  broken: ({ service, ...given }) =>
    service === undefined || servicesOf(given).length === 1
      ? undefined
      : '`service` names one part of the system, and `railway-service` several: leave `service` out, and each goes by its own name.',
};

/** What a rollback may do where Railway no longer keeps an image. */
export const railwayRebuildInput = { allowRebuild: flag('allow-rebuild', { default: 'false' }) };

/** How long a deployment that Railway calls live has to go on running before it is believed. */
export const railwayStabilizeInput = {
  stabilizeMs: duration('stabilize', { default: '10s', max: 600_000 }),
};

/** What could never be met. */
export const stabilizesInTime: InputRule<{ readonly stabilizeMs: number; readonly timeoutMs: number }> = {
  between: ['stabilizeMs', 'timeoutMs'],
  accuses: ['stabilizeMs'],
  broken: ({ stabilizeMs, timeoutMs }) =>
    stabilizeMs < timeoutMs
      ? undefined
      : '`stabilize` is a part of `timeout` and has to be shorter: no deployment could ever be believed.',
};

/** The inputs by which an action knows a service on Railway. */
export interface NamesRailway {
  readonly railwayProject?: string | undefined;
  readonly railwayEnvironment?: string | undefined;
  readonly railwayService?: string | undefined;
}

/** Whether inputs name a service on Railway. A token alone names none: a job may have it for another step. */
export function namesRailway(given: NamesRailway): boolean {
  const { railwayProject, railwayEnvironment, railwayService } = given;
  return [railwayProject, railwayEnvironment, railwayService].some((name) => name !== undefined);
}

/** What a rollback may be asked to go back to by a word of Railway's. */
export const railwayReleaseNames = {
  pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$/,
  legal: 'the id of a deployment on Railway or its first 8 digits',
};

export function absentRailwayToken(context: RunnerContext | undefined): Broken {
  return absentToken('railway-token', 'RAILWAY_TOKEN', context);
}

/** The rules of an action that needs a token wherever `isOfRailway`. */
export function railwayNeeded<V extends NamesRailway & { readonly railwayToken: string | undefined }>(
  isOfRailway: (values: V) => boolean,
): readonly InputRule<V>[] {
  return [
    {
      between: ['railwayToken', 'railwayProject', 'railwayEnvironment', 'railwayService'],
      accuses: ['railwayToken'],
      broken: (values, { context }) =>
        values.railwayToken === undefined && isOfRailway(values) ? absentRailwayToken(context) : undefined,
    },
    {
      between: ['railwayToken', 'railwayProject', 'railwayEnvironment', 'railwayService'],
      accuses: ['railwayToken'],
      broken: (values, source) => (isOfRailway(values) ? tokenConflict(source) : undefined),
    },
  ];
}
