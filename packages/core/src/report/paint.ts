/** What a piece of terminal text says by its colour. */
export type Style = 'good' | 'bad' | 'unsure' | 'dim' | 'bold';

/** Dresses text for a terminal; the plain one leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  good: [32, 39],
  bad: [31, 39],
  unsure: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export const coloured: Paint = (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
