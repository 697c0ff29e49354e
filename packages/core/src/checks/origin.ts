/** A value's path in its document, as a chain towards the root. */
export interface Origin {
  readonly parent: Origin | undefined;
  readonly key: string | number;
}

/** A `${name}` in some string of the document. */
export interface Reference {
  readonly name: string;
  readonly origin: Origin;
}
