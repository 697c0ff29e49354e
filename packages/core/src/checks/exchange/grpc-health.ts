/** The messages of `grpc.health.v1`: one field each way. */

export const healthMethod = '/grpc.health.v1.Health/Check';

/** Asks for one service; empty for the whole server. */
export function healthRequest(service: string): Buffer {
  const name = Buffer.from(service);
  return service === '' ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name]);
}

const statuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;
export type HealthStatus = (typeof statuses)[number];

/** Field 1 of the answer; protobuf leaves out a zero. Undefined for what is no such message or status. */
export function healthStatus(message: Buffer): HealthStatus | undefined {
  if (message.length === 0) return 'UNKNOWN';
  const [tag, value = 0] = message;
  return tag === 0x08 && message.length === 2 ? statuses[value] : undefined;
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** Status codes of gRPC by number. */
export const grpcStatusNames: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
