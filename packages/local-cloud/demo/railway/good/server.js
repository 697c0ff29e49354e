// A small shop to upload to the local cloud's Railway. How it is broken is said in release.json, or by a variable of the
// service: SHOP_HEALTH=failing, SHOP_ROOT_STATUS, SHOP_ERROR_BODY, SHOP_SLOW_MS, SHOP_CRASH_AFTER_MS, SHOP_EXIT_CODE,
// SHOP_IGNORE_SIGTERM.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const release = JSON.parse(readFileSync(new URL('release.json', import.meta.url), 'utf8'));
const settings = { ...release.settings, ...process.env };

const version = {
  version: settings.VERSION ?? release.version,
  commit: settings.RAILWAY_GIT_COMMIT_SHA ?? release.commit ?? null,
  deployment: settings.RAILWAY_DEPLOYMENT_ID ?? null,
  replica: settings.RAILWAY_REPLICA_ID ?? null,
  region: settings.RAILWAY_REPLICA_REGION ?? null,
};

const pages = {
  '/': [
    Number(settings.SHOP_ROOT_STATUS ?? 200),
    'text/html',
    `<!doctype html><title>Shop</title><h1>Shop ${version.version}</h1>`,
  ],
  '/version.json': [200, 'application/json', JSON.stringify(version)],
  '/healthz': settings.SHOP_HEALTH === 'failing' ? [500, 'text/plain', 'failing'] : [200, 'text/plain', 'ok'],
};

if (settings.SHOP_ERROR_BODY !== undefined) pages['/'] = [200, 'application/json', '{"error":"no database"}'];

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://shop');
  const [status, type, body] = pages[pathname] ?? [404, 'text/plain', 'not found'];
  const slowMs = Number(searchParams.get('ms') ?? settings.SHOP_SLOW_MS ?? 0);
  setTimeout(() => response.writeHead(status, { 'content-type': type }).end(body), slowMs);
});

const exit = () => process.exit(Number(settings.SHOP_EXIT_CODE ?? 1));
if (settings.SHOP_CRASH_AFTER_MS !== undefined) setTimeout(exit, Number(settings.SHOP_CRASH_AFTER_MS));

// What is under way is answered; nothing new is taken.
process.on(
  'SIGTERM',
  () => settings.SHOP_IGNORE_SIGTERM === undefined && server.close(() => process.exit(0)),
);

server.listen(Number(process.env.PORT), () =>
  process.stdout.write(`shop ${version.version} listens on ${process.env.PORT}\n`),
);
