/** Strings, names and numbers of a query; what begins in one is none of the others. */
const tokens =
  /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;

/**
 * A query with its number literals in a form that json-p3 takes: it refuses every one that begins with 0, such as
 * `0.5` (RFC 9535, section 2.3.5.1). What is no legal literal stays as it is, and is refused.
 */
export function withPlainNumbers(query: string): string {
  return query.replace(tokens, (token) => {
    if (/^0[.eE]/.test(token)) return rewritten(token);
    // It takes -01, and not 01: both are none.
    return /^-0\d/.test(token) ? token.slice(1) : token;
  });
}

/** `0.05e1` as `5e-1`; zero as a decimal, which may stand no more for an index than it might before. */
function rewritten(literal: string): string {
  const [, fraction = '', exponent = '0'] = /^0(?:\.(\d+))?(?:[eE](.+))?$/.exec(literal) ?? [];
  const digits = fraction.replace(/^0+/, '');
  return digits === '' ? '-0.0' : `${digits}e${Number(exponent) - fraction.length}`;
}
