import type { FailureText } from '../../failure.ts';
import { ActionFailure } from '../../failure.ts';
import type { Ended } from './messages.ts';

export function answered(answer: unknown): Ended {
  return { answer };
}

/** Expected failures keep their words; an exception is told as it is. */
export function failed(error: unknown): Ended {
  if (error instanceof ActionFailure) {
    const { code, what, why, next, docs, details } = error;
    const failure: FailureText = {
      ...{ code, what, next },
      ...(why === undefined ? {} : { why }),
      ...(docs === undefined ? {} : { docs }),
      ...(details === undefined ? {} : { details }),
    };
    return { failure };
  }
  return { exception: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
