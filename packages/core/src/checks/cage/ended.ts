import { Redactor } from '../../io/redactor.ts';
import type { FailureText } from '../../outcome/failure.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import { defined } from '../../text/defined.ts';
import { exceptionText } from '../run/attempt-result.ts';
import type { Ended } from './messages.ts';

export function answered(answer: unknown): Ended {
  return { answer };
}

/** Expected failures keep their words; of an exception, which may quote an answer, what fits a line is told, masked. */
export function failed(error: unknown, redactor = new Redactor([])): Ended {
  if (error instanceof ActionFailure) {
    const { code, what, why, next, docs, details } = error;
    const failure: FailureText = {
      code,
      what,
      next,
      ...defined({ why, docs, details }),
    };
    return { failure };
  }
  return { exception: exceptionText(error, redactor) };
}
