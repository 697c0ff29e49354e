import { parsePattern } from '../judge/patterns.ts';

/** Whether a pattern is found in every text, as far as that can be told without looking at all of them. */
export function isEverywhere(written: string): boolean {
  const pattern = parsePattern(written);
  if (pattern.kind === 'invalid' || written.includes('${')) return false;
  const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  if (!expression.test('')) return false;
  const { hasWord, looksBack, looksAhead, looks } = needsOf(pattern.source);
  if (hasWord) return false;
  // What needs nothing before it is found at the end of a text as it is in an empty one, and the other way round.
  if (!looksBack || !looksAhead) return true;
  return (
    !looks &&
    !/[{\d]/.test(bareOf(pattern.source)) &&
    probesOf(pattern.source).every((text) => expression.test(text))
  );
}

/** Whether a pattern is found in no text: a part that is never found is not one of several, and may not be left out. */
export function isNowhere(written: string): boolean {
  const pattern = parsePattern(written);
  if (pattern.kind === 'invalid' || written.includes('${')) return false;
  const plain = pattern.source.replace(/\\./gs, 'a');
  return /\(\?!\)|\[\]/.test(plain) && !/[|?*{]/.test(plain.replaceAll('(?!)', ''));
}

/** A pattern without escapes and sets, whose signs stand for themselves. `^` stands for a word boundary's place. */
function bareOf(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]])*\]/gs, '');
}

function needsOf(source: string) {
  const bare = bareOf(source).replace(/\(\?<?=\)/g, '');
  return {
    hasWord: /(?<!\\)(?:\\\\)*\\[bB]/.test(source.replace(/\[(?:\\.|[^\]])*\]/gs, '')),
    looksBack: /\^|\(\?<[=!]/.test(bare),
    looksAhead: /\$|\(\?[=!]/.test(bare),
    looks: /\(\?<?[=!]/.test(bare),
  };
}

/** Texts of which a pattern that wants something lacks one. */
function probesOf(source: string): readonly string[] {
  const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  const named = [...source.matchAll(/\\(?:u\{?|x)([\da-f]{2,6})\}?/gi)].map(([, code]) =>
    String.fromCodePoint(Math.min(Number.parseInt(code ?? '0', 16), 0x10ffff)),
  );
  const lines = ['a\nb', '\r\n\r\n', 'aa', 'Ab1', '\u2028', '€', '😀'];
  return [...characters, ...named, ...source, ...lines];
}
