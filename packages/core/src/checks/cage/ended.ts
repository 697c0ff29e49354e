import type { FailureText } from '../../failure.ts';
import { ActionFailure } from '../../failure.ts';
import { Redactor } from '../../redactor.ts';
import type { Ended } from './messages.ts';

export function answered(answer: unknown): Ended {
  return { answer };
}

/** Expected failures keep their words; of an exception, which may quote an answer, what fits a line is told, masked. */
export function failed(error: unknown, redactor = new Redactor([])): Ended {
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
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exception: redactor.excerpt(what, 500) };
}
