import { isGatewayStatus } from '../exchange/exchange-error.ts';
import type { GrpcReply } from '../exchange/grpc-call.ts';
import type { HealthStatus } from '../exchange/grpc-health.ts';
import { grpcStatusNames } from '../exchange/grpc-health.ts';
import { headerOf } from '../exchange/message.ts';
import type { Finding } from './check-type.ts';

export interface HealthReply {
  readonly reply: GrpcReply;
  readonly health: HealthStatus | undefined;
  readonly service: string;
}

export interface HealthVerdict {
  /** What the report's line says of the reply. */
  readonly summary: string;
  /** Of which fact; undefined for a server that serves. `http` is of the transport, and none of the check's. */
  readonly fact: 'http' | 'grpc-status' | 'health' | undefined;
  readonly findings: readonly Finding[];
}

/** What a reply to a health check means. */
export function grpcFinding({ reply, health, service }: HealthReply): HealthVerdict {
  const { status, httpStatus, statusMessage } = reply;
  const type = headerOf(reply.headers, 'content-type') ?? 'no content-type';
  const isGrpc = httpStatus === 200 && isGrpcType(type);
  if (!isGrpc || status === undefined) {
    const failureClass = isGatewayStatus(httpStatus) ? 'gateway' : 'assertion';
    const fact = isGrpc ? 'grpc-status' : 'http';
    return finding(fact, `not gRPC: HTTP status ${httpStatus}, ${type}`, { failureClass });
  }
  const name = grpcStatusNames[status] ?? `status ${status}`;
  const said = statusMessage === '' ? name : `${name} ${JSON.stringify(statusMessage)}`;
  switch (name) {
    case 'OK':
      return health === 'SERVING'
        ? { summary: health, fact: undefined, findings: [] }
        : finding('health', health ?? (reply.hasMore ? moreThanOne : 'no health status'));
    case 'NOT_FOUND':
      return finding('grpc-status', `${said}: the service ${JSON.stringify(service)} is not registered`);
    case 'UNIMPLEMENTED':
      return finding('grpc-status', `${said}: the server has no health service`);
    default:
      return finding('grpc-status', said, {
        failureClass: name === 'UNAVAILABLE' ? 'gateway' : 'assertion',
      });
  }
}

const moreThanOne = 'more than the one message that a health check is answered with';

/** `application/grpc`, whatever its messages are made of; that of browsers is another protocol. */
function isGrpcType(type: string): boolean {
  return /^application\/grpc\s*(?:[+;]|$)/i.test(type);
}

function finding(
  fact: HealthVerdict['fact'],
  actual: string,
  { failureClass = 'assertion' }: Partial<Pick<Finding, 'failureClass'>> = {},
): HealthVerdict {
  const failure = { read: 'health', expected: 'SERVING', actual };
  return { summary: actual, fact, findings: [{ failureClass, endsAs: 'fail', failure }] };
}
