import { errorMessage } from '../../outcome/failure.ts';
import { defined } from '../../text/defined.ts';
import { shownUrl } from '../exchange/exchange.ts';
import { isGatewayStatus } from '../exchange/exchange-error.ts';
import type { Fetched } from './assets/fetch.ts';
import { fetchedWithoutQuery, fetchOnce, mimeType, textOfFile } from './assets/fetch.ts';
import { assetSources, readAssetSource } from './assets/sources.ts';
import type { AssetsSpec } from './assets/spec.ts';
import { originOf, readAssets } from './assets/spec.ts';
import type { Visit } from './assets/tour.ts';
import { visitAssets } from './assets/visit.ts';
import { BindProblem } from './bind-problem.ts';
import type { AttemptContext, CheckType, Finding, Observation, Probe, Scope } from './check-type.ts';
import { inBetween } from './deployment-protection.ts';
import { bindRequest } from './http-bind.ts';
import { getRequest } from './http-request.ts';
import type { PastCaches } from './past-caches.ts';
import { asCached, CachePasser } from './past-caches.ts';

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
  const passer = new CachePasser();
  return {
    url: shownUrl(url, redactQuery),
    host: url.hostname,
    repeatable: true,
    async attempt(context): Promise<Observation> {
      const asked = await passer.ask(
        visit.page,
        context,
        (one, within) => fetchOnce(one, visit.rules, within),
        fetchedWithoutQuery,
      );
      const { answer: page } = asked;
      return page.kind === 'unanswered'
        ? page
        : judged(page, visit, context)
            .catch(unreadable(page.phases, visit, context))
            .then((observation) => toldOfCaches(observation, asked));
    },
  };
}

/** A page of a release before names what that one had: what is missing of it now says nothing. */
function toldOfCaches(
  observation: Observation,
  { kept, undecided, notes }: PastCaches<Fetched>,
): Observation {
  if (observation.kind === 'unanswered') return observation;
  const { findings = [], notes: own = [] } = observation;
  return {
    ...observation,
    notes: [...notes, ...own],
    ...(kept === undefined ? {} : { kept, findings: asCached(findings, kept) }),
    ...(undecided === undefined ? {} : { findings: [undecided] }),
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
    ...defined({ retryAfterMs }),
  } as const;
  const before = inBetween({ ...page, text: () => textOfFile(page) }, visit.page, context);
  const unusable = before.challenge ?? before.interception ?? pageFinding(page, visit.page.redactQuery);
  if (unusable !== undefined)
    return { ...common, summary: said, findings: [unusable], read: () => ({ kind: 'missing' }) };
  const seen = await visitAssets(page, visit, context);
  const { fetched, findings, warnings, lacking, notes, durationMs } = seen;
  const bytes = fetched.reduce((sum, { size }) => sum + size, 0);
  return {
    ...common,
    phases: { ...phases, total: Math.round(durationMs) },
    summary: `${said}, ${fetched.length} ${fetched.length === 1 ? 'asset' : 'assets'}, ${bytes} bytes`,
    findings,
    warnings,
    lacking,
    notes,
    read: (source) => readAssetSource(source, seen),
  };
}

/** A page that is no page has no assets to look at. */
function pageFinding(
  { url, status, headers }: Fetched,
  redactQuery?: readonly string[],
): Finding | undefined {
  const object = (failureClass: Finding['failureClass'], expected: string, actual: string): Finding => ({
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
