/** How the world writes a text into another: each a way in which a secret may come back. */
export const spellings = {
  'plain text': (text: string) => text,
  JSON: (text: string) => JSON.stringify(text).slice(1, -1),
  'JSON of PHP': (text: string) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'JSON of Go': (text: string) => escaped(JSON.stringify(text).slice(1, -1), /[&<>]/g, goEscape),
  'JSON in ASCII': (text: string) => escaped(JSON.stringify(text).slice(1, -1), /[^ -~]/g, goEscape),
  'HTML, named': (text: string) => escaped(text, /[&<>"']/g, (character) => named[character] ?? character),
  'HTML, named to the last': (text: string) =>
    escaped(text, /[&<>"'/=+]/g, (character) => named[character] ?? character),
  'HTML, decimal': (text: string) => escaped(text, /[^\w ]/gu, (one) => `&#${one.codePointAt(0)};`),
  'HTML, hexadecimal': (text: string) => escaped(text, /[^\w ]/gu, (one) => `&#x${hex(one)};`),
  'HTML, hexadecimal in capitals': (text: string) =>
    escaped(text, /[^\w ]/gu, (one) => `&#X${hex(one).toUpperCase()};`),
  'an address': (text: string) => encodeURIComponent(text.toWellFormed()),
  'an address, percent in lower case': (text: string) =>
    lowerPercent(encodeURIComponent(text.toWellFormed())),
  'an address, only what must be': (text: string) => encodeURI(text.toWellFormed()),
  'a form': (text: string) => new URLSearchParams([['', text]]).toString().slice(1),
  'a word of a shell': (text: string) => `'${text.replaceAll("'", "'\\''")}'`,
  'a word of a shell, other quotes': (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`,
  'a word of a shell, backslashes': (text: string) => text.replace(/[^\w]/gu, '\\$&'),
  base64: (text: string) => Buffer.from(text).toString('base64'),
  'base64 without padding': (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  base64url: (text: string) => Buffer.from(text).toString('base64url'),
  'base64 in an address': (text: string) => encodeURIComponent(Buffer.from(text).toString('base64')),
  hexadecimal: (text: string) => Buffer.from(text).toString('hex'),
  'hexadecimal in capitals': (text: string) => Buffer.from(text).toString('hex').toUpperCase(),
} as const satisfies Readonly<Record<string, (text: string) => string>>;

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '/': '&sol;',
  '=': '&equals;',
  '+': '&plus;',
};

const escaped = (text: string, what: RegExp, how: (character: string) => string) => text.replace(what, how);
const goEscape = (character: string) => `\\u${hex(character).padStart(4, '0')}`;
const hex = (character: string) => (character.codePointAt(0) ?? 0).toString(16);
const lowerPercent = (text: string) => text.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
