/** The forms a secret commonly takes in a log. Hex, URL-safe base64 and split values are not among them. */
const encoders: readonly ((secret: string) => string)[] = [
  (secret) => base64From(secret, 0),
  (secret) => base64From(secret, 1),
  (secret) => base64From(secret, 2),
  (secret) => secret.replaceAll('"', '\\"'),
  (secret) => secret.replaceAll("'", "''"),
  (secret) => JSON.stringify(secret).slice(1, -1),
  escapeUri,
  escapeXml,
  withoutQuotes,
  beforePowerShellAmpersand,
  afterPowerShellAmpersand,
];

const shortestPowerShellFragment = 6;

/** Every text to hide when `secret` is to be hidden, itself included. */
export function formsOf(secret: string): string[] {
  return [secret, ...encoders.map((encode) => encode(secret))].filter((form) => form !== '');
}

/** Base64 of `user:secret` meets the secret at one of three byte offsets, depending on the user's length. */
function base64From(secret: string, offset: number): string {
  const bytes = Buffer.from(secret);
  return (bytes.length > offset ? bytes.subarray(offset) : bytes).toString('base64');
}

function escapeUri(secret: string): string {
  const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(secret.toWellFormed()).replace(/[!'()*]/g, percent);
}

const xmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(secret: string): string {
  return secret.replace(/[&<>"']/g, (character) => xmlEntities[character] ?? character);
}

function withoutQuotes(secret: string): string {
  return secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? secret.slice(1, -1) : '';
}

/** PowerShell's error for `one&two&three` prints `one&two&` and `three` apart, coloured. */
function beforePowerShellAmpersand(secret: string): string {
  const plus = secret.indexOf('&+');
  const fragment =
    plus >= 0 ? secret.slice(0, plus + '&+'.length) : secret.slice(0, secret.lastIndexOf('&') + 1);
  return fragment.length >= shortestPowerShellFragment ? fragment : '';
}

function afterPowerShellAmpersand(secret: string): string {
  if (!secret.includes('&')) return '';
  const plus = secret.indexOf('&+');
  // after `&+` one letter more is lost to the colouring
  const fragment =
    plus >= 0 ? secret.slice(plus + '&+'.length + 1) : secret.slice(secret.lastIndexOf('&') + 1);
  return fragment.length >= shortestPowerShellFragment ? fragment : '';
}
