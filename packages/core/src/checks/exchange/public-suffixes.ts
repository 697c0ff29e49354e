/**
 * Whether names below `domain` belong to different owners, as far as it is known here: every top-level domain, the
 * second level of countries that register below it (`co.uk`), and hosts of applications (`fly.dev`). The names are of
 * publicsuffix.org, whose whole list (tldts) is 140 kB: nearly half of all that a start of the checks loads.
 */
export function isPublicSuffix(domain: string): boolean {
  const [first = '', second, ...more] = domain.split('.');
  if (second === undefined) return true;
  const isCountry = more.length === 0 && second.length === 2;
  return (isCountry && registries.has(first)) || hosts.has(domain) || regional.test(domain);
}

/** Second levels that countries register names below. */
const registries: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov govt gub ltd mil ne net nhs nom or org plc police sch school asn adm art'.split(
    ' ',
  ),
);

const hosts: ReadonlySet<string> = new Set([
  ...['fly.dev', 'up.railway.app', 'vercel.app', 'vercel.dev', 'now.sh'],
  ...['github.io', 'githubpreview.dev', 'gitlab.io', 'netlify.app', 'onrender.com', 'herokuapp.com'],
  ...['pages.dev', 'workers.dev', 'deno.dev', 'glitch.me', 'repl.co', 'replit.app'],
  ...['web.app', 'firebaseapp.com', 'appspot.com', 'run.app', 'a.run.app', 'cloudfunctions.net'],
  ...['azurewebsites.net', 'azurestaticapps.net', 'cloudapp.net', 'trafficmanager.net', 'azureedge.net'],
  ...['cloudfront.net', 'amplifyapp.com', 'elasticbeanstalk.com', 'awsapprunner.com', 'ondigitalocean.app'],
  ...['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'trycloudflare.com', 'koyeb.app', 'lovable.app'],
  ...[
    'id.au',
    'me.uk',
    'web.id',
    'my.id',
    'web.za',
    'firm.in',
    'gen.in',
    'ind.in',
    'info.pl',
    'waw.pl',
    'priv.no',
  ],
]);

/** `eu-west-1.amazonaws.com`, `s3.amazonaws.com`, `westeurope.azurecontainerapps.io`. */
const regional = /^([\w-]+\.)*(amazonaws\.com|azurecontainerapps\.io|on\.aws)$/;
