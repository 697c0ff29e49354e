/** Where in a document, from the whole inwards; undefined is the whole. */
export interface Path {
  readonly parent: Path | undefined;
  readonly key: string | number;
}

/** Hears of everything that breaks the schema. */
export type Say = (path: Path | undefined, message: string) => void;

/** One look at a value. */
export interface Look {
  readonly path: Path | undefined;
  /** Undefined where only the answer counts: the first that does not fit ends it. */
  readonly say: Say | undefined;
  /** What other keywords have looked at already; undefined where no schema asks for the rest. */
  readonly evaluated: Evaluated | undefined;
}

/** Whether a value fits. What it breaks is told to whoever looks. */
export type Rule = (value: unknown, look: Look) => boolean;

/** The look of who wants the answer only. */
export const quiet: Look = { path: undefined, say: undefined, evaluated: undefined };

/** The look at a part of a value. */
export function inside(look: Look, key: string | number): Look {
  return look.say === undefined
    ? quiet
    : { path: { parent: look.path, key }, say: look.say, evaluated: undefined };
}

/** Tells what is broken, and answers so. */
export function broken({ path, say }: Look, message: string): false {
  say?.(path, message);
  return false;
}

/** The properties and items of one value that some keyword has looked at. */
export class Evaluated {
  readonly #names = new Set<string>();
  readonly #items = new Set<number>();
  #everyName = false;
  /** Items from the first on. */
  #first = 0;

  name(name: string): void {
    this.#names.add(name);
  }

  everyName(): void {
    this.#everyName = true;
  }

  item(index: number): void {
    this.#items.add(index);
  }

  firstItems(count: number): void {
    this.#first = Math.max(this.#first, count);
  }

  hasName(name: string): boolean {
    return this.#everyName || this.#names.has(name);
  }

  hasItem(index: number): boolean {
    return index < this.#first || this.#items.has(index);
  }

  add(other: Evaluated): void {
    for (const name of other.#names) this.#names.add(name);
    for (const index of other.#items) this.#items.add(index);
    this.#everyName ||= other.#everyName;
    this.#first = Math.max(this.#first, other.#first);
  }
}
