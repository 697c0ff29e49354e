import type { Attributes } from '../../html-parser.ts';
import { readImportMap } from './import-map.ts';
import { isModule, namedBy } from './page-elements.ts';
import type { PageReferences, Reference } from './reference.ts';
import { mostNamed, mostReferences } from './reference.ts';

/** The HTML library, loaded by the first check that reads a page. */
export type HtmlParser = typeof import('../../html-parser.ts');

/**
 * Collects everything a browser would load for a page. What stands in a `<template>` is not loaded, nor what is only
 * for those who run no scripts.
 */
export function readPage({ readTags }: HtmlParser, html: string): PageReferences {
  const page = new PageReader();
  readTags(html, page);
  return page.end();
}

class PageReader {
  readonly #references: Reference[] = [];
  readonly #styles: string[] = [];
  readonly #declarations: string[] = [];
  readonly #modules: string[] = [];
  readonly #importMaps: string[] = [];
  readonly #brokenMaps: string[] = [];
  #base: string | undefined;
  #templates = 0;
  #isInNoscript = false;
  #inside: { readonly take: (text: string) => void; text: string } | undefined;

  open(name: string, attributes: Attributes): void {
    if (name === 'template') this.#templates++;
    if (name === 'noscript') this.#isInNoscript = true;
    if (this.#templates > 0 || this.#isInNoscript) return;
    if (name === 'base') this.#base ??= attributes.href;
    const take = this.#takerOf(name, attributes);
    if (take !== undefined) this.#inside = { take, text: '' };
    const { style } = attributes;
    if (style !== undefined && mayName(style)) this.#declarations.push(style);
    this.#refer(namedBy(name, attributes));
  }

  text(text: string): void {
    if (this.#inside !== undefined) this.#inside.text += text;
  }

  close(name: string): void {
    if (name === 'template') this.#templates = Math.max(0, this.#templates - 1);
    if (name === 'noscript') this.#isInNoscript = false;
    if (name === 'script' || name === 'style') this.#close();
  }

  end(): PageReferences {
    // A page may break off in the middle of one.
    this.#close();
    return {
      base: this.#base,
      references: this.#references.filter(({ url }) => url.trim() !== ''),
      styles: this.#styles,
      declarations: this.#declarations,
      modules: this.#modules,
      importMaps: this.#importMaps,
      brokenMaps: this.#brokenMaps,
    };
  }

  /** What becomes of the text in an element; undefined where nothing does. */
  #takerOf(name: string, { type = '', src }: Attributes): ((text: string) => void) | undefined {
    if (name === 'style') return (text) => this.#styles.push(text);
    if (name !== 'script' || src !== undefined) return undefined;
    if (isModule(type)) return (text) => this.#modules.push(text);
    return type.trim().toLowerCase() === 'importmap' ? (text) => this.#takeMap(text) : undefined;
  }

  #takeMap(text: string): void {
    const map = readImportMap(text);
    this.#importMaps.push(text);
    this.#refer(map.references);
    for (const broken of map.broken) if (this.#brokenMaps.length < mostNamed) this.#brokenMaps.push(broken);
  }

  #refer(found: readonly Reference[]): void {
    // One more than are looked at says that there are too many.
    for (const one of found) if (this.#references.length <= mostReferences) this.#references.push(one);
  }

  #close(): void {
    this.#inside?.take(this.#inside.text);
    this.#inside = undefined;
  }
}

/** Most attributes `style` name no address, and need not be read. An escape may spell one. */
function mayName(style: string): boolean {
  return /url|image-set|\\/i.test(style);
}
