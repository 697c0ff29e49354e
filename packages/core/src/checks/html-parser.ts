import { Tokenizer } from 'htmlparser2';

/** What is told of a page, in its order. Names of elements and attributes are in lower case. */
export interface TagHandler {
  /** Of an attribute given twice the first counts. */
  open?(name: string, attributes: Attributes): void;
  /** A part of a text, its entities read. */
  text?(part: string): void;
  close?(name: string): void;
}

export type Attributes = Readonly<Record<string, string>>;

/** Elements that end an SVG or MathML around them, as the HTML standard has it: those a page commonly goes on with. */
const breakingOut =
  /^(body|br|center|code|dd|div|dl|dt|em|head|h[1-6]|hr|img|li|menu|meta|ol|p|pre|small|span|strong|table|ul)$/;

/**
 * Reads the tags of a page one after another. Which of them are open is not kept: to close one of a million takes as
 * many steps, and a page of unclosed tags would take minutes.
 */
export function readTags(html: string, handler: TagHandler): void {
  const slice = (start: number, end: number) => html.slice(start, end);
  let name = '';
  let attributes: Record<string, string> = {};
  let attribute = '';
  let value = '';
  /** SVG and MathML that are open: a tag in them may close itself. */
  let foreign = 0;

  function open(): void {
    if (name === 'svg' || name === 'math') foreign++;
    else if (foreign > 0 && breakingOut.test(name)) foreign = 0;
    handler.open?.(foreign === 0 && name === 'image' ? 'img' : name, attributes);
  }

  function close(closed: string): void {
    if (closed === 'svg' || closed === 'math') foreign = Math.max(0, foreign - 1);
    handler.close?.(closed);
  }

  const tokenizer = new Tokenizer(
    {},
    {
      isInForeignContext: () => foreign > 0,
      onopentagname(start, end) {
        name = slice(start, end).toLowerCase();
        attributes = Object.create(null);
      },
      onattribname(start, end) {
        attribute = slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        value += slice(start, end);
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        attributes[attribute] ??= value;
      },
      onopentagend: open,
      onselfclosingtag() {
        const closesItself = foreign > 0 || name === 'svg' || name === 'math';
        open();
        if (closesItself) close(name);
      },
      onclosetag: (start, end) => close(slice(start, end).toLowerCase()),
      ontext: (start, end) => handler.text?.(slice(start, end)),
      ontextentity: (codePoint) => handler.text?.(String.fromCodePoint(codePoint)),
      oncdata: ignored,
      oncomment: ignored,
      ondeclaration: ignored,
      onprocessinginstruction: ignored,
      onend: ignored,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

function ignored(): void {}
