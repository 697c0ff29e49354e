import { assetsCheck } from './assets.ts';
import type { CheckType } from './check-type.ts';
import { dnsCheck } from './dns.ts';
import { execCheck } from './exec.ts';
import { flyMachinesCheck } from './fly-machines.ts';
import { grpcCheck } from './grpc.ts';
import { httpCheck } from './http.ts';
import { postgresCheck } from './postgres.ts';
import { redisCheck } from './redis.ts';
import { releaseCheck } from './release.ts';
import { tcpCheck } from './tcp.ts';
import { tlsCheck } from './tls.ts';
import { websocketCheck } from './websocket.ts';

/** Every type a check may have, by the key that names it. A new type is a new file and a line here. */
export const checkTypes: readonly CheckType[] = [
  httpCheck,
  tlsCheck,
  tcpCheck,
  websocketCheck,
  grpcCheck,
  assetsCheck,
  postgresCheck,
  redisCheck,
  execCheck,
  flyMachinesCheck,
  dnsCheck,
  releaseCheck,
];

export { releaseCheck };
