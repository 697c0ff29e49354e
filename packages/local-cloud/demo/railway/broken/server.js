// The next release of the shop, with a fault: it starts and its home page answers, but /healthz never does with 200.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response
    .writeHead(request.url === '/' ? 200 : 500)
    .end(request.url === '/' ? '<h1>Shop</h1>' : 'no database');
});

server.listen(Number(process.env.PORT), () => process.stdout.write('shop v3 listens\n'));
