/**
 * Modules of Node that many runs never need, each loaded by the first who does. TLS alone has OpenSSL list its
 * algorithms and a thread read every root that Node knows: 30 ms of CPU in each process that only names it.
 */
export function lateTls(): typeof import('node:tls') {
  return process.getBuiltinModule('node:tls');
}

export function lateCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}

export function lateHttps(): typeof import('node:https') {
  return process.getBuiltinModule('node:https');
}

export function lateHttp2(): typeof import('node:http2') {
  return process.getBuiltinModule('node:http2');
}
