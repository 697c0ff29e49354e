import { ActionFailure, errorMessage } from '../../failure.ts';
import type { Evidence } from '../../platforms/platform.ts';
import type { AttemptContext, Objection } from './check-type.ts';

/** What the platform said of its instances, or that nobody could tell. */
export type PlatformAnswer =
  | { readonly kind: 'evidence'; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'nobody'; readonly summary: string; readonly objection: Objection };

/** Asks the platform within the time of the attempt. */
export async function askPlatform({
  platformHealth,
  signal,
  timeoutMs,
}: AttemptContext): Promise<PlatformAnswer> {
  if (platformHealth === undefined) {
    const actual = 'nobody to ask: pass `fly-token` and `fly-app`';
    const failure = { read: 'fly machines', expected: 'an answer of Fly', actual };
    return nobody({ failureClass: 'definition', failure, endsAs: 'error' });
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new Error(`no answer within ${Math.round(timeoutMs)} ms`)));
  });
  try {
    return { kind: 'evidence', evidence: await Promise.race([platformHealth(limit), late]) };
  } catch (error) {
    const failure = { read: 'fly machines', expected: 'an answer of Fly' };
    // Fly answered: a refused token or an unknown app will not pass by itself.
    if (error instanceof ActionFailure) {
      const actual = `${error.what}. ${error.next}`;
      return nobody({ failureClass: 'definition', failure: { ...failure, actual }, endsAs: 'error' });
    }
    const actual = errorMessage(error);
    // That Fly's API is down says nothing of the app.
    return nobody({ failureClass: 'gateway', failure: { ...failure, actual }, endsAs: 'unknown' });
  }
}

function nobody(objection: Objection): PlatformAnswer {
  return { kind: 'nobody', summary: `fly machines → ${objection.failure.actual}`, objection };
}
