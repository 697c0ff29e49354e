import type { AssetKind, Reference } from './reference.ts';
import { isEssential, mostNamed, mostReferences } from './reference.ts';

/** One address, however often it is named. */
export interface Asset {
  readonly url: URL;
  readonly kinds: ReadonlySet<AssetKind>;
  readonly integrity: readonly string[];
  /** A script that may import others. */
  readonly isModule: boolean;
}

interface GrowingAsset {
  readonly url: URL;
  readonly kinds: Set<AssetKind>;
  readonly integrity: string[];
  isModule: boolean;
  /** `beyond` the limit; `listed` to be fetched; `taken` by who fetches. */
  state: 'beyond' | 'listed' | 'taken';
}

/** A reference that nothing can be fetched by. */
export interface UnfetchableReference {
  /** As written, or as an address where it is one. */
  readonly url: string;
  readonly kind: AssetKind;
}

export interface ListRules {
  /** Origins whose assets are fetched. */
  readonly origins: ReadonlySet<string>;
  /** Assets fetched at most, scripts and style sheets apart. */
  readonly limit: number;
  /** The page came by https: a browser would not load anything by http. */
  readonly secure: boolean;
  /** Where the page came from: with a `#` it is a part of the page itself. */
  readonly page?: string;
}

/** Of all documents of one page together. */
const mostAddresses = 10 * mostReferences;

/** What a page stands on: every address once, at the origins that count. */
export class AssetList {
  readonly #rules: ListRules;
  readonly #seen = new Map<string, GrowingAsset | undefined>();
  #fresh: GrowingAsset[] = [];
  readonly #elsewhere = new Map<string, number>();
  /** The first of them, as those that are no addresses. */
  readonly insecure: UnfetchableReference[] = [];
  readonly unusable: UnfetchableReference[] = [];
  #listed = 0;
  /** References that were not looked at: one page or style sheet had too many. */
  isOverfull = false;

  constructor(rules: ListRules) {
    this.#rules = rules;
  }

  add(references: readonly Reference[], base: string): void {
    for (const reference of references.slice(0, mostReferences)) this.#add(reference, base);
    if (references.length > mostReferences) this.isOverfull = true;
  }

  /**
   * Of those added, and not taken yet, what a page cannot do without; where there is none, the others. So nothing that
   * hangs keeps a script from being looked at.
   */
  take(): Asset[] {
    const { true: needed = [], false: others = [] } = Object.groupBy(this.#fresh, (asset) =>
      String(isNeeded(asset)),
    );
    const taken = needed.length > 0 ? needed : others;
    this.#fresh = needed.length > 0 ? others : [];
    for (const asset of taken) asset.state = 'taken';
    return taken;
  }

  /** How many assets are at origins that do not count. */
  get elsewhere(): ReadonlyMap<string, number> {
    return this.#elsewhere;
  }

  /** Assets beyond the limit. */
  get beyond(): Asset[] {
    return [...this.#seen.values()].filter((asset) => asset?.state === 'beyond') as GrowingAsset[];
  }

  #add({ url: written, kind, integrity, isModule }: Reference, base: string): void {
    const url = URL.parse(written.trim(), base);
    if (url === null) {
      if (this.unusable.length < mostNamed) this.unusable.push({ url: written, kind });
      return;
    }
    if (!/^https?:$/.test(url.protocol)) return;
    const isPart = url.hash !== '' || written.trim().endsWith('#');
    url.hash = '';
    if (isPart && url.href === this.#rules.page) return;
    const asset = this.#seen.has(url.href) ? this.#seen.get(url.href) : this.#list(url, kind);
    if (asset === undefined) return;
    // What it turns out to be only now decides how it is judged, or what else it names.
    const isNews = (isEssential(kind) && !asset.kinds.has(kind)) || (isModule === true && !asset.isModule);
    asset.kinds.add(kind);
    asset.isModule ||= isModule === true;
    if (integrity !== undefined && !asset.integrity.includes(integrity)) asset.integrity.push(integrity);
    if (isNews && asset.state !== 'listed') this.#enlist(asset);
  }

  #list(url: URL, kind: AssetKind): GrowingAsset | undefined {
    if (this.#seen.size >= mostAddresses) {
      this.isOverfull = true;
      return undefined;
    }
    const asset = this.#counts(url, kind) ? newAsset(url) : undefined;
    this.#seen.set(url.href, asset);
    if (asset === undefined || isEssential(kind)) return asset;
    this.#listed++;
    if (this.#listed <= this.#rules.limit) this.#enlist(asset);
    return asset;
  }

  #enlist(asset: GrowingAsset): void {
    asset.state = 'listed';
    this.#fresh.push(asset);
  }

  #counts(url: URL, kind: AssetKind): boolean {
    const { origins, secure } = this.#rules;
    if (secure && url.protocol === 'http:') {
      if (this.insecure.length < mostNamed) this.insecure.push({ url: url.href, kind });
      return false;
    }
    if (origins.has(url.origin)) return true;
    this.#elsewhere.set(url.origin, (this.#elsewhere.get(url.origin) ?? 0) + 1);
    return false;
  }
}

function newAsset(url: URL): GrowingAsset {
  return { url, kinds: new Set<AssetKind>(), integrity: [], isModule: false, state: 'beyond' };
}

/** Whether a page cannot do without it. */
export function isNeeded({ kinds }: Pick<Asset, 'kinds'>): boolean {
  return [...kinds].some(isEssential);
}
