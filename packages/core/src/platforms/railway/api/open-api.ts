import { whoIsRailwayToken } from '../token/who-is.ts';
import { RailwayApi } from './api.ts';
import type { RailwayPorts } from './graphql.ts';

/** Railway's API with a token as it was given, once it is known whose it is. Failures: `token-kind`, `token-rejected`, those of the API. */
export async function openRailwayApi(ports: RailwayPorts, rawToken: string): Promise<RailwayApi> {
  return new RailwayApi(ports, await whoIsRailwayToken(ports, rawToken));
}
