import type { IncomingMessage } from 'node:http';
import type { Mutators, ServiceAnswer, ServiceRequest } from '../service.ts';
import type { ChallengingEdge, Fault } from './fault.ts';
import { mergePatch } from './merge-patch.ts';

/** How an exchange ends on the wire. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: ServiceAnswer }
  /** An application's answer, passed on as it comes. */
  | { readonly kind: 'stream'; readonly from: IncomingMessage }
  | { readonly kind: 'truncated'; readonly answer: ServiceAnswer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** What comes instead of asking the service; undefined where its answer is wanted. */
export function deliveryInstead(fault: Fault | undefined): Delivery | undefined {
  switch (fault?.kind) {
    case 'status':
      return answered(fault);
    case 'html':
      return answered(gatewayPage(fault.status ?? 502));
    case 'rate-limit':
      return answered(rateLimited(fault.retryAfter));
    case 'challenge':
      return answered(challenges[fault.edge ?? 'cloudflare']);
    case 'reset-before':
      return { kind: 'reset' };
    case 'stall':
      return { kind: 'silence' };
    default:
      return undefined;
  }
}

/** Whether a fault needs the whole answer in hand, so that it cannot be streamed. */
export function takesAnswer(fault: Fault | undefined): boolean {
  return fault !== undefined && fault.kind !== 'delay';
}

/** What becomes of the service's answer. Throws where a `wrong` answer cannot be made: a fault that does nothing would flatter. */
export async function deliveryOf(
  answer: ServiceAnswer,
  fault: Fault | undefined,
  { mutators = {}, request }: { readonly mutators: Mutators | undefined; readonly request: ServiceRequest },
): Promise<Delivery> {
  switch (fault?.kind) {
    case 'reset-after':
      return { kind: 'reset' };
    case 'truncate':
      return { kind: 'truncated', answer };
    case 'wrong':
      return answered({
        ...answer,
        body: Object(await wrongBody(jsonOf(answer), fault, { mutators, request })),
      });
    default:
      return answered(answer);
  }
}

/** An HTML error page as a gateway in front of the service would send it. */
export function gatewayPage(status: number, reason = 'Bad gateway'): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<html><head><title>${status} ${reason}</title></head><body><h1>${status} ${reason}</h1></body></html>\n`,
  };
}

/** What an edge answers to whoever cannot solve its riddle: nothing of it is the application's. */
const challenges: Readonly<Record<ChallengingEdge, ServiceAnswer>> = {
  cloudflare: challenge(403, 'Just a moment...', {
    server: 'cloudflare',
    'cf-ray': '9a5e0c1d2b3f4a56-IAD',
    'cf-mitigated': 'challenge',
  }),
  vercel: challenge(429, 'Vercel Security Checkpoint', {
    server: 'Vercel',
    'x-vercel-id': 'iad1::1764500000-0a1b2c3d4e5f',
    'x-vercel-mitigated': 'challenge',
  }),
};

function challenge(status: number, title: string, headers: Readonly<Record<string, string>>): ServiceAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store', ...headers },
    body: `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>\n`,
  };
}

function wrongBody(
  body: unknown,
  fault: Extract<Fault, { kind: 'wrong' }>,
  { mutators, request }: { readonly mutators: Mutators; readonly request: ServiceRequest },
): unknown {
  if ('patch' in fault) return mergePatch(body, fault.patch);
  const mutator = Object.hasOwn(mutators, fault.mutator) ? mutators[fault.mutator] : undefined;
  if (mutator !== undefined) return mutator(body, request);
  const known = Object.keys(mutators).join(', ') || 'none';
  throw new Error(`fault wrong: the service has no mutator "${fault.mutator}"; it has: ${known}`);
}

function jsonOf({ body }: ServiceAnswer): unknown {
  if (typeof body === 'object' && !Buffer.isBuffer(body)) return structuredClone(body);
  try {
    return JSON.parse(String(body));
  } catch {
    throw new Error('fault wrong: the answer of this route is not JSON');
  }
}

function rateLimited(retryAfter: number | undefined): ServiceAnswer {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status: 429, headers, body: { error: 'rate limit exceeded' } };
}

function answered(answer: ServiceAnswer): Delivery {
  return { kind: 'answer', answer };
}
