/** Asks a Postgres server whether it speaks TLS. Whatever it says, it is there (the protocol's SSLRequest). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const patienceMs = 1_000;

/** Whether what `url` names answers: `postgres://…` as Postgres does, `tcp://…` by accepting. */
export async function databaseAnswers(url: string): Promise<boolean> {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  const { protocol, hostname, port } = parsed;
  const { connect } = process.getBuiltinModule('node:net');
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 5432), timeout: patienceMs });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.on('error', () => settle(false));
    socket.on('timeout', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => (protocol === 'tcp:' ? settle(true) : socket.write(sslRequest)));
    socket.on('data', () => settle(true));
  });
}
