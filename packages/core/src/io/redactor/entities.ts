/** The named references of HTML for ASCII, by their code: what a page may write instead of the character itself. */
const names: Readonly<Record<number, string>> = {
  9: 'Tab',
  10: 'NewLine',
  33: 'excl',
  34: 'quot QUOT',
  35: 'num',
  36: 'dollar',
  37: 'percnt',
  38: 'amp AMP',
  39: 'apos',
  40: 'lpar',
  41: 'rpar',
  42: 'ast midast',
  43: 'plus',
  44: 'comma',
  46: 'period',
  47: 'sol',
  58: 'colon',
  59: 'semi',
  60: 'lt LT',
  61: 'equals',
  62: 'gt GT',
  63: 'quest',
  64: 'commat',
  91: 'lsqb lbrack',
  92: 'bsol',
  93: 'rsqb rbrack',
  94: 'Hat',
  95: 'lowbar UnderBar',
  96: 'grave DiacriticalGrave',
  123: 'lcub lbrace',
  124: 'verbar vert VerticalLine',
  125: 'rcub rbrace',
  160: 'nbsp NonBreakingSpace',
};

const codes = new Map(
  Object.entries(names).flatMap(([code, all]) => all.split(' ').map((name) => [name, Number(code)] as const)),
);

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,24}));?/y;

/** A character reference at `at`: its code point, and how many characters it takes. */
export function characterReference(
  text: string,
  at: number,
): { readonly code: number; readonly length: number } | undefined {
  reference.lastIndex = at;
  const found = reference.exec(text);
  if (found === null) return undefined;
  const [whole, decimal, hex, name] = found;
  const code = name === undefined ? Number.parseInt(decimal ?? hex ?? '', hex ? 16 : 10) : codes.get(name);
  return code === undefined || code > 0x10ffff ? undefined : { code, length: whole.length };
}
