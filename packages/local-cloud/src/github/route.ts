import { decodedSegment } from '../front/path-segment.ts';
import type { ServiceAnswer } from '../service.ts';
import { invalid, refuse } from './answers.ts';
import type { Repository } from './model.ts';
import type { Caller, Need, PermissionName } from './tokens.ts';
import type { World } from './world.ts';

/** One request to a repository, once its caller, its repository and its body are known. */
export interface Call {
  readonly world: World;
  readonly repository: Repository;
  readonly caller: Caller;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The key of this path in GitHub's OpenAPI description. */
  readonly path: string;
  readonly need: Need;
  /** undefined when this use of the route is not emulated. */
  answer(call: Call): ServiceAnswer | undefined;
}

export const reads = (...names: PermissionName[]): Need => ({ names, level: 'read' });
export const writes = (...names: PermissionName[]): Need => ({ names, level: 'write' });

/** Parameters that may contain slashes; the OpenAPI description marks them `x-multi-segment`. */
const spanning = new Set(['ref', 'basehead']);

/** Turns `/git/ref/{ref}` into a matcher of whole paths. */
export function pathMatcher(path: string): (pathname: string) => Record<string, string> | undefined {
  const source = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `(?<${name}>${spanning.has(name) ? '.+' : '[^/]+'})`,
  );
  const pattern = new RegExp(`^${source}$`);
  return (pathname) => {
    const match = pattern.exec(pathname);
    if (match === null) return undefined;
    const groups = Object.entries(match.groups ?? {});
    return Object.fromEntries(groups.map(([name, value]) => [name, decodedSegment(value)]));
  };
}

/** An object body, or {} when there is none. */
export function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  const value = parseJson(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(400, 'Body should be a JSON object');
  }
  return { ...value };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(400, 'Problems parsing JSON');
  }
}

/** Reads the fields of a request body, refusing wrong types as GitHub does: 422 with resource and field. */
export class Fields {
  readonly #body: Readonly<Record<string, unknown>>;
  readonly #resource: string;

  constructor(resource: string, body: Readonly<Record<string, unknown>>) {
    this.#resource = resource;
    this.#body = body;
  }

  text(field: string): string | undefined {
    const value = this.#body[field] ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw this.invalid(field);
  }

  requiredText(field: string): string {
    const value = this.text(field);
    if (value === undefined || value === '') {
      throw invalid({ resource: this.#resource, field, code: 'missing_field' });
    }
    return value;
  }

  flag(field: string): boolean | undefined {
    const value = this.#body[field] ?? undefined;
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.invalid(field);
  }

  texts(field: string): readonly string[] | undefined {
    const value = this.#body[field] ?? undefined;
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    throw this.invalid(field);
  }

  raw(field: string): unknown {
    return this.#body[field];
  }

  invalid(field: string, message?: string) {
    const error = { resource: this.#resource, field };
    return message === undefined
      ? invalid({ ...error, code: 'invalid' })
      : invalid({ ...error, code: 'custom', message });
  }
}
