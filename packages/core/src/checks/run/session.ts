import type { Redactor } from '../../redactor.ts';
import type { Capture, Source } from '../check-file.ts';
import { CookieJar } from '../exchange/cookie-jar.ts';
import type { Read } from '../judge/extract.ts';
import { extract } from '../judge/extract.ts';
import type { Filtering } from '../judge/judging.ts';
import { mostJudgingMs, ResourceLimit } from '../judge/resource-limit.ts';
import type { Reading } from '../judge/values.ts';
import { asText } from '../judge/values.ts';
import type { Probe } from '../types/check-type.ts';
import type { Names } from './scope.ts';

/** What sessions tell about captured secrets. */
export interface SecretKeepers {
  readonly redactor: Redactor;
  readonly onSecret: ((value: string) => void) | undefined;
}

/** What the steps of one pass through a scenario share: cookies and captured values. */
export class Session {
  readonly cookies: CookieJar;
  readonly #captured = new Map<string, unknown>();

  /** `now`: the wall clock. */
  constructor(now: () => number) {
    this.cookies = new CookieJar(now);
  }

  /** The names of the scenario, with what was captured above them. */
  over(names: Names, secret: ReadonlySet<string>): Names {
    return {
      lookup: (name) => (this.#captured.has(name) ? textOf(this.#captured.get(name)) : names.lookup(name)),
      isSecret: (name) => secret.has(name) || names.isSecret(name),
    };
  }

  /** `capture token` as an assertion reads it: with the type it was found with. */
  reading(name: string): Reading {
    return this.#captured.has(name)
      ? { kind: 'found', value: this.#captured.get(name) }
      : { kind: 'missing', note: `${name} was not captured` };
  }

  /** The probe of a step: with the cookies of the session, keeping what its captures find. */
  probe(probe: Probe, captures: readonly Capture[], keepers: SecretKeepers): Probe {
    return {
      url: probe.url,
      host: probe.host,
      repeatable: probe.repeatable,
      attempt: async (context) => {
        const observation = await probe.attempt({ ...context, cookies: this.cookies });
        if (observation.kind === 'unanswered') return observation;
        const read = (source: Source) =>
          source.name === 'capture' ? this.reading(source.argument ?? '') : observation.read(source);
        const { patterns, timeoutMs, clock } = context;
        const deadlineMs = Math.min(timeoutMs, mostJudgingMs);
        const filtering = { patterns, deadlineMs, now: () => clock.now() };
        await context.judging(async () => {
          for (const capture of captures) this.#take(capture, await found(capture, read, filtering), keepers);
        });
        return { ...observation, read };
      },
    };
  }

  /** Secrets are registered here: after the answer, before it is judged and anything of it is shown. */
  #take({ name, redact }: Capture, reading: Reading, { redactor, onSecret }: SecretKeepers): void {
    if (reading.kind !== 'found') return;
    const secret = redact ? textOf(reading.value) : '';
    // Masking one that is larger would hold every line that is written from now on.
    if (secret.length > mostOfSecret)
      throw new ResourceLimit(`\`${name}\` is masked, and has more than ${mostOfSecret} characters`);
    this.#captured.set(name, reading.value);
    if (!redact) return;
    redactor.add(secret);
    if (secret !== '') onSecret?.(secret);
  }
}

/** That it cannot be had is told where the step is judged: it must be found. */
async function found(capture: Capture, read: Read, filtering: Filtering): Promise<Reading> {
  try {
    return await extract(capture, read, filtering);
  } catch (error) {
    if (error instanceof ResourceLimit || error instanceof RangeError) return { kind: 'missing' };
    throw error;
  }
}

/** What is captured to be masked, characters: tokens and keys have some thousands. */
const mostOfSecret = 16_384;

/** How a captured value stands in a template: text as it is, nothing for null, everything else as JSON. */
function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : asText(value);
}
