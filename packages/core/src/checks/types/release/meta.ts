/**
 * The `content` of every `<meta name>` of a page, in order, empty where one has none; names in any case. What a
 * `<template>` holds is no part of the page.
 */
export async function metaContents(html: string, name: string): Promise<readonly string[]> {
  const { readTags } = await import('../../html-parser.ts');
  const contents: string[] = [];
  let templates = 0;
  readTags(html, {
    open(tag, attributes) {
      if (tag === 'template') templates++;
      if (tag !== 'meta' || templates > 0 || attributes.name?.toLowerCase() !== name) return;
      contents.push(attributes.content ?? '');
    },
    close(tag) {
      if (tag === 'template') templates = Math.max(0, templates - 1);
    },
  });
  return contents;
}
