import type { ActionFailure } from '../../../outcome/failure.ts';
import { defined } from '../../../text/defined.ts';
import type { PlatformFailure, ShipOptions } from '../../platform.ts';

/** How long something that is sent may take, and what cuts it. */
export interface Allowed extends ShipOptions {
  readonly signal: AbortSignal;
}

/** The deployment that Railway made of what was sent, or why it made none. */
export type Sent = Deployed | PlatformFailure;

export interface Deployed {
  readonly id: string;
  /** As Railway answered it. */
  readonly logsUrl?: string | undefined;
}

/** What Railway refused, as a failure of shipping: nothing was made. */
export function failureOf({ code, what, why, next, details = [] }: ActionFailure): PlatformFailure {
  return { reason: code, what, next, ...defined({ why }), evidence: details };
}
