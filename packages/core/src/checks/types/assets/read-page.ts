import { ownValue } from '../../../own-value.ts';
import type { Attributes } from '../../html-parser.ts';
import { readImportMap } from './import-map.ts';
import type { AssetKind, PageReferences, Reference } from './reference.ts';
import { mostReferences } from './reference.ts';
import { srcsetUrls } from './srcset.ts';

/** The HTML library, loaded by the first check that reads a page. */
export type HtmlParser = typeof import('../../html-parser.ts');

/** Collects everything a browser would load for a page. What stands in a `<template>` is not loaded. */
export function readPage({ readTags }: HtmlParser, html: string): PageReferences {
  const references: Reference[] = [];
  const styles: string[] = [];
  const brokenMaps: string[] = [];
  let base: string | undefined;
  let templates = 0;
  let inside: { readonly take: (text: string) => void; text: string } | undefined;
  const refer = (found: readonly Reference[]) => {
    // One more than are looked at says that there are too many.
    for (const one of found) if (references.length <= mostReferences) references.push(one);
  };
  const takeMap = (text: string) => {
    const map = readImportMap(text);
    refer(map.references);
    for (const found of map.broken) brokenMaps.push(found);
  };
  const close = () => {
    inside?.take(inside.text);
    inside = undefined;
  };
  readTags(html, {
    open(name, attributes) {
      if (name === 'template') templates++;
      if (templates > 0) return;
      if (name === 'base') base ??= attributes.href;
      if (name === 'style') inside = { take: (text) => styles.push(text), text: '' };
      if (isImportMap(name, attributes)) inside = { take: takeMap, text: '' };
      refer(named(name, attributes));
    },
    text(text) {
      if (inside !== undefined) inside.text += text;
    },
    close(name) {
      if (name === 'template') templates = Math.max(0, templates - 1);
      if (name === 'script' || name === 'style') close();
    },
  });
  // A page may break off in the middle of one.
  close();
  return { base, references: references.filter(({ url }) => url.trim() !== ''), styles, brokenMaps };
}

function isImportMap(name: string, { type = '', src }: Attributes): boolean {
  return name === 'script' && type.trim().toLowerCase() === 'importmap' && src === undefined;
}

/** What one element names. */
function named(element: string, attributes: Attributes): Reference[] {
  const one = (url: string | undefined, kind: AssetKind) => (url === undefined ? [] : [{ url, kind }]);
  const many = (srcset = '') => srcsetUrls(srcset).flatMap((url) => one(url, 'image'));
  switch (element) {
    case 'script':
      return isCode(attributes.type)
        ? one(attributes.src, 'script').map((found) => ({ ...found, ...integrityOf(attributes) }))
        : [];
    case 'link':
      return [...linked(attributes), ...(isPreload(attributes) ? many(attributes.imagesrcset) : [])];
    case 'img':
      return [...one(attributes.src, 'image'), ...many(attributes.srcset)];
    case 'source':
      return [...one(attributes.src, 'media'), ...many(attributes.srcset)];
    case 'audio':
      return one(attributes.src, 'media');
    case 'video':
      return [...one(attributes.src, 'media'), ...one(attributes.poster, 'image')];
    default:
      return [];
  }
}

/** A script of another type, such as a template or JSON-LD, is data that a browser does not load. */
function isCode(type = ''): boolean {
  return /^(|module|(text|application)\/(x-)?(javascript|ecmascript))$/.test(type.trim().toLowerCase());
}

function integrityOf({ integrity }: Attributes): Pick<Reference, 'integrity'> {
  return integrity === undefined ? {} : { integrity };
}

const relations: Readonly<Record<string, (attributes: Attributes) => AssetKind>> = {
  stylesheet: () => 'style',
  modulepreload: ({ as = 'script' }) => ownValue(preloaded, as.toLowerCase()) ?? 'script',
  preload: ({ as = '' }) => ownValue(preloaded, as.toLowerCase()) ?? 'any',
  icon: () => 'image',
  manifest: () => 'manifest',
};

const preloaded: Readonly<Record<string, AssetKind>> = {
  script: 'script',
  worker: 'script',
  style: 'style',
  image: 'image',
  font: 'font',
  audio: 'media',
  video: 'media',
  json: 'any',
};

function linked(attributes: Attributes): Reference[] {
  const { href } = attributes;
  if (href === undefined) return [];
  const relation = relationsOf(attributes).find((name) => Object.hasOwn(relations, name));
  const kind = relation === undefined ? undefined : relations[relation]?.(attributes);
  return kind === undefined ? [] : [{ url: href, kind, ...integrityOf(attributes) }];
}

function isPreload(attributes: Attributes): boolean {
  return relationsOf(attributes).includes('preload');
}

function relationsOf({ rel = '' }: Attributes): string[] {
  return rel.toLowerCase().split(/\s+/);
}
