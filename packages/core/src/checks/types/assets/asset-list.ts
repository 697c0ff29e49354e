import type { AssetKind, Reference } from './reference.ts';
import { mostNamed, mostReferences } from './reference.ts';

/** One address, however often it is named. */
export interface Asset {
  readonly url: URL;
  readonly kinds: ReadonlySet<AssetKind>;
  readonly integrity: readonly string[];
}

interface GrowingAsset {
  readonly url: URL;
  readonly kinds: Set<AssetKind>;
  readonly integrity: string[];
}

export interface ListRules {
  /** Origins whose assets are fetched. */
  readonly origins: ReadonlySet<string>;
  /** Assets fetched at most. */
  readonly limit: number;
  /** The page came by https: a browser would not load anything by http. */
  readonly secure: boolean;
}

/** What a page stands on: every address once, at the origins that count. */
export class AssetList {
  readonly #rules: ListRules;
  readonly #seen = new Map<string, GrowingAsset | undefined>();
  readonly #fresh: Asset[] = [];
  readonly #elsewhere = new Map<string, number>();
  /** The first of them, as those that are no addresses. */
  readonly insecure: string[] = [];
  readonly unusable: string[] = [];
  #listed = 0;
  /** Assets beyond the limit. */
  overLimit = 0;
  /** References that were not looked at: one page or style sheet had too many. */
  isOverfull = false;

  constructor(rules: ListRules) {
    this.#rules = rules;
  }

  add(references: readonly Reference[], base: string): void {
    for (const reference of references.slice(0, mostReferences)) this.#add(reference, base);
    if (references.length > mostReferences) this.isOverfull = true;
  }

  /** Those added since the last call. */
  take(): Asset[] {
    return this.#fresh.splice(0);
  }

  /** How many assets are at origins that do not count. */
  get elsewhere(): ReadonlyMap<string, number> {
    return this.#elsewhere;
  }

  #add({ url: written, kind, integrity }: Reference, base: string): void {
    const url = URL.parse(written.trim(), base);
    if (url === null) {
      if (this.unusable.length < mostNamed) this.unusable.push(written);
      return;
    }
    if (!/^https?:$/.test(url.protocol)) return;
    url.hash = '';
    const asset = this.#seen.has(url.href) ? this.#seen.get(url.href) : this.#list(url);
    asset?.kinds.add(kind);
    if (integrity !== undefined && asset?.integrity.includes(integrity) === false)
      asset.integrity.push(integrity);
  }

  #list(url: URL): GrowingAsset | undefined {
    const asset = this.#counts(url) ? { url, kinds: new Set<AssetKind>(), integrity: [] } : undefined;
    this.#seen.set(url.href, asset);
    if (asset === undefined) return undefined;
    this.#listed++;
    this.#fresh.push(asset);
    return asset;
  }

  #counts(url: URL): boolean {
    const { origins, limit, secure } = this.#rules;
    if (secure && url.protocol === 'http:') {
      if (this.insecure.length < mostNamed) this.insecure.push(url.href);
      return false;
    }
    if (!origins.has(url.origin)) {
      this.#elsewhere.set(url.origin, (this.#elsewhere.get(url.origin) ?? 0) + 1);
      return false;
    }
    if (this.#listed >= limit) this.overLimit++;
    return this.#listed < limit;
  }
}
