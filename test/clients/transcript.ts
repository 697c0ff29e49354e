import type { SentRequest } from './request-order.ts';
import { inAnyOrder, inOrder, withoutTurns } from './request-order.ts';

/** What a client sent, printed and returned, with all that varies named instead of shown. */
export interface Transcript {
  readonly name: string;
  readonly exit: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly requests: readonly SentRequest[];
}

export interface RawTranscript {
  /** Present where the recording was shortened by hand. */
  readonly note?: string;
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

/** Interrupted, flyctl has half a second to release its leases: none, one or both are, by chance. */
const interrupted = 127;

export function normalise(raw: RawTranscript, reading: Reading): Transcript {
  const machines = machineNames(raw.requests, raw.stdout);
  const plain = (text: string) => withoutVariation(text, machines);
  const lines = (text: string) => withoutProgress(withoutFarewell(foldLogLines(plain(text))).split('\n'));
  const order = (list: readonly string[]) => (reading.unordered ? list.map(withoutTurns).toSorted() : list);
  const requests = raw.requests
    .filter(({ status }) => status !== null)
    .filter(({ method, path }) => raw.exit !== interrupted || method !== 'DELETE' || !path.endsWith('/lease'))
    .filter((request) => !reading.withoutTunnel || !isTunnel(request))
    .map((request) => JSON.parse(plain(JSON.stringify(withoutTimings(request)))))
    .map(
      ({ method, path, auth = 'Bearer', nonce = false, body, status }): SentRequest => ({
        method,
        path,
        auth,
        nonce,
        body,
        status,
      }),
    );
  return {
    name: raw.name,
    exit: raw.exit,
    stdout: order(lines(raw.stdout)),
    stderr: order(lines(raw.stderr)),
    requests: reading.unordered ? inAnyOrder(requests) : inOrder(requests),
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
  [/(\\?"(?:version|fly_release_version)\\?":\s?\\?"?)\d+(?=[\\",}\s])/g, '$10'],
  [/("(?:flyctl_version|fly_flyctl_version)":")[^"]+/g, '$1<flyctl>'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
  [/\b\d{13}\b/g, '0'],
  [/\b01[0-9A-Z]{24}\b/g, '<instance>'],
  [/\/organizations\/\w+/g, '/organizations/<org>'],
  [/("(?:org_slug|orgSlug|slug)":")\w+(?=")/g, '$1<org>'],
  [/--org \w+/g, '--org <org>'],
  [/("fly_bluegreen_deployment_tag":")\d+/g, '$1<since>'],
  [/\bvol_[0-9a-f]{17}\b/g, '<volume>'],
  [/\bvs_[0-9a-f]{16}\b/g, '<snapshot>'],
  [/\bip_[0-9a-f]{16}\b/g, '<address>'],
  [/\b\d{8}-\d{6}-[0-9a-f]{4}F\b/g, '<backup>'],
  [/("digest": ?")[0-9a-f]{64}/g, '$1<digest>'],
  [/https:\/\/api\.machines\.dev|http:\/\/<api>/g, '<api>'],
  [/Request ID: \S+\)/g, 'Request ID: <request>)'],
  [/Trace ID: \S+\)/g, 'Trace ID: <trace>)'],
  [/^ (PROCESS|shop|\/\.fly\/hallpass) +│ (\S+) +$/gm, ' $1 │ $2'],
  [/\[fdaa:[0-9a-f:]+\]:22/g, '<ssh>'],
  [/^─+┼─+$/gm, '─┼─'],
  [/\bshop:(?:v1|deployment-1)\b/g, 'shop:<running>'],
  [/127\.0\.0\.1:\d+/g, '<address>'],
  [/read tcp 127\.0\.0\.1->127\.0\.0\.1:/g, 'read tcp <address>-><address>:'],
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

/** Interrupted, flyctl speaks of its leases in one of two ways, by which of its routines hears of it first. */
function withoutFarewell(text: string): string {
  return text.replace(/^.*(?:detected canceled context|failed to release lease).*\n\n?/gm, '');
}

/** How often bluegreen shows how its machines stand depends on the clock: each state once, and none before the first. */
function withoutProgress(lines: readonly string[]): string[] {
  const isState = (line: string) => /^ {2}Machine .* - /.test(line);
  return lines.filter(
    (line, index) => !isState(line) || (!line.endsWith(' - created') && lines.indexOf(line) === index),
  );
}

function withoutTimings(request: SentRequest): SentRequest {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !('timings' in body)) return request;
  return {
    ...request,
    body: { ...body, build_id: 1, timings: Object.keys(Object(body.timings)).toSorted() },
  };
}

const tunnel = /validateWireGuardPeers|addWireGuardPeer|nearestRegion|organizations\(admin|viewer \{/;

function isTunnel({ path, body }: SentRequest): boolean {
  return (path === '/graphql' && tunnel.test(JSON.stringify(body))) || /\/logs\?/.test(path);
}
