import { mostReferences } from './reference.ts';

/** The addresses of a `srcset`, by the standard's rules: an address may hold commas, and its descriptors may too, in parentheses. */
export function srcsetUrls(text: string): string[] {
  const urls: string[] = [];
  const gap = /[\s,]*/y;
  const word = /\S+/y;
  for (let at = 0; urls.length <= mostReferences; ) {
    gap.lastIndex = at;
    gap.exec(text);
    word.lastIndex = gap.lastIndex;
    const found = word.exec(text)?.[0];
    if (found === undefined) return urls;
    at = word.lastIndex;
    const url = found.slice(0, addressLength(found));
    urls.push(url);
    if (url === found) at = descriptorsEnd(text, at);
  }
  return urls;
}

/** Without the commas at its end. */
function addressLength(word: string): number {
  let end = word.length;
  while (word[end - 1] === ',') end--;
  return end;
}

function descriptorsEnd(text: string, from: number): number {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (character === '(') depth++;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) return index + 1;
  }
  return text.length;
}
