import { errorMessage } from '../../failure.ts';
import { shownUrl } from '../exchange/exchange.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import type { Fetched } from './assets/fetch.ts';
import { fetchOnce, mimeType } from './assets/fetch.ts';
import { assetSources, readAssetSource } from './assets/sources.ts';
import type { AssetsSpec } from './assets/spec.ts';
import { originOf, readAssets } from './assets/spec.ts';
import type { Visit } from './assets/visit.ts';
import { visitAssets } from './assets/visit.ts';
import type { AttemptContext, CheckType, Objection, Observation, Probe, Scope } from './check-type.ts';
import { BindProblem } from './check-type.ts';
import { wallOf } from './deployment-protection.ts';
import { bindRequest } from './http-bind.ts';
import { getRequest } from './http-request.ts';

/** A page loads, and so does everything of its own that it stands on, each as what it is. */
export const assetsCheck: CheckType = {
  name: 'assets',
  sources: assetSources,
  assertsItself: true,
  read(at, defaults) {
    const spec = readAssets(at, defaults);
    return spec && { queries: [], bind: (scope) => probeOf(bind(spec, scope)) };
  },
};

function bind(spec: AssetsSpec, scope: Scope): Visit {
  const { css, head, limit, follow, maxBodyBytes, redactQuery } = spec;
  const rules = { ...getRequest(spec.url, follow), maxBodyBytes, redactQuery };
  const origins = spec.origins.map((written) => {
    const filled = scope.fill(written);
    const origin = originOf(filled);
    if (origin === undefined)
      throw new BindProblem(`${JSON.stringify(filled)} is not an origin such as https://cdn.example.com.`);
    return origin;
  });
  return { page: bindRequest(rules, scope), rules, origins, limit, css, head };
}

function probeOf(visit: Visit): Probe {
  const { url, redactQuery } = visit.page;
  return {
    url: shownUrl(url, redactQuery),
    host: url.hostname,
    repeatable: true,
    async attempt(context): Promise<Observation> {
      const page = await fetchOnce(visit.page, visit.rules, context);
      return page.kind === 'unanswered'
        ? page
        : judged(page, visit, context).catch(unreadable(page.phases, visit, context));
    },
  };
}

/** Whatever a page makes of those who read it is its own failure. */
function unreadable(
  phases: Fetched['phases'],
  { page: { url, redactQuery } }: Visit,
  { signal }: AttemptContext,
): (error: unknown) => Observation {
  return (error) => {
    signal.throwIfAborted();
    const why = errorMessage(error);
    const summary = `GET ${shownUrl(url, redactQuery)} → the page cannot be read: ${why}`;
    return { kind: 'unanswered', failureClass: 'assertion', summary, phases };
  };
}

async function judged(page: Fetched, visit: Visit, context: AttemptContext): Promise<Observation> {
  const said = `GET ${shownUrl(visit.page.url, visit.page.redactQuery)} → ${page.status}`;
  const { status, phases, retryAfterMs } = page;
  const common = {
    kind: 'answered',
    status,
    phases,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  } as const;
  const { wall } = wallOf({ ...page, text: () => page.body.toString() }, visit.page);
  const unusable = wall ?? pageObjection(page, visit.page.redactQuery);
  if (unusable !== undefined)
    return { ...common, summary: said, objections: [unusable], read: () => ({ kind: 'missing' }) };
  const seen = await visitAssets(page, visit, context);
  const { fetched, objections, notes, durationMs } = seen;
  const bytes = fetched.reduce((sum, { size }) => sum + size, 0);
  return {
    ...common,
    phases: { ...phases, total: Math.round(durationMs) },
    summary: `${said}, ${fetched.length} ${fetched.length === 1 ? 'asset' : 'assets'}, ${bytes} bytes`,
    objections,
    notes,
    read: (source) => readAssetSource(source, seen),
  };
}

/** A page that is no page has no assets to look at. */
function pageObjection(
  { url, status, headers }: Fetched,
  redactQuery?: readonly string[],
): Objection | undefined {
  const object = (failureClass: Objection['failureClass'], expected: string, actual: string): Objection => ({
    failureClass,
    failure: { read: `page ${shownUrl(url, redactQuery)}`, expected, actual },
    endsAs: 'fail',
  });
  if (status < 200 || status > 299)
    return object(isGatewayStatus(status) ? 'gateway' : 'assertion', 'status 200-299', `status ${status}`);
  const type = mimeType(headers);
  if (type === 'text/html' || type === 'application/xhtml+xml') return undefined;
  return object('assertion', 'an HTML page', type === '' ? 'no content-type' : type);
}
