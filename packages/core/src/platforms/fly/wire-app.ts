import { list, object, optional, text } from '../../decode.ts';

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
