import type { ServiceAnswer } from '../service.ts';

/** An answer that ends the handling of a request wherever it is found out. */
export class Refusal extends Error {
  readonly answer: ServiceAnswer;

  constructor(answer: ServiceAnswer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: 'missing_field' | 'invalid' | 'custom' | 'already_exists';
  readonly message?: string;
}

export function refuse(status: number, message: string, more: object = {}): Refusal {
  const documentation_url = 'https://docs.github.com/rest';
  return new Refusal({ status, body: { message, ...more, documentation_url, status: String(status) } });
}

export const notFound = () => refuse(404, 'Not Found');

export function invalid(error: FieldError): Refusal {
  return refuse(422, 'Validation Failed', { errors: [error] });
}

export const ok = (body: object): ServiceAnswer => ({ status: 200, body });
export const created = (body: object): ServiceAnswer => ({ status: 201, body });
export const noContent: ServiceAnswer = { status: 204 };

/** `2026-11-21T08:00:00Z`: GitHub has no milliseconds, so records made within a second tie. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The opaque ids GraphQL uses, as the older REST answers also carry them. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}
