import type { HeaderList } from '../exchange/exchange.ts';
import { headerOf } from '../exchange/exchange.ts';
import { bypassHeader } from '../exchange/hop.ts';
import type { Objection, Scope } from './check-type.ts';

/** The header that passes Vercel's Deployment Protection: for requests to the target's own origin, and none besides. */
export function bypassHeaders(
  url: URL,
  { target, protectionBypass }: Pick<Scope, 'target' | 'protectionBypass'>,
): Readonly<Record<string, string>> {
  if (protectionBypass === undefined || target === undefined) return {};
  return URL.parse(target)?.origin === url.origin ? { [bypassHeader]: protectionBypass } : {};
}

/** What may be the wall's answer; its text is read only when nothing else tells. */
interface Said {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: () => string;
}

/** Vercel's wall, when it answered instead of the service: the check lacks a secret, and the release is not judged. */
export function wallOf(
  answer: Said,
  request: { readonly headers: HeaderList },
): { readonly wall?: Objection } {
  if (!isWall(answer)) return {};
  const advice =
    bypassHeader in request.headers
      ? 'the secret passed as `protection-bypass` was not accepted: renew it'
      : 'create a secret under “Protection Bypass for Automation” in the Vercel project’s settings and pass it as `protection-bypass`';
  const actual = `${answer.status} from Vercel’s Deployment Protection; ${advice}`;
  const failure = { read: 'status', expected: 'an answer of the service itself', actual };
  return { wall: { failureClass: 'definition', failure, endsAs: 'error', reason: 'deployment-protected' } };
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
