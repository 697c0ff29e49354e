import type { Reference } from './reference.ts';
import { mostReferences } from './reference.ts';

const comment = /\/\*[\s\S]*?(?:\*\/|$)/g;
const importRule = /@import\s+(?:url\(\s*)?(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"')]+))/gi;
const fontFace = /@font-face\s*\{[^{}]*\}/gi;
/** An address without quotes holds no parenthesis, says CSS; and with one, text without an end would be searched again from each. */
const address = /url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))\s*\)/gi;

/** What a style sheet names: `@import` is a style sheet, `@font-face` a font, any other `url(…)` mostly an image. */
export function readStylesheet(css: string): Reference[] {
  const text = css.replace(comment, ' ');
  const references: Reference[] = [];
  const take = (part: string, pattern: RegExp, kind: Reference['kind']) => {
    for (const [, double, single, bare] of part.matchAll(pattern)) {
      if (references.length > mostReferences) return;
      const url = double ?? single ?? bare ?? '';
      // `url(#clip)` points into the document itself.
      if (url !== '' && !url.startsWith('#')) references.push({ url, kind });
    }
  };
  take(text, importRule, 'style');
  const withoutImports = text.replace(importRule, ' ');
  for (const [face] of withoutImports.matchAll(fontFace)) take(face, address, 'font');
  take(withoutImports.replace(fontFace, ' '), address, 'any');
  return references;
}
