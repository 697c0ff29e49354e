import type { IncomingMessage, ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Hostile {
  readonly path: string;
  readonly answer: Answer;
}

const megabyte = 1024 * 1024;

/** Answers that no client should have to survive, by the value of SHOP_HOSTILE; all else is answered as ever. */
const answers: Readonly<Record<string, Hostile>> = {
  nested: { path: '/', answer: page('<div>'.repeat(megabyte)) },
  unclosed: { path: '/', answer: page('<meta name="commit '.repeat(megabyte / 4)) },
  large: { path: '/', answer: page(`<p>${'x'.repeat(9.5 * megabyte)}`) },
  encodings: {
    path: '/',
    answer: (_, response) =>
      response.setHeader('content-encoding', Array(400).fill('gzip').join(', ')).end('gone'),
  },
  switched: {
    path: '/',
    answer: ({ socket }) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: nothing\r\n\r\n'),
  },
  cut: {
    path: '/',
    answer: ({ socket }) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 90000\r\n\r\n'),
  },
  null: { path: '/api/items', answer: document('{"items":[{"id":1,"name":"Rope","price":null}]}') },
  swelling: { path: '/api/items', answer: document(`{"items":[${'{},'.repeat(3 * megabyte)}0]}`) },
  many: { path: '/api/items', answer: document(`{"items":[${'{"id":1,"price":2},'.repeat(20_000)}0]}`) },
  digits: { path: '/api/items', answer: document(`{"items":[{"price":"${'9'.repeat(megabyte)}"}]}`) },
};

/** The answer to a path, where the shop is to be hostile there. */
export function hostileAnswer(kind: string | undefined, path: string): Answer | undefined {
  const hostile = kind === undefined ? undefined : answers[kind];
  return hostile?.path === path ? hostile.answer : undefined;
}

function page(body: string): Answer {
  return (_, response) => response.setHeader('content-type', 'text/html').end(body);
}

function document(body: string): Answer {
  return (_, response) => response.setHeader('content-type', 'application/json').end(body);
}
