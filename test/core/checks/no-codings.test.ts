import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

async function judged(coding: string | readonly string[], body: string | Buffer = 'Welcome') {
  const url = await serve((_, response) => {
    response.setHeader('content-encoding', coding);
    response.end(body);
  });
  const report = await check(page(url, '{ status: 200, body: Welcome }'));
  const attempt = report.results[0]?.attempts.at(-1);
  return [report.outcome, attempt?.summary.replace(/^.* → /, ''), attempt?.notes ?? []];
}

const noted = (name: string) => `content-encoding: ${name} names no coding, and was passed over`;

describe('a body is read as it came where its content-encoding names no coding', () => {
  it.each(['identity', ''])('as %j does, with nothing to say', async (coding) => {
    expect(await judged(coding)).toEqual(['pass', '200', []]);
  });

  it.each(['none', 'utf-8', 'UTF-8', 'iso-8859-1'])('as %s does, which is noted', async (coding) => {
    expect(await judged(coding)).toEqual(['pass', '200', [noted(coding.toLowerCase())]]);
  });

  it('and by the others that it names', async () => {
    const body = gzipSync('Welcome');
    expect(await judged('gzip, utf-8', body)).toEqual(['pass', '200', [noted('utf-8')]]);
    expect(await judged(['none', 'gzip'], body)).toEqual(['pass', '200', [noted('none')]]);
  });

  it.each(['compress', 'base64', 'aws-chunked', 'exi'])(
    'but one that nobody undoes fails: %s',
    async (coding) => {
      expect(await judged(coding)).toEqual([
        'fail',
        `the body is encoded as "${coding}", which is not known`,
        [],
      ]);
    },
  );
});
