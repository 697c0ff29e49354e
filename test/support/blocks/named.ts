import { Lexer, type Token, TokenType } from '@actions/expressions/lexer';
import type { Leaf } from './yaml-text.ts';

/** What an expression names: `steps.build.outputs['image-ref']` is the context and three names. */
export interface Reference {
  readonly text: string;
  readonly names: readonly string[];
  readonly leaf: Leaf;
}

const contexts = ['steps', 'needs', 'inputs', 'github'];

/** Every name of a context in a text, by GitHub's own lexer; a context that stands alone names nothing. */
export function referencesOf(leaf: Leaf): readonly Reference[] {
  return expressionsOf(leaf).flatMap((expression) => {
    const tokens = tokensOf(expression);
    return tokens.flatMap((token, at) => {
      const begins = token.type === TokenType.IDENTIFIER && tokens[at - 1]?.type !== TokenType.DOT;
      if (!begins || !contexts.includes(token.lexeme)) return [];
      const reference = chainOf(tokens, at);
      return reference.names.length === 1 ? [] : [{ ...reference, leaf }];
    });
  });
}

function expressionsOf({ path, text }: Leaf): readonly string[] {
  const found = [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, one = '']) => one);
  return path.at(-1) === 'if' && found.length === 0 ? [text] : found;
}

/** What cannot be read names nothing: GitHub's parser says what is wrong with it. */
function tokensOf(expression: string): readonly Token[] {
  try {
    return new Lexer(expression.trim()).lex().tokens;
  } catch {
    return [];
  }
}

/** The names behind a context, up to one that only a run can tell: `[github.ref]`, `.*`. */
function chainOf(tokens: readonly Token[], first: number): Omit<Reference, 'leaf'> {
  const names = [tokens[first]?.lexeme ?? ''];
  let text = names.join('');
  for (let at = first + 1; ; ) {
    const [one, two, three] = tokens.slice(at, at + 3);
    if (one?.type === TokenType.DOT && two?.type === TokenType.IDENTIFIER) {
      names.push(two.lexeme);
      text += `.${two.lexeme}`;
      at += 2;
    } else if (
      one?.type === TokenType.LEFT_BRACKET &&
      two?.type === TokenType.STRING &&
      three?.type === TokenType.RIGHT_BRACKET
    ) {
      names.push(String(two.value));
      text += `['${String(two.value)}']`;
      at += 3;
    } else {
      return { text, names };
    }
  }
}
