/** What GitHub's Markdown looks like, as far as our summaries use it; light or dark as the browser is told. */
export const stylesheet = `
:root { color-scheme: light dark; --page: #f6f8fa; --paper: #fff; --text: #1f2328; --muted: #59636e; --line: #d1d9e0;
  --link: #0969da; --code: #818b981f; --row: #f6f8fa; --kbd: #f6f8fa }
@media (prefers-color-scheme: dark) {
  :root { --page: #010409; --paper: #0d1117; --text: #f0f6fc; --muted: #9198a1; --line: #3d444d;
    --link: #4493f8; --code: #656c7633; --row: #151b23; --kbd: #151b23 }
}
* { box-sizing: border-box }
body { margin: 0; padding: 12px; background: var(--page); color: var(--text);
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif,
    "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji" }
main { padding: 24px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; overflow-wrap: break-word }
main > :first-child { margin-top: 0 }
main > :last-child { margin-bottom: 0 }
h1, h2, h3, h4 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25 }
h1 { font-size: 2em; padding-bottom: .3em; border-bottom: 1px solid var(--line) }
h2 { font-size: 1.5em; padding-bottom: .3em; border-bottom: 1px solid var(--line) }
h3 { font-size: 1.25em }
h4 { font-size: 1em }
p, ul, ol, table, pre, blockquote, details { margin: 0 0 16px }
ul, ol { padding-left: 2em }
li + li { margin-top: .25em }
a { color: var(--link); text-decoration: underline; text-underline-offset: .2rem }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-spacing: 0; border-collapse: collapse }
tr { background: var(--paper); border-top: 1px solid var(--line) }
tr:nth-child(2n) { background: var(--row) }
th, td { padding: 6px 13px; border: 1px solid var(--line); text-align: left; vertical-align: top }
th { font-weight: 600 }
code, pre { font: 85%/1.45 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace }
code { padding: .2em .4em; background: var(--code); border-radius: 6px; white-space: break-spaces }
pre { padding: 16px; background: var(--row); border-radius: 6px; overflow: auto }
pre code { padding: 0; background: none; font-size: 100%; white-space: pre }
blockquote { padding: 0 1em; color: var(--muted); border-left: .25em solid var(--line) }
hr { height: .25em; margin: 24px 0; border: 0; background: var(--line) }
summary { cursor: pointer }
`;
