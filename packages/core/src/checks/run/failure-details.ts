import type { Redactor } from '../../io/redactor.ts';
import { defined } from '../../text/defined.ts';
import type { AnswerSeen } from '../check-result.ts';
import type { Answered, Unanswered } from '../types/check-type.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { BoundCheck } from './bound.ts';

/** Characters of a body that a person is shown. */
const shownOfBody = 2_000;
const shownOfLine = 300;
const shownOfAddress = 2_000;
/** The file in the report has more. */
const shownHeaders = 40;

/** What is told of an attempt that failed beside why: the answer, and how to send the request by hand. Masked, but for the whole. */
export function failureDetails(
  observation: Answered | Unanswered,
  { curl }: BoundCheck,
  redactor: Redactor,
): Pick<AttemptResult, 'answer' | 'whole' | 'curl'> {
  const command = curl?.();
  return {
    ...answerOf(observation, redactor),
    ...(command === undefined ? {} : { curl: redactor.redact(command) }),
  };
}

function answerOf(
  observation: Answered | Unanswered,
  redactor: Redactor,
): Pick<AttemptResult, 'answer' | 'whole'> {
  const seen = observation.kind === 'answered' ? observation.seen?.() : undefined;
  if (seen === undefined) return {};
  const { body, requestId, address, headers, whole } = seen;
  const line = (text: string) => redactor.excerpt(text, shownOfLine);
  const answer: AnswerSeen = {
    ...(body === undefined ? {} : { body: redactor.excerpt(body, shownOfBody) }),
    ...(address === undefined ? {} : { address: redactor.excerpt(address, shownOfAddress) }),
    ...(headers === undefined
      ? {}
      : { headers: shortened(headers).map(([name, value]) => [line(name), line(value)] as const) }),
    ...(requestId === undefined ? {} : { requestId: { ...requestId, value: line(requestId.value) } }),
  };
  return { answer, ...defined({ whole }) };
}

function shortened(headers: NonNullable<AnswerSeen['headers']>): NonNullable<AnswerSeen['headers']> {
  const more = headers.length - shownHeaders;
  return more > 0 ? [...headers.slice(0, shownHeaders), ['…', `${more} more`]] : headers;
}
