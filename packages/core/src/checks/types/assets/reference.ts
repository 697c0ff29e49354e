/** Addresses of one page or style sheet that are looked at; pages name some hundreds. */
export const mostReferences = 10_000;

/** What a browser would take an asset for. `any` is taken for whatever it is. */
export type AssetKind = 'script' | 'style' | 'image' | 'media' | 'font' | 'manifest' | 'any';

/** An asset as its page or style sheet names it. */
export interface Reference {
  /** As written, relative to the document's base. */
  readonly url: string;
  readonly kind: AssetKind;
  /** The `integrity` beside it. */
  readonly integrity?: string;
}

/** What a page names, in its order. */
export interface PageReferences {
  /** `<base href>`: only the first counts. */
  readonly base: string | undefined;
  readonly references: readonly Reference[];
  /** Texts of its `<style>` elements. */
  readonly styles: readonly string[];
  /** Import maps that a browser would refuse, each with why. */
  readonly brokenMaps: readonly string[];
}

/** Of what is wrong in one way with a page, so many are named: it may be a million. */
export const mostNamed = 100;
