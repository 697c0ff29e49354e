import { lateCrypto } from '../../io/late-builtins.ts';

/** What each name is when nobody gives it another value. */
const makers: Readonly<Record<string, () => string>> = {
  newUuid: () => lateCrypto().randomUUID(),
  now: () => new Date().toISOString(),
  random: () => `r${Array.from({ length: 15 }, () => lateCrypto().randomInt(36).toString(36)).join('')}`,
};

/** What others call them. */
const aliases: Readonly<Record<string, string>> = {
  uuid: 'newUuid',
  newDate: 'now',
  date: 'now',
  timestamp: 'now',
};

/** Values that no one gives: each name has one for as long as this lives, an attempt of a check or a pass of a scenario. */
export class GeneratedValues {
  readonly #values = new Map<string, string>();

  /** `newUuid`: a UUID; `now`: the time in UTC, by ISO 8601; `random`: 16 letters and digits. Undefined for any other. */
  lookup(name: string): string | undefined {
    const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
    const value = this.#values.get(name) ?? make?.();
    if (value !== undefined) this.#values.set(name, value);
    return value;
  }

  isOne(name: string): boolean {
    return Object.hasOwn(makers, name);
  }
}

/** The name that was most likely meant by one without a value; undefined where none is near. */
export function similarGenerated(name: string): string | undefined {
  const [known] = Object.keys(makers).filter((one) => one.toLowerCase() === name.toLowerCase());
  return known ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined);
}
