import type { Environment } from '../../program.ts';

export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Everything that is the same at each request, by path. How it is broken: SHOP_REPORTED_COMMIT (a stale build),
 * SHOP_ROOT_STATUS, SHOP_ERROR_BODY=true, SHOP_REDIRECT_LOOP=true, SHOP_FONT=missing (the home page loads one that is
 * not there), and SHOP_SCRIPT: `missing` (404), `fallback` (the home page under its name, as a single-page application
 * answers) or `mistyped` (text/plain).
 */
export function pagesOf(env: Environment): Readonly<Record<string, Page>> {
  const version = env.VERSION ?? 'v0';
  const commit = env.SHOP_REPORTED_COMMIT ?? env.COMMIT ?? '';
  const assets = assetsOf(version, env.COMMIT ?? '');
  const home = page('text/html', homePage({ version, commit, assets, head: fontLink(env) }));
  const items = [
    { id: 1, name: 'Rope', price: 39 },
    { id: 2, name: 'Harness', price: 89 },
  ];
  const root = env.SHOP_ERROR_BODY === 'true' ? json({ error: 'database is read-only' }) : home;
  return {
    '/': { ...root, status: Number(env.SHOP_ROOT_STATUS ?? 200) },
    '/account': redirect('/login'),
    '/login': env.SHOP_REDIRECT_LOOP === 'true' ? redirect('/account') : page('text/html', loginPage),
    '/version.json': json({ version, commit }),
    '/api/items': json({ items }),
    ...Object.fromEntries(Object.values(assets).map(({ path, page }) => [path, page])),
    ...brokenScript(env.SHOP_SCRIPT, { script: assets.script, home }),
  };
}

interface Asset {
  readonly path: string;
  readonly page: Page;
}

type Assets = Readonly<Record<'script' | 'module' | 'style' | 'image', Asset>>;

function assetsOf(version: string, commit: string): Assets {
  const hash = digest('sha256', `${version} ${commit}`, 'hex').slice(0, 8);
  const asset = (name: string, type: string, body: string): Asset => {
    const [stem, extension] = name.split('.');
    const made = page(type, body);
    const headers = { ...made.headers, 'cache-control': 'public, max-age=31536000, immutable' };
    return { path: `/assets/${stem}-${hash}.${extension}`, page: { ...made, headers } };
  };
  return {
    script: asset('app.js', 'text/javascript', `document.title = 'Shop ${version}';\n`),
    module: asset('cart.js', 'text/javascript', 'export const cart = [];\n'),
    style: asset('app.css', 'text/css', 'body { font: 1rem sans-serif }\n'),
    image: asset('rope.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>\n'),
  };
}

function fontLink({ SHOP_FONT: font }: Environment): string {
  return font === 'missing' ? '<link rel="preload" as="font" href="/fonts/vendor.woff2" crossorigin>\n' : '';
}

function homePage(of: { version: string; commit: string; assets: Assets; head: string }): string {
  const { script, module, style, image } = of.assets;
  const integrity = `sha384-${digest('sha384', script.page.body, 'base64')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Shop</title><meta name="commit" content="${of.commit}">
<link rel="modulepreload" href="${module.path}"><link rel="stylesheet" href="${style.path}">
<script src="${script.path}" integrity="${integrity}" defer></script>
${of.head}</head>
<body><h1>Shop ${of.version}</h1><p>Welcome.</p><img src="${image.path}" alt="Rope"></body>
</html>
`;
}

const loginPage =
  '<!doctype html><html lang="en"><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';

function brokenScript(how: string | undefined, of: { script: Asset; home: Page }): Record<string, Page> {
  const broken: Record<string, Page> = {
    missing: json({ error: `nothing at ${of.script.path}` }, 404),
    fallback: of.home,
    mistyped: page('text/plain', of.script.page.body),
  };
  const instead = broken[how ?? ''];
  return instead === undefined ? {} : { [of.script.path]: instead };
}

export function json(value: object, status = 200): Page {
  return { ...page('application/json', JSON.stringify(value)), status };
}

function page(type: string, body: string): Page {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body };
}

function redirect(location: string): Page {
  return { status: 302, headers: { location }, body: '' };
}

function digest(algorithm: 'sha256' | 'sha384', text: string, encoding: 'hex' | 'base64'): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash(algorithm).update(text).digest(encoding);
}
