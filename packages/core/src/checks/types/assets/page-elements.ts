import { ownValue } from '../../../text/own-value.ts';
import type { Attributes } from '../../html-parser.ts';
import type { AssetKind, Reference } from './reference.ts';
import { srcsetUrls } from './srcset.ts';

/** What one element of a page loads, by its name and attributes. */
export function namedBy(element: string, attributes: Attributes): readonly Reference[] {
  return ownValue(elements, element)?.(attributes) ?? [];
}

const elements: Readonly<Record<string, (attributes: Attributes) => readonly Reference[]>> = {
  script: scripted,
  link: linked,
  img: ({ src, srcset }) => [...one(src, 'image'), ...many(srcset)],
  source: ({ src, srcset }) => [...one(src, 'media'), ...many(srcset)],
  audio: ({ src }) => one(src, 'media'),
  video: ({ src, poster }) => [...one(src, 'media'), ...one(poster, 'image')],
  track: ({ src }) => one(src, 'track'),
  // With `srcdoc` the address is not asked for.
  iframe: ({ src, srcdoc }) => (srcdoc === undefined ? one(src, 'frame') : []),
  object: ({ data, type }) => one(data, embedded(type)),
  embed: ({ src, type }) => one(src, embedded(type)),
  input: ({ src, type = '' }) => (type.trim().toLowerCase() === 'image' ? one(src, 'image') : []),
  // Of SVG: the tag `image` elsewhere is an `img`.
  image: pictured,
  feimage: pictured,
  use: pictured,
};

function one(url: string | undefined, kind: AssetKind): readonly Reference[] {
  return url === undefined ? [] : [{ url, kind }];
}

function many(srcset = ''): readonly Reference[] {
  return srcsetUrls(srcset).flatMap((url) => one(url, 'image'));
}

function embedded(type = ''): AssetKind {
  return /^\s*image\//i.test(type) ? 'image' : 'frame';
}

/** An address that begins with `#` is a part of the page itself. */
function pictured(attributes: Attributes): readonly Reference[] {
  const url = attributes.href ?? attributes['xlink:href'];
  return url?.trim().startsWith('#') ? [] : one(url, 'image');
}

function scripted(attributes: Attributes): readonly Reference[] {
  if (!isCode(attributes.type)) return [];
  const module = isModule(attributes.type) ? ({ isModule: true } as const) : {};
  return one(attributes.src, 'script').map((found) => ({
    ...found,
    ...integrityOf(attributes),
    ...module,
  }));
}

/** A script of another type, such as a template or JSON-LD, is data that a browser does not load. */
function isCode(type = ''): boolean {
  return /^(|module|(text|application)\/(x-)?(javascript|ecmascript))$/.test(type.trim().toLowerCase());
}

export function isModule(type = ''): boolean {
  return type.trim().toLowerCase() === 'module';
}

function integrityOf({ integrity }: Attributes): Pick<Reference, 'integrity'> {
  return integrity === undefined ? {} : { integrity };
}

const relations: Readonly<Record<string, (attributes: Attributes) => AssetKind>> = {
  stylesheet: () => 'style',
  modulepreload: ({ as = 'script' }) => ownValue(preloaded, as.toLowerCase()) ?? 'script',
  preload: ({ as = '' }) => ownValue(preloaded, as.toLowerCase()) ?? 'any',
  icon: () => 'image',
  'apple-touch-icon': () => 'image',
  'apple-touch-icon-precomposed': () => 'image',
  'apple-touch-startup-image': () => 'image',
  'mask-icon': () => 'image',
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
  track: 'track',
  json: 'any',
};

function linked(attributes: Attributes): readonly Reference[] {
  const { href, imagesrcset } = attributes;
  const named = relationsOf(attributes);
  if (named.includes('stylesheet') && isDisabled(attributes, named)) return [];
  const images = named.includes('preload') ? many(imagesrcset) : [];
  const relation = named.find((name) => Object.hasOwn(relations, name));
  const kind = relation === undefined ? undefined : relations[relation]?.(attributes);
  if (href === undefined || kind === undefined) return images;
  const isScript = relation === 'modulepreload' && kind === 'script';
  return [
    { url: href, kind, ...integrityOf(attributes), ...(isScript ? { isModule: true } : {}) },
    ...images,
  ];
}

/** A sheet that is switched off, or that a reader would have to choose first. */
function isDisabled({ disabled, title = '' }: Attributes, named: readonly string[]): boolean {
  return disabled !== undefined || (named.includes('alternate') && title !== '');
}

function relationsOf({ rel = '' }: Attributes): string[] {
  return rel.toLowerCase().split(/\s+/);
}
