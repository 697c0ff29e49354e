import { list, number, object, optional, text } from '../../../text/decode.ts';

/** What the Machines API answers of an app beside its machines. */

const secret = object({
  name: text,
  /** Changes with the value, and tells nothing else of it. */
  digest: optional(text),
  updated_at: optional(text),
});
export type WireSecret = ReturnType<typeof secret>;

export const secretList = object({ secrets: optional(list(secret)) });

export const addressList = object({ ips: list(object({ ip: text })) });

/** What a command in a machine came to. */
export const commandAnswer = object({
  exit_code: optional(number),
  /** Above 0 where a signal ended it. */
  exit_signal: optional(number),
  stdout: optional(text),
  stderr: optional(text),
});
