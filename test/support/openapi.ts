import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

// The package is CommonJS whose types promise a default export that Node hands over one level deeper.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** What `npm run schemas:github` keeps of the description: the operations that the emulator answers. */
export const openApiFile = new URL('./recorded/github-openapi.json', import.meta.url);

type Json = { [key: string]: unknown };

/** GitHub's published description of its REST API, as far as Belay asks it, with only the asked-for schemas compiled. */
export class OpenApi {
  readonly #document: Json;
  readonly #ajv = new Ajv({ strict: false, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction | undefined>();
  readonly #added = new Set<string>();

  constructor() {
    this.#document = JSON.parse(readFileSync(openApiFile, 'utf8'));
    addFormats(this.#ajv);
    this.#relaxFormats();
  }

  knows(method: string, path: string): boolean {
    return this.#operation(method, path) !== undefined;
  }

  /** What is wrong with an answer; empty when it fits. A refusal without a schema of its own must be a basic error. */
  problems(operation: { method: string; path: string }, status: number, body: unknown): string[] {
    const { method, path } = operation;
    const label = `${method} ${path} ${status}`;
    if (!this.#validators.has(label)) this.#validators.set(label, this.#compile(method, path, status));
    const validate = this.#validators.get(label);
    if (validate === undefined) return body === undefined ? [] : [`${label}: no body is described`];
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${label}: ${error.instancePath} ${error.message}`);
  }

  /** The real GitHub answers `""` for an address that was not given, against its own `format: uri`. */
  #relaxFormats(): void {
    const uri = this.#ajv.formats.uri;
    const test = typeof uri === 'object' && 'validate' in uri ? uri.validate : uri;
    if (typeof test !== 'function') throw new Error('ajv-formats has no function for uri');
    this.#ajv.addFormat(
      'uri',
      (text: string) => text === '' || Boolean((test as (text: string) => unknown)(text)),
    );
  }

  #operation(method: string, path: string): Json | undefined {
    const paths = this.#document.paths as Record<string, Record<string, Json>>;
    return paths[path]?.[method.toLowerCase()];
  }

  #compile(method: string, path: string, status: number): ValidateFunction | undefined {
    const responses = (this.#operation(method, path)?.responses ?? {}) as Record<string, Json>;
    const described = responses[String(status)];
    const schema = described === undefined ? undefined : this.#contentSchema(described);
    if (schema === undefined && status < 400) {
      if (described !== undefined) return undefined;
      throw new Error(`${method} ${path} never answers ${status}`);
    }
    return this.#ajv.compile(this.#prepared(schema ?? { $ref: '#/components/schemas/basic-error' }));
  }

  #contentSchema(response: Json): Json | undefined {
    const resolved = typeof response.$ref === 'string' ? this.#lookUp(response.$ref) : response;
    const content = resolved.content as Record<string, { schema: Json }> | undefined;
    return content?.['application/json']?.schema;
  }

  #lookUp(reference: string): Json {
    const keys = reference.slice(2).split('/');
    return keys.reduce((value, key) => value[key] as Json, this.#document);
  }

  /** Rewrites OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice, references become schemas of ajv's own. */
  #prepared(schema: unknown): Json {
    return this.#rewrite(schema) as Json;
  }

  #rewrite(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#rewrite(item));
    if (typeof value !== 'object' || value === null) return value;
    const { nullable, discriminator, example, examples, ...rest } = value as Json;
    if (typeof rest.$ref === 'string') return { $ref: this.#reference(rest.$ref) };
    const plain = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, this.#rewrite(item)]));
    return nullable === true ? { anyOf: [{ type: 'null' }, plain] } : plain;
  }

  #reference(reference: string): string {
    const id = `openapi:${reference.slice(2).replaceAll('/', '.')}`;
    if (!this.#added.has(id)) {
      this.#added.add(id);
      this.#ajv.addSchema({ $id: id, ...(this.#rewrite(this.#lookUp(reference)) as Json) });
    }
    return id;
  }
}
