import { headerOf } from '../../exchange/exchange.ts';
import { isGatewayStatus } from '../../exchange/trouble.ts';
import type { FailureClass } from '../../verdict.ts';
import type { Asset } from './asset-list.ts';
import type { Fetched } from './fetch.ts';
import { mimeType } from './fetch.ts';
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
  /** What its body must not begin with: a single-page app answers its page, with 200, for whatever is missing. */
  readonly not: RegExp;
}

const anyMarkup = /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype|html)/i;
const htmlPage = /^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html)[\s>]/i;
const script =
  /^(?:text|application)\/(?:x-)?(?:javascript|ecmascript)$|^text\/(?:javascript1\.[0-5]|jscript|livescript)$/;

/** Scripts and style sheets as strictly as browsers; of the rest, what servers send for a file they know. */
const rules: Readonly<Record<Exclude<AssetKind, 'any'>, KindRule>> = {
  script: { words: 'a JavaScript type', type: script, not: anyMarkup },
  style: { words: 'text/css', type: /^text\/css$/, not: anyMarkup },
  image: { words: 'an image', type: /^image\/|^(?:application|binary)\/octet-stream$|^$/, not: htmlPage },
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
};

/** Everything that is wrong with an asset as it was answered. An empty or missing one has no other fault. */
export function assetProblems(asset: Asset, answer: Fetched, method: string): AssetProblem[] {
  const { status, headers, body } = answer;
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

function locationOf({ headers }: Fetched): string {
  const location = headerOf(headers, 'location');
  return location === undefined ? '' : `, to ${location}`;
}

function wrongType(kind: AssetKind, { headers, body }: Fetched): AssetProblem | undefined {
  if (kind === 'any') return undefined;
  const { words, type, not } = rules[kind];
  const given = mimeType(headers);
  const named = given === '' ? 'no content-type' : given;
  const start = body
    .subarray(0, 1024)
    .toString()
    .replace(/^\uFEFF?\s+|^\uFEFF/, '');
  if (not.test(start)) return problem(words, `200 with an HTML page (${named}): the file is likely missing`);
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
