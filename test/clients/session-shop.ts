/** A shop that keeps its sessions in Redis, as an upload: it speaks RESP itself, for an upload is run as it is. */
export function sessionShop(version: string): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify({ name: 'shop', private: true, type: 'module', scripts: { start: 'node server.js' } })}\n`,
    'release.json': `${JSON.stringify({ version })}\n`,
    'server.js': server,
  };
}

/**
 * Each request counts its session up, takes a while, and says the count and its version. A request under way at SIGTERM is
 * answered as long as the process may live.
 */
const server = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const { version } = JSON.parse(readFileSync(new URL('release.json', import.meta.url), 'utf8'));
const redis = connect(Number(process.env.REDIS_PORT), '127.0.0.1');
const waiting = [];
createInterface({ input: redis }).on('line', (line) => waiting.shift()?.(Number(line.slice(1))));

const counted = (session) =>
  new Promise((resolve) => {
    waiting.push(resolve);
    redis.write(\`INCR \${session}\\r\\n\`);
  });

const server = createServer(async (request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  if (request.url === '/') return response.end('<h1>Shop</h1>');
  const session = /sid=(\\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'nobody';
  const count = await counted(session);
  setTimeout(() => response.end(JSON.stringify({ version, count })), 250);
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(Number(process.env.PORT));
`;
