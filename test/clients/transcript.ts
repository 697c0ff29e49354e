/** What a client sent, printed and returned, with all that varies named instead of shown. */
export interface Transcript {
  readonly name: string;
  readonly exit: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly requests: readonly SentRequest[];
}

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly nonce: boolean;
  readonly body: unknown;
  readonly status: number | null;
}

export interface RawTranscript {
  readonly name: string;
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly SentRequest[];
}

export interface Reading {
  readonly unordered: boolean;
  /** Leave out what opens a tunnel for logs: the stand-in opens none. */
  readonly withoutTunnel: boolean;
}

export function normalise(raw: RawTranscript, reading: Reading): Transcript {
  const machines = machineNames(raw.requests, raw.stdout);
  const plain = (text: string) => withoutVariation(text, machines);
  const lines = (text: string) => foldLogLines(plain(text)).split('\n');
  const order = (list: readonly string[]) => (reading.unordered ? list.toSorted() : list);
  const requests = raw.requests
    .filter(({ status }) => status !== null)
    .filter((request) => !reading.withoutTunnel || !isTunnel(request))
    .map((request): SentRequest => JSON.parse(plain(JSON.stringify(withoutTimings(request)))));
  return {
    name: raw.name,
    exit: raw.exit,
    stdout: order(lines(raw.stdout)),
    stderr: order(lines(raw.stderr)),
    requests: reading.unordered ? requests.toSorted(byText) : sameAnyOrder(requests),
  };
}

/** `a1` and `b2`, or `1dff…` and `9a9f…`: by the order of their ids. The machine of a release command apart. */
function machineNames(requests: readonly SentRequest[], stdout: string): ReadonlyMap<string, string> {
  const named = [...stdout.matchAll(/(?:Machine |Updating |"id": "|"MachineID": ")([0-9a-f]{2,14})\b/g)];
  const asked = requests.flatMap(({ path }) => /\/machines\/([0-9a-f]+)/.exec(path)?.[1] ?? []);
  const commands = requests.flatMap(({ path }) => /\/machines\/([0-9a-f]+)\/start/.exec(path)?.[1] ?? []);
  const ids = new Set([...asked, ...named.map(([, id = '']) => id)]);
  const ordinary = [...ids].filter((id) => !commands.includes(id)).toSorted();
  return new Map([
    ...ordinary.map((id, index): [string, string] => [id, `<machine-${index + 1}>`]),
    ...commands.map((id): [string, string] => [id, '<command-machine>']),
  ]);
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/sha256:[0-9a-f]{16,}/g, '<digest>'],
  [/\bimg_\w+/g, '<image>'],
  [/\brel[0-9a-f]{2,13}\b/g, '<release>'],
  [/(\\?"(?:version|fly_release_version)\\?":\s?\\?"?)\d+/g, '$1<n>'],
  [/("(?:flyctl_version|fly_flyctl_version)":")[^"]+/g, '$1<flyctl>'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
  [/\b\d{13}\b/g, '<ms>'],
  [/\b01[0-9A-Z]{24}\b/g, '<instance>'],
  [/\/organizations\/\w+/g, '/organizations/<org>'],
  [/https:\/\/api\.machines\.dev|http:\/\/<api>/g, '<api>'],
  [/Request ID: \S+\)/g, 'Request ID: <request>)'],
  [/Trace ID: \S+\)/g, 'Trace ID: <trace>)'],
  [/127\.0\.0\.1:\d+/g, '<address>'],
];

function withoutVariation(text: string, machines: ReadonlyMap<string, string>): string {
  const plain = patterns.reduce((rest, [pattern, name]) => rest.replace(pattern, name), text);
  return [...machines].reduce(
    (rest, [id, name]) => rest.replace(new RegExp(`\\b${id}\\b`, 'g'), name),
    plain,
  );
}

/** Log lines are the application's words, not the client's. */
function foldLogLines(text: string): string {
  const line = /^(?:.*(?:fatal: |running migrate|migration 0007|listens on ).*|<one log line, repeated>)$/gm;
  return text.replace(line, '<log>').replace(/<log>(\n<log>)+/g, '<log>');
}

function withoutTimings(request: SentRequest): SentRequest {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !('timings' in body)) return request;
  return { ...request, body: { ...body, build_id: 1, timings: Object.keys(Object(body.timings)) } };
}

const tunnel = /validateWireGuardPeers|addWireGuardPeer|nearestRegion|organizations\(admin|viewer \{/;

function isTunnel({ path, body }: SentRequest): boolean {
  return (path === '/graphql' && tunnel.test(JSON.stringify(body))) || /\/logs\?/.test(path);
}

/**
 * Neighbours of one kind are sent at the same time: put in order. Polling depends on the clock: a lease is shown
 * once however often it was asked for, and a machine read many times is shown twice.
 */
function sameAnyOrder(requests: readonly SentRequest[]): SentRequest[] {
  const settled = requests.filter(
    ({ method, path, nonce }) => !(method === 'POST' && /\/lease/.test(path) && nonce),
  );
  const groups: SentRequest[][] = [];
  for (const request of settled) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && kind(last[0]) === kind(request)) last.push(request);
    else groups.push([request]);
  }
  return groups.flatMap((group) => limited(group.toSorted(byText)));
}

function kind({ method, path }: SentRequest): string {
  return `${method} ${path.replace(/<machine-\d>/, '<machine>')}`;
}

function limited(group: readonly SentRequest[]): SentRequest[] {
  const shown = new Map<string, number>();
  return group.filter((request) => {
    const key = `${request.method} ${request.path}`;
    const times = (shown.get(key) ?? 0) + 1;
    shown.set(key, times);
    if (request.method === 'POST' && /\/lease/.test(request.path)) return times <= 1;
    return !(request.method === 'GET' && /\/machines\/<machine-\d>$/.test(request.path)) || times <= 2;
  });
}

function byText(one: SentRequest, other: SentRequest): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
