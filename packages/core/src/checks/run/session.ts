import type { Redactor } from '../../io/redactor.ts';
import { defined } from '../../text/defined.ts';
import type { Source } from '../assertion.ts';
import type { Capture } from '../check-file.ts';
import { CookieJar } from '../exchange/cookie-jar.ts';
import { isNumber } from '../judge/exact-number.ts';
import type { Read } from '../judge/extract.ts';
import { extract } from '../judge/extract.ts';
import type { Filtering } from '../judge/judging.ts';
import { mostJudgingMs, ResourceLimit } from '../judge/resource-limit.ts';
import { soleValue } from '../judge/several.ts';
import type { Reading } from '../judge/values.ts';
import type { Answered, Probe } from '../types/check-type.ts';
import { withheld } from '../types/seen-answer.ts';
import type { Names } from './scope.ts';
import type { VariableValue } from './variable-value.ts';
import { typedValue } from './variable-value.ts';

/** What sessions tell about captured secrets. */
export interface SecretKeepers {
  readonly redactor: Redactor;
  readonly onSecret: ((value: string) => void) | undefined;
}

/** What the steps of one pass through a scenario share: cookies and captured values. */
export class Session {
  readonly cookies: CookieJar;
  readonly #captured = new Map<string, VariableValue>();
  #names: Names | undefined;

  /** `now`: the wall clock. */
  constructor(now: () => number) {
    this.cookies = new CookieJar(now);
  }

  /** Names of the cookies that a request to this address takes along; none without an address of the web. */
  cookieNames(address: string | undefined): readonly string[] {
    const url = address === undefined ? null : URL.parse(address);
    const header = url === null ? undefined : this.cookies.headerFor(url);
    return header === undefined ? [] : header.split('; ').map((pair) => pair.slice(0, pair.indexOf('=')));
  }

  /** The names of the scenario, made once for the pass, with what was captured above them. */
  over(fresh: () => Names, secret: ReadonlySet<string>): Names {
    this.#names ??= fresh();
    const names = this.#names;
    const given = (name: string) => this.#captured.get(name) ?? names.given(name);
    return {
      given,
      lookup: (name) => given(name)?.text,
      isSecret: (name) => secret.has(name) || names.isSecret(name),
      isGenerated: (name) => !this.#captured.has(name) && names.isGenerated(name),
    };
  }

  /** `capture token` as an assertion reads it: with the type it was found with. */
  reading(name: string): Reading {
    const captured = this.#captured.get(name);
    return captured === undefined
      ? { kind: 'missing', note: `${name} was not captured` }
      : { kind: 'found', value: captured.value };
  }

  /** The probe of a step: with the cookies of the session, keeping what its captures find. */
  probe(probe: Probe, captures: readonly Capture[], keepers: SecretKeepers): Probe {
    return {
      url: probe.url,
      host: probe.host,
      ...defined({ redactQuery: probe.redactQuery }),
      repeatable: probe.repeatable,
      attempt: async (context) => {
        const observation = await probe.attempt({ ...context, cookies: this.cookies });
        if (observation.kind === 'unanswered') return observation;
        const read = (source: Source) =>
          source.name === 'capture' ? this.reading(source.argument ?? '') : observation.read(source);
        const { patterns, timeoutMs, clock } = context;
        const deadlineMs = Math.min(timeoutMs, mostJudgingMs);
        const filtering = { patterns, deadlineMs, now: () => clock.now() };
        const lacking: string[] = [];
        await context.judging(async () => {
          for (const capture of captures) {
            const reading = await found(capture, read, filtering);
            this.#take(capture, reading, keepers);
            if (capture.redact && tellsNothing(reading)) lacking.push(capture.name);
          }
        });
        const known = { ...observation, read };
        return lacking.length === 0 ? known : unshown(known, lacking);
      },
    };
  }

  /** Secrets are registered here: after the answer, before it is judged and anything of it is shown. */
  #take({ name, redact }: Capture, reading: Reading, { redactor, onSecret }: SecretKeepers): void {
    if (reading.kind !== 'found') return;
    const captured = typedValue(soleValue(reading), reading.digits?.());
    const secret = redact ? captured.text : '';
    // Masking one that is larger would hold every line that is written from now on.
    if (secret.length > mostOfSecret)
      throw new ResourceLimit(`\`${name}\` is masked, and has more than ${mostOfSecret} characters`);
    this.#captured.set(name, captured);
    if (!redact) return;
    for (const part of [secret, ...partsOf(captured.value)]) {
      redactor.add(part);
      if (part !== '') onSecret?.(part);
    }
  }
}

/** A shorter one is a word that others use as well, characters. */
const shortestPart = 8;

/** The texts and numbers within a list or an object: an answer may write them in another way than the whole. */
function partsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isNumber(value) || value instanceof Date || Buffer.isBuffer(value)) return [];
  return Object.values(value).flatMap((part) =>
    typeof part === 'object' && part !== null && !isNumber(part) ? partsOf(part) : partText(part),
  );
}

function partText(part: unknown): readonly string[] {
  const text = typeof part === 'string' || isNumber(part) ? String(part) : '';
  return text.length < shortestPart ? [] : [text];
}

/** What should have been masked may stand anywhere in the answer then. */
function tellsNothing(reading: Reading): boolean {
  if (reading.kind !== 'found') return true;
  const value = soleValue(reading);
  return value === null || value === undefined || value === '';
}

function unshown(observation: Answered, lacking: readonly string[]): Answered {
  const names = lacking.map((name) => `\`${name}\``).join(', ');
  const why = `[not shown: the step masks what it captures as ${names}, and did not find it in this answer]`;
  const { bare, summary, seen, findings = [], notes: _, warnings: __, ...rest } = observation;
  return {
    ...rest,
    summary: bare ?? summary,
    findings:
      bare === undefined
        ? findings
        : findings.map((one) => ({ ...one, failure: { ...one.failure, actual: why } })),
    ...(seen === undefined ? {} : { seen: () => withheld(seen(), why) }),
    unshown: why,
  };
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
