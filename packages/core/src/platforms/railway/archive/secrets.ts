/** What a name says of a file: that it holds secrets, that it may and its text tells, or nothing. */
export type SecretName = 'secret' | 'look' | 'plain';

const secretNames =
  /^(?:\.env(?:\..+)?|.+\.env|\.envrc|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:key|p12|pfx|jks|keystore|kdbx|ppk)|\.netrc|\.git-credentials|\.pypirc|\.dockercfg|\.htpasswd|\.pgpass|\.vault-token|.*\.tfstate(?:\.backup)?|credentials\.json|service[-_]?account.*\.json)$/is;
/** `.env.example` and its kin are there to be read. */
const exampleNames =
  /^(?:\.env\.|.+\.)?(?:example|sample|template|dist|defaults?|schema|md|ts|js)(?:\.env)?$/is;
const secretPlaces = /(?:^|\/)(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config|\.ssh\/[^/]+)$/;
const lookNames = /^(?:\.npmrc|\.yarnrc(?:\.yml)?|.+\.pem)$/is;

/** Judges a path by its last name, and by the folder that one is in. */
export function secretName(path: string): SecretName {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (secretPlaces.test(path)) return /\.pub$/.test(name) ? 'plain' : 'secret';
  if (lookNames.test(name)) return 'look';
  return secretNames.test(name) && !exampleNames.test(name) ? 'secret' : 'plain';
}

/**
 * Whether a text of a file to look at holds a secret. A token of npm that stands in the environment (`${NPM_TOKEN}`) is none;
 * a PEM file is one unless it shows nothing but certificates.
 */
export function holdsSecret(path: string, text: string): boolean {
  if (/\.pem$/i.test(path)) return !/-----BEGIN CERTIFICATE-----/.test(text) || /PRIVATE KEY/.test(text);
  return /(?:_auth(?:Token)?|_password|npmAuthToken|npmAuthIdent)["']?\s*[=:]\s*["']?(?!["']?\$\{)[^\s"']/i.test(
    text,
  );
}
