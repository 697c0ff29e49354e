import { bypassHeader } from '../exchange/hop.ts';
import type { HeaderList } from '../exchange/message.ts';
import { headerOf } from '../exchange/message.ts';
import { challengeOf } from './challenge.ts';
import type { AttemptContext, Finding, Scope } from './check-type.ts';
import { isFlyHost } from './fly-host.ts';

/** The header that passes Vercel's Deployment Protection: for requests to the target's own origin, and none besides. */
export function bypassHeaders(
  url: URL,
  { target, protectionBypass }: Pick<Scope, 'target' | 'protectionBypass'>,
): Readonly<Record<string, string>> {
  if (protectionBypass === undefined || target === undefined) return {};
  return URL.parse(target)?.origin === url.origin ? { [bypassHeader]: protectionBypass } : {};
}

/** What may be the interception's answer; its text is read only when nothing else tells. */
interface Said {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: () => string;
  /** Who answered in the end; whoever was asked first when absent. */
  readonly url?: URL;
}

/**
 * What stands before the service and answered in its place: an edge that challenges whoever is no browser, or Vercel's
 * sign-in.
 */
export function inBetween(
  answer: Said,
  request: { readonly url: URL; readonly headers: HeaderList },
  context: Pick<AttemptContext, 'platformHealth'>,
): { readonly challenge?: Finding; readonly interception?: Finding } {
  const { hostname } = answer.url ?? request.url;
  const challenge = challengeOf(answer, { ...context, host: hostname, sent: request.headers });
  return challenge === undefined ? interceptionOf(answer, request, context) : { challenge };
}

/** Vercel's sign-in, when it answered instead of the service: the check lacks a secret, and the release is not judged. */
export function interceptionOf(
  answer: Said,
  { url, headers }: { readonly url: URL; readonly headers: HeaderList },
  { platformHealth }: Pick<AttemptContext, 'platformHealth'>,
): { readonly interception?: Finding } {
  if (isFlyHost((answer.url ?? url).hostname) || !isWall(answer)) return {};
  const secret = 'a secret under “Protection Bypass for Automation” in the Vercel project’s settings';
  const isOfFly = platformHealth !== undefined;
  const advice =
    bypassHeader in headers
      ? 'the secret passed as `protection-bypass` was not accepted: renew it'
      : isOfFly
        ? `leave it to a smoke-test step of its own, with this address as \`target\` and, as \`protection-bypass\`, ${secret}`
        : `create ${secret} and pass it as \`protection-bypass\``;
  const actual = `${answer.status} from Vercel’s Deployment Protection; ${advice}`;
  const failure = { read: 'status', expected: 'an answer of the service itself', actual };
  return {
    interception: { failureClass: 'definition', failure, endsAs: 'error', reason: 'deployment-protected' },
  };
}

/** A 401 with the nonce of Vercel's sign-in or its page; browsers are redirected there instead. */
function isWall({ status, headers, text }: Said): boolean {
  if (status >= 300 && status < 400)
    return /^https:\/\/vercel\.com\/sso-api\b/.test(headerOf(headers, 'location') ?? '');
  if (status !== 401) return false;
  const cookies = [headers['set-cookie'] ?? []].flat();
  return (
    cookies.some((cookie) => cookie.startsWith('_vercel_sso_nonce=')) || text().includes('vercel.com/sso-api')
  );
}
