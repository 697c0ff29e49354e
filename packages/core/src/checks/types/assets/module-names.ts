import { parsedJson } from '../../judge/json-text.ts';
import { isMapping } from '../../parse/cursor.ts';

/** Addresses by the names that modules use; null is a name that may not be used. */
type Names = ReadonlyMap<string, string | null>;

/** What a name of a module stands for: an address, or why there is none. */
export type Resolved =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'none'; readonly why: string };

/** The names a page's import maps give to modules, as a browser resolves them: what is named first stays. */
export class ModuleNames {
  readonly #top = new Map<string, string | null>();
  readonly #scopes = new Map<string, Map<string, string | null>>();

  /** Adds an inline import map; `base` is that of its document. One that a browser would refuse adds nothing. */
  add(text: string, base: string): void {
    const json = parsedJson(text);
    const map = json.kind === 'value' ? json.value : undefined;
    if (!isMapping(map)) return;
    take(map.imports, base, this.#top);
    for (const [prefix, imports] of isMapping(map.scopes) ? Object.entries(map.scopes) : []) {
      const scope = URL.parse(prefix, base)?.href;
      if (scope === undefined) continue;
      const names = this.#scopes.get(scope) ?? new Map<string, string | null>();
      this.#scopes.set(scope, names);
      take(imports, base, names);
    }
  }

  /** What `name` stands for in the module at `base`. */
  resolve(name: string, base: string): Resolved {
    const own = addressOf(name, base);
    const key = own ?? name;
    const scopes = [...this.#scopes.keys()]
      .filter((scope) => scope === base || (scope.endsWith('/') && base.startsWith(scope)))
      .sort((one, other) => other.length - one.length);
    for (const names of [...scopes.map((scope) => this.#scopes.get(scope)), this.#top]) {
      const found = names && match(key, names);
      if (found !== undefined) return found;
    }
    if (own !== undefined) return { kind: 'address', url: own };
    return { kind: 'none', why: 'a name that no import map knows' };
  }
}

function take(imports: unknown, base: string, names: Map<string, string | null>): void {
  if (!isMapping(imports)) return;
  for (const [name, address] of Object.entries(imports)) {
    const key = addressOf(name, base) ?? name;
    const url = typeof address === 'string' ? addressOf(address, base) : undefined;
    // A prefix stands for a prefix.
    const isUsable = url !== undefined && (!name.endsWith('/') || url.endsWith('/'));
    if (!names.has(key)) names.set(key, isUsable ? url : null);
  }
}

/** Of several prefixes the longest counts. */
function match(name: string, names: Names): Resolved | undefined {
  const whole = names.get(name);
  if (whole !== undefined) return stands(whole);
  const [prefix] = [...names.keys()]
    .filter((key) => key.endsWith('/') && name.startsWith(key))
    .sort((one, other) => other.length - one.length);
  if (prefix === undefined) return undefined;
  const start = names.get(prefix) ?? null;
  return stands(start && (URL.parse(name.slice(prefix.length), start)?.href ?? null));
}

function stands(url: string | null): Resolved {
  return url === null ? { kind: 'none', why: 'an import map gives it no address' } : { kind: 'address', url };
}

/** Modules are named by whole addresses, or by such as begin with /, ./ or ../; all else is a bare name. */
function addressOf(name: string, base: string): string | undefined {
  return (/^\.{0,2}\//.test(name) ? URL.parse(name, base) : URL.parse(name))?.href;
}
