import type { Cursor } from '../parse/cursor.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import type { Blueprint, CheckType, TypeDefaults } from './check-type.ts';

/** A type in a file of its own, which is loaded for the check files that use it alone. */
export class LateType implements CheckType {
  readonly name: string;
  readonly #import: () => Promise<CheckType>;
  #type: CheckType | undefined;

  constructor(name: string, load: () => Promise<CheckType>) {
    this.name = name;
    this.#import = load;
  }

  /** Before anything else is asked of it. */
  async load(): Promise<void> {
    this.#type ??= await this.#import();
  }

  get sources(): SourceGrammars {
    return this.#loaded.sources;
  }

  get assertsItself(): boolean {
    return this.#loaded.assertsItself;
  }

  read(at: Cursor, defaults: TypeDefaults): Blueprint | undefined {
    return this.#loaded.read(at, defaults);
  }

  get #loaded(): CheckType {
    if (this.#type === undefined) throw new Error(`The type ${this.name} is not loaded.`);
    return this.#type;
  }
}
