import { check, serve } from './loopback.ts';

export type File = {
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly status?: number;
  readonly headers?: object;
};
export type Site = Readonly<Record<string, File>>;

export const script = { type: 'text/javascript', body: 'run()' };
export const style = { type: 'text/css; charset=utf-8', body: 'p{}' };
export const image = { type: 'image/png', body: 'PNG' };

/** A site of files; what is missing answers the page itself, as the fallback of a single-page app does. */
export async function siteOf(files: Site, asked: string[] = []): Promise<string> {
  return serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { type, body = '', status = 200, headers = {} } = files[request.url ?? ''] ?? files['/'] ?? {};
    response.writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers });
    response.end(body);
  });
}

export function pageOf(body: string): File {
  return { type: 'text/html', body: `<!doctype html><html><head>${body}` };
}

/** The same, where what is missing is a 404. */
export async function strictSiteOf(files: Site, asked: string[] = []): Promise<string> {
  return serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { type, body = '', status = 200, headers = {} } = files[request.url ?? ''] ?? { status: 404 };
    response.writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers });
    response.end(body);
  });
}

/** Outcome and what was wrong with a page that holds `html`, on a site that has `files`. */
export async function judged(html: string, files: Site = {}, more = '') {
  const asked: string[] = [];
  const url = await siteOf({ '/': pageOf(html), ...files }, asked);
  const report = await check(`- name: page\n  assets: { url: "${url}/"${more} }`);
  const last = report.results[0]?.attempts.at(-1);
  const told = (text: string) => text.replaceAll(url, '');
  return {
    outcome: report.outcome,
    failures: last?.failures.map(({ read, expected, actual }) => told(`${read}: ${expected}: ${actual}`)),
    asked: asked.slice(1),
  };
}

export const good = { outcome: 'pass', failures: [] };
