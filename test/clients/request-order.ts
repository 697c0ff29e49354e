/** What was asked, one after the other. How often a machine was polled before the next step depends on the clock. */
export function inOrder(requests: readonly SentRequest[]): readonly SentRequest[] {
  const groups: SentRequest[][] = [];
  for (const request of pollsOnce(requests.filter((sent) => !isLeaseRefresh(sent)))) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && kind(last[0]) === kind(request)) last.push(request);
    else groups.push([request]);
  }
  // Neighbours of one kind are sent at the same time.
  return groups.flatMap((group) => uniqueLeases(group.toSorted(byText)));
}

/** What was asked by routines that run at the same time. */
export function inAnyOrder(requests: readonly SentRequest[]): readonly SentRequest[] {
  const polls = unique(requests.filter(isPoll));
  const others = requests.filter((request) => !isPoll(request)).map(withoutTurnsInBody);
  return uniqueLeases([...polls, ...others].toSorted(byText));
}

/** Which machine came first. */
export function withoutTurns(line: string): string {
  return line.replace(/\[\d\/\d\]/g, '[<turn>]').replace(/<machine-\d>/g, '<machine>');
}

function withoutTurnsInBody(request: SentRequest): SentRequest {
  return { ...request, body: JSON.parse(withoutTurns(JSON.stringify(request.body))) };
}

/** A machine is looked at until it is as it should be, and a refused wait begun again; a list is asked for by plan. */
function isPoll({ method, path, status }: SentRequest): boolean {
  const isLook = /\/machines\/<machine-\d>(?:\/ps)?$/.test(path);
  const isRefusedWait = /\/machines\/<machine-\d>\/wait\?/.test(path) && Number(status) >= 400;
  return method === 'GET' && (isLook || isRefusedWait);
}

/** Between two other requests each poll once, with each status it was answered by. */
function pollsOnce(requests: readonly SentRequest[]): readonly SentRequest[] {
  const asked = new Set<string>();
  return requests.filter((request) => {
    const key = JSON.stringify(request);
    const isKept = !isPoll(request) || !asked.has(key);
    if (isPoll(request)) asked.add(key);
    else asked.clear();
    return isKept;
  });
}

function unique(requests: readonly SentRequest[]): readonly SentRequest[] {
  return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
}

function isLeaseRefresh({ method, path, nonce }: SentRequest): boolean {
  return method === 'POST' && path.includes('/lease') && nonce;
}

function kind({ method, path }: SentRequest): string {
  return `${method} ${path.replace(/<machine-\d>/, '<machine>')}`;
}

/** A held lease is asked for until patience ends. */
function uniqueLeases(requests: readonly SentRequest[]): readonly SentRequest[] {
  const asked = new Set<string>();
  return requests.filter(({ method, path }) => {
    if (method !== 'POST' || !path.includes('/lease')) return true;
    const first = !asked.has(path);
    asked.add(path);
    return first;
  });
}

function byText(one: SentRequest, other: SentRequest): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** Scheme of the token. */
  readonly auth: string;
  readonly nonce: boolean;
  readonly body: unknown;
  readonly status: number | null;
}
