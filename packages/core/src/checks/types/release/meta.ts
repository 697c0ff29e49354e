/** The `content` of the first `<meta name>` of a page; names in any case. */
export async function metaContent(html: string, name: string): Promise<string | undefined> {
  const { Parser } = await import('../../html-parser.ts');
  let content: string | undefined;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag !== 'meta' || attributes.name?.toLowerCase() !== name) return;
      content ??= attributes.content;
    },
  });
  parser.end(html);
  return content;
}
