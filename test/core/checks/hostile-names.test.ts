import { Parser } from 'htmlparser2';
import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptProgress } from '../../../packages/core/src/checks/run/options.ts';
import { checksAnnotations } from '../../../packages/core/src/report/checks-annotations.ts';
import { checksJson } from '../../../packages/core/src/report/checks-json.ts';
import { checksJunit } from '../../../packages/core/src/report/checks-junit.ts';
import { checksSummary } from '../../../packages/core/src/report/checks-summary.ts';
import { neutralise } from '../../../packages/core/src/text/neutralise.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** A failing check of that name, and all that was printed of it. */
async function named(name: string) {
  const url = await serve((_, response) => response.writeHead(500).end());
  const progress: AttemptProgress[] = [];
  const onProgress = (one: AttemptProgress) => progress.push(one);
  const text = JSON.stringify([{ name, http: url, expect: { status: 200 } }]);
  const report = await check(text, { onProgress });
  const lines = [...progress.map((one) => one.check), ...checksAnnotations(report).map((one) => one.message)];
  return { report, printed: lines.map(neutralise).join('\n').split('\n') };
}

describe('a check whose name holds', () => {
  it.each<[string, string, string]>([
    ['a workflow command', '::error::x', '::error::x'],
    ['an older workflow command', '##[group]x', '##[group]x'],
    ['percent signs', '100%0A%25', '100%0A%25'],
    ['a line break', 'one\n::set-output name=a::b', 'one ::set-output name=a::b'],
    ['markup', '<b>"x" & \'y\'</b> | `z`', '<b>"x" & \'y\'</b> | `z`'],
    ['control characters', 'a\u0000\u0007\u001b[31mb', 'a[31mb'],
    ['the end of a CDATA section', ']]>', ']]>'],
  ])('%s leaves log, XML, Markdown and JSON whole', async (_, name, inXml) => {
    const { report, printed } = await named(name);
    expect(printed.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
    expect(namesIn(checksJunit(report)).map((one) => one.replace(/\n/g, ' '))).toEqual([inXml]);
    expect(lineCount(checksSummary(report))).toBe(lineCount(checksSummary((await named('plain')).report)));
    expect(JSON.parse(checksJson(report)).checks[0].name).toBe(name);
  });
});

/** The names of the test cases, as a reader of XML finds them. */
function namesIn(xml: string): string[] {
  const names: string[] = [];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'testcase') names.push(attributes.name ?? '');
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return names;
}

function lineCount(text: string): number {
  return text.split('\n').length;
}
