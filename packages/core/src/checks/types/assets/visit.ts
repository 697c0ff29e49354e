import type { ExchangeRequest } from '../../exchange/exchange.ts';
import { headerOf, shownUrl } from '../../exchange/exchange.ts';
import type { FollowRules } from '../../exchange/redirects.ts';
import { limiter } from '../../run/limit.ts';
import type { AttemptContext, Objection, Unanswered } from '../check-type.ts';
import type { Asset } from './asset-list.ts';
import { AssetList } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { fetchOnce } from './fetch.ts';
import { assetProblems } from './judge-asset.ts';
import type { HtmlParser } from './read-page.ts';
import { readPage } from './read-page.ts';
import { readStylesheet } from './read-stylesheet.ts';
import { mostNamed, mostReferences } from './reference.ts';

/** What is asked, and how far a visit goes. */
export interface Visit {
  readonly page: ExchangeRequest;
  readonly rules: FollowRules;
  readonly origins: readonly string[];
  readonly limit: number;
  readonly css: boolean;
  readonly head: boolean;
}

/** One asset that came. */
export interface Received {
  readonly asset: Asset;
  /** Decoded bytes, or what `content-length` says where only headers were asked for. */
  readonly size: number;
  readonly cacheControl: string | undefined;
}

/** What a visit found. */
export interface Seen {
  readonly fetched: readonly Received[];
  readonly objections: readonly Objection[];
  readonly notes: readonly string[];
  /** Milliseconds, not rounded. */
  readonly durationMs: number;
}

/** Connections to one site at once, as a browser has. */
const connections = 6;

interface Tour extends Visit {
  readonly context: AttemptContext;
  readonly list: AssetList;
  readonly received: Received[];
  readonly objections: Objection[];
  /** On the monotonic clock. */
  readonly deadline: number;
  /** Of those that are kept to be read. */
  sheetBytes: number;
}

/** They are held until all are there. */
const mostSheetBytes = 32 * 1024 * 1024;

/** Loads what `page` stands on, each address once, and judges it. Rejects only when the run is aborted. */
export async function visitAssets(page: Fetched, visit: Visit, context: AttemptContext): Promise<Seen> {
  const started = context.clock.monotonic() - page.phases.total;
  const origins = new Set([page.url.origin, ...visit.origins]);
  const list = new AssetList({ origins, limit: visit.limit, secure: page.url.protocol === 'https:' });
  const deadline = started + context.timeoutMs;
  const tour: Tour = { ...visit, context, list, received: [], objections: [], deadline, sheetBytes: 0 };
  await context.judging(() => readReferences(page, tour));
  const sheets = await fetchAll(list.take(), tour);
  await context.judging(async () => {
    for (const { url, body } of sheets) list.add(readStylesheet(body.toString()), url.href);
  });
  await fetchAll(list.take(), tour);
  objectToList(page, tour);
  return {
    fetched: tour.received,
    objections: tour.objections.sort(byWeight),
    notes: notesOf(tour, page.url),
    durationMs: context.clock.monotonic() - started,
  };
}

async function readReferences({ url, body }: Fetched, { list, css, objections }: Tour): Promise<void> {
  const library: HtmlParser = await import('../../html-parser.ts');
  const { base, references, styles, brokenMaps } = readPage(library, body.toString());
  const from = (base === undefined ? undefined : URL.parse(base, url.href)?.href) ?? url.href;
  list.add(references, from);
  if (css) for (const style of styles) list.add(readStylesheet(style), from);
  for (const actual of brokenMaps)
    object(objections, 'import map', { expected: 'modules by address', actual });
}

/** Fetches and judges; answers the style sheets whose own references are wanted. */
async function fetchAll(assets: readonly Asset[], tour: Tour): Promise<Fetched[]> {
  const limit = limiter(connections);
  const late: string[] = [];
  const answers = await Promise.all(
    assets.map((asset) =>
      limit(async () => {
        const timeoutMs = tour.deadline - tour.context.clock.monotonic();
        if (timeoutMs > 0) return fetchAsset(asset, timeoutMs, tour);
        late.push(shownUrl(asset.url, tour.page.redactQuery));
        return undefined;
      }),
    ),
  );
  if (late.length > 0) {
    const expected = `all within ${Math.round(tour.context.timeoutMs)} ms`;
    const actual = `no time was left for ${late.length}, the first ${late[0]}: raise \`timeout\``;
    object(tour.objections, 'assets', { expected, actual, failureClass: 'timeout' });
  }
  return answers.filter((answer) => answer !== undefined);
}

async function fetchAsset(asset: Asset, timeoutMs: number, tour: Tour): Promise<Fetched | undefined> {
  const { context } = tour;
  const request = requestFor(asset, tour);
  const connectTimeoutMs = Math.min(context.connectTimeoutMs, timeoutMs);
  const limits = { timeoutMs, connectTimeoutMs };
  const place = context.place?.beside();
  const ask = () => fetchOnce(request, tour.rules, { ...context, ...limits, place });
  try {
    const answer = await ask();
    // A server that was kept from sending may have given up.
    const isOurs = answer.kind === 'unanswered' && place?.hasWaited === true;
    return await judgedAsset(asset, isOurs ? await ask() : answer, { request, tour });
  } finally {
    place?.leave();
  }
}

