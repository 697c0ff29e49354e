import { marked } from 'marked';
import { stylesheet } from './stylesheet.ts';

/**
 * A step's summary as GitHub shows it on the page of a run: its Markdown as HTML, folded where it is folded. A Mermaid
 * block stays a block of code, which is folded in every summary of ours.
 */
export function summaryPage(markdown: string): string {
  const body = marked.parse(markdown, { async: false, gfm: true });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>${stylesheet}</style>
</head>
<body>
<main>
${body.trim()}
</main>
</body>
</html>
`;
}
