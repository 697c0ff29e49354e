import { type Http, HttpError } from '../../packages/core/src/io/http.ts';
import type { Fly } from '../../packages/local-cloud/src/fly/index.ts';

/** The door to the network with the emulator of Fly right behind it: no sockets, every call kept by its route. */
export function flyHttp(fly: Fly): Http & { readonly calls: readonly string[] } {
  const calls: string[] = [];
  return {
    calls,
    async request({ method, url, headers = {}, body }) {
      const at = new URL(url);
      const sent = {
        method,
        url: at,
        host: at.host,
        headers,
        signal: new AbortController().signal,
        body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      };
      calls.push(fly.route(sent) ?? `unknown ${method} ${at.pathname}`);
      const answer = await fly.handle(sent);
      if (answer === undefined) throw new Error(`no route ${method} ${url}`);
      const text = JSON.stringify(answer.body ?? '');
      const seen = { method, url, status: answer.status, attempts: 1 };
      if (answer.status >= 500 || [408, 429].includes(answer.status)) {
        throw new HttpError({ ...seen, kind: 'status', reason: text, maybeEffective: false });
      }
      return { ...seen, headers: {}, text };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
}
