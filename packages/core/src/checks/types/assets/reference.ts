/** Addresses of one page or style sheet that are looked at; pages name some hundreds. */
export const mostReferences = 10_000;

/**
 * What a browser would take an asset for. `json` is a module of data, `frame` a document within the page, `picture`
 * what a style sheet shows; `any` is taken for whatever it is.
 */
export type AssetKind =
  | 'script'
  | 'style'
  | 'json'
  | 'image'
  | 'picture'
  | 'media'
  | 'font'
  | 'manifest'
  | 'track'
  | 'frame'
  | 'any';

/** An asset as its page, style sheet or module names it. */
export interface Reference {
  /** As written, relative to the document's base. */
  readonly url: string;
  readonly kind: AssetKind;
  /** The `integrity` beside it. */
  readonly integrity?: string;
  /** A script that may import others. */
  readonly isModule?: true;
}

/** What a page names, in its order. */
export interface PageReferences {
  /** `<base href>`: only the first counts. */
  readonly base: string | undefined;
  readonly references: readonly Reference[];
  /** Texts of its `<style>` elements. */
  readonly styles: readonly string[];
  /** Texts of its attributes `style` that name an address. */
  readonly declarations: readonly string[];
  /** Texts of its modules that stand in the page. */
  readonly modules: readonly string[];
  /** Texts of its import maps. */
  readonly importMaps: readonly string[];
  /** Import maps that a browser would refuse, each with why. */
  readonly brokenMaps: readonly string[];
}

/** Of what is wrong in one way with a page, so many are named: it may be a million. */
export const mostNamed = 100;

const essentials: ReadonlySet<AssetKind> = new Set(['script', 'style', 'json']);

/** Without one of these a page does not work, or does not look like itself: they are looked at whatever the limit. */
export function isEssential(kind: AssetKind): boolean {
  return essentials.has(kind);
}
