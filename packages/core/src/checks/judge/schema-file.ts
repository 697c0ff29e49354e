/** A schema that stands in a file of its own, as read. */
export class SchemaFile {
  /** As written in the check. */
  readonly path: string;
  readonly schema: unknown;

  constructor(path: string, schema: unknown) {
    this.path = path;
    this.schema = schema;
  }
}
