import { demo } from '#local-cloud';
import { spellings } from '../../support/spellings.ts';

/** Stands in every line of every planted secret, again and again: what is left of one anywhere shows it. */
const mark = 'plntd';

const key = (at: number) => `${mark}${at}/a&b<c>"${mark}'d e=+${mark}`;
const pemLine = (at: number) => `${mark}${at}AQ/8w+${mark}`.padEnd(64, `${mark}Zx`);
const keys = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${mark}_key_${at}`, key(at).padEnd(250, mark)]),
  );

/** What people keep as secrets: a word with all that is escaped somewhere, a key of many lines, JSON of 40 kB, a line of 16 kB. */
export const planted = {
  ODD: `odd-${mark}/o&p<q>"${mark}'r s=+${mark}`,
  PEM: [
    '-----BEGIN PRIVATE KEY-----',
    ...Array.from({ length: 26 }, (_, at) => pemLine(at)),
    '-----END PRIVATE KEY-----',
  ].join('\n'),
  JSON_LINES: JSON.stringify(keys(150), null, 2),
  JSON_LINE: JSON.stringify(keys(60)),
  LEDGER_KEY: `ledger-${mark}-key/&"${mark}`,
  CHECK_KEY: `check ${mark}&<key>/${mark}`,
  BYPASS: `bypass-${mark}+${mark}`,
  QUERY: `query-${mark}-${mark}`,
} as const;

/** Every secret of a run: the planted ones, and the tokens of the demo. */
export const secrets: readonly string[] = [...Object.values(planted), demo.fly.token, demo.github.token];

const ways = Object.entries(spellings);
let turn = 0;
const nextWay = () => ways[turn++ % ways.length] ?? ways[0];

/** Every secret in every spelling, but for large ones: those in two, others the next time. */
export function echo(): string {
  const lines = secrets.flatMap((secret) => {
    const chosen = secret.length > 4_000 ? [nextWay(), nextWay()] : ways;
    return chosen.flatMap((way) => (way === undefined ? [] : [`${way[0]}: ${way[1](secret)}`]));
  });
  return lines.join('\n');
}

/** What a process may log in a few lines: all but the large ones. */
export const logged = secrets
  .filter((secret) => secret.length < 4_000)
  .flatMap((secret) => ways.map(([, write]) => write(secret)))
  .join('\n');

/** As much of it as fits into a message, a different spelling each time. */
export function shortEcho(): string {
  const [, write = String] = nextWay() ?? [];
  return [demo.fly.token, demo.github.token, planted.ODD, planted.CHECK_KEY].map(write).join(' ');
}

const words = [mark, 'demo_fly_token', 'demo_github_token'];
/** What shows that something of a secret is left: its mark as it stands, in hex, in base64 at any offset. */
const needles = words.flatMap((word) => [
  word,
  Buffer.from(word).toString('hex'),
  ...[0, 1, 2].map((offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${word}`).toString('base64');
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + word.length) * 8) / 6));
  }),
]);

/** Where something of a secret is left, with what stands around it. */
export function leaks(place: string, text: string): readonly string[] {
  const lower = text.toLowerCase();
  return needles.flatMap((needle) => {
    const at = /^[0-9a-f]+$/.test(needle) ? lower.indexOf(needle) : text.indexOf(needle);
    return at < 0 ? [] : [`${place}: ${text.slice(Math.max(0, at - 60), at + 40)}`];
  });
}
