import { shownUrl } from '../../exchange/exchange.ts';
import type { ExchangeRequest } from '../../exchange/message.ts';
import { headerOf } from '../../exchange/message.ts';
import { challengeOf } from '../challenge.ts';
import type { Unanswered } from '../check-type.ts';
import type { Asset } from './asset-list.ts';
import { isNeeded } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { fetchOnce } from './fetch.ts';
import { assetProblems, isFrameOnly } from './judge-asset.ts';
import type { Fault } from './lacking.ts';
import { assetId } from './lacking.ts';
import { fault } from './list-faults.ts';
import type { Named } from './read-asset.ts';
import { isRead, readAsset } from './read-asset.ts';
import type { AssetKind } from './reference.ts';
import { isEssential } from './reference.ts';
import type { Tour, Visit } from './tour.ts';

/** Fetches one asset and judges it; answers what it names in its turn, if anything. */
export async function fetchAsset(asset: Asset, timeoutMs: number, tour: Tour): Promise<Named | undefined> {
  const { context } = tour;
  const request = requestFor(asset, tour);
  const connectTimeoutMs = Math.min(context.connectTimeoutMs, timeoutMs);
  const limits = { timeoutMs, connectTimeoutMs };
  const place = context.place?.beside();
  // As browsers do, whatever is said of the page; where a frame leads is not looked at.
  const rules = { ...tour.rules, follow: !isFrameOnly(asset) };
  const ask = () => fetchOnce(request, rules, { ...context, ...limits, place });
  try {
    const answer = await ask();
    // A server that was kept from sending may have given up.
    const isOurs = answer.kind === 'unanswered' && place?.hasWaited === true;
    return await judged(asset, isOurs ? await ask() : answer, { request, tour });
  } finally {
    place?.leave();
  }
}

async function judged(
  asset: Asset,
  answer: Fetched | Unanswered,
  { request, tour }: { readonly request: ExchangeRequest; readonly tour: Tour },
): Promise<Named | undefined> {
  const { context } = tour;
  const read = `${nameOf(asset)} ${shownUrl(asset.url, tour.page.redactQuery)}`;
  const id = isNeeded(asset) ? {} : { id: assetId(asset.url, tour.from) };
  const keep = (faults: readonly Fault[]) =>
    faults.length === 0
      ? tour.faults.delete(asset)
      : tour.faults.set(
          asset,
          faults.map((one) => ({ ...one, ...id })),
        );
  if (answer.kind === 'unanswered') {
    const { failureClass, summary } = answer;
    keep([fault(read, { expected: 'an answer', actual: summary.replace(/^.*? → /, ''), failureClass })]);
    return undefined;
  }
  const challenge = challengeOf(answer, { ...context, host: answer.url.hostname, sent: request.headers });
  if (challenge !== undefined) {
    const { failure, ...rest } = challenge;
    keep([{ ...failure, ...rest, read }]);
    return undefined;
  }
  return context.judging(async () => {
    const problems = assetProblems(asset, answer, request.method);
    const isGood = problems.length === 0 && isRead(asset, tour) && request.method === 'GET';
    const named = isGood ? await readAsset(asset, answer, tour) : undefined;
    const broken = named?.broken.map((actual) => ({ expected: brokenInstead(asset), actual })) ?? [];
    const led = ledTo(asset, answer, tour);
    keep([...problems, ...broken].map((one) => fault(read, { ...one, actual: one.actual + led })));
    const size =
      request.method === 'HEAD'
        ? Number(headerOf(answer.headers, 'content-length') ?? 0)
        : answer.body.length;
    tour.received.set(asset, { asset, size, cacheControl: headerOf(answer.headers, 'cache-control') });
    return named;
  });
}

function ledTo({ url }: Asset, answer: Fetched, { page }: Tour): string {
  return answer.url.href === url.href ? '' : ` (redirected to ${shownUrl(answer.url, page.redactQuery)})`;
}

function brokenInstead({ isModule }: Asset): string {
  return isModule ? 'imports by address' : 'a manifest';
}

const names: Readonly<Partial<Record<AssetKind, string>>> = {
  json: 'JSON module',
  picture: 'asset',
  any: 'asset',
};

/** What a page cannot do without comes first, then what says something of it. */
function nameOf({ kinds }: Asset): string {
  const all = [...kinds];
  const telling = all.find(isEssential) ?? all.find((kind) => names[kind] !== 'asset');
  return telling === undefined ? 'asset' : (names[telling] ?? telling);
}

/** An asset of another origin gets none of the page's own headers: some are credentials. */
function requestFor(asset: Asset, { page, head, css }: Visit): ExchangeRequest {
  const { url, integrity } = asset;
  const needsBody = integrity.length > 0 || isRead(asset, { css });
  const method = head && !needsBody ? 'HEAD' : 'GET';
  const common = ['user-agent', 'accept', 'accept-encoding'];
  const headers =
    url.origin === page.url.origin
      ? page.headers
      : Object.fromEntries(Object.entries(page.headers).filter(([name]) => common.includes(name)));
  return { ...page, method, url, headers };
}
