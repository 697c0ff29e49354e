import type { FailureClass } from '../../check-result.ts';
import { isGatewayStatus } from '../../exchange/exchange-error.ts';
import { headerOf } from '../../exchange/message.ts';
import type { Asset } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { mimeType, textOfFile } from './fetch.ts';
import { integrityProblem } from './integrity.ts';
import type { AssetKind } from './reference.ts';

/** What is wrong with one asset. */
export interface AssetProblem {
  readonly failureClass: FailureClass;
  readonly expected: string;
  readonly actual: string;
}

interface KindRule {
  readonly words: string;
  readonly type: RegExp;
  /** How its body must not begin: a single-page app answers its page, with 200, for whatever is missing. */
  readonly not: RegExp;
}

/** What may stand before the first tag of a page, or before a script. */
const lead = /^(?:[\s\uFEFF]|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*/;
/** Code and style sheets begin with no tag; what hides a script from very old browsers is none. */
const anyMarkup = /^<(?!!--)[a-z!/]/i;
/** An SVG or a playlist is markup as well. */
const htmlPage =
  /^<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base|script|style|noscript|div|main|header|nav|section|h1|p|center)[\s/>])/i;
const htmlType = /^(?:text\/html|application\/xhtml\+xml)$/;

const script =
  /^(?:text|application)\/(?:x-)?(?:javascript|ecmascript)$|^text\/(?:javascript1\.[0-5]|jscript|livescript)$/;

/** Scripts and style sheets as strictly as browsers; of the rest, what servers send for a file they know. */
const rules: Readonly<Record<Exclude<AssetKind, 'any' | 'frame'>, KindRule>> = {
  script: { words: 'a JavaScript type', type: script, not: anyMarkup },
  style: { words: 'text/css', type: /^text\/css$/, not: anyMarkup },
  json: { words: 'a JSON type', type: /^(?:application|text)\/json$|\+json$/, not: anyMarkup },
  image: { words: 'an image', type: /^image\/|^(?:application|binary)\/octet-stream$|^$/, not: htmlPage },
  picture: { words: 'an image', type: /^/, not: htmlPage },
  media: {
    words: 'audio or video',
    type: /^(?:audio|video)\/|^application\/(?:octet-stream|ogg|dash\+xml|(?:x-|vnd\.apple\.)mpegurl)$|^$/,
    not: htmlPage,
  },
  font: {
    words: 'a font',
    type: /^font\/|^application\/(?:x-)?font|^application\/(?:octet-stream|vnd\.ms-fontobject)$|^$/,
    not: htmlPage,
  },
  manifest: {
    words: 'a manifest',
    type: /^application\/(?:manifest\+)?json$|^text\/(?:json|plain)$|^application\/octet-stream$|^$/,
    not: htmlPage,
  },
  track: { words: 'a text track', type: /^/, not: htmlPage },
};

/** Everything that is wrong with an asset as it was answered. An empty or missing one has no other fault. */
export function assetProblems(asset: Asset, answer: Fetched, method: string): AssetProblem[] {
  const { status, headers, body } = answer;
  if (isFrameOnly(asset) && isThere(answer)) return [];
  if (status !== 200) {
    const failureClass = isGatewayStatus(status) ? 'gateway' : 'assertion';
    const why = status === 405 || status === 501 ? `${method} is refused` : `status ${status}`;
    return [{ failureClass, expected: 'status 200', actual: why + locationOf(answer) }];
  }
  const length = method === 'HEAD' ? headerOf(headers, 'content-length') : String(body.length);
  if (length === '0') return [problem('a body', 'status 200 with an empty body')];
  const wrongTypes = [...asset.kinds].flatMap((kind) => wrongType(kind, answer) ?? []);
  return [...wrongTypes.slice(0, 1), ...wrongDigests(asset, body)];
}

/** A document within the page: it may lead elsewhere, be empty, and be of any type. */
export function isFrameOnly({ kinds }: Asset): boolean {
  return kinds.size === 1 && kinds.has('frame');
}

function isThere({ status, headers }: Fetched): boolean {
  const leadsOn = status >= 300 && status < 400 && headerOf(headers, 'location') !== undefined;
  return leadsOn || (status >= 200 && status < 300);
}

function locationOf({ headers }: Fetched): string {
  const location = headerOf(headers, 'location');
  return location === undefined ? '' : `, to ${location}`;
}

/** Bytes within which a page has begun. */
const startLength = 64 * 1024;

function wrongType(kind: AssetKind, fetched: Fetched): AssetProblem | undefined {
  if (kind === 'any' || kind === 'frame') return undefined;
  const { words, type, not } = rules[kind];
  const given = mimeType(fetched.headers);
  const named = given === '' ? 'no content-type' : given;
  const start = textOfFile(fetched, startLength).replace(lead, '');
  if (htmlType.test(given) || not.test(start))
    return problem(words, `200 with an HTML page (${named}): the file is likely missing`);
  return type.test(given) ? undefined : problem(words, named);
}

/** Of one asset; each is computed over its whole body. */
const mostDigests = 20;

function wrongDigests({ integrity }: Asset, body: Buffer): AssetProblem[] {
  if (integrity.length > mostDigests)
    return [problem(`at most ${mostDigests} digests`, `${integrity.length} of them`)];
  return integrity.flatMap((wanted) => {
    const found = integrityProblem(wanted, body);
    return found === undefined ? [] : [problem(`integrity ${wanted}`, found.actual)];
  });
}

function problem(expected: string, actual: string): AssetProblem {
  return { failureClass: 'assertion', expected, actual };
}
