/** The `content` of the first `<meta name>` of a page; names in any case. */
export async function metaContent(html: string, name: string): Promise<string | undefined> {
  const { readTags } = await import('../../html-parser.ts');
  let content: string | undefined;
  readTags(html, {
    open(tag, attributes) {
      if (tag !== 'meta' || attributes.name?.toLowerCase() !== name) return;
      content ??= attributes.content;
    },
  });
  return content;
}
