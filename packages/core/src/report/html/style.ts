/** The page's whole look. Light and dark by the reader's own setting; one column on narrow screens. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--text:#1c2128;--muted:#57606a;--line:#d8dee4;
--good:#1a7f37;--bad:#cf222e;--unsure:#8a5d00;--skip:#6e7781;--accent:#0b63c5;
--dns:#8a79d6;--connect:#3f88d6;--tls:#1f9e94;--first:#d6921f;--download:#5b9e45;--rest:#9aa4af}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--panel:#171c23;--text:#e6edf3;--muted:#9da7b3;--line:#2d343d;
--good:#4ac26b;--bad:#ff7b72;--unsure:#e0b040;--skip:#8b949e;--accent:#6cb0ff;
--dns:#9d8ff0;--connect:#58a0ee;--tls:#37b8ad;--first:#e3a63c;--download:#74b85e;--rest:#6e7781}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1180px;margin:0 auto;padding:28px 24px 64px}
code{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
h1{font-size:17px;font-weight:600;margin:0;color:var(--muted)}
h2{font-size:15px;margin:32px 0 8px;font-weight:600}h2 span{color:var(--muted);font-weight:400}
header{border:1px solid var(--line);border-left:6px solid var(--tone);border-radius:8px;background:var(--panel);padding:20px 24px}
.verdict{font-size:34px;line-height:1.2;font-weight:700;color:var(--tone);margin:2px 0 6px}
header p{margin:4px 0}header .advice{color:var(--muted)}
.pass{--tone:var(--good)}.fail,.error{--tone:var(--bad)}.inconclusive{--tone:var(--unsure)}.skipped{--tone:var(--skip)}
dl{display:flex;flex-wrap:wrap;gap:10px 36px;margin:16px 0 0}dl div{min-width:0}
dt{font-size:12px;color:var(--muted)}dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.share{display:flex;height:6px;border-radius:3px;overflow:hidden;margin-top:18px;gap:2px}.share i{background:var(--tone);min-width:4px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:18px 0 0;padding:0;font-size:13px;color:var(--muted)}
.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
.p-dns{fill:var(--dns);background:var(--dns)}.p-connect{fill:var(--connect);background:var(--connect)}
.p-tls{fill:var(--tls);background:var(--tls)}.p-firstByte{fill:var(--first);background:var(--first)}
.p-download{fill:var(--download);background:var(--download)}.p-rest{fill:var(--rest);background:var(--rest)}
.checks{border:1px solid var(--line);border-radius:8px;overflow:hidden}
.check{border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 44px}.check:first-child{border-top:0}
summary{display:grid;grid-template-columns:20px minmax(150px,1.1fr) minmax(0,2fr) 92px 64px 70px;gap:0 14px;align-items:center;padding:10px 16px;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary:hover{background:var(--panel)}summary:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
details[open]>summary{background:var(--panel)}
.mark{color:var(--tone);font-weight:700;text-align:center}
.name b,code{unicode-bidi:isolate}
.name b{font-weight:600;overflow-wrap:anywhere;margin-right:8px}
.name small{display:inline-block;font-size:12px;color:var(--muted);border:1px solid var(--line);border-radius:10px;padding:0 7px;margin-right:4px;background:var(--bg)}
.answer{color:var(--muted);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
details[open] .answer{white-space:normal}
.tries,.time{color:var(--muted);text-align:right;font-variant-numeric:tabular-nums;font-size:13px}.time{color:var(--text)}
.spark{display:block;width:92px;height:24px}.spark polyline{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}.spark polygon{fill:var(--accent);opacity:.14}.spark circle{fill:var(--accent)}
.body{padding:6px 16px 18px 50px}.body p{margin:8px 0}.facts{color:var(--muted);font-size:13px}
.scroll{overflow-x:auto;margin:12px 0}
pre{margin:8px 0;padding:10px 12px;background:var(--panel);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
a{color:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;font-weight:600;font-size:13px;padding-bottom:4px}
th{font-weight:500;color:var(--muted);font-size:12px;text-align:left}
th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);vertical-align:top;font-variant-numeric:tabular-nums}
tbody tr:last-child td{border-bottom:0}
.attempts{min-width:640px}.attempts th:nth-child(1){width:36px}.attempts th:nth-child(2){width:84px}.attempts th:nth-child(3){width:104px}
.attempts th:nth-child(5){width:34%}.attempts th:nth-child(6){width:76px}.attempts th:last-child,.attempts td:last-child{text-align:right;padding-right:0}
.bar{display:block;width:100%;height:12px;margin-top:5px;background:var(--panel);border-radius:2px}
footer{margin-top:28px;color:var(--muted);font-size:13px}
@media (max-width:760px){main{padding:14px 12px 40px}header{padding:16px}.verdict{font-size:27px}
summary{grid-template-columns:20px minmax(0,1fr) auto;padding:10px 12px}.answer{grid-column:2/-1;grid-row:2}.trend,.tries{display:none}.time{grid-column:3;grid-row:1}
.body{padding:4px 12px 14px}.attempts{min-width:0}thead{position:absolute;clip-path:inset(50%)}
tr{display:block;padding:6px 0;border-bottom:1px solid var(--line)}tbody tr:last-child{border-bottom:0}
td,.attempts td:last-child{display:grid;grid-template-columns:84px minmax(0,1fr);padding:2px 0;border:0;text-align:left}
td:before{content:attr(data-head);color:var(--muted);font-size:12px}td:empty{display:none}}
@media print{.check{content-visibility:visible}.checks{overflow:visible}}
`;
