/**
 * Loaded before a Node program that somebody uploaded, which then listens as in a container: on the port that traffic is
 * sent to (PORT) it is reached, on any other port or on its own loopback alone it is reached by nobody. Outside of it that
 * port is LOOPBACK_PORT of this machine's loopback, and no other interface.
 */
import { Server } from 'node:net';

const outside = Number(process.env.LOOPBACK_PORT ?? process.env.PORT);
const inside = Number(process.env.PORT);
delete process.env.LOOPBACK_PORT;

// The channel closes when the cloud's process ends, however it ends: no application outlives its cloud.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();

const ownLoopback = new Set(['127.0.0.1', 'localhost', '::1']);
const { listen } = Server.prototype;

/** @param {any[]} args */
Server.prototype.listen = function listenInside(...args) {
  const [first, second, ...rest] = args;
  const options = typeof first === 'object' && first !== null && 'port' in first ? first : undefined;
  if (options === undefined && !isPort(first)) return listen.apply(this, /** @type {any} */ (args));
  const port = Number(options?.port ?? first ?? 0);
  const host = options === undefined ? (typeof second === 'string' ? second : undefined) : options.host;
  const isReached = port === inside && !ownLoopback.has(host);
  const where = { ...options, host: '127.0.0.1', port: isReached ? outside : 0 };
  const callback = [second, ...rest].find((argument) => typeof argument === 'function');
  return listen.call(this, /** @type {any} */ (where), callback);
};

/** @param {unknown} value */
function isPort(value) {
  return value === undefined || typeof value === 'number' || /^\d+$/.test(String(value));
}
