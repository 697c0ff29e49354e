import type { ServiceAnswer } from '../service.ts';

/** A request Fly would not grant. Each surface words it in its own JSON: see `surface` of a route. */
export class Refusal extends Error {
  readonly status: number;
  /** `name_taken`, `insufficient_capacity`: only some Machines API errors carry one. */
  readonly code: string | undefined;

  constructor(status: number, message: string, code?: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

export type Surface = 'flaps' | 'uiex' | 'text';

export function refusalAnswer(refusal: Refusal, surface: Surface): ServiceAnswer {
  const { status, message, code } = refusal;
  if (surface === 'text') return { status, headers: { 'content-type': 'text/plain' }, body: message };
  if (surface === 'uiex') return { status, body: { detail: message } };
  return { status, body: { error: message, ...(code === undefined ? {} : { status: code }) } };
}
