import { randomBytes } from 'node:crypto';

/** What flyctl ends with: a message, and what it prints after it. */
export class CommandError extends Error {
  readonly advice: string;

  constructor(message: string, options: { cause?: unknown; advice?: string } = {}) {
    super(message, { cause: options.cause });
    this.advice = options.advice ?? '';
  }
}

/** A refusal by the Machines API. Its request id is printed wherever it ends up as the command's error. */
export class MachinesApiError extends Error {
  readonly status: number;
  readonly requestId: string | undefined;
  /** `name_taken`, `insufficient_capacity`: where the API says which of the known refusals it is. */
  readonly code: string | undefined;

  constructor(status: number, message: string, how: { requestId: string | undefined; code?: string }) {
    super(message);
    this.status = status;
    this.requestId = how.requestId;
    this.code = how.code;
  }
}

/** A bluegreen deploy that was told to stop: flyctl calls it a failure, and not an interruption. */
export class Aborted extends CommandError {
  constructor() {
    super('deployment aborted by user');
  }
}

/** SIGINT or SIGTERM. */
export class Interrupted extends Error {}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The text after `Error: `. Only deploys are traced. */
export function errorLine(error: unknown, isTraced: boolean): string {
  const advice = error instanceof CommandError && error.advice !== '' ? `\n${error.advice}` : '';
  const refusal = machinesApiError(error);
  if (refusal === undefined) return messageOf(error) + advice;
  const request = refusal.requestId === undefined ? '' : ` (Request ID: ${refusal.requestId})`;
  const trace = isTraced ? ` (Trace ID: ${randomBytes(16).toString('hex')})` : '';
  return `${messageOf(error)}${request}${trace}${advice}`;
}

function machinesApiError(error: unknown): MachinesApiError | undefined {
  if (error instanceof MachinesApiError) return error;
  return error instanceof Error && error.cause !== undefined ? machinesApiError(error.cause) : undefined;
}
