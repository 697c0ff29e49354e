import { headerOf } from '../exchange/exchange.ts';
import type { GrpcReply } from '../exchange/grpc-call.ts';
import type { HealthStatus } from '../exchange/grpc-health.ts';
import { grpcStatusNames } from '../exchange/grpc-health.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import type { Objection } from './check-type.ts';

export interface HealthReply {
  readonly reply: GrpcReply;
  readonly health: HealthStatus | undefined;
  readonly service: string;
}

export interface HealthVerdict {
  /** What the report's line says of the reply. */
  readonly summary: string;
  /** Undefined for a server that serves. */
  readonly objection: Objection | undefined;
}

/** What a reply to a health check means. */
export function grpcObjection({ reply, health, service }: HealthReply): HealthVerdict {
  const { status, httpStatus, statusMessage } = reply;
  if (status === undefined) {
    const type = headerOf(reply.headers, 'content-type') ?? 'no content-type';
    const failureClass = isGatewayStatus(httpStatus) ? 'gateway' : 'assertion';
    return objection(failureClass, `not gRPC: HTTP status ${httpStatus}, ${type}`);
  }
  const name = grpcStatusNames[status] ?? `status ${status}`;
  const said = statusMessage === '' ? name : `${name} ${JSON.stringify(statusMessage)}`;
  switch (name) {
    case 'OK':
      return health === 'SERVING'
        ? { summary: health, objection: undefined }
        : objection('assertion', health ?? 'no health status');
    case 'NOT_FOUND':
      return objection('assertion', `${said}: the service ${JSON.stringify(service)} is not registered`);
    case 'UNIMPLEMENTED':
      // Nothing is known of the release: it is the question that does not fit the server.
      return objection('assertion', `${said}: the server has no health service`, 'error');
    default:
      return objection(name === 'UNAVAILABLE' ? 'gateway' : 'assertion', said);
  }
}

function objection(
  failureClass: Objection['failureClass'],
  actual: string,
  endsAs: Objection['endsAs'] = 'fail',
): HealthVerdict {
  return {
    summary: actual,
    objection: { failureClass, endsAs, failure: { read: 'health', expected: 'SERVING', actual } },
  };
}
