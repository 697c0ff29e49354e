import { ActionFailure, errorMessage } from '../../outcome/failure.ts';
import type { InstanceHealth } from '../../platforms/platform.ts';
import type { AttemptContext, Finding } from './check-type.ts';

/** What the platform said of its instances, or that nobody could tell. */
export type PlatformAnswer =
  | { readonly kind: 'evidence'; readonly evidence: readonly InstanceHealth[] }
  | Nobody;

export interface Nobody {
  readonly kind: 'nobody';
  readonly summary: string;
  readonly finding: Finding;
}

/** Asks the platform within the time of the attempt. */
export async function askPlatform(context: AttemptContext): Promise<PlatformAnswer> {
  const told = await askWithin(context, { ask: context.platformHealth, read: 'fly machines' });
  return told.kind === 'nobody' ? told : { kind: 'evidence', evidence: told.answer };
}

interface Question<Told> {
  /** Undefined where there is nobody to ask. */
  readonly ask: ((signal: AbortSignal) => Promise<Told>) | undefined;
  /** For reports. */
  readonly read: string;
  /** On top of the time of the attempt, milliseconds. */
  readonly graceMs?: number;
}

/** Asks who has the token, within the time of the attempt. */
export async function askWithin<Told>(
  { signal, timeoutMs }: Pick<AttemptContext, 'signal' | 'timeoutMs'>,
  { ask, read, graceMs = 0 }: Question<Told>,
): Promise<{ readonly kind: 'told'; readonly answer: Told } | Nobody> {
  const nobody = (actual: string, how: Pick<Finding, 'failureClass' | 'endsAs'>): Nobody => ({
    kind: 'nobody',
    summary: `${read} → ${actual}`,
    finding: { ...how, failure: { read, expected: 'an answer of Fly', actual } },
  });
  const isWrong = { failureClass: 'definition', endsAs: 'error' } as const;
  if (ask === undefined) return nobody('nobody to ask: pass `fly-token` and `fly-app`', isWrong);
  const limitMs = Math.ceil(timeoutMs + graceMs);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new Error(`no answer within ${limitMs} ms`)));
  });
  try {
    return { kind: 'told', answer: await Promise.race([ask(limit), late]) };
  } catch (error) {
    // Fly answered: a refused token or an unknown app will not pass by itself.
    if (error instanceof ActionFailure) return nobody(`${error.what}. ${error.next}`, isWrong);
    // That Fly's API is down says nothing of the app.
    return nobody(errorMessage(error), { failureClass: 'gateway', endsAs: 'unknown' });
  }
}
