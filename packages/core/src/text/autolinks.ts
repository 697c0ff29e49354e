/**
 * What GitHub makes a link or a mention of in plain text: addresses, `www.`, mail, `@name`, `#123`, `GH-123` and commits.
 * Escapes do not keep it from that: it looks through the text of the finished page. It never looks into code.
 * Sources: GitHub Flavored Markdown 0.29, "Autolinks (extension)"; GitHub Docs, "Autolinked references and URLs".
 */
const becomesLink =
  /:\/\/|www\.|(?:mailto|xmpp):|@[a-z0-9]|#\d|(?<![a-z0-9])gh-\d|(?<![a-z0-9])[0-9a-f]{7,40}(?![a-z0-9])/i;

/** A word with the punctuation that a sentence puts around it. */
const punctuated = /^([("'“‘«[{]*)(.*?)([)"'”’»\]}.,;:!?]*)$/;

export interface Writing {
  readonly plain: (text: string) => string;
  /** What is to show exactly the text, and to be looked into by nobody. */
  readonly code: (text: string) => string;
}

/** One line with every word that GitHub would link or notify somebody by written as code, and all else as plain text. */
export function withoutAutolinks(line: string, { plain, code }: Writing): string {
  if (!becomesLink.test(line)) return plain(line);
  return line
    .split(' ')
    .map((word) => {
      if (!becomesLink.test(word)) return plain(word);
      const [, before = '', name = word, after = ''] = punctuated.exec(word) ?? [];
      return `${plain(before)}${code(name)}${plain(after)}`;
    })
    .join(' ');
}