async function judgedAsset(
  asset: Asset,
  answer: Fetched | Unanswered,
  { request, tour }: { readonly request: ExchangeRequest; readonly tour: Tour },
): Promise<Fetched | undefined> {
  const { context, objections } = tour;
  const read = `${[...asset.kinds].filter((kind) => kind !== 'any')[0] ?? 'asset'} ${shownUrl(asset.url, tour.page.redactQuery)}`;
  if (answer.kind === 'unanswered') {
    const { failureClass, summary } = answer;
    object(objections, read, { expected: 'an answer', actual: summary.replace(/^.*? → /, ''), failureClass });
    return undefined;
  }
  const problems = await context.judging(async () => assetProblems(asset, answer, request.method));
  for (const problem of problems) object(objections, read, problem);
  const length =
    request.method === 'HEAD' ? Number(headerOf(answer.headers, 'content-length') ?? 0) : answer.body.length;
  tour.received.push({ asset, size: length, cacheControl: headerOf(answer.headers, 'cache-control') });
  if (!tour.css || problems.length > 0 || !asset.kinds.has('style')) return undefined;
  tour.sheetBytes += answer.body.length;
  if (tour.sheetBytes <= mostSheetBytes) return answer;
  object(objections, read, {
    expected: `style sheets of ${mostSheetBytes} bytes in all`,
    actual: 'more with this one',
  });
  return undefined;
}

/** An asset of another origin gets none of the page's own headers: some are credentials. */
function requestFor({ url, kinds, integrity }: Asset, { page, head, css }: Tour): ExchangeRequest {
  const needsBody = integrity.length > 0 || (css && kinds.has('style'));
  const method = head && !needsBody ? 'HEAD' : 'GET';
  const common = ['user-agent', 'accept', 'accept-encoding'];
  const headers =
    url.origin === page.url.origin
      ? page.headers
      : Object.fromEntries(Object.entries(page.headers).filter(([name]) => common.includes(name)));
  return { ...page, method, url, headers };
}

/** What is wrong with the references themselves. */
function objectToList(page: Fetched, { list, received, objections }: Tour): void {
  if (list.isOverfull) {
    const expected = `at most ${mostReferences} addresses`;
    object(objections, `assets of ${page.url.href}`, { expected, actual: 'more in one page or style sheet' });
  }
  for (const url of list.insecure)
    object(objections, `asset ${url}`, {
      expected: 'https, as the page',
      actual: 'http: a browser does not load it',
    });
  for (const url of list.unusable)
    object(objections, `asset ${JSON.stringify(url)}`, { expected: 'an address', actual: 'no address' });
  if (received.length > 0 || objections.length > 0) return;
  const elsewhere = [...list.elsewhere]
    .slice(0, mostNamed)
    .map(([origin, count]) => `${count} at ${origin}`)
    .join(', ');
  const actual =
    elsewhere === ''
      ? 'the page names none'
      : `none of its own, ${elsewhere}: name what counts in \`origins\``;
  object(objections, `assets of ${page.url.href}`, { expected: 'at least one', actual });
}

function object(
  objections: Objection[],
  read: string,
  found: { expected: string; actual: string; failureClass?: Objection['failureClass'] },
): void {
  const { expected, actual, failureClass = 'assertion' } = found;
  objections.push({ failureClass, failure: { read, expected, actual }, endsAs: 'fail' });
}

/**
 * The first objection names the class of the failure: what waiting cannot heal comes first. Answers come in any
 * order; a report tells the same tale each time.
 */
function byWeight(one: Objection, other: Objection): number {
  return patience(one) - patience(other) || one.failure.read.localeCompare(other.failure.read, 'en');
}

function patience({ failureClass }: Objection): number {
  return failureClass === 'assertion' || failureClass === 'tls-verdict' ? 0 : 1;
}

function notesOf({ list, received, limit, page: request }: Tour, page: URL): string[] {
  const name = (url: URL) => {
    const shown = shownUrl(url, request.redactQuery);
    return url.origin === page.origin ? shown.slice(page.origin.length) : shown;
  };
  return [
    ...received.map(
      ({ asset, size, cacheControl }) =>
        `${name(asset.url)}: ${size} bytes, ${cacheControl === undefined ? 'no cache-control' : `cache-control: ${cacheControl}`}`,
    ),
    ...[...list.elsewhere].slice(0, mostNamed).map(([origin, count]) => `${count} at ${origin}, not fetched`),
    ...(list.elsewhere.size > mostNamed
      ? [`${list.elsewhere.size - mostNamed} more origins, not asked`]
      : []),
    ...(list.overLimit > 0 ? [`${list.overLimit} beyond the limit of ${limit}, not fetched`] : []),
  ];
}
