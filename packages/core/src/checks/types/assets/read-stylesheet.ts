import type { CSSToken } from '@csstools/css-tokenizer';
import { TokenType, tokenizer } from '@csstools/css-tokenizer';
import type { Reference } from './reference.ts';
import { mostReferences } from './reference.ts';

/**
 * What a style sheet names: `@import` is a style sheet, `@font-face` a font, any other `url(…)` and what `image-set`
 * lists a picture. Comments and all other strings name nothing.
 */
export function readStylesheet(css: string): Reference[] {
  return new SheetReader('sheet').read(css);
}

/** The same of an attribute `style`. */
export function readDeclarations(css: string): Reference[] {
  return new SheetReader('declarations').read(css);
}

/** A bracket, function or block that is open. */
interface Open {
  readonly end: TokenType;
  /** The function, or the rule whose block it is; '' where it is neither. */
  readonly name: string;
}

/** Deeper than any style sheet that is one. */
const mostLevels = 1000;

/** Rules after which `@import` does not count any more; one that nobody knows is passed over by browsers. */
const known =
  /^(?:-\w+-)?(?:media|supports|container|font-[\w-]+|keyframes|page|property|counter-style|namespace|scope|starting-style|position-try|view-transition|document)$/;

class SheetReader {
  readonly #found: Reference[] = [];
  readonly #open: Open[] = [];
  /** The rule that has begun, until its block or its end: `import`. */
  #rule = '';
  #mayImport: boolean;

  constructor(as: 'sheet' | 'declarations') {
    this.#mayImport = as === 'sheet';
  }

  read(css: string): Reference[] {
    const { nextToken } = tokenizer({ css });
    for (let token = nextToken(); token[0] !== TokenType.EOF; token = nextToken()) {
      this.#take(token);
      // One more than are looked at says that there are too many.
      if (this.#found.length > mostReferences || this.#open.length > mostLevels) break;
    }
    return this.#found;
  }

  #take(token: CSSToken): void {
    switch (token[0]) {
      case TokenType.Whitespace:
      case TokenType.Comment:
      case TokenType.CDO:
      case TokenType.CDC:
        return;
      case TokenType.AtKeyword:
        this.#begin(token[4].value.toLowerCase());
        return;
      case TokenType.Semicolon:
        if (!this.#isInBrackets) this.#rule = '';
        return;
      case TokenType.URL:
        this.#name(token[4].value);
        return;
      case TokenType.String:
        this.#string(token[4].value);
        return;
      default:
        this.#other(token);
    }
  }

  #other(token: CSSToken): void {
    const isTop = this.#open.length === 0;
    // A rule for elements has begun.
    if (isTop && this.#rule === '') this.#mayImport = false;
    switch (token[0]) {
      case TokenType.OpenCurly:
        if (isTop && this.#rule === 'layer') this.#mayImport = false;
        this.#open.push({ end: TokenType.CloseCurly, name: this.#rule });
        this.#rule = '';
        return;
      case TokenType.Function:
        this.#open.push({ end: TokenType.CloseParen, name: token[4].value.toLowerCase() });
        return;
      case TokenType.OpenParen:
        this.#open.push({ end: TokenType.CloseParen, name: '' });
        return;
      case TokenType.OpenSquare:
        this.#open.push({ end: TokenType.CloseSquare, name: '' });
        return;
      case TokenType.CloseCurly:
      case TokenType.CloseParen:
      case TokenType.CloseSquare:
        this.#close(token[0]);
    }
  }

  /** What closes something else than is open closes nothing. */
  #close(end: TokenType): void {
    if (this.#open.at(-1)?.end !== end) return;
    this.#open.pop();
    if (end === TokenType.CloseCurly) this.#rule = '';
  }

  get #isInBrackets(): boolean {
    const end = this.#open.at(-1)?.end;
    return end === TokenType.CloseParen || end === TokenType.CloseSquare;
  }

  #begin(rule: string): void {
    if (this.#isInBrackets) return;
    this.#rule = rule;
    if (known.test(rule) && this.#open.length === 0) this.#mayImport = false;
  }

  #string(value: string): void {
    const name = this.#open.at(-1)?.name ?? '';
    const isAddress = name === 'url' || name === 'src' || /^(?:-webkit-)?image-set$/.test(name);
    // In `@import` a string stands for an address; later ones are conditions.
    if (isAddress || (this.#rule === 'import' && this.#open.length === 0)) this.#name(value);
  }

  #name(url: string): void {
    if (this.#rule === 'import') {
      const counts = this.#mayImport;
      this.#rule = 'imported';
      if (counts) this.#refer(url, 'style');
    } else if (this.#rule === '') {
      this.#refer(url, this.#open.some(({ name }) => name === 'font-face') ? 'font' : 'picture');
    }
  }

  /** `#clip` points into the document itself. */
  #refer(url: string, kind: Reference['kind']): void {
    if (url !== '' && !url.startsWith('#')) this.#found.push({ url, kind });
  }
}
