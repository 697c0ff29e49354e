/** The addresses of a `srcset`, by the standard's rules: an address may hold commas, and its descriptors may too, in parentheses. */
export function srcsetUrls(text: string): string[] {
  const urls: string[] = [];
  let rest = text;
  while (true) {
    rest = rest.replace(/^[\s,]+/, '');
    const word = /^\S+/.exec(rest)?.[0];
    if (word === undefined) return urls;
    rest = rest.slice(word.length);
    const url = word.slice(0, addressLength(word));
    urls.push(url);
    if (url === word) rest = rest.slice(descriptorsLength(rest));
  }
}

/** Without the commas at its end. */
function addressLength(word: string): number {
  let end = word.length;
  while (word[end - 1] === ',') end--;
  return end;
}

function descriptorsLength(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '(') depth++;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) return index + 1;
  }
  return text.length;
}
