// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { Words } from './same.ts';
import { placed, same } from './same.ts';

/** Words in `http`. */
export const ofHttp: Words = {
  ...same('uri path endpoint address href target', 'Did you mean `url`?'),
  ...same('host hostname scheme port', 'It is part of `url`: `url: https://shop.example:8443/path`.'),
  ...same('verb type request', 'Did you mean `method`?'),
  ...same('header', 'Did you mean `headers`?'),
  ...placed(
    'user-agent content-type accept referer origin authorization',
    (word) => `Write \`headers: { ${word}: … }\`.`,
  ),
  ...same('params query-string query-params querystring qs search', 'Did you mean `query`?'),
  ...same('data payload content raw data-raw data-binary', 'Did you mean `body`, or `json`?'),
  ...same('json-body jsonbody', 'Did you mean `json`?'),
  ...same('data-urlencode form-params urlencoded', 'Did you mean `form`?'),
  ...same('form-data formdata files', 'Did you mean `multipart`?'),
  ...same('upload upload-file file-path', 'Did you mean `file`?'),
  ...same(
    'user username password basic basic-auth credentials',
    'Did you mean `auth`? Write `auth: { basic: "${USER}:${PASSWORD}" }`.',
  ),
  ...same('token bearer bearer-token', 'Did you mean `auth`? Write `auth: { bearer: "${TOKEN}" }`.'),
  ...same(
    'insecure k verify verify-ssl ssl-verify skip-verify skip-tls-verify tls-skip-verify ignore-https-errors reject-unauthorized',
    'Write `tls: { verify: false }`.',
  ),
  ...same('ssl https', 'Did you mean `tls`? Write `tls: { verify: false }`.'),
  ...same('proxy-url http-proxy https-proxy', 'Did you mean `proxy`?'),
  ...same('api-key apikey x-api-key', 'Write `headers: { x-api-key: "${API_KEY}" }`.'),
  ...same(
    'compressed compress gzip decompress',
    'Leave it out: compressed answers are asked for and undone.',
  ),
  ...same('ca cacert cacerts ca-file', 'Write `tls: { ca: ca.pem }`.'),
  ...same('sni servername server-name', 'Write `tls: { server-name: shop.example }`.'),
  ...same(
    'cert key client-certificate pfx',
    'Did you mean `client-cert`? Write `client-cert: { cert: client.pem, key: client.key }`.',
  ),
  ...same(
    'follow-redirects followlocation location redirect redirects allow-redirects no-follow-redirects',
    'Did you mean `follow`? Write `follow: true`.',
  ),
  ...same('max-redirs', 'Did you mean `max-redirects`?'),
  ...same('cookie cookie-jar', 'Did you mean `cookies`?'),
  ...same('http-version http2', 'Did you mean `version`? Write `version: 2`.'),
  ...same('max-filesize max-size', 'Did you mean `max-body`?'),
  ...same(
    'status status-code code assert asserts',
    '`expect` stands beside `http`: `expect: { status: 200 }`.',
  ),
  ...placed(
    'timeout connect-timeout max-time retry retries expect name delay resolve connect-to ip samples severity capture tags',
    (word) => {
      const key = word.replace('max-time', 'timeout').replace('retries', 'retry');
      return `\`${key}\` stands beside \`http\`, not in it.`;
    },
  ),
};
