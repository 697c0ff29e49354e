// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template of the check language

/** One check of each type that speaks over a network, asking a port of loopback. */
export function checkTexts(port: number, timeout: string, name = 'c'): Readonly<Record<string, string>> {
  const host = `127.0.0.1:${port}`;
  const text = (check: string) => `- name: "${name}"\n  ${check}\n  timeout: ${timeout}`;
  const web = '\n  expect: { body: { contains: hello }, jsonpath: { $.commit: { exists: true } } }';
  return {
    http: text(`http: http://${host}/${web}`),
    https: text(`http: https://${host}/${web}`),
    http2: text(`http: { url: "http://${host}/", version: 2 }${web}`),
    'http2 over tls': text(`http: { url: "https://${host}/", version: 2 }${web}`),
    tls: text(`tls: "${host}"`),
    tcp: text(`tcp: { host: 127.0.0.1, port: ${port}, send: "PING\\n", expect: pong }`),
    'tcp with starttls': text(`tcp: { host: 127.0.0.1, port: ${port}, starttls: smtp }`),
    websocket: text(`websocket: { url: "ws://${host}/", send: hi, expect: hello }`),
    'websocket over tls': text(`websocket: { url: "wss://${host}/", send: hi, expect: hello }`),
    grpc: text(`grpc: { host: 127.0.0.1, port: ${port}, tls: false }`),
    'grpc over tls': text(`grpc: { host: 127.0.0.1, port: ${port} }`),
    assets: text(`assets: http://${host}/`),
    postgres: text(`postgres: "postgres://app:pw@${host}/shop"`),
    'postgres with a query': text(
      `postgres: { url: "postgres://app:pw@${host}/shop?sslmode=disable", query: SELECT n FROM t }`,
    ),
    redis: text(`redis: "redis://app:pw@${host}/1"`),
    rediss: text(`redis: "rediss://${host}"`),
    release: text(`release: { path: "http://${host}/", jsonpath: $.commit, equals: abcdef1 }`),
    dns: text(`dns: { name: shop.example, server: "${host}" }`),
  };
}
