import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE_node_os_e12349cb__ from "node:os";
/******/ var __webpack_modules__ = ({

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 8147:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6597);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6043);


await (0,_core__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_run_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 6043:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ action)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./build/packages/core/src/failure.js
var failure = __nccwpck_require__(9829);
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/jsonpath.js

async function loadJsonPaths() {
    const { compile } = await __nccwpck_require__.e(/* import() */ 393).then(__nccwpck_require__.t.bind(__nccwpck_require__, 393, 19));
    const compiled = new Map();
    const query = (text) => {
        const known = compiled.get(text) ?? compile(text);
        compiled.set(text, known);
        return known;
    };
    return {
        problem(text) {
            try {
                query(text);
                return undefined;
            }
            catch (error) {
                return messageOf(error);
            }
        },
        read(text, document, deadlineMs) {
            try {
                return reading(query(text), document, hasPattern(text) ? deadlineMs : undefined);
            }
            catch (error) {
                return { kind: 'invalid', why: `the query did not end well: ${messageOf(error)}` };
            }
        },
    };
}
function reading(query, document, deadlineMs) {
    const select = () => query.query(document).values();
    const nodes = deadlineMs === undefined ? select() : underDeadline(select, deadlineMs);
    if (query.singularQuery()) {
        return nodes.length === 0 ? { kind: 'missing' } : { kind: 'found', value: nodes[0] };
    }
    if (nodes.length === 0)
        return { kind: 'missing' };
    return { kind: 'found', value: nodes.length === 1 ? nodes[0] : nodes, nodes };
}
/** `match()` and `search()` run a pattern of the user's, which may backtrack without end. */
function hasPattern(query) {
    return /\b(match|search)\s*\(/.test(query);
}
const call = new external_node_vm_namespaceObject.Script('run()');
/** Runs `select` where it can be stopped. It holds this thread meanwhile: a query cannot be sent to another. */
function underDeadline(select, deadlineMs) {
    const context = (0,external_node_vm_namespaceObject.createContext)({ run: select });
    return call.runInContext(context, { timeout: Math.max(1, Math.ceil(deadlineMs)) });
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/proxy.js

/** The proxy for `url`, unless `NO_PROXY` exempts its host. */
function proxyFor(url, proxies) {
    const proxy = url.protocol === 'https:' ? proxies.HTTPS_PROXY : proxies.HTTP_PROXY;
    return proxy === undefined || isExempt(url, proxies.NO_PROXY ?? '') ? undefined : new URL(proxy);
}
/** The proxy by which `address` is reached with CONNECT: what is not http goes the way of https. */
function tunnelProxyFor({ host, port }, proxies) {
    const bracketed = isIPv6(host) ? `[${host}]` : host;
    return proxyFor(new URL(`https://${bracketed}:${port}`), proxies);
}
/** `NO_PROXY` is a list of hosts and domains, with an optional port; `*` exempts all. */
function isExempt(url, list) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return list
        .split(/[\s,]+/)
        .filter((entry) => entry !== '')
        .some((entry) => {
        if (entry === '*')
            return true;
        const [, name = '', only] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
        if (only !== undefined && only !== port)
            return false;
        return host === name.toLowerCase() || host.endsWith(`.${name.toLowerCase()}`);
    });
}
/** `Basic …` for a proxy that carries its credentials in its URL. */
function proxyAuthorization(proxy) {
    if (proxy.username === '')
        return undefined;
    const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/trouble.js
/** Why an exchange ended without a usable answer. */
class Trouble extends Error {
    failureClass;
    constructor(failureClass, message, options) {
        super(message, options);
        this.name = 'Trouble';
        this.failureClass = failureClass;
    }
}
const certificateCodes = [
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'HOSTNAME_MISMATCH',
];
/** Sorts an error of Node's into a retry class, by its code and how far the attempt had come. */
function troubleOf(error, stage) {
    if (error instanceof Trouble)
        return error;
    const { code, text } = described(error);
    const options = { cause: error };
    if (certificateCodes.includes(code))
        return new Trouble('tls-verdict', text, options);
    if (stage === 'resolving' && /^(ENOTFOUND|EAI_)/.test(code))
        return new Trouble('resolve', text, options);
    if (stage === 'resolving' || stage === 'connecting')
        return new Trouble('connect', text, options);
    // Platforms answer a handshake with an alert until the certificate of a new host is there.
    if (stage === 'securing')
        return new Trouble('tls-transient', `${text} during the TLS handshake`, options);
    if (code.startsWith('HPE_'))
        return new Trouble('assertion', `the answer is not HTTP: ${text}`, options);
    if (stage === 'waiting')
        return new Trouble('connect', `${text} before any answer`, options);
    return new Trouble('assertion', `the answer broke off: ${text}`, options);
}
function described(error) {
    if (!(error instanceof Error))
        return { code: '', text: String(error) };
    // Several addresses were tried: the first error stands for all.
    const first = error instanceof AggregateError ? error.errors[0] : error;
    const code = codeOf(first) || codeOf(error);
    const message = first instanceof Error && first.message !== '' ? first.message : error.message;
    return { code, text: message.includes(code) ? message : `${code} ${message}` };
}
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
/** Answers that a proxy or an overloaded service gives in place of the application. */
function isGatewayStatus(status) {
    return status !== undefined && [408, 425, 429, 502, 503, 504].includes(status);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/connect.js





/** A connection of this attempt's own to the host of `url`, secured when it is https; through `proxy` by CONNECT. */
async function connectTo(url, proxy, watch) {
    const secure = url.protocol === 'https:';
    // Plain http goes to the proxy itself, which is asked for the whole URL.
    const socket = proxy === undefined || secure
        ? await openTunnel(addressOf(url), proxy, watch)
        : await openTunnel(addressOf(proxy), undefined, watch);
    const ready = secure ? await handshake(socket, hostOf(url), watch) : socket;
    watch.ready();
    return ready;
}
/**
 * Plain bytes to and from `address`: directly, or by CONNECT where a proxy is given. The caller tells the watch when
 * the connection is `ready()`, after whatever handshake it makes on top.
 */
async function openTunnel(address, proxy, watch) {
    watch.connecting();
    const tcp = await dial(proxy === undefined ? address : addressOf(proxy), watch);
    const tunnel = proxy === undefined ? tcp : await throughProxy(tcp, address, proxy);
    watch.onCut((why) => tunnel.destroy(why));
    watch.connected();
    return tunnel;
}
function dial({ host, port }, watch) {
    const socket = (0,external_node_net_namespaceObject.connect)({ host, port, noDelay: true });
    watch.onCut((why) => socket.destroy(why));
    // Between the handlers of one step and those of the next an error would otherwise end the process.
    socket.on('error', () => { });
    if ((0,external_node_net_namespaceObject.isIP)(host) !== 0)
        watch.resolved(false);
    socket.once('lookup', (error) => {
        if (!error)
            watch.resolved(true);
    });
    return opened(socket, 'connect');
}
async function throughProxy(tcp, { host, port }, proxy) {
    const carrier = proxy.protocol === 'https:' ? await secured(tcp, hostOf(proxy)) : tcp;
    const authority = `${(0,external_node_net_namespaceObject.isIPv6)(host) ? `[${host}]` : host}:${port}`;
    const authorization = proxyAuthorization(proxy);
    const ask = (0,external_node_http_.request)({
        createConnection: () => carrier,
        method: 'CONNECT',
        path: authority,
        headers: {
            host: authority,
            ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
        },
    });
    return new Promise((resolve, reject) => {
        ask.once('error', reject);
        ask.once('connect', (answer, socket) => {
            if (answer.statusCode === 200)
                return resolve(socket);
            socket.destroy();
            reject(new Trouble('connect', `the proxy ${proxy.host} answered ${answer.statusCode} to CONNECT ${authority}`));
        });
        ask.end();
    });
}
async function handshake(tcp, host, watch) {
    const socket = await secured(tcp, host, watch);
    watch.secured();
    return socket;
}
function secured(tcp, host, watch) {
    // A server name may not be an address.
    const socket = (0,external_node_tls_namespaceObject.connect)({
        socket: tcp,
        host,
        servername: (0,external_node_net_namespaceObject.isIP)(host) === 0 ? host : '',
        ALPNProtocols: ['http/1.1'],
    });
    watch?.onCut((why) => socket.destroy(why));
    socket.on('error', () => { });
    return opened(socket, 'secureConnect');
}
function opened(socket, event) {
    return new Promise((resolve, reject) => {
        const closed = () => reject(new Error('the connection was closed'));
        socket.once('error', reject);
        socket.once('close', closed);
        socket.once(event, () => {
            socket.off('error', reject);
            socket.off('close', closed);
            resolve(socket);
        });
    });
}
function addressOf(url) {
    return { host: hostOf(url), port: portOf(url) };
}
function hostOf(url) {
    return url.hostname.replace(/^\[|\]$/g, '');
}
function portOf(url) {
    if (url.port !== '')
        return Number(url.port);
    return url.protocol === 'https:' ? 443 : 80;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/exchange.js




/** One request on one new connection, which ends with it. Rejects with what Node said; `troubleOf` sorts that. */
async function exchange(request, proxies, watch) {
    const proxy = proxyFor(request.url, proxies);
    const socket = await connectTo(request.url, proxy, watch);
    watch.onCut((why) => socket.destroy(why));
    try {
        return await roundTrip(request, proxy, { socket, watch });
    }
    finally {
        socket.destroy();
    }
}
function roundTrip(request, proxy, line) {
    const { url, method, body } = request;
    // Plain HTTP goes to a proxy as a whole URL; proxies commonly refuse CONNECT to port 80.
    const plainProxy = url.protocol === 'http:' ? proxy : undefined;
    const authorization = plainProxy && proxyAuthorization(plainProxy);
    return new Promise((resolve, reject) => {
        const sent = (0,external_node_http_.request)({
            createConnection: () => line.socket,
            method,
            path: plainProxy === undefined ? `${url.pathname}${url.search}` : url.href,
            headers: {
                host: url.host,
                ...request.headers,
                ...(body === undefined ? {} : { 'content-length': String(body.length) }),
                ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
            },
            maxHeaderSize: 64 * 1024,
        });
        sent.on('error', reject);
        sent.once('response', (message) => {
            line.watch.answered();
            received(message, request.maxBodyBytes).then((bytes) => {
                line.watch.downloaded();
                resolve({ status: message.statusCode ?? 0, headers: headersOf(message), bytes });
            }, reject);
        });
        sent.end(body);
    });
}
function received(message, maxBytes) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let size = 0;
        message.on('data', (chunk) => {
            size += chunk.length;
            if (size > maxBytes)
                reject(new Trouble('assertion', `the body is larger than ${maxBytes} bytes`));
            else
                chunks.push(chunk);
        });
        message.on('error', reject);
        message.once('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    });
}
/** Every value of a repeated header is kept: Node's own `headers` drops some and joins others. */
function headersOf({ rawHeaders }) {
    const headers = Object.create(null);
    for (let index = 0; index < rawHeaders.length; index += 2) {
        const name = (rawHeaders[index] ?? '').toLowerCase();
        const value = rawHeaders[index + 1] ?? '';
        const known = headers[name];
        if (known === undefined)
            headers[name] = value;
        else if (Array.isArray(known))
            known.push(value);
        else
            headers[name] = [known, value];
    }
    return headers;
}
/** The first value of a header. */
function headerOf(headers, name) {
    const value = headers[name];
    return typeof value === 'string' ? value : value?.[0];
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/decode.js




const decoders = {
    gzip: (0,external_node_util_namespaceObject.promisify)(external_node_zlib_.gunzip),
    'x-gzip': (0,external_node_util_namespaceObject.promisify)(external_node_zlib_.gunzip),
    br: (0,external_node_util_namespaceObject.promisify)(external_node_zlib_.brotliDecompress),
    deflate: inflated,
};
const inflateWrapped = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_.inflate);
const inflateBare = (0,external_node_util_namespaceObject.promisify)(external_node_zlib_.inflateRaw);
/** Servers send `deflate` with and without the zlib wrapper the standard asks for. */
function inflated(bytes, options) {
    return inflateWrapped(bytes, options).catch(() => inflateBare(bytes, options));
}
/** What this engine can decode, for `accept-encoding`. */
const acceptedEncodings = 'gzip, deflate, br';
/** The body as the server meant it; content codings are undone in reverse. A bomb stops at `maxBytes`. */
async function decoded(bytes, headers, maxBytes) {
    const codings = (headerOf(headers, 'content-encoding') ?? '')
        .toLowerCase()
        .split(',')
        .map((coding) => coding.trim())
        .filter((coding) => coding !== '' && coding !== 'identity');
    let body = bytes;
    for (const coding of codings.reverse()) {
        if (body.length === 0)
            break;
        const decoder = decoders[coding];
        if (decoder === undefined)
            throw new Trouble('assertion', `the body is encoded as ${JSON.stringify(coding)}, which is not known`);
        body = await decoder(body, { maxOutputLength: maxBytes }).catch((error) => {
            const tooLarge = error instanceof RangeError;
            throw new Trouble('assertion', tooLarge ? `the decoded body is larger than ${maxBytes} bytes` : `the body is not ${coding}`);
        });
    }
    return body;
}
/** Text by the charset of `content-type`, else a byte order mark, else UTF-8 with replacement. */
function textOf(bytes, headers) {
    const named = /charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(headers, 'content-type') ?? '')?.[1];
    return decoderFor(named ?? markedCharset(bytes)).decode(bytes);
}
function markedCharset(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
        return 'utf-16le';
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
        return 'utf-16be';
    return 'utf-8';
}
const utf8 = new external_node_util_namespaceObject.TextDecoder();
function decoderFor(charset) {
    if (/^utf-?8$/i.test(charset))
        return utf8;
    try {
        return new external_node_util_namespaceObject.TextDecoder(charset);
    }
    catch {
        return utf8;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/redirects.js


/** Sends a request and, when asked, follows where the answers point; every hop is a connection of its own. */
async function exchangeFollowing(request, rules, line) {
    const seen = new Set();
    for (let current = request;;) {
        const answer = await exchange(current, line.proxies, line.watch);
        const next = rules.follow ? nextHop(current, answer) : undefined;
        if (next === undefined)
            return { ...answer, url: current.url };
        seen.add(`${current.method} ${current.url.href}`);
        const hop = `${answer.status} to ${next.url.href}`;
        if (seen.has(`${next.method} ${next.url.href}`))
            throw new Trouble('assertion', `the redirects loop: ${hop}`);
        if (seen.size > rules.maxRedirects)
            throw new Trouble('assertion', `more than ${rules.maxRedirects} redirects: ${hop}`);
        if (current.url.protocol === 'https:' && next.url.protocol === 'http:' && !rules.allowDowngrade) {
            throw new Trouble('assertion', `the redirect leaves https: ${hop}`);
        }
        current = next;
    }
}
function nextHop(request, answer) {
    if (![301, 302, 303, 307, 308].includes(answer.status))
        return undefined;
    const location = headerOf(answer.headers, 'location');
    if (location === undefined)
        return undefined;
    const url = URL.parse(location, request.url.href);
    if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new Trouble('assertion', `the redirect points to ${JSON.stringify(location)}, which is no HTTP address`);
    }
    const headers = url.origin === request.url.origin ? request.headers : withoutCredentials(request.headers);
    const becomesGet = (answer.status === 303 && request.method !== 'HEAD') ||
        (answer.status <= 302 && request.method === 'POST');
    if (!becomesGet)
        return { ...request, url, headers };
    return { ...request, url, headers: without(headers, ['content-type']), method: 'GET', body: undefined };
}
/** Credentials were meant for the first origin only. */
function withoutCredentials(headers) {
    return without(headers, ['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);
}
function without(headers, names) {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/retry-after.js
/** `Retry-After` in seconds or as a date, as milliseconds from `now`; undefined when it says neither. */
function retryAfterMs(header, now) {
    if (header === undefined)
        return undefined;
    if (/^\s*\d{1,9}\s*$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/exchange/attempt-watch.js

/** Times one attempt, and cuts it off: at its connect or total limit, or when the run is aborted. */
class AttemptWatch {
    #limits;
    #started;
    #phases = {};
    #total;
    #connecting;
    #stage = 'resolving';
    #cut;
    #why;
    #aborted = () => this.#end(this.#limits.signal.reason);
    constructor(limits) {
        this.#limits = limits;
        this.#started = limits.clock.monotonic();
        this.#total = setTimeout(() => this.#end(this.#lateTrouble()), limits.timeoutMs);
        limits.signal.addEventListener('abort', this.#aborted);
    }
    get stage() {
        return this.#stage;
    }
    /** Why the attempt was cut off, if it was: sockets may report it as something else. */
    get cutBy() {
        return this.#why;
    }
    /** Milliseconds since the attempt began, not rounded. */
    get elapsedMs() {
        return this.#limits.clock.monotonic() - this.#started;
    }
    get phases() {
        return { ...this.#phases, total: Math.round(this.elapsedMs) };
    }
    /** What to destroy when the attempt is cut off; called at once when it already was. */
    onCut(cut) {
        this.#cut = cut;
        if (this.#why !== undefined)
            cut(this.#why);
    }
    /** A connection begins: a redirect to another host starts over. */
    connecting() {
        this.#stage = 'resolving';
        clearTimeout(this.#connecting);
        const { connectTimeoutMs } = this.#limits;
        const late = () => this.#end(this.#slowConnection(connectTimeoutMs));
        this.#connecting = setTimeout(late, connectTimeoutMs);
    }
    /** The name is resolved, or there was none to resolve. */
    resolved(viaLookup) {
        this.#stage = 'connecting';
        if (viaLookup)
            this.#phases.dns = Math.round(this.elapsedMs);
    }
    connected() {
        this.#stage = 'securing';
        this.#phases.connect = Math.round(this.elapsedMs);
    }
    secured() {
        this.#phases.tls = Math.round(this.elapsedMs);
    }
    /** The connection stands: from here on only the total limit counts. */
    ready() {
        this.#stage = 'waiting';
        clearTimeout(this.#connecting);
    }
    answered() {
        this.#stage = 'reading';
        this.#phases.firstByte = Math.round(this.elapsedMs);
    }
    downloaded() {
        this.#phases.download = Math.round(this.elapsedMs);
    }
    close() {
        clearTimeout(this.#total);
        clearTimeout(this.#connecting);
        this.#limits.signal.removeEventListener('abort', this.#aborted);
        this.#cut = undefined;
    }
    #end(why) {
        this.#why ??= why;
        this.#cut?.(this.#why);
    }
    #slowConnection(limitMs) {
        if (this.#stage === 'resolving')
            return new Trouble('resolve', `the name was not resolved within ${limitMs} ms`);
        const what = this.#stage === 'connecting' ? 'no connection' : 'no TLS handshake';
        return new Trouble('timeout', `${what} within ${limitMs} ms`);
    }
    #lateTrouble() {
        const limitMs = Math.round(this.#limits.timeoutMs);
        if (this.#stage === 'waiting')
            return new Trouble('timeout', `connected, but no answer within ${limitMs} ms`);
        if (this.#stage === 'reading')
            return new Trouble('timeout', `the answer did not end within ${limitMs} ms`);
        return this.#slowConnection(limitMs);
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/observed.js


/**
 * One attempt of any type: timed, cut off at its limits, whatever it throws sorted into a retry class. `said` begins
 * the line of the report, as `GET https://…`. Rejects only when the run is aborted.
 */
async function observed(said, context, work) {
    const watch = new AttemptWatch(context);
    try {
        return await work(watch);
    }
    catch (error) {
        context.signal.throwIfAborted();
        const { failureClass, message } = troubleOf(watch.cutBy ?? error, watch.stage);
        const summary = `${said} → ${message}`;
        return { kind: 'unanswered', failureClass, summary, phases: watch.phases };
    }
    finally {
        watch.close();
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/http-answer.js





/** Makes one attempt. Rejects only when the run is aborted. */
function askWeb(request, rules, context) {
    const said = `${request.method} ${request.url.href}`;
    return observed(said, context, async (watch) => {
        const answer = await exchangeFollowing(request, rules, { proxies: context.proxies, watch });
        const durationMs = watch.elapsedMs;
        const phases = watch.phases;
        const { status, headers } = answer;
        const body = new WebBody(await decoded(answer.bytes, headers, request.maxBodyBytes), headers);
        const wait = retryAfterMs(headerOf(headers, 'retry-after'), context.clock.now());
        return {
            kind: 'answered',
            summary: `${said} → ${status}`,
            ...{ status, headers, body, phases, durationMs },
            ...(wait === undefined ? {} : { retryAfterMs: wait }),
        };
    });
}
/** A decoded body; reading it as text and as JSON is put off until an assertion asks. */
class WebBody {
    #bytes;
    #headers;
    #text;
    #json;
    constructor(bytes, headers) {
        this.#bytes = bytes;
        this.#headers = headers;
    }
    get text() {
        this.#text ??= textOf(this.#bytes, this.#headers);
        return this.#text;
    }
    /** The document, or undefined when the body is not JSON. */
    get json() {
        this.#json ??= parsed(this.text);
        return this.#json === 'none' ? undefined : this.#json;
    }
    query(path, { jsonPaths, timeoutMs }) {
        const document = this.json;
        if (document === undefined)
            return { kind: 'unreadable', actual: notJson(this.text) };
        if (jsonPaths === undefined)
            return { kind: 'invalid', why: 'JSONPath was not loaded' };
        return jsonPaths.read(path, document.value, timeoutMs);
    }
}
function parsed(text) {
    try {
        return { value: JSON.parse(text) };
    }
    catch {
        return 'none';
    }
}
function notJson(text) {
    return text.trim() === '' ? 'an empty body, which is not JSON' : `a body that is not JSON: ${text}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/check-type.js
/** A value that only the run could show to be unusable. */
class BindProblem extends Error {
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/http-bind.js


/** A request with its templates filled in, ready to be sent. Throws BindProblem for what cannot be sent. */
function bindRequest(spec, scope) {
    const url = absolute(scope.fill(spec.url), scope.target);
    for (const [name, value] of Object.entries(spec.query))
        url.searchParams.append(name, scope.fill(value));
    refuseSecretsInTheClear(spec, url, scope);
    const payload = spec.payload && sendable(spec.payload, scope);
    const headers = {
        'user-agent': 'belay-smoke-test',
        accept: '*/*',
        'accept-encoding': acceptedEncodings,
        ...(payload === undefined ? {} : { 'content-type': payload.type }),
        ...(spec.auth === undefined ? {} : { authorization: authorization(spec.auth, scope) }),
    };
    for (const [name, value] of Object.entries(spec.headers)) {
        headers[name] =
            typeof value === 'string'
                ? headerValue(name, scope.fill(value))
                : value.map((one) => headerValue(name, scope.fill(one)));
    }
    return { method: spec.method, url, headers, body: payload?.bytes, maxBodyBytes: spec.maxBodyBytes };
}
/** POST and PATCH may do something twice, unless the service is told how to recognise a repetition. */
function isRepeatable({ method, headers }) {
    return !['POST', 'PATCH'].includes(method) || 'idempotency-key' in headers;
}
function isLoopback(host) {
    return (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host));
}
function absolute(text, target) {
    const url = URL.parse(text, target);
    if (url === null) {
        throw new BindProblem(target === undefined
            ? `${JSON.stringify(text)} is relative and there is no target. Set \`target\`, or pass the variable \`url\`.`
            : `${JSON.stringify(text)} is not an address under the target ${JSON.stringify(target)}.`);
    }
    if (!/^https?:$/.test(url.protocol))
        throw new BindProblem(`${JSON.stringify(text)} is neither http nor https.`);
    if (url.username !== '')
        throw new BindProblem('The address holds credentials. Use `auth` with a secret.');
    url.hash = '';
    return url;
}
function refuseSecretsInTheClear(spec, url, scope) {
    if (!scope.usesSecrets || spec.allowInsecure || url.protocol === 'https:' || isLoopback(url.hostname))
        return;
    throw new BindProblem(`A secret would go over plain http to ${url.host}. Use https, or set \`allow-insecure: true\`.`);
}
function headerValue(name, value) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
        throw new BindProblem(`The header ${name} holds a line break or control character.`);
    return value;
}
function authorization(auth, scope) {
    if (auth.kind === 'bearer')
        return `Bearer ${headerValue('authorization', scope.fill(auth.token))}`;
    const pair = scope.fill(auth.pair);
    const encoded = Buffer.from(pair).toString('base64');
    if (scope.usesSecrets)
        scope.redactor.add(encoded);
    return `Basic ${encoded}`;
}
function sendable(payload, scope) {
    switch (payload.kind) {
        case 'json':
            return { type: 'application/json', bytes: Buffer.from(JSON.stringify(scope.fillDeep(payload.value))) };
        case 'form': {
            const filled = new URLSearchParams();
            for (const [name, value] of Object.entries(payload.fields))
                filled.append(name, scope.fill(value));
            return {
                type: 'application/x-www-form-urlencoded',
                bytes: Buffer.from(filled.toString()),
            };
        }
        case 'body':
            return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(scope.fill(payload.text)) };
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/cursor.js
/** A value of the parsed document that knows where it stands, so that a problem can be placed later. */
class Cursor {
    value;
    parent;
    key;
    problems;
    constructor(value, problems, parent, key = '') {
        this.value = value;
        this.problems = problems;
        this.parent = parent;
        this.key = key;
    }
    /** Notes a problem and answers undefined, so that readers can `return at.fail(…)`. */
    fail(message, on = 'value') {
        this.problems.push({ message, origin: this, on });
        return undefined;
    }
    child(key, value) {
        return new Cursor(value, this.problems, this, key);
    }
}
/** The keys from the root down to `origin`. */
function pathOf(origin) {
    const path = [];
    for (let at = origin; at?.parent !== undefined; at = at.parent)
        path.unshift(at.key);
    return path;
}
/** A value as a message shows it: JSON on one line, at most 80 characters. */
function cursor_shown(value) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/packages/core/src/nearest.js
/** The one of `names` a person probably meant by `typed`, or undefined when none is near. For "did you mean". */
function nearest(typed, names) {
    const limit = Math.max(1, Math.floor(typed.length / 3));
    let best;
    for (const name of names) {
        const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
        if (distance <= limit && (best === undefined || distance < best.distance))
            best = { name, distance };
    }
    return best?.name;
}
/** Levenshtein's: insertions, deletions and replacements. */
function editDistance(from, to) {
    let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        for (let column = 1; column <= to.length; column++) {
            const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
            current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
        }
        previous = current;
    }
    return previous[to.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/not-yet.js
/** Words of the check language that this version does not speak: refused by name, never as unknown. */
const notYet = {
    file: ['scenarios', 'watch', 'baseline', 'fail-fast', 'redact-query'],
    check: [
        'tls',
        'tcp',
        'dns',
        'grpc',
        'websocket',
        'postgres',
        'redis',
        'assets',
        'exec',
        'fly-machines',
        'if',
        'resolve',
        'ip',
        'capture',
        'samples',
        'warmup',
    ],
    http: ['multipart', 'file', 'cookies', 'version', 'tls', 'client-cert', 'proxy'],
    release: ['meta', 'instances'],
    expect: [
        'http-version',
        'url',
        'redirects',
        'cookie',
        'bytes',
        'json',
        'schema',
        'sha256',
        'dns',
        'connect',
        'tls',
        'first-byte',
        'download',
        'total',
        'ip',
        'certificate',
        'capture',
        'all',
    ],
    predicate: ['semver'],
};

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/fields.js



/** Opens a mapping; every key outside `shape.keys` is a problem with the nearest legal key as a hint. */
function fields(at, shape) {
    const mapping = at.value;
    if (!isMapping(mapping))
        return at.fail(`${shape.what} must be a mapping, not ${cursor_shown(mapping)}.`);
    for (const key in mapping) {
        if (!shape.keys.includes(key))
            at.child(key, mapping[key]).fail(strangeKey(key, shape), 'key');
    }
    const get = (key) => (Object.hasOwn(mapping, key) ? at.child(key, mapping[key]) : undefined);
    return {
        cursor: at,
        get,
        has: (key) => Object.hasOwn(mapping, key),
        read(key, read) {
            const child = get(key);
            return child === undefined ? undefined : read(child);
        },
    };
}
function strangeKey(key, { what, keys, vocabulary }) {
    const later = vocabulary === undefined ? [] : notYet[vocabulary];
    if (later.includes(key))
        return `\`${key}\` in ${what} is not supported yet.`;
    const meant = nearest(key, keys);
    const hint = meant === undefined ? `Legal: ${keys.join(', ')}.` : `Did you mean \`${meant}\`?`;
    return `Unknown key ${quoted(key)} in ${what}. ${hint}`;
}
/** A key of the file in back quotes, unless it holds what would break out of them. */
function quoted(key) {
    return /^[\w $.@*[\]-]{1,80}$/.test(key) ? `\`${key}\`` : cursor_shown(key);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/scalars.js


/** Readers of single values: each answers the value, or notes a problem and answers undefined. */
function scalars_text(at) {
    if (typeof at.value === 'string' && at.value !== '')
        return at.value;
    return at.fail(`\`${at.key}\` must be text, not ${cursor_shown(at.value)}.`);
}
function flag(at) {
    if (typeof at.value === 'boolean')
        return at.value;
    return at.fail(`\`${at.key}\` must be true or false, not ${cursor_shown(at.value)}.`);
}
/** A whole number of at least `least`. */
function integer(least) {
    return (at) => {
        if (typeof at.value === 'number' && Number.isSafeInteger(at.value) && at.value >= least)
            return at.value;
        return at.fail(`\`${at.key}\` must be a whole number of at least ${least}, not ${cursor_shown(at.value)}.`);
    };
}
function oneOf(legal) {
    return (at) => {
        const found = legal.find((one) => one === at.value);
        if (found !== undefined)
            return found;
        const meant = typeof at.value === 'string' ? nearest(at.value, legal) : undefined;
        const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
        return at.fail(`\`${at.key}\` must be one of ${legal.join(', ')}, not ${cursor_shown(at.value)}.${hint}`);
    };
}
/** A list whose items `read` accepts; items it refuses are left out after their problem is noted. */
function listOf(read) {
    return (at) => {
        if (!Array.isArray(at.value))
            return at.fail(`\`${at.key}\` must be a list, not ${cursor_shown(at.value)}.`);
        const items = [];
        for (const [index, item] of at.value.entries()) {
            const value = read(at.child(index, item));
            if (value !== undefined)
                items.push(value);
        }
        return items;
    };
}
/** A string inside a list or mapping, where the key says nothing about it. */
function word(at) {
    if (typeof at.value === 'string' && at.value !== '')
        return at.value;
    return at.fail(`${cursor_shown(at.value)} must be text.`);
}
function percentage(at) {
    const digits = typeof at.value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(at.value)?.[1] : undefined;
    const share = Number(digits) / 100;
    if (digits !== undefined && share <= 1)
        return share;
    return at.fail(`\`${at.key}\` must be a percentage such as 10%, not ${cursor_shown(at.value)}.`);
}
/** A size in bytes: a whole number, or one with a unit such as `10 MiB`. */
function size(at) {
    const units = {
        B: 1,
        KiB: 1024,
        MiB: 1024 ** 2,
        kB: 1000,
        MB: 1_000_000,
    };
    const parts = typeof at.value === 'string' ? /^(\d+)\s*([A-Za-z]+)$/.exec(at.value) : null;
    const factor = units[parts?.[2] ?? ''];
    if (parts !== null && factor !== undefined)
        return Number(parts[1]) * factor;
    return at.fail(`\`${at.key}\` must be a size with a unit (${Object.keys(units).join(', ')}), not ${cursor_shown(at.value)}.`);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/http-request.js



const keys = [
    'method',
    'url',
    'headers',
    'query',
    'body',
    'json',
    'form',
    'auth',
    'follow',
    'max-redirects',
    'allow-downgrade',
    'allow-insecure',
    'max-body',
];
const defaultMaxBody = 10 * 1024 * 1024;
/** Reads `GET /path`, `/path`, or a mapping of everything a request may have. */
function readRequest(at, defaults) {
    if (typeof at.value === 'string')
        return shorthand(at, at.value, defaults.follow);
    const given = fields(at, { what: '`http`', keys, vocabulary: 'http' });
    if (given === undefined)
        return undefined;
    const url = given.read('url', scalars_text);
    if (!given.has('url'))
        at.fail('`http` needs a `url`.');
    const payload = given.read('json', (one) => ({ kind: 'json', value: one.value }));
    const form = given.read('form', (one) => wrapForm(textMap(one)));
    const body = given.read('body', (one) => wrapBody(scalars_text(one)));
    if ([payload, form, body].filter((one) => one !== undefined).length > 1) {
        at.fail('`http` takes one of `body`, `json` and `form`.');
    }
    return {
        method: given.read('method', method) ?? 'GET',
        url: url ?? '',
        headers: given.read('headers', headerMap) ?? {},
        query: given.read('query', textMap) ?? {},
        payload: payload ?? form ?? body,
        auth: given.read('auth', auth),
        follow: given.read('follow', flag) ?? defaults.follow,
        maxRedirects: given.read('max-redirects', integer(0)) ?? 10,
        allowDowngrade: given.read('allow-downgrade', flag) ?? false,
        allowInsecure: given.read('allow-insecure', flag) ?? false,
        maxBodyBytes: given.read('max-body', size) ?? defaultMaxBody,
    };
}
/** A plain request to `url`, as the release check makes one. */
function getRequest(url, follow) {
    return {
        method: 'GET',
        url,
        headers: {},
        query: {},
        payload: undefined,
        auth: undefined,
        follow,
        maxRedirects: 10,
        allowDowngrade: false,
        allowInsecure: false,
        maxBodyBytes: defaultMaxBody,
    };
}
function shorthand(at, line, follow) {
    const [, verb, url] = /^(?:([A-Z]+)\s+)?(\S+)$/.exec(line.trim()) ?? [];
    if (url === undefined) {
        return at.fail(`\`http\` must be a request such as "GET /health", or a mapping, not ${cursor_shown(line)}.`);
    }
    return { ...getRequest(url, follow), method: verb ?? 'GET' };
}
function method(at) {
    if (typeof at.value === 'string' && /^[A-Z]+$/.test(at.value))
        return at.value;
    return at.fail(`\`method\` must be a method in capitals, such as POST, not ${cursor_shown(at.value)}.`);
}
function wrapForm(form) {
    return form === undefined ? undefined : { kind: 'form', fields: form };
}
function wrapBody(body) {
    return body === undefined ? undefined : { kind: 'body', text: body };
}
function auth(at) {
    const given = fields(at, { what: '`auth`', keys: ['basic', 'bearer'] });
    if (given === undefined)
        return undefined;
    const pair = given.read('basic', scalars_text);
    const token = given.read('bearer', scalars_text);
    if (given.has('basic') === given.has('bearer'))
        return at.fail('`auth` takes one of `basic` (user:password) and `bearer`.');
    if (pair !== undefined)
        return { kind: 'basic', pair };
    return token === undefined ? undefined : { kind: 'bearer', token };
}
/** A mapping to text; numbers and flags are written as the text they look like. */
function textMap(at) {
    if (!isMapping(at.value))
        return at.fail(`\`${at.key}\` must be a mapping, not ${cursor_shown(at.value)}.`);
    const entries = Object.entries(at.value);
    for (const [key, value] of entries) {
        if (!['string', 'number', 'boolean'].includes(typeof value))
            at.child(key, value).fail(`\`${key}\` must be text, not ${cursor_shown(value)}.`);
    }
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
function headerMap(at) {
    if (!isMapping(at.value))
        return at.fail(`\`headers\` must be a mapping, not ${cursor_shown(at.value)}.`);
    const headers = {};
    for (const [name, value] of Object.entries(at.value)) {
        const values = Array.isArray(value) ? value : [value];
        const wrong = values.find((one) => typeof one !== 'string' && typeof one !== 'number');
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
            at.child(name, value).fail(`${cursor_shown(name)} is not a header name.`, 'key');
        else if (wrong !== undefined)
            at.child(name, value).fail(`The header \`${name}\` must be text, not ${cursor_shown(wrong)}.`);
        else
            headers[name.toLowerCase()] = Array.isArray(value) ? values.map(String) : String(value);
    }
    return headers;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/durations.js

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/y;
/** `90s`, `1.5m` or `1h30m` as milliseconds; undefined when the text is not a duration or has no unit. */
function milliseconds(text) {
    let total = 0;
    part.lastIndex = 0;
    let end = 0;
    for (let match = part.exec(text); match !== null; match = part.exec(text)) {
        total += Number(match[1]) * (units[match[2] ?? ''] ?? 0);
        end = part.lastIndex;
    }
    return end === text.length && end > 0 ? total : undefined;
}
/** A duration of the check file. A bare number is refused: other tools read it as ms or as s, each differently. */
function duration(at) {
    const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
    if (ms !== undefined)
        return ms;
    if (typeof at.value === 'number') {
        if (at.value === 0)
            return 0;
        return at.fail(`\`${at.key}\` is ${at.value} without a unit. Write ${at.value}ms, ${at.value}s or ${at.value}m.`);
    }
    return at.fail(`\`${at.key}\` must be a duration such as 500ms, 90s or 5m, not ${cursor_shown(at.value)}.`);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/source-grammar.js


/** A source compared with whatever it holds. */
const anyValue = { keyed: false };
const textSource = { keyed: false, value: textValue };
const durationSource = { keyed: false, value: durationValue };
function textValue(at) {
    if (typeof at.value === 'string')
        return at.value;
    return at.fail(`\`${at.key}\` is text: compare it with text, not ${cursor_shown(at.value)}. Quote the value, or use \`jsonpath\`.`);
}
function durationValue(at) {
    const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
    return ms ?? at.fail(`A duration needs a unit, such as 800ms or 2s, not ${cursor_shown(at.value)}.`);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/http-sources.js


/** What an http answer can be asked for. */
const httpSources = {
    status: { keyed: false, value: statusValue },
    header: {
        keyed: true,
        example: 'content-type: { contains: text/html }',
        argument: (name) => name.toLowerCase(),
    },
    body: textSource,
    jsonpath: { keyed: true, example: '$.status: ok' },
    duration: durationSource,
};
function statusValue(at) {
    if (typeof at.value === 'number' && Number.isInteger(at.value))
        return at.value;
    if (typeof at.value === 'string' && /^\d{3}-\d{3}$|\$\{/.test(at.value))
        return at.value;
    return at.fail(`A status is a number such as 200, or a range such as 200-299 in \`in\`, not ${cursor_shown(at.value)}.`);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/http.js




/** One HTTP request, judged by what its `expect` says. */
const httpCheck = {
    name: 'http',
    sources: httpSources,
    assertsItself: false,
    read(at, defaults) {
        const spec = readRequest(at, defaults);
        return spec && { queries: [], bind: (scope) => probeOf(spec, bindRequest(spec, scope)) };
    },
};
function probeOf(spec, request) {
    return {
        url: request.url.href,
        host: request.url.hostname,
        repeatable: isRepeatable(spec),
        async attempt(context) {
            const answer = await askWeb(request, spec, context);
            return answer.kind === 'unanswered'
                ? answer
                : { ...answer, read: (source) => read(answer, source, context) };
        },
    };
}
function read(answer, { name, argument = '' }, context) {
    switch (name) {
        case 'status':
            return { kind: 'found', value: answer.status };
        case 'header': {
            const value = answer.headers[argument];
            return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
        }
        case 'body':
            return { kind: 'found', value: answer.body.text };
        case 'jsonpath':
            return answer.body.query(argument, context);
        case 'duration':
            return { kind: 'found', value: answer.durationMs };
        default:
            return { kind: 'invalid', why: `an http answer has no ${name}` };
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/index.js

/** Every type a check may have, by the key that names it. A new type is a new file and a line here. */
const checkTypes = [httpCheck];


;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/commits.js
const placeholders = ['', 'unknown', 'dev', 'head', 'null', 'undefined'];
/** Compares as people write commits (any build will do when none is wanted): any case, spaces around, short on either side, `sha-abc1234`. */
function compareCommits(value, wanted, match) {
    if (value === undefined || value === null)
        return { kind: 'none', why: 'no commit is there' };
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
        return { kind: 'none', why: `the number ${value}, which lost its digits: answer the commit as text` };
    }
    if (typeof value !== 'string' && typeof value !== 'number')
        return { kind: 'none', why: 'what is there is not text' };
    const reported = String(value).trim().toLowerCase();
    if (placeholders.includes(reported))
        return { kind: 'none', why: `${JSON.stringify(reported)} is not a commit` };
    if (wanted === undefined)
        return { kind: 'same', reported };
    const expected = wanted.trim().toLowerCase();
    const same = match === 'exact' ? reported === expected : samePrefix(bare(reported), bare(expected));
    return { kind: same ? 'same' : 'other', reported };
}
function bare(commit) {
    return commit.replace(/^(sha|git|commit)[-:]/, '');
}
function samePrefix(one, other) {
    const length = Math.min(one.length, other.length);
    return length >= 7 && /^[0-9a-f]+$/.test(one) && one.slice(0, length) === other.slice(0, length);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/types/release.js









/** The served build equals the wanted commit: a health check alone also passes against the old build. */
const releaseCheck = {
    name: 'release',
    sources: {},
    assertsItself: true,
    read: release_read,
};
// biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the check language
const providedCommit = '${sha}';
function release_read(at, defaults) {
    const keys = ['path', 'jsonpath', 'header', 'equals', 'match'];
    const given = fields(at, { what: '`release`', keys, vocabulary: 'release' });
    if (given === undefined)
        return undefined;
    const jsonpath = given.read('jsonpath', scalars_text);
    const header = given.read('header', scalars_text);
    if (given.has('jsonpath') === given.has('header')) {
        return at.fail('`release` takes one of `jsonpath` and `header`: where the service says which build it is.');
    }
    const spec = {
        path: given.read('path', scalars_text) ?? '/',
        place: header === undefined
            ? { kind: 'jsonpath', name: jsonpath ?? '' }
            : { kind: 'header', name: header.toLowerCase() },
        equals: given.read('equals', scalars_text),
        match: given.read('match', oneOf(['exact', 'prefix'])) ?? 'prefix',
        follow: defaults.follow,
    };
    return { queries: jsonpath === undefined ? [] : [jsonpath], bind: (scope) => bind(spec, scope) };
}
function bind(spec, scope) {
    const wanted = wantedCommit(spec, scope);
    const request = getRequest(spec.path, spec.follow);
    const bound = bindRequest({ ...request, headers: { 'cache-control': 'no-cache' } }, scope);
    let serial = 0;
    return {
        url: bound.url.href,
        host: bound.url.hostname,
        repeatable: true,
        async attempt(context) {
            const url = new URL(bound.url);
            // A value no cache has seen: an answer from one would prove the old build.
            url.searchParams.set('belay', `${Math.trunc(context.clock.now()).toString(36)}-${serial++}`);
            const answer = await askWeb({ ...bound, url }, request, context);
            if (answer.kind === 'unanswered')
                return answer;
            return { ...answer, ...judged(spec, wanted, answer, context), read: () => ({ kind: 'missing' }) };
        },
    };
}
/** What to compare with; undefined when nobody knows, and the build is only reported. */
function wantedCommit({ equals, match }, { build, fill }) {
    if (build?.kind === 'unknown')
        return undefined;
    const wanted = (build?.commit ?? fill(equals ?? providedCommit)).trim();
    if (wanted === '')
        throw new BindProblem('`release` has no commit to compare with: `equals` is empty.');
    if (match === 'prefix' && !/^[0-9a-f]{7,64}$/i.test(wanted)) {
        throw new BindProblem(`\`release\` compares with ${JSON.stringify(wanted)}, which is not a commit of 7 or more hex digits. Set \`match: exact\` for other names.`);
    }
    return wanted;
}
function judged(spec, wanted, answer, context) {
    const expected = wanted === undefined ? 'names a build' : `${spec.match === 'exact' ? 'equals' : 'is commit'} ${wanted}`;
    const readFrom = `release at ${spec.path}, ${spec.place.kind} ${spec.place.name}`;
    const object = (failureClass, actual, endsAs = 'fail') => ({
        objections: [{ failureClass, failure: { read: readFrom, expected, actual }, endsAs }],
    });
    if (answer.status < 200 || answer.status > 299) {
        return object(isGatewayStatus(answer.status) ? 'gateway' : 'assertion', `status ${answer.status}`);
    }
    const reading = reportedBuild(spec, answer, context);
    if (reading.kind === 'unreadable')
        return object('assertion', reading.actual);
    if (reading.kind === 'invalid')
        return object('definition', reading.why, 'error');
    const compared = compareCommits(reading.kind === 'found' ? reading.value : undefined, wanted, spec.match);
    switch (compared.kind) {
        case 'same':
            return { release: compared.reported };
        case 'other':
            return {
                release: compared.reported,
                ...object('stale-release', `${compared.reported}${cacheNote(answer)}`),
            };
        case 'none':
            // The old build may lack it too, so it is worth waiting for; but a release that cannot say which it is proves nothing.
            return object('assertion', `${compared.why}. ${hint}`, 'error');
    }
}
const hint = 'Write the commit into the build (GIT_SHA as a build argument) and answer it here, as {"commit":"…"} or a header';
function reportedBuild({ place }, answer, context) {
    if (place.kind === 'jsonpath')
        return answer.body.query(place.name, context);
    const value = headerOf(answer.headers, place.name);
    return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}
/** A stale answer that a cache gave is the cache's doing: its own headers say so. */
function cacheNote(answer) {
    const said = ['age', 'x-cache', 'cf-cache-status', 'x-vercel-cache']
        .map((name) => [name, headerOf(answer.headers, name)])
        .filter(([, value]) => value !== undefined);
    return said.length === 0
        ? ''
        : ` (${said.map(([name, value]) => `${name}: ${value}`).join(', ')}: a cache may have answered)`;
}

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/patterns.js

/** Reads `text` or `/text/flags` as a regular expression; it searches, it need not match the whole. */
function parsePattern(text) {
    const delimited = /^\/(.*)\/([a-z]*)$/s.exec(text);
    const source = delimited?.[1] ?? text;
    const flags = delimited?.[2] ?? '';
    try {
        new RegExp(source, flags);
        return { kind: 'pattern', source, flags };
    }
    catch (error) {
        return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
    }
}
/**
 * Runs user patterns in a thread of their own, one at a time: V8 backtracks, and `(a+)+b` on 28 characters holds a
 * thread for seconds. A pattern that outlives its deadline loses its thread; the next gets a new one.
 * The thread's program is a string, so that a bundle needs no second file.
 */
class PatternThread {
    #waiting = [];
    #worker;
    #running;
    #timer;
    search(source, flags, text, deadlineMs) {
        return new Promise((done) => {
            this.#waiting.push({ source, flags, text, deadlineMs, done });
            this.#next();
        });
    }
    /** Ends the thread; searches still under way end as too slow. */
    close() {
        for (const job of this.#waiting.splice(0))
            job.done('too-slow');
        this.#giveUp();
    }
    #next() {
        if (this.#running !== undefined)
            return;
        const job = this.#waiting.shift();
        if (job === undefined)
            return;
        this.#running = job;
        this.#worker ??= this.#start();
        this.#timer = setTimeout(() => this.#giveUp(), job.deadlineMs);
        this.#worker.postMessage({ source: job.source, flags: job.flags, text: job.text });
    }
    #start() {
        const worker = new external_node_worker_threads_namespaceObject.Worker(program, { eval: true, env: {}, execArgv: [] });
        worker.on('message', (found) => this.#finish(found ? 'found' : 'not-found'));
        return worker;
    }
    #giveUp() {
        // A verdict already on its way must not be taken for the next search's.
        this.#worker?.removeAllListeners('message');
        void this.#worker?.terminate();
        this.#worker = undefined;
        this.#finish('too-slow');
    }
    #finish(search) {
        clearTimeout(this.#timer);
        const job = this.#running;
        this.#running = undefined;
        job?.done(search);
        this.#next();
    }
}
const program = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ source, flags, text }) => parentPort.postMessage(new RegExp(source, flags).test(text)));
`;

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/values.js


/** Typed equality: `"1"` is not 1; objects are deep, whatever the order of their keys. */
function sameValue(one, other) {
    return one === other || (0,external_node_util_namespaceObject.isDeepStrictEqual)(one, other);
}
/** A range such as `200-299` inside `in`. */
function rangeOf(item) {
    const match = typeof item === 'string' ? /^(\d+)-(\d+)$/.exec(item) : null;
    return match === null ? undefined : [Number(match[1]), Number(match[2])];
}
/** Below, equal or above zero; undefined when the two cannot be ordered. Strings go by code point. */
function order(one, other) {
    if (typeof one === 'number' && typeof other === 'number')
        return one - other;
    if (typeof one === 'string' && typeof other === 'string')
        return Buffer.compare(Buffer.from(one), Buffer.from(other));
    return undefined;
}
function kindOf(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'list';
    return typeof value === 'object' ? 'object' : typeof value;
}
/** How many a value holds: items of a list, keys of an object. */
function countOf(value) {
    if (Array.isArray(value))
        return value.length;
    if (typeof value === 'object' && value !== null)
        return Object.keys(value).length;
    return undefined;
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** The names `type` knows. */
const valueTypes = {
    string: (value) => typeof value === 'string',
    number: (value) => typeof value === 'number',
    integer: Number.isInteger,
    float: (value) => typeof value === 'number' && !Number.isInteger(value),
    boolean: (value) => typeof value === 'boolean',
    list: Array.isArray,
    object: (value) => kindOf(value) === 'object',
    null: (value) => value === null,
    'iso-date': (value) => typeof value === 'string' && isoDate.test(value) && !Number.isNaN(Date.parse(value)),
    uuid: (value) => typeof value === 'string' && uuid.test(value),
    ipv4: (value) => typeof value === 'string' && (0,external_node_net_namespaceObject.isIPv4)(value),
    ipv6: (value) => typeof value === 'string' && (0,external_node_net_namespaceObject.isIPv6)(value),
};

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/predicates.js

const comparable = (expected) => typeof expected === 'number' || typeof expected === 'string' ? undefined : 'a number or text';
const list = (expected) => (Array.isArray(expected) && expected.length > 0 ? undefined : 'a list');
const pair = (expected) => Array.isArray(expected) && expected.length === 2 ? undefined : 'a list of two, [lowest, highest]';
const words = (expected) => (typeof expected === 'string' && expected !== '' ? undefined : 'text');
const yesOrNo = (expected) => (typeof expected === 'boolean' ? undefined : 'true or false');
const typeName = (expected) => typeof expected === 'string' && Object.hasOwn(valueTypes, expected)
    ? undefined
    : `one of ${Object.keys(valueTypes).join(', ')}`;
/** Predicates over plain values. `matches` (needs a deadline), `count`, `each` and `any` (nest) are apart. */
const predicateRules = {
    equals: { words: 'equals', holds: sameValue },
    gt: { words: 'greater than', wrong: comparable, holds: ordered((sign) => sign > 0) },
    gte: { words: 'at least', wrong: comparable, holds: ordered((sign) => sign >= 0) },
    lt: { words: 'less than', wrong: comparable, holds: ordered((sign) => sign < 0) },
    lte: { words: 'at most', wrong: comparable, holds: ordered((sign) => sign <= 0) },
    between: { words: 'between', wrong: pair, holds: isBetween },
    in: { words: 'one of', wrong: list, holds: isIn },
    contains: { words: 'contains', holds: contains },
    'starts-with': {
        words: 'starts with',
        wrong: words,
        holds: textual((actual, part) => actual.startsWith(part)),
    },
    'ends-with': { words: 'ends with', wrong: words, holds: textual((actual, part) => actual.endsWith(part)) },
    exists: { words: 'exists', wrong: yesOrNo, holds: (_, expected) => expected === true },
    empty: { words: 'is empty', wrong: yesOrNo, holds: isEmpty },
    type: {
        words: 'is of type',
        wrong: typeName,
        holds: (actual, expected) => valueTypes[String(expected)]?.(actual) ?? false,
    },
    'has-key': {
        words: 'has the key',
        wrong: words,
        holds: (actual, expected) => kindOf(actual) === 'object' && Object.hasOwn(actual, String(expected)),
    },
};
function ordered(accepts) {
    return (actual, expected) => {
        const sign = order(actual, expected);
        return sign === undefined ? cannotOrder(actual, expected) : accepts(sign);
    };
}
function isBetween(actual, expected) {
    const [lowest, highest] = expected;
    const [above, below] = [order(actual, lowest), order(actual, highest)];
    if (above === undefined || below === undefined)
        return cannotOrder(actual, lowest);
    return above >= 0 && below <= 0;
}
function cannotOrder(actual, expected) {
    return { mismatch: `a ${kindOf(actual)} cannot be ordered against a ${kindOf(expected)}` };
}
function isIn(actual, expected) {
    return expected.some((item) => {
        const range = rangeOf(item);
        if (range !== undefined && typeof actual === 'number')
            return actual >= range[0] && actual <= range[1];
        return sameValue(actual, item);
    });
}
function contains(actual, expected) {
    if (Array.isArray(actual))
        return actual.some((item) => sameValue(item, expected));
    if (typeof actual === 'string' && typeof expected === 'string')
        return actual.includes(expected);
    return { mismatch: `a ${kindOf(actual)} cannot contain a ${kindOf(expected)}` };
}
function textual(test) {
    return (actual, expected) => typeof actual === 'string'
        ? test(actual, String(expected))
        : { mismatch: `a ${kindOf(actual)} is not text` };
}
function isEmpty(actual, expected) {
    const empty = actual === '' || countOf(actual) === 0;
    return empty === expected;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/predicates.js






const nesting = ['count', 'each', 'any'];
const names = [...Object.keys(predicateRules), 'matches', ...nesting];
/** Predicates whose expected value is of the source's own kind: a status, a duration, text. */
const ofOwnKind = ['equals', 'gt', 'gte', 'lt', 'lte', 'between', 'in'];
/** Reads what must hold of one source: a plain value means `equals`, a mapping names predicates. */
function readPredicates(at, value) {
    if (!isMapping(at.value))
        return readPlain(at, value);
    const predicates = [];
    for (const key in at.value) {
        const predicate = readPredicate(at.child(key, at.value[key]), key, value);
        if (predicate !== undefined)
            predicates.push(predicate);
    }
    if (Object.keys(at.value).length === 0)
        at.fail(`${quoted(String(at.key))} asserts nothing: name a predicate, such as equals.`);
    return predicates;
}
function readPlain(at, value) {
    const expected = value(at);
    if (expected === undefined)
        return [];
    const isRange = at.key === 'status' && typeof expected === 'string' && /^\d+-\d+$/.test(expected);
    return [
        {
            name: isRange ? 'in' : 'equals',
            negated: false,
            expected: isRange ? [expected] : expected,
            nested: [],
        },
    ];
}
function readPredicate(at, key, value) {
    const negated = key.startsWith('not-');
    const name = negated ? key.slice(4) : key;
    if (!names.includes(name))
        return at.fail(unknownPredicate(key), 'key');
    if (nesting.includes(name)) {
        const nested = readPredicates(at, name === 'count' ? countValue : value);
        return nested.length === 0 ? undefined : { name, negated, expected: undefined, nested };
    }
    const expected = ofOwnKind.includes(name) ? ownKind(at, name, value) : at.value;
    if (expected === undefined)
        return undefined;
    const wrong = name === 'matches' ? wrongPattern(expected) : predicateRules[name]?.wrong?.(expected);
    if (wrong !== undefined)
        return at.fail(`\`${key}\` takes ${wrong}, not ${cursor_shown(at.value)}.`);
    return { name, negated, expected, nested: [] };
}
/** The expected value of a comparison; each item of a list is read for itself. */
function ownKind(at, name, value) {
    const many = name === 'between' || name === 'in';
    if (!many || !Array.isArray(at.value))
        return many ? at.value : value(at);
    const items = at.value.map((item, index) => value(at.child(index, item)));
    return items.includes(undefined) ? undefined : items;
}
function countValue(at) {
    if (typeof at.value === 'number' && Number.isInteger(at.value) && at.value >= 0)
        return at.value;
    return at.fail(`A count is a whole number, not ${cursor_shown(at.value)}.`);
}
function wrongPattern(expected) {
    if (typeof expected !== 'string' || expected === '')
        return 'a regular expression';
    // A pattern with variables in it is whole only when the run starts.
    if (expected.includes('${'))
        return undefined;
    const pattern = parsePattern(expected);
    return pattern.kind === 'invalid' ? `a regular expression (${pattern.why})` : undefined;
}
function unknownPredicate(key) {
    const later = notYet.predicate;
    if (later.includes(key))
        return `The predicate \`${key}\` is not supported yet.`;
    const meant = nearest(key, [...names, ...names.map((name) => `not-${name}`)]);
    const hint = meant === undefined ? `Legal: ${names.join(', ')}, and not-… of each.` : `Did you mean \`${meant}\`?`;
    return `Unknown predicate ${quoted(key)}. ${hint} To compare with an object, use \`equals\`.`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/sources.js



/** Reads `expect` for a check type that can answer `sources`. */
function readExpect(at, sources) {
    const given = fields(at, { what: '`expect`', keys: Object.keys(sources), vocabulary: 'expect' });
    if (given === undefined)
        return undefined;
    const assertions = [];
    for (const [name, grammar] of Object.entries(sources)) {
        const cursor = given.get(name);
        if (cursor === undefined)
            continue;
        if (grammar.keyed)
            readKeyed(cursor, { name, grammar, assertions });
        else
            add(cursor, { name, argument: undefined }, grammar, assertions);
    }
    if (Object.keys(at.value).length === 0) {
        return at.fail('`expect` is empty: a check without an assertion proves nothing.');
    }
    return assertions;
}
function readKeyed(at, { name, grammar, assertions }) {
    if (!isMapping(at.value)) {
        at.fail(`\`${name}\` must be a mapping such as { ${grammar.example} }, not ${cursor_shown(at.value)}.`);
        return;
    }
    for (const [key, value] of Object.entries(at.value)) {
        const argument = grammar.argument?.(key) ?? key;
        add(at.child(key, value), { name, argument }, grammar, assertions);
    }
}
function add(at, source, grammar, assertions) {
    const predicates = readPredicates(at, grammar.value ?? ((one) => one.value));
    for (const predicate of predicates)
        assertions.push({ source, predicate, origin: at });
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/template.js

/** `$${` is an escaped `${`; anything else after `${` must be a name and a closing brace. */
const token = /\$\$\{|\$\{([A-Za-z_][\w-]*)\}|\$\{/g;
/** `text` with every `${name}` replaced by what `lookup` answers, and `$${` by `${`. */
function filled(text, lookup) {
    if (!text.includes('${'))
        return text;
    return text.replace(token, (match, name) => name === undefined ? (match === '$${' ? '${' : match) : lookup(name));
}
/** The same for every string inside a value; parts without templates are kept as they are. */
function filledDeep(value, lookup) {
    if (typeof value === 'string')
        return filled(value, lookup);
    if (Array.isArray(value))
        return value.map((item) => filledDeep(item, lookup));
    if (!isMapping(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledDeep(item, lookup)]));
}
/** Collects the names a value refers to, at any depth; a broken template is a problem. */
function collectReferences(at, found) {
    const value = at.value;
    if (typeof value === 'string') {
        if (value.includes('${'))
            scan(at, value, found);
    }
    else if (Array.isArray(value)) {
        for (const [index, item] of value.entries())
            if (mayRefer(item))
                collectReferences(at.child(index, item), found);
    }
    else if (isMapping(value)) {
        for (const key in value)
            if (mayRefer(value[key]))
                collectReferences(at.child(key, value[key]), found);
    }
}
function mayRefer(value) {
    return typeof value === 'string' ? value.includes('${') : typeof value === 'object' && value !== null;
}
function scan(at, text, found) {
    for (const match of text.matchAll(token)) {
        if (match[1] !== undefined)
            found.push({ name: match[1], origin: at });
        else if (match[0] === '${')
            at.fail(`${cursor_shown(text)} has a \`\${\` that is not a name in braces. Write \`$\${\` for the characters themselves.`);
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/timing.js




const classes = [
    'resolve',
    'connect',
    'timeout',
    'tls-transient',
    'tls-verdict',
    'gateway',
    'stale-release',
    'assertion',
];
/** No retry until `until` or `attempts` asks for it; then every class that can heal by waiting. */
const builtInRetry = {
    untilMs: undefined,
    attempts: undefined,
    intervalMs: 2000,
    backoff: 1.5,
    maxIntervalMs: 15_000,
    jitter: 0.1,
    on: classes.filter((one) => one !== 'tls-verdict'),
    unsafe: false,
    tls: false,
};
const builtInWindow = { successes: 1, intervalMs: 5000, hold: 'reset' };
/** `retry`, over what the defaults say. */
function retryRules(at, base) {
    const keys = ['until', 'attempts', 'interval', 'backoff', 'max-interval', 'jitter', 'on', 'unsafe', 'tls'];
    const given = fields(at, { what: '`retry`', keys });
    if (given === undefined)
        return undefined;
    const until = given.read('until', duration);
    return {
        untilMs: until ?? base.untilMs,
        attempts: given.read('attempts', integer(1)) ?? base.attempts,
        intervalMs: given.read('interval', duration) ?? base.intervalMs,
        backoff: given.read('backoff', factor) ?? base.backoff,
        maxIntervalMs: given.read('max-interval', duration) ?? base.maxIntervalMs,
        jitter: given.read('jitter', percentage) ?? base.jitter,
        on: given.read('on', listOf(oneOf(classes))) ?? base.on,
        unsafe: given.read('unsafe', flag) ?? base.unsafe,
        tls: given.read('tls', flag) ?? base.tls,
    };
}
function windowRules(at, base) {
    const given = fields(at, { what: '`window`', keys: ['successes', 'interval', 'hold'] });
    if (given === undefined)
        return undefined;
    return {
        successes: given.read('successes', integer(1)) ?? base.successes,
        intervalMs: given.read('interval', duration) ?? base.intervalMs,
        hold: given.read('hold', oneOf(['reset', 'strict'])) ?? base.hold,
    };
}
function factor(at) {
    if (typeof at.value === 'number' && at.value >= 1 && at.value <= 10)
        return at.value;
    return at.fail(`\`${at.key}\` must be a number from 1 to 10, not ${cursor_shown(at.value)}.`);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/check.js







const builtInDefaults = {
    timeoutMs: 5000,
    connectTimeoutMs: 3000,
    delayMs: 0,
    severity: 'gate',
    follow: false,
    retry: builtInRetry,
    window: builtInWindow,
};
const commonKeys = [
    'name',
    'severity',
    'tags',
    'timeout',
    'connect-timeout',
    'delay',
    'retry',
    'window',
    'expect',
];
const checkKeys = [...commonKeys, ...checkTypes.map((type) => type.name)];
/** `defaults`: the settings of a check that may be stated once for all. */
function readDefaults(at, base) {
    const keys = ['timeout', 'connect-timeout', 'delay', 'severity', 'follow', 'retry'];
    const given = fields(at, { what: '`defaults`', keys });
    if (given === undefined)
        return undefined;
    const follow = given.read('follow', (one) => typeof one.value === 'boolean' ? one.value : one.fail('`follow` must be true or false.'));
    return { ...readCommon(given, base), follow: follow ?? base.follow };
}
/** One item of `checks`. */
function readCheck(at, defaults) {
    const given = fields(at, { what: 'a check', keys: checkKeys, vocabulary: 'check' });
    if (given === undefined)
        return undefined;
    const name = given.read('name', scalars_text);
    if (!given.has('name'))
        at.fail('A check needs a `name`.');
    const type = typeOf(given);
    const blueprint = type === undefined ? undefined : given.read(type.name, (one) => type.read(one, defaults));
    const expect = type === undefined ? undefined : readAssertions(given, type, blueprint);
    const common = readCommon(given, defaults);
    if (name === undefined || type === undefined || blueprint === undefined || expect === undefined)
        return undefined;
    const references = referencesIn(at);
    const tags = given.read('tags', listOf(word)) ?? [];
    return { ...common, name, type: type.name, tags, blueprint, expect, references, origin: at };
}
/** The check that `release` at the top of a file stands for: always a gate, always first. */
function readRelease(at, defaults) {
    const blueprint = releaseCheck.read(at, defaults);
    if (blueprint === undefined)
        return undefined;
    const references = referencesIn(at);
    // Without `equals` it is the provided `sha` that is compared.
    const implied = hasKey(at, 'equals') ? [] : [{ name: 'sha', origin: at }];
    return {
        ...withoutTypeDefaults(defaults),
        severity: 'gate',
        name: 'release',
        type: releaseCheck.name,
        tags: [],
        blueprint,
        expect: [],
        references: [...references, ...implied],
        origin: at,
    };
}
function readCommon(given, base) {
    return {
        timeoutMs: given.read('timeout', positive) ?? base.timeoutMs,
        connectTimeoutMs: given.read('connect-timeout', positive) ?? base.connectTimeoutMs,
        delayMs: given.read('delay', duration) ?? base.delayMs,
        severity: given.read('severity', oneOf(['gate', 'advisory'])) ?? base.severity,
        retry: given.read('retry', (one) => retryRules(one, base.retry)) ?? base.retry,
        window: given.read('window', (one) => windowRules(one, base.window)) ?? base.window,
    };
}
function withoutTypeDefaults({ follow: _, ...common }) {
    return common;
}
function positive(at) {
    const ms = duration(at);
    return ms === 0 ? at.fail(`\`${at.key}\` must be longer than nothing.`) : ms;
}
function typeOf(given) {
    const present = checkTypes.filter((type) => given.has(type.name));
    if (present.length === 1)
        return present[0];
    const legal = checkTypes.map((type) => `\`${type.name}\``).join(', ');
    // A strange key was most likely meant as the type, and has had its own message.
    if (present.length === 0 && Object.keys(given.cursor.value).some(isStrange))
        return undefined;
    return given.cursor.fail(`A check needs one type out of ${legal}; this has ${present.length === 0 ? 'none' : present.length}.`);
}
function isStrange(key) {
    return !checkKeys.includes(key);
}
function readAssertions(given, type, blueprint) {
    const own = blueprint?.expect ?? [];
    const expect = given.get('expect');
    if (expect !== undefined) {
        const written = readExpect(expect, type.sources);
        return written && [...own, ...written];
    }
    if (type.assertsItself || own.length > 0)
        return own;
    return given.cursor.fail(`A check of type \`${type.name}\` needs \`expect\`: without an assertion it proves nothing.`);
}
const none = [];
function referencesIn(at) {
    const found = [];
    collectReferences(at, found);
    return found.length === 0 ? none : found;
}
function hasKey(at, key) {
    return typeof at.value === 'object' && at.value !== null && Object.hasOwn(at.value, key);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/check-document.js






const topKeys = [
    'version',
    'target',
    'defaults',
    'variables',
    'secrets',
    'release',
    'window',
    'concurrency',
    'checks',
];
/** Reads one document. Inline text may omit `version`, and may be the list of checks itself. */
function readDocument(value, source) {
    const problems = [];
    const inline = source.file === undefined;
    const root = new Cursor(value, problems);
    const empty = { source, target: undefined, variables: {}, secrets: [], references: [], checks: [] };
    if (inline && Array.isArray(value)) {
        const document = { ...empty, checks: checkList(root, builtInDefaults) };
        return { document, concurrency: undefined, problems };
    }
    const given = fields(root, { what: 'the check file', keys: topKeys, vocabulary: 'file' });
    if (given === undefined)
        return { document: empty, concurrency: undefined, problems };
    readVersion(given, inline);
    const window = given.read('window', (at) => windowRules(at, builtInDefaults.window));
    const base = { ...builtInDefaults, ...(window === undefined ? {} : { window }) };
    const defaults = given.read('defaults', (at) => readDefaults(at, base)) ?? base;
    const references = [];
    for (const key of ['target', 'variables'])
        given.read(key, (at) => collectReferences(at, references));
    const document = {
        source,
        target: given.read('target', scalars_text),
        variables: given.read('variables', variables) ?? {},
        secrets: given.read('secrets', listOf(variableName)) ?? [],
        references,
        checks: [...release(given, defaults), ...checks(given, defaults)],
    };
    return { document, concurrency: given.read('concurrency', integer(1)), problems };
}
function readVersion(given, inline) {
    const version = given.get('version');
    if (version === undefined) {
        if (!inline)
            given.cursor.fail('The file needs `version: 1` at its top.');
    }
    else if (version.value !== 1)
        version.fail(`\`version\` must be 1, not ${cursor_shown(version.value)}.`);
}
function release(given, defaults) {
    const at = given.get('release');
    if (at === undefined || at.value === 'none')
        return [];
    const check = readRelease(at, defaults);
    return check === undefined ? [] : [check];
}
function checks(given, defaults) {
    const at = given.get('checks');
    if (at !== undefined)
        return checkList(at, defaults);
    if (!given.has('release'))
        given.cursor.fail(noCheck);
    return [];
}
function checkList(at, defaults) {
    if (Array.isArray(at.value) && at.value.length === 0)
        at.fail(noCheck);
    return listOf((one) => readCheck(one, defaults))(at) ?? [];
}
const noCheck = 'There is no check: nothing would be proved.';
function variables(at) {
    if (!isMapping(at.value))
        return at.fail(`\`variables\` must be a mapping, not ${cursor_shown(at.value)}.`);
    const values = {};
    for (const [name, value] of Object.entries(at.value)) {
        const one = at.child(name, value);
        if (!legalName.test(name))
            one.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
        else if (typeof value === 'object')
            one.fail(`The variable \`${name}\` must be text, not ${cursor_shown(value)}.`);
        else
            values[name] = String(value);
    }
    return values;
}
const legalName = /^[A-Za-z_][\w-]*$/;
function variableName(at) {
    const name = word(at);
    if (name === undefined || legalName.test(name))
        return name;
    return at.fail('`secrets` lists names only; their values come from `check-secrets`.');
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/parse/document.js

/** Reads YAML or JSON without positions: they cost as much as the reading itself and a good file needs none. */
function parseText(yaml, text, file) {
    const plain = parsedJson(text);
    if (plain !== undefined)
        return { kind: 'value', value: plain };
    try {
        return { kind: 'value', value: yaml.parse(text, { prettyErrors: false, logLevel: 'error' }) };
    }
    catch {
        return { kind: 'broken', problems: syntaxProblems(yaml, text, file) };
    }
}
/** JSON is YAML too, but its own parser is a hundred times faster. */
function parsedJson(text) {
    if (!/^\s*[{[]/.test(text))
        return undefined;
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function syntaxProblems(yaml, text, file) {
    const lines = new yaml.LineCounter();
    const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length === 0) {
        return [
            {
                message: 'The text cannot be read as YAML: it expands to far more than it says.',
                place: placeAt(lines, 0, file),
            },
        ];
    }
    return document.errors.map((error) => ({
        message: error.message.split('\n')[0] ?? error.message,
        place: placeAt(lines, error.pos[0], file),
    }));
}
/** A source that reads its text again, with positions, the first time it is asked for a place. */
function sourceOf(yaml, text, { file, folder }) {
    let positions;
    return {
        file,
        folder,
        place(origin, on = 'value') {
            positions ??= readPositions(yaml, text);
            return placeAt(positions.lines, positions.offsetOf(origin, on), file);
        },
    };
}
function readPositions(yaml, text) {
    const lines = new yaml.LineCounter();
    const values = new Map();
    const keys = new Map();
    const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const paths = new Map();
    yaml.visit(document, {
        Node(key, node, ancestors) {
            const path = pathWithin(key, ancestors, paths);
            paths.set(node, path);
            if (node.range)
                (key === 'key' ? keys : values).set(path, node.range[0]);
        },
    });
    return {
        lines,
        offsetOf(origin, on) {
            const path = pathOf(origin);
            for (; path.length > 0; path.pop()) {
                const name = JSON.stringify(path.map(String));
                const offset = (on === 'key' ? keys.get(name) : undefined) ?? values.get(name);
                if (offset !== undefined)
                    return offset;
            }
            return 0;
        },
    };
}
/** The path of a visited node: a pair's key and value share theirs, so that a key can be pointed at. */
function pathWithin(key, ancestors, paths) {
    const parent = ancestors.at(-1);
    if (typeof key === 'number')
        return extended(paths.get(parent), String(key));
    if (key !== 'key' && key !== 'value')
        return '[]';
    const pair = parent;
    return extended(paths.get(ancestors.at(-2)), String(pair.key?.value));
}
function extended(path, key) {
    return JSON.stringify([...(path === undefined ? [] : JSON.parse(path)), key]);
}
function placeAt(lines, offset, file) {
    const { line, col } = lines.linePos(offset);
    const place = { line: Math.max(1, line), column: Math.max(1, col) };
    return file === undefined ? place : { file, ...place };
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/load-checks.js







/**
 * Reads the `checks` input: text that parses as a YAML mapping or list is the checks themselves; otherwise it is one
 * path or glob a line. Throws ActionFailure `checks-invalid` that lists everything wrong, with line and column.
 *
 *     await loadChecks('- name: home\n  http: /\n  expect: { status: 200 }', { root })
 *     await loadChecks('smoke/*.yml', { root })
 */
async function loadChecks(input, { root, folder = '.' }) {
    const yaml = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const texts = isInline(yaml, input)
        ? [{ text: input, file: undefined, folder: (0,external_node_path_namespaceObject.resolve)(root, folder) }]
        : await readFiles(input, (0,external_node_path_namespaceObject.resolve)(root, folder), root);
    const complaints = [];
    const documents = [];
    for (const { text, file, folder } of texts) {
        const parsed = parseText(yaml, text, file);
        if (parsed.kind === 'broken')
            complaints.push(...parsed.problems);
        else
            documents.push(readDocument(parsed.value, sourceOf(yaml, text, { file, folder })));
    }
    const checks = documents.flatMap(({ document }) => document.checks.map((check) => ({ check, source: document.source })));
    for (const { problems, document } of documents) {
        complaints.push(...problems.map((problem) => placed(problem, document.source)).sort(byPlace));
    }
    complaints.push(...repeatedNames(checks), ...(await badQueries(checks)));
    if (complaints.length === 0 && !checks.some(({ check }) => check.severity === 'gate')) {
        complaints.push({ message: 'Every check is advisory, so nothing could fail. Make at least one a gate.' });
    }
    if (complaints.length > 0)
        throw invalidChecks(complaints);
    const concurrency = documents.map((one) => one.concurrency).filter((one) => one !== undefined);
    return {
        documents: documents.map((one) => one.document),
        concurrency: concurrency.length === 0 ? defaultConcurrency : Math.min(...concurrency),
    };
}
const defaultConcurrency = 16;
/** The one failure that lists everything wrong with the checks, in the order of the files. */
function invalidChecks(complaints) {
    const lines = complaints.map(complaintLine);
    const [first = '', ...others] = lines;
    return new failure/* ActionFailure */.d({
        code: 'checks-invalid',
        what: others.length === 0
            ? `The checks cannot be used: ${first}`
            : `The checks have ${lines.length} problems; the first: ${first}`,
        next: 'Correct the places named below.',
        details: lines,
    });
}
function complaintLine({ message, place }) {
    if (place === undefined)
        return message;
    return `${place.file ?? 'checks'}:${place.line}:${place.column}: ${message}`;
}
function byPlace(one, other) {
    const [here, there] = [one.place, other.place];
    if (here === undefined || there === undefined)
        return 0;
    return here.line - there.line || here.column - there.column;
}
function placed({ message, origin, on }, source) {
    return { message, place: source.place(origin, on) };
}
function isInline(yaml, input) {
    const parsed = parseText(yaml, input, undefined);
    if (parsed.kind === 'value')
        return isMapping(parsed.value) || Array.isArray(parsed.value);
    // Broken YAML is meant as YAML unless every line could be a path: `*.yml` is a broken alias.
    return input.split('\n').some((line) => /^\s*-\s|:(\s|$)|^\s*[{[]/.test(line));
}
async function readFiles(input, from, root) {
    const patterns = input.split(/\r?\n/).map((line) => line.trim());
    const files = new Set();
    const unmatched = [];
    for (const pattern of patterns.filter((one) => one !== '')) {
        const matches = [];
        for await (const match of (0,promises_.glob)(pattern, { cwd: from }))
            matches.push(match);
        if (matches.length === 0)
            unmatched.push({ message: `No file matches ${JSON.stringify(pattern)} in ${from}.` });
        for (const match of matches.sort())
            files.add((0,external_node_path_namespaceObject.relative)(root, (0,external_node_path_namespaceObject.resolve)(from, match)));
    }
    if (unmatched.length === 0 && files.size === 0)
        unmatched.push({ message: 'No checks are given.' });
    if (unmatched.length > 0)
        throw invalidChecks(unmatched);
    return Promise.all([...files].map(async (file) => ({
        file,
        folder: (0,external_node_path_namespaceObject.dirname)((0,external_node_path_namespaceObject.resolve)(root, file)),
        text: await (0,promises_.readFile)((0,external_node_path_namespaceObject.resolve)(root, file), 'utf8'),
    })));
}
/** Names are how results, `only` and JUnit tell checks apart, also across files. */
function repeatedNames(checks) {
    const seen = new Set();
    const complaints = [];
    for (const { check, source } of checks) {
        if (seen.has(check.name)) {
            complaints.push({
                message: `The name ${JSON.stringify(check.name)} is taken by an earlier check.`,
                place: source.place(check.origin),
            });
        }
        seen.add(check.name);
    }
    return complaints;
}
async function badQueries(checks) {
    const queries = checks.flatMap(({ check, source }) => [
        ...check.blueprint.queries.map((query) => ({ query, origin: check.origin, source })),
        ...check.expect
            .filter((assertion) => assertion.source.name === 'jsonpath')
            .map((assertion) => ({ query: assertion.source.argument ?? '', origin: assertion.origin, source })),
    ]);
    if (queries.length === 0)
        return [];
    const paths = await loadJsonPaths();
    return queries.flatMap(({ query, origin, source }) => {
        const problem = paths.problem(query);
        return problem === undefined
            ? []
            : [
                {
                    message: `${JSON.stringify(query)} is not a JSONPath: ${problem}.`,
                    place: source.place(origin, 'key'),
                },
            ];
    });
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: ./build/packages/core/src/http/proxy.js
var proxy = __nccwpck_require__(6272);
// EXTERNAL MODULE: ./build/packages/core/src/redactor.js
var src_redactor = __nccwpck_require__(435);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/scope.js




function namesOf(document, values) {
    const secrets = new Map(document.secrets.map((name) => [name, values.secrets[name]]));
    const given = new Map(Object.entries(values.variables));
    const known = (name) => secrets.get(name) ?? given.get(name);
    const own = new Map();
    const lookup = (name) => known(name) ?? own.get(name);
    // A variable of the file may use those above it.
    for (const [name, text] of Object.entries(document.variables))
        own.set(name, filled(text, (inner) => lookup(inner) ?? ''));
    return { lookup, isSecret: (name) => secrets.has(name) };
}
/** Every name that is used and has no value: an error before anything is sent. */
function undefinedNames(file, values, build) {
    return file.documents.flatMap((document) => {
        const names = namesOf(document, values);
        const references = [...document.references, ...document.checks.flatMap((check) => usedBy(check, build))];
        return references
            .filter(({ name }) => names.lookup(name) === undefined)
            .map(({ name, origin }) => ({
            message: noValue(name, document),
            place: document.source.place(origin),
        }));
    });
}
/** A release check that is bound by the caller does not need `sha`. */
function usedBy(check, build) {
    return check.type === 'release' && build !== undefined
        ? check.references.filter(({ name }) => name !== 'sha')
        : check.references;
}
function noValue(name, document) {
    if (document.secrets.includes(name))
        return `The secret \`${name}\` has no value. Pass it in \`check-secrets\`.`;
    return `\`${name}\` has no value. Pass it in \`check-variables\`, define it under \`variables\`, or list it under \`secrets\`.`;
}
function scopeOf(check, document, { names, redactor, build }) {
    const lookup = (name) => names.lookup(name) ?? '';
    return {
        fill: (text) => filled(text, lookup),
        fillDeep: (value) => filledDeep(value, lookup),
        target: document.target === undefined ? names.lookup('url') : filled(document.target, lookup),
        readFile: (path) => fileOf(document.source, path),
        redactor,
        usesSecrets: check.references.some(({ name }) => names.isSecret(name)),
        build,
    };
}
function fileOf({ folder }, path) {
    const file = (0,external_node_path_namespaceObject.resolve)(folder, path);
    try {
        return (0,external_node_fs_.readFileSync)(file);
    }
    catch (error) {
        throw new BindProblem(`The file ${JSON.stringify(path)} cannot be read in ${folder}: ${String(error)}`);
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/bind.js




/** Fills in every template, or throws `checks-invalid` with all that is undefined or unusable. */
function bindChecks(file, options) {
    const complaints = undefinedNames(file, options, options.build);
    if (complaints.length > 0)
        throw invalidChecks(complaints);
    const bound = [];
    for (const document of file.documents) {
        const names = namesOf(document, options);
        for (const check of document.checks) {
            if (options.only !== undefined && !options.only.has(check.name))
                continue;
            const scope = scopeOf(check, document, { names, redactor: options.redactor, build: options.build });
            const probe = boundProbe(check, scope, { document, complaints });
            if (probe !== undefined)
                bound.push({ check, document, probe, expect: filledAssertions(check, scope) });
        }
    }
    if (complaints.length > 0)
        throw invalidChecks(complaints);
    return bound;
}
/**
 * Throws `checks-invalid` for every name that will have no value and every value that cannot be used, before anything
 * is asked: what is only found out after a change has shipped is found too late.
 */
function assertBindable(file, values) {
    const redactor = new Redactor(Object.values(values.secrets));
    bindChecks(file, { ...values, redactor, build: { kind: 'unknown' }, only: undefined });
}
function boundProbe(check, scope, { document, complaints }) {
    try {
        return check.blueprint.bind(scope);
    }
    catch (error) {
        if (!(error instanceof BindProblem))
            throw error;
        const message = `Check ${JSON.stringify(check.name)}: ${scope.redactor.redact(error.message)}`;
        complaints.push({ message, place: document.source.place(check.origin) });
        return undefined;
    }
}
/** Most checks use no variable in `expect`: theirs are kept as they are. */
function filledAssertions(check, scope) {
    if (check.references.length === 0)
        return check.expect;
    return check.expect.map((assertion) => ({
        ...assertion,
        predicate: filledPredicate(assertion.predicate, scope),
    }));
}
function filledPredicate(predicate, scope) {
    return {
        ...predicate,
        expected: scope.fillDeep(predicate.expected),
        nested: predicate.nested.map((one) => filledPredicate(one, scope)),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/control-probe.js


/** Whether this runner reaches `url` at all; any answer counts. Asked at most once a run, and only when it matters. */
function controlProbe(url, run) {
    let asked;
    return () => {
        asked ??= url === undefined ? Promise.resolve(true) : reaches(url, run);
        return asked;
    };
}
async function reaches(url, run) {
    const rules = getRequest(url, false);
    const request = {
        method: 'GET',
        url: new URL(url),
        headers: { 'user-agent': 'belay-smoke-test', accept: '*/*' },
        body: undefined,
        maxBodyBytes: rules.maxBodyBytes,
    };
    const answer = await askWeb(request, rules, { ...run, timeoutMs: 10_000, connectTimeoutMs: 5000 });
    return answer.kind === 'answered' || answer.failureClass === 'assertion';
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/decide.js

/** The decision table at the end of a run. `controlReachable` is only asked for when it decides something. */
async function decideCheck(evidence, controlReachable) {
    const { last, streak, wanted } = evidence;
    if (last === undefined)
        return { outcome: 'inconclusive', reason: 'out-of-time' };
    if (last.outcome === 'pass') {
        return streak >= wanted
            ? { outcome: 'pass', reason: 'verified' }
            : { outcome: 'inconclusive', reason: 'not-stable' };
    }
    if (evidence.isError)
        return { outcome: 'error', reason: 'checks-error' };
    if (!isUnreachable(last))
        return { outcome: 'fail', reason: 'checks-failed' };
    if (failedTheSameWay(last, evidence.before))
        return { outcome: 'inconclusive', reason: 'unreachable-before' };
    if (!isLocal(evidence.host) && !(await controlReachable()))
        return { outcome: 'inconclusive', reason: 'runner-network' };
    return { outcome: 'fail', reason: 'checks-failed' };
}
/** The failures that may be this runner's fault. A timeout after the connection stood is the target's. */
function isUnreachable({ failureClass, phases }) {
    if (failureClass === 'resolve' || failureClass === 'connect')
        return true;
    return failureClass === 'timeout' && phases.connect === undefined;
}
function failedTheSameWay(now, before) {
    const earlier = before?.attempts.at(-1);
    return (earlier !== undefined &&
        earlier.outcome === 'fail' &&
        earlier.failureClass === now.failureClass &&
        isUnreachable(earlier));
}
/** Loopback is this machine, and without a host there is no connection: no network can be at fault. */
function isLocal(host) {
    return host === undefined || isLoopback(host);
}
const rank = ['fail', 'error', 'inconclusive', 'pass'];
/** The worst of the gates: a confirmed failure is never hidden by a broken check beside it. */
function decideRun(results) {
    const gates = results.filter((result) => result.severity === 'gate' && result.outcome !== 'skipped');
    for (const outcome of rank) {
        const found = gates.find((result) => result.outcome === outcome);
        if (found !== undefined)
            return { outcome, reason: found.reason };
    }
    return { outcome: 'pass', reason: 'verified' };
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/limit.js
/** Lets at most `most` pieces of work be under way; the rest wait in order. */
function limiter(most) {
    let running = 0;
    const waiting = [];
    return async (work) => {
        if (running >= most)
            await new Promise((resolve) => waiting.push(resolve));
        else
            running++;
        try {
            return await work();
        }
        finally {
            // The place is handed on, not given back: a newcomer must not overtake those who wait.
            const next = waiting.shift();
            if (next === undefined)
                running--;
            else
                next();
        }
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/result.js

/** The report's record of one check. */
async function resultOf(track, context) {
    const { check, document, probe } = track.bound;
    const { outcome, reason } = await decided(track, context);
    return {
        name: context.redactor.redact(check.name),
        type: check.type,
        severity: track.severity,
        outcome,
        reason,
        attempts: track.attempts,
        attemptCount: track.count,
        durationMs: track.durationMs,
        ...(document.source.file === undefined ? {} : { file: document.source.file }),
        // A good check needs no place, and finding one means reading the file again.
        ...(outcome === 'pass' ? {} : { place: document.source.place(check.origin) }),
        ...(probe.url === undefined ? {} : { url: context.redactor.redact(probe.url) }),
    };
}
async function decided(track, { active, control, options }) {
    const { bound, last, streak, wanted } = track;
    if (!active)
        return { outcome: 'skipped', reason: 'not-repeatable' };
    const before = options.previous?.results.find((result) => result.name === bound.check.name);
    return decideCheck({ last: last?.attempt, isError: last?.isError ?? false, streak, wanted, host: bound.probe.host, before }, control);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/evaluate.js



const holds = { kind: 'holds' };
const broken = { kind: 'broken' };
/** Asks one predicate of one reading. */
async function evaluate(predicate, reading, judging) {
    if (reading.kind === 'invalid')
        return reading;
    if (reading.kind === 'unreadable')
        return { kind: 'broken', actual: reading.actual };
    const plain = await (reading.kind === 'missing'
        ? ofMissing(predicate, reading.note, judging)
        : ofFound(predicate, reading, judging));
    return predicate.negated ? negation(plain, predicate, reading) : plain;
}
/** "Not equal" of something that is not there proves nothing; only `exists`, `empty` and `count` may ask about absence. */
function negation(plain, predicate, reading) {
    if (plain.kind === 'invalid')
        return plain;
    if (reading.kind === 'missing' && !asksAbsence(predicate))
        return plain;
    return plain.kind === 'holds' ? broken : holds;
}
function asksAbsence({ name }) {
    return name === 'exists' || name === 'empty' || name === 'count';
}
async function ofMissing(predicate, note, judging) {
    if (predicate.name === 'exists')
        return predicate.expected === false ? holds : broken;
    if (predicate.name === 'empty')
        return predicate.expected === true ? holds : broken;
    if (predicate.name === 'count')
        return evaluate_all(predicate.nested, [0], judging);
    return { kind: 'broken', actual: note ?? 'not found' };
}
async function ofFound(predicate, { value, nodes }, judging) {
    const items = nodes ?? (Array.isArray(value) ? value : undefined);
    switch (predicate.name) {
        case 'count': {
            const count = items?.length ?? countOf(value);
            return count === undefined
                ? {
                    kind: 'invalid',
                    why: `\`count\` needs a list or an object, and this is ${JSON.stringify(value)}`,
                }
                : withActual(await evaluate_all(predicate.nested, [count], judging), `${count} found`);
        }
        case 'each':
            return evaluate_all(predicate.nested, items ?? [value], judging);
        case 'any':
            return any(predicate.nested, items ?? [value], judging);
        case 'matches':
            return matches(value, String(predicate.expected), judging);
    }
    const held = predicateRules[predicate.name]?.holds(value, predicate.expected);
    if (typeof held === 'object')
        return { kind: 'invalid', why: held.mismatch };
    return held === true ? holds : broken;
}
function withActual(held, actual) {
    return held.kind === 'broken' ? { kind: 'broken', actual } : held;
}
async function evaluate_all(nested, values, judging) {
    for (const value of values) {
        for (const predicate of nested) {
            const held = await evaluate(predicate, { kind: 'found', value }, judging);
            if (held.kind !== 'holds')
                return held.kind === 'invalid' ? held : broken;
        }
    }
    return holds;
}
async function any(nested, values, judging) {
    for (const value of values) {
        const held = await evaluate_all(nested, [value], judging);
        if (held.kind !== 'broken')
            return held;
    }
    return broken;
}
async function matches(value, expected, { patterns, deadlineMs }) {
    if (typeof value !== 'string')
        return { kind: 'invalid', why: '`matches` needs text' };
    const pattern = parsePattern(expected);
    if (pattern.kind === 'invalid')
        return pattern;
    const search = await patterns.search(pattern.source, pattern.flags, value, deadlineMs);
    if (search === 'too-slow') {
        return {
            kind: 'invalid',
            why: `the pattern found no end within ${Math.round(deadlineMs)} ms; it backtracks`,
        };
    }
    return search === 'found' ? holds : broken;
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/wording.js

/** `header content-type`, `status`. */
function readText({ name, argument }) {
    return argument === undefined ? name : `${name} ${argument}`;
}
/** `not contains "error"`, `count at least 1`. */
function expectedText(predicate, source, redactor) {
    const not = predicate.negated ? 'not ' : '';
    if (predicate.nested.length > 0) {
        const inner = predicate.nested.map((one) => expectedText(one, { name: '', argument: undefined }, redactor));
        return `${not}${nestedWords[predicate.name] ?? predicate.name} ${inner.join(' and ')}`;
    }
    if (predicate.name === 'exists' || predicate.name === 'empty') {
        const word = predicateRules[predicate.name]?.words ?? predicate.name;
        return predicate.expected === predicate.negated ? `not ${word}` : word;
    }
    if (predicate.name === 'matches')
        return `${not}matches ${String(predicate.expected)}`;
    const words = predicateRules[predicate.name]?.words ?? predicate.name;
    return `${not}${words} ${expectedValue(predicate, source, redactor)}`;
}
const nestedWords = { count: 'count', each: 'each item', any: 'any item' };
function expectedValue({ name, expected }, source, redactor) {
    if (name === 'between' && Array.isArray(expected)) {
        return expected.map((item) => valueText(item, source, redactor)).join(' and ');
    }
    return Array.isArray(expected) && name === 'in'
        ? expected.map((item) => valueText(item, source, redactor)).join(', ')
        : valueText(expected, source, redactor);
}
/**
 * A value of a source as people write it: durations with their unit, statuses bare, everything else as JSON. Strings
 * are masked before they are quoted: JSON's own escapes would hide a secret from the mask.
 */
function valueText(value, source, redactor) {
    if (source.name === 'duration' && typeof value === 'number')
        return `${Math.round(value)} ms`;
    if (source.name === 'status')
        return String(value);
    const masked = (_, part) => typeof part === 'string' ? redactor.excerpt(part, longest) : part;
    return JSON.stringify(value, masked) ?? String(value);
}
/** The report shows less; a string of megabytes need not be escaped first. */
const longest = 1000;

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/judge.js


const good = { failures: [], invalid: false };
const excerptLength = 200;
/** Asks every assertion of one answer. Positions are computed only for those that fail. */
async function judge(assertions, read, context) {
    const failures = [];
    let invalid = false;
    for (const assertion of assertions) {
        const reading = read(assertion.source);
        const held = await evaluate(assertion.predicate, reading, context);
        if (held.kind === 'holds')
            continue;
        invalid ||= held.kind === 'invalid';
        const actual = held.kind === 'invalid' ? held.why : (held.actual ?? foundText(reading, assertion, context.redactor));
        failures.push(failureOf(assertion, actual, context));
    }
    return failures.length === 0 ? good : { failures, invalid };
}
function failureOf(assertion, actual, context) {
    const { source, predicate, origin } = assertion;
    const { redactor } = context;
    return {
        read: redactor.redact(readText(source)),
        expected: redactor.excerpt(expectedText(predicate, source, redactor), excerptLength),
        actual: redactor.excerpt(actual, excerptLength),
        where: context.source.place(origin),
    };
}
/** Headers whose value is a credential by nature, whether or not it is one of ours. */
const credentialHeaders = [
    'authorization',
    'cookie',
    'set-cookie',
    'proxy-authorization',
    'x-api-key',
];
function foundText(reading, { source }, redactor) {
    if (reading.kind !== 'found')
        return 'not found';
    if (source.name === 'header' && credentialHeaders.includes(source.argument ?? ''))
        return '[a credential, not shown]';
    return valueText(reading.value, source, redactor);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/attempt.js


/** Probes once and judges the answer. Everything in the attempt is masked. Rejects only when aborted. */
async function tryOnce(task, run) {
    const { check, probe } = task.bound;
    const connectTimeoutMs = Math.min(check.connectTimeoutMs, task.timeoutMs);
    const observation = await probe.attempt({ ...run, timeoutMs: task.timeoutMs, connectTimeoutMs });
    const verdict = observation.kind === 'unanswered' ? unanswered(observation) : await answered(observation, task, run);
    return {
        attempt: {
            number: task.number,
            outcome: verdict.failureClass === undefined ? 'pass' : 'fail',
            ...(verdict.failureClass === undefined ? {} : { failureClass: verdict.failureClass }),
            summary: run.redactor.excerpt(observation.summary, 500),
            failures: verdict.failures,
            phases: observation.phases,
            ...(observation.status === undefined ? {} : { status: observation.status }),
        },
        retryAfterMs: observation.kind === 'answered' ? observation.retryAfterMs : undefined,
        cutShort: verdict.failureClass === 'timeout' && task.timeoutMs < check.timeoutMs,
        isError: verdict.isError,
        release: observation.kind === 'answered' ? observation.release : undefined,
    };
}
function unanswered({ failureClass }) {
    return { failureClass, failures: [], isError: false };
}
async function answered(observation, { bound, timeoutMs }, run) {
    const { check, document, expect } = bound;
    const [objection] = observation.objections ?? [];
    if (observation.objections !== undefined && objection !== undefined) {
        const where = document.source.place(check.origin);
        const failures = observation.objections.map(({ failure: { read, expected, actual } }) => ({
            read: run.redactor.redact(read),
            expected: run.redactor.redact(expected),
            actual: run.redactor.excerpt(actual, 400),
            where,
        }));
        const isError = observation.objections.every(({ endsAs }) => endsAs === 'error');
        return { failureClass: objection.failureClass, failures, isError };
    }
    const { source } = document;
    const context = { source, redactor: run.redactor, patterns: run.patterns, deadlineMs: timeoutMs };
    const { failures, invalid } = await judge(expect, (one) => observation.read(one), context);
    if (failures.length === 0)
        return { failureClass: undefined, failures, isError: false };
    if (invalid)
        return { failureClass: 'definition', failures, isError: true };
    const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
    return { failureClass, failures, isError: false };
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/retry-policy.js
const stop = { kind: 'stop' };
/** Whether to try again, and after what pause. A pause that would cross the deadline is not begun. */
function nextAfter(failed, rules) {
    if (rules.untilMs === undefined && rules.attempts === undefined)
        return stop;
    if (rules.untilMs === 0 || !mayHeal(failed.failureClass, rules))
        return stop;
    if (!failed.repeatable && !rules.unsafe)
        return stop;
    if (rules.attempts !== undefined && failed.attempts >= rules.attempts)
        return stop;
    const ms = pause(failed, rules);
    return failed.leftMs !== undefined && ms >= failed.leftMs ? stop : { kind: 'wait', ms };
}
function mayHeal(failureClass, rules) {
    if (failureClass === 'tls-verdict' && rules.tls)
        return true;
    return rules.on.includes(failureClass);
}
/** `Retry-After` is honoured as far as a last attempt still fits before the deadline. */
function pause({ failures, leftMs, retryAfterMs, timeoutMs, random }, rules) {
    const grown = rules.intervalMs * rules.backoff ** Math.max(0, failures - 1);
    const own = Math.min(grown, rules.maxIntervalMs) * (1 + rules.jitter * (2 * random - 1));
    if (retryAfterMs === undefined || retryAfterMs <= own)
        return own;
    return leftMs === undefined ? retryAfterMs : Math.max(own, Math.min(retryAfterMs, leftMs - timeoutMs));
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/rounds.js


/** Attempts every check once. */
async function once(tracks, run) {
    await Promise.all(tracks.map((track) => attempt(track, run)));
}
/**
 * Settles and holds: every check retries on its own until it passes; then rounds of all checks must stay good until
 * each has its consecutive successes. A bad round sends the check that failed back to settling.
 */
async function settleAndHold(tracks, run) {
    await Promise.all(tracks.map((track) => delayed(track, run)));
    while (true) {
        await Promise.all(tracks.filter(isUnsettled).map((track) => settle(track, run)));
        if (tracks.some((track) => track.isGate && track.gaveUp))
            return;
        if (await hold(tracks, run))
            return;
    }
}
function isUnsettled(track) {
    return track.streak === 0 && !track.gaveUp;
}
async function delayed(track, run) {
    const { delayMs } = track.bound.check;
    if (delayMs > 0)
        await run.clock.sleep(Math.min(delayMs, timeLeft(run.deadline, run)), run.signal);
}
/** Tries until the first success, or until the retry rules say stop. A check that failed in a round waits first. */
async function settle(track, run) {
    for (let failures = track.count > 0 ? 1 : 0;; failures++) {
        if (failures > 0) {
            const next = nextAfter(rounds_failureOf(track, failures, run), track.bound.check.retry);
            if (next.kind === 'stop') {
                track.gaveUp = true;
                return;
            }
            await run.clock.sleep(next.ms, run.signal);
        }
        await attempt(track, run);
        if (track.streak > 0)
            return;
    }
}
function rounds_failureOf(track, failures, run) {
    const { check, probe } = track.bound;
    const left = timeLeft(Math.min(track.deadline, run.deadline), run);
    return {
        failureClass: track.last?.attempt.failureClass ?? 'timeout',
        attempts: track.count,
        failures,
        leftMs: Number.isFinite(left) ? left : undefined,
        repeatable: probe.repeatable,
        retryAfterMs: track.last?.retryAfterMs,
        timeoutMs: check.timeoutMs,
        random: run.random(),
    };
}
/** Holds rounds until every gate has its consecutive successes: true when there is nothing left to do. */
async function hold(tracks, run) {
    const gates = tracks.filter((track) => track.isGate);
    const repeated = tracks.filter((track) => !track.gaveUp && mayRepeat(track));
    const intervalMs = Math.max(0, ...gates.map((track) => track.bound.check.window.intervalMs));
    const deadline = Math.min(run.deadline, Math.max(...gates.map((track) => track.deadline)));
    while (gates.some((track) => track.streak < track.wanted)) {
        if (intervalMs >= timeLeft(deadline, run))
            return true;
        await run.clock.sleep(intervalMs, run.signal);
        await once(repeated, run);
        const bad = gates.filter((track) => track.streak === 0);
        for (const track of bad)
            track.gaveUp = track.bound.check.window.hold === 'strict';
        if (bad.length > 0)
            return bad.some((track) => track.gaveUp);
    }
    return true;
}
/** Whether another attempt of a check that has passed is harmless. */
function mayRepeat({ bound }) {
    return bound.probe.repeatable || bound.check.retry.unsafe;
}
/** One attempt under the limit. The first has its whole timeout; later ones what is left of the retry time. */
async function attempt(track, run) {
    await run.limit(async () => {
        const { bound } = track;
        const left = timeLeft(track.count === 0 ? run.deadline : Math.min(track.deadline, run.deadline), run);
        if (left <= 0)
            return;
        const timeoutMs = Math.min(bound.check.timeoutMs, left);
        const started = run.clock.monotonic();
        const tried = await tryOnce({ bound, number: track.count + 1, timeoutMs }, run);
        track.add(tried, started, run.clock.monotonic());
        const { number, outcome, summary } = tried.attempt;
        run.onProgress?.({ check: bound.check.name, attempt: number, outcome, summary });
    });
}
function timeLeft(deadline, { clock }) {
    return deadline - clock.monotonic();
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/track.js
/** One check on its way through the run: what happened so far. */
class Track {
    bound;
    severity;
    /** Consecutive good attempts that its verdict needs. */
    wanted;
    /** Milliseconds on the monotonic clock; Infinity without one. */
    deadline;
    streak = 0;
    count = 0;
    release;
    /** The newest attempt that says something about the target. */
    last;
    /** No further attempt will be made. */
    gaveUp = false;
    #kept = [];
    #latest;
    #started;
    #ended = 0;
    constructor(bound, terms) {
        this.bound = bound;
        this.severity = terms.severity;
        this.wanted = terms.wanted;
        this.deadline = terms.deadline;
    }
    get isGate() {
        return this.severity === 'gate';
    }
    /** First, last and each change of failure: a thousand equal attempts are two. */
    get attempts() {
        const latest = this.#latest;
        return latest === undefined || this.#kept.includes(latest) ? this.#kept : [...this.#kept, latest];
    }
    /** From the start of the first attempt to the end of the last, pauses included. */
    get durationMs() {
        return this.#started === undefined ? 0 : Math.round(this.#ended - this.#started);
    }
    add(tried, started, ended) {
        const { attempt } = tried;
        this.#started ??= started;
        this.#ended = ended;
        this.count = attempt.number;
        const before = this.#latest;
        this.#latest = attempt;
        if (before === undefined || !sameFailure(before, attempt))
            this.#kept.push(attempt);
        if (tried.cutShort)
            return;
        this.last = tried;
        this.release = tried.release ?? this.release;
        this.streak = attempt.outcome === 'pass' ? this.streak + 1 : 0;
    }
}
function sameFailure(one, other) {
    return (one.outcome === other.outcome &&
        one.failureClass === other.failureClass &&
        one.status === other.status &&
        one.failures.length === other.failures.length &&
        one.failures.every((failure, index) => failure.actual === other.failures[index]?.actual));
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/run/run-checks.js












const onceBudgetMs = 30_000;
/**
 * Runs checks until they pass or fail for good. Expected outcomes are values: `pass fail inconclusive error` with a
 * reason of `reasons.ts`. Throws ActionFailure `checks-invalid` before anything is sent when a name has no value or a
 * value cannot be used, and the signal's reason when aborted. Nothing that leaves it holds a secret.
 */
async function runChecks(file, options) {
    const secrets = file.documents.flatMap((document) => document.secrets.map((name) => options.secrets[name] ?? ''));
    const redactor = new src_redactor/* Redactor */.p(secrets);
    const bound = bindChecks(file, {
        ...options,
        redactor,
        build: wantedBuild(options),
        only: options.only,
    });
    const proxies = (0,proxy/* readProxies */.r)(options.env) ?? {};
    const patterns = new PatternThread();
    const abort = linked(options.signal);
    try {
        const jsonPaths = bound.some(usesJsonPath) ? await loadJsonPaths() : undefined;
        const { clock } = options;
        const run = { clock, proxies, signal: abort.signal, redactor, patterns, jsonPaths };
        return await run_checks_judged(bound, { ...run, options, concurrency: file.concurrency });
    }
    finally {
        abort.unlink();
        patterns.close();
    }
}
/** A signal that follows the caller's: any number of listeners here, one there. */
function linked(signal) {
    signal.throwIfAborted();
    const own = new AbortController();
    (0,external_node_events_.setMaxListeners)(0, own.signal);
    const follow = () => own.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    return { signal: own.signal, unlink: () => signal.removeEventListener('abort', follow) };
}
function usesJsonPath({ check }) {
    return check.blueprint.queries.length > 0 || check.expect.some(({ source }) => source.name === 'jsonpath');
}
async function run_checks_judged(bound, session) {
    const { clock, options } = session;
    const started = new Date(clock.now()).toISOString();
    const from = clock.monotonic();
    const isOnce = options.mode === 'once';
    const tracks = bound.map((one) => trackOf(one, options, from));
    // Before anything has changed, nothing may be done that counts twice.
    const active = isOnce ? tracks.filter((track) => track.bound.probe.repeatable) : tracks;
    await (isOnce ? once : settleAndHold)(active, {
        ...session,
        limit: limiter(session.concurrency),
        deadline: from + (isOnce ? Math.min(options.budgetMs, onceBudgetMs) : options.budgetMs),
        onProgress: options.onProgress,
        random: options.random ?? Math.random,
    });
    const control = controlProbe(options.controlUrl, session);
    const results = await Promise.all(tracks.map((track) => resultOf(track, { active: active.includes(track), control, options, redactor: session.redactor })));
    const release = tracks.find((track) => track.release !== undefined)?.release;
    return {
        ...decideRun(results),
        results,
        started,
        durationMs: Math.round(clock.monotonic() - from),
        successes: successesOf(active.filter((track) => track.isGate)),
        ...(release === undefined ? {} : { release: session.redactor.redact(release) }),
    };
}
function trackOf(bound, options, from) {
    const { check } = bound;
    const { untilMs } = check.retry;
    const severity = check.type === 'release' && wantedBuild(options)?.kind === 'unknown' ? 'advisory' : check.severity;
    const wanted = options.mode === 'once' || !mayRepeat({ bound }) ? 1 : check.window.successes;
    const deadline = untilMs === undefined || untilMs === 0 ? Number.POSITIVE_INFINITY : from + check.delayMs + untilMs;
    return new Track(bound, { severity, wanted, deadline });
}
function wantedBuild({ release }) {
    if (release === undefined)
        return undefined;
    return release.commit === undefined ? { kind: 'unknown' } : { kind: 'commit', commit: release.commit };
}
/** As many as the gate that has fewest. */
function successesOf(gates) {
    const wanted = Math.max(1, ...gates.map((track) => track.wanted));
    const reached = Math.min(wanted, ...gates.map((track) => (track.streak >= track.wanted ? wanted : track.streak)));
    return { reached: gates.length === 0 ? 0 : reached, wanted };
}

;// CONCATENATED MODULE: ./build/packages/core/src/report/checks-json.js
/** The whole report as JSON: schema version 1, keys in a fixed order, durations in whole milliseconds. */
function checksJson(report) {
    return JSON.stringify({
        schema_version: 1,
        outcome: report.outcome,
        reason: report.reason,
        started: report.started,
        duration_ms: report.durationMs,
        release: report.release,
        successes: { reached: report.successes.reached, wanted: report.successes.wanted },
        checks: report.results.map(check),
    });
}
function check(result) {
    return {
        name: result.name,
        type: result.type,
        severity: result.severity,
        outcome: result.outcome,
        reason: result.reason,
        url: result.url,
        file: result.file,
        line: result.place?.line,
        column: result.place?.column,
        duration_ms: result.durationMs,
        attempt_count: result.attemptCount,
        attempts: result.attempts.map(checks_json_attempt),
    };
}
function checks_json_attempt({ number, outcome, failureClass, summary, status, phases, failures }) {
    return {
        number,
        outcome,
        failure_class: failureClass,
        summary,
        status,
        phases_ms: {
            dns: phases.dns,
            connect: phases.connect,
            tls: phases.tls,
            first_byte: phases.firstByte,
            download: phases.download,
            total: phases.total,
        },
        failures: failures.map(checks_json_failure),
    };
}
function checks_json_failure({ read, expected, actual, where }) {
    return { read, expected, actual, file: where?.file, line: where?.line, column: where?.column };
}

// EXTERNAL MODULE: ./build/packages/core/src/reasons.js
var reasons = __nccwpck_require__(6598);
;// CONCATENATED MODULE: ./build/packages/core/src/report/checks-text.js

/** `smoke.yml:7:5`, or `line 7, column 5` of inline checks. */
function placeText({ file, line, column }) {
    return file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
}
/** `status: expected equals 200, got 503`. */
function failureText({ read, expected, actual }) {
    return `${read}: expected ${expected}, got ${actual}`;
}
/** Why a check did not pass, one line each: its assertions, else what the last attempt met, else the reason. */
function evidenceLines(result) {
    const last = result.attempts.at(-1);
    if (last === undefined || result.outcome === 'skipped')
        return [reasons/* reasons */.v[result.reason].meaning];
    if (last.outcome === 'pass')
        return [reasons/* reasons */.v[result.reason].meaning, last.summary];
    return last.failures.length === 0 ? [last.summary] : last.failures.map(failureText);
}
/** `2 of 5 checks failed`, as far as gates decide; advisory failures are named apart. */
function countsText(results) {
    const gates = results.filter((result) => result.severity === 'gate');
    const count = (outcome) => gates.filter((result) => result.outcome === outcome).length;
    const parts = [
        `${count('pass')} of ${gates.length} gate ${gates.length === 1 ? 'check' : 'checks'} passed`,
    ];
    for (const [outcome, words] of named)
        if (count(outcome) > 0)
            parts.push(`${count(outcome)} ${words}`);
    const advisory = results.filter((result) => result.severity === 'advisory' && result.outcome === 'fail').length;
    if (advisory > 0)
        parts.push(`${advisory} advisory failed`);
    return parts.join(', ');
}
const named = [
    ['fail', 'failed'],
    ['error', 'in error'],
    ['inconclusive', 'inconclusive'],
    ['skipped', 'skipped'],
];

;// CONCATENATED MODULE: ./build/packages/core/src/report/checks-junit.js


/** JUnit XML: a suite for each check file, a case for each check. */
function checksJunit(report) {
    const suites = [...Map.groupBy(report.results, (result) => result.file ?? 'checks')];
    const body = suites.map(([name, results]) => suite(name, results, report)).join('\n');
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals(report.results)}>\n${body}\n</testsuites>\n`;
}
function suite(name, results, report) {
    const facts = report.release === undefined ? '' : `\n${properties({ release: report.release })}`;
    const cases = results.map(testCase).join('\n');
    const attributes = attribute('name', name) + attribute('timestamp', report.started) + totals(results);
    return `<testsuite${attributes}>${facts}\n${cases}\n</testsuite>`;
}
/** Failures and errors of gates; advisory results and everything undecided count as skipped. */
function totals(results) {
    const count = (kind) => results.filter((result) => markOf(result)?.kind === kind).length;
    const total = results.reduce((sum, result) => sum + result.durationMs, 0);
    return (attribute('tests', String(results.length)) +
        attribute('failures', String(count('failure'))) +
        attribute('errors', String(count('error'))) +
        attribute('skipped', String(count('skipped'))) +
        attribute('time', seconds(total)));
}
function testCase(result) {
    const attributes = attribute('name', result.name) +
        attribute('classname', `belay.${result.type}`) +
        attribute('time', seconds(result.durationMs)) +
        (result.file === undefined ? '' : attribute('file', result.file)) +
        (result.place === undefined ? '' : attribute('line', String(result.place.line)));
    const parts = [properties(factsOf(result)), ...marks(result)];
    return `<testcase${attributes}>\n${parts.join('\n')}\n</testcase>`;
}
function markOf({ severity, outcome, reason, attempts }) {
    if (outcome === 'pass')
        return undefined;
    if (severity === 'advisory' || outcome === 'skipped')
        return { kind: 'skipped', type: reason };
    const type = attempts.at(-1)?.failureClass ?? reason;
    // JUnit has no word for "not judged": an error is what makes readers look.
    return { kind: outcome === 'fail' ? 'failure' : 'error', type };
}
function marks(result) {
    const mark = markOf(result);
    if (mark === undefined)
        return [];
    const message = attribute('message', `${result.outcome}: ${reasons/* reasons */.v[result.reason].meaning}`);
    if (mark.kind === 'skipped')
        return [`<skipped${message}/>`];
    const where = result.attempts
        .at(-1)
        ?.failures.flatMap((one) => (one.where === undefined ? [] : [placeText(one.where)]));
    const lines = [...evidenceLines(result), ...(where ?? []).map((place) => `at ${place}`)];
    return [
        `<${mark.kind}${message}${attribute('type', mark.type)}>${escaped(lines.join('\n'))}</${mark.kind}>`,
    ];
}
function factsOf(result) {
    const phases = Object.entries(result.attempts.at(-1)?.phases ?? {});
    return {
        attempts: String(result.attemptCount),
        outcome: result.outcome,
        severity: result.severity,
        ...(result.url === undefined ? {} : { url: result.url }),
        ...Object.fromEntries(phases.map(([phase, ms]) => [`${phase}-ms`, String(ms)])),
    };
}
function properties(facts) {
    const lines = Object.entries(facts).map(([name, value]) => `<property${attribute('name', name)}${attribute('value', value)}/>`);
    return `<properties>${lines.join('')}</properties>`;
}
function attribute(name, value) {
    return ` ${name}="${escaped(value).replace(/\s+/g, ' ')}"`;
}
function seconds(ms) {
    return (ms / 1000).toFixed(3);
}
/** Text of an XML 1.0 document; what XML cannot hold at all, escaped or not, is left out. */
function escaped(text) {
    return text
        .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/"/g, '&quot;');
}

;// CONCATENATED MODULE: ./build/packages/core/src/report/markdown.js
/** Markdown out of values nobody vetted: names, URLs and messages must not be able to change the page around them. */
/** Text as Markdown that shows exactly it, on one line: for cells and paragraphs. Ordinary names stay readable in the source. */
function escapeMarkdown(text) {
    return oneLine(text)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
        .replace(/^(\d*)([-+#=.)])/, '$1\\$2')
        .replace(/:\/\//g, '\\://');
}
/** Text as inline code. HTML where it holds a pipe or a backtick, which end a cell or the code in Markdown. */
function code(text) {
    const shown = oneLine(text);
    if (shown === '')
        return '';
    return /[`|]/.test(shown) ? `<code>${escapeMarkdown(shown)}</code>` : `\`${shown}\``;
}
/** Several lines, shown as they are. The fence is longer than any run of backticks inside. */
function codeBlock(text, language = '') {
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${withoutControls(text)}\n${fence}`;
}
/** A link; only http and https become one. */
function markdown_link(label, url) {
    if (!/^https?:\/\//.test(url))
        return escapeMarkdown(label);
    return `[${escapeMarkdown(label)}](<${oneLine(url).replace(/[<>\\|\s]/g, encodeURIComponent)}>)`;
}
/** Rows of cells that are Markdown already. Short rows are filled up; no rows, no table. */
function table(head, rows) {
    if (rows.length === 0)
        return '';
    const line = (cells) => `| ${head.map((_, column) => (cells[column] ?? '').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
    return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
/** A fold. `summary` is text; `body` is Markdown. */
function details(summary, body) {
    return `<details><summary>${escapeMarkdown(summary)}</summary>\n\n${body}\n\n</details>`;
}
/** A duration as people read it: `480 ms`, `12.3 s`, `1m 05s`, `2h 03m`. */
function durationWords(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1_000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1_000);
    const two = (part) => String(part).padStart(2, '0');
    if (seconds < 3_600)
        return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
    const minutes = Math.round(ms / 60_000);
    return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}
function oneLine(text) {
    return withoutControls(text).replace(/\s+/g, ' ').trim();
}
function withoutControls(text) {
    return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

;// CONCATENATED MODULE: ./build/packages/core/src/report/checks-summary.js



/** Well below the 1 MiB at which the runner refuses a summary whole; the caller's own text needs room as well. */
const defaultLimit = 600_000;
/** The report as Markdown: verdict, table of checks, evidence of what did not pass. Cut at whole rows with a note. */
function checksSummary(report, limit = defaultLimit) {
    const head = `### Checks: ${verdictWords[report.outcome]}\n\n${verdictLine(report)}`;
    const bad = report.results.filter((result) => result.outcome !== 'pass');
    // What did not pass comes first: it is what must survive a cut.
    const ordered = [...bad, ...report.results.filter((result) => result.outcome === 'pass')];
    const evidence = fitting(bad.filter((result) => result.outcome !== 'skipped').map(evidenceOf), limit / 2, 'failed checks');
    const rows = ordered.map(row);
    const shown = rowsWithin(rows, limit - head.length - evidence.length);
    const cut = rows.length - shown.length;
    const note = cut === 0 ? '' : `\n\n${cut} more checks are in the report files.`;
    return [head, table(['Check', 'Outcome', 'Answer', 'Tries', 'Time'], shown) + note, evidence]
        .filter((part) => part !== '')
        .join('\n\n');
}
const verdictWords = {
    pass: '✅ pass',
    fail: '❌ fail',
    inconclusive: '❔ inconclusive',
    error: '⚠️ error',
};
const checks_summary_marks = { ...verdictWords, skipped: '⏭️ skipped' };
function verdictLine(report) {
    const { successes, release } = report;
    const parts = [
        `${countsText(report.results)} in ${durationWords(report.durationMs)}.`,
        escapeMarkdown(reasons/* reasons */.v[report.reason].meaning),
    ];
    if (successes.wanted > 1)
        parts.push(`Good for ${successes.reached} of ${successes.wanted} rounds in a row.`);
    if (release !== undefined)
        parts.push(`The service reports build ${code(release)}.`);
    return parts.join(' ');
}
function row(result) {
    const last = result.attempts.at(-1);
    const advisory = result.severity === 'advisory' ? ' (advisory)' : '';
    return [
        escapeMarkdown(result.name),
        checks_summary_marks[result.outcome] + advisory,
        last === undefined ? '' : code(last.summary),
        String(result.attemptCount),
        durationWords(last?.phases.total ?? 0),
    ];
}
function evidenceOf(result) {
    const last = result.attempts.at(-1);
    const rows = (last?.failures ?? []).map((failure) => [
        code(failure.read),
        code(failure.expected),
        code(failure.actual),
        failure.where === undefined ? '' : escapeMarkdown(placeText(failure.where)),
    ]);
    const parts = [
        escapeMarkdown(reasons/* reasons */.v[result.reason].meaning),
        table(['Read', 'Expected', 'Actual', 'Where'], rows),
        table(['Attempt', 'Outcome', 'Met', 'Time'], result.attempts.map(attemptRow)),
    ];
    return details(`${result.name}: ${result.outcome}`, parts.filter((part) => part !== '').join('\n\n'));
}
function attemptRow(attempt) {
    return [
        String(attempt.number),
        escapeMarkdown(attempt.failureClass ?? attempt.outcome),
        code(attempt.summary),
        durationWords(attempt.phases.total),
    ];
}
function rowsWithin(rows, limit) {
    const shown = [];
    let size = 0;
    for (const row of rows) {
        size += Buffer.byteLength(row.join(' | ')) + 6;
        if (size > limit)
            break;
        shown.push(row);
    }
    return shown;
}
function fitting(parts, limit, what) {
    const shown = [];
    let size = 0;
    for (const part of parts) {
        size += Buffer.byteLength(part);
        if (size > limit)
            break;
        shown.push(part);
    }
    const cut = parts.length - shown.length;
    return [...shown, ...(cut === 0 ? [] : [`${cut} more ${what} are in the report files.`])].join('\n\n');
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/report-files.js





/** Writes `junit.xml`, `result.json` and `summary.md` into a new folder below `temp`; answers the folder's path. */
async function writeChecksReport(report, temp) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_namespaceObject.join)(temp, 'belay-checks-'));
    await Promise.all([
        (0,promises_.writeFile)((0,external_node_path_namespaceObject.join)(folder, 'junit.xml'), checksJunit(report)),
        (0,promises_.writeFile)((0,external_node_path_namespaceObject.join)(folder, 'result.json'), `${checksJson(report)}\n`),
        (0,promises_.writeFile)((0,external_node_path_namespaceObject.join)(folder, 'summary.md'), `${checksSummary(report)}\n`),
    ]);
    return folder;
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/input.js
/** Declares an input whose text `parse` reads; `''` never reaches `parse`. */
function input_declareInput(name, presence, parse) {
    return {
        ...manifestFacts(presence),
        name,
        read(source) {
            const text = source.input(name) || presence?.default || '';
            if (text !== '')
                return parse(text, source);
            if (presence?.required === true)
                return input_problem('is required and was not given.');
            // `Present` allows undefined exactly where neither `required` nor `default` was stated.
            return input_value(undefined);
        },
    };
}
function manifestFacts(presence = {}) {
    return {
        ...(presence.required === undefined ? {} : { required: presence.required }),
        ...(presence.default === undefined ? {} : { default: presence.default }),
        ...(presence.runnerDefault === undefined ? {} : { runnerDefault: presence.runnerDefault }),
    };
}
function input_value(read) {
    return { kind: 'value', value: read };
}
function input_problem(text) {
    return { kind: 'problem', problem: text };
}
/** A value as shown in a message: quoted, on one line, at most 80 characters. */
function input_shown(text) {
    const cut = text.length > 80 ? `${text.slice(0, 79)}…` : text;
    return JSON.stringify(cut);
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/duration.js

const duration_units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const shape = /^(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/;
/** Reads `90s`, `5m`, `1h30m` or `500ms` as milliseconds. A bare `30` is refused: tools disagree on its unit. */
function parseDuration(text) {
    if (/^\d+$/.test(text)) {
        return input_problem(`is ${input_shown(text)}, which has no unit. Write ${text}s, ${text}m or ${text}h.`);
    }
    const parts = shape.exec(text)?.groups;
    if (parts === undefined || text === '') {
        return input_problem(`is ${input_shown(text)}, which is not a duration. Write 500ms, 90s, 5m or 1h30m.`);
    }
    let ms = 0;
    for (const [unit, factor] of Object.entries(duration_units))
        ms += Number(parts[unit] ?? 0) * factor;
    return Number.isSafeInteger(ms) ? input_value(ms) : input_problem(`is ${input_shown(text)}, which is too long to count.`);
}
/** Milliseconds as an input would state them: `90000` → `1m30s`. */
function durationText(ms) {
    let rest = ms;
    let text = '';
    for (const [unit, factor] of Object.entries(duration_units)) {
        const count = Math.floor(rest / factor);
        rest -= count * factor;
        if (count > 0)
            text += `${count}${unit}`;
    }
    return text === '' ? '0s' : text;
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/kinds.js



/** Any text on one line. */
function kinds_text(name, options) {
    return input_declareInput(name, options, kinds_oneLine);
}
/** Text on one line, of a shape that no other kind has. */
function shaped(name, { pattern, legal }, options) {
    return declareInput(name, options, (given) => pattern.test(given) ? value(given) : problem(`is ${shown(given)}; it must be ${legal}.`));
}
/** Text of any number of lines, as given. */
function block(name, options) {
    return input_declareInput(name, options, input_value);
}
/** A path; relative ones start at `working-directory`, which the action resolves. */
function path(name, options) {
    return input_declareInput(name, options, (given) => given.includes('\0') ? input_problem(`is ${input_shown(given)}, which holds a NUL character.`) : kinds_oneLine(given));
}
/** One of the legal values, exactly as written. */
function choice(name, legal, options) {
    return input_declareInput(name, options, (given) => parseChoice(given, legal));
}
/** `true` or `false`, nothing else: YAML's other spellings of a boolean arrive as text. */
function kinds_flag(name, options) {
    return input_declareInput(name, options, (given) => {
        const parsed = parseChoice(given, ['true', 'false']);
        return parsed.kind === 'value' ? input_value(parsed.value === 'true') : parsed;
    });
}
/** A duration with its unit, `90s` or `1h30m`, as milliseconds. `min` and `max` are milliseconds. */
function kinds_duration(name, options) {
    return input_declareInput(name, options, (given) => {
        const parsed = parseDuration(given);
        return parsed.kind === 'value' ? within(parsed.value, options ?? {}, durationText) : parsed;
    });
}
/** A whole number in digits. */
function kinds_integer(name, options) {
    return declareInput(name, options, (given) => {
        if (!/^-?\d{1,15}$/.test(given))
            return problem(`is ${shown(given)}, which is not a whole number.`);
        return within(Number(given), options ?? {}, String);
    });
}
function kinds_oneLine(given) {
    return /[\r\n]/.test(given) ? input_problem(`is ${input_shown(given)}, which is more than one line.`) : input_value(given);
}
function parseChoice(given, legal) {
    const found = legal.find((one) => one === given);
    if (found !== undefined)
        return input_value(found);
    const meant = nearest(given, legal);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    return input_problem(`is ${input_shown(given)}; it must be one of: ${legal.join(', ')}.${hint}`);
}
function within(number, { min, max }, asText) {
    if (min !== undefined && number < min) {
        return input_problem(`is ${asText(number)}; it must be at least ${asText(min)}.`);
    }
    if (max !== undefined && number > max) {
        return input_problem(`is ${asText(number)}; it must be at most ${asText(max)}.`);
    }
    return input_value(number);
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/lists.js

/** One item a line, trimmed; blank lines are passed over. Absent is the empty list. */
function lines(name, options) {
    return orElse(declareInput(name, options, (given) => value(linesOf(given).map(({ line }) => line))), []);
}
/** `NAME=VALUE` lines; the value is everything after the first `=`. Absent is no pairs. */
function pairs(name, options) {
    return orElse(input_declareInput(name, options, (given) => readPairs(given, parsePair)), {});
}
/** `NAME=VALUE` lines, or `NAME` alone to take it from the step's `env`. Values are masked and never shown. */
function secretPairs(name, options) {
    return orElse(input_declareInput(name, options, (given, source) => {
        const read = readPairs(given, (line, at) => parseSecretPair(line, at, source.env));
        if (read.kind === 'value')
            for (const secret of Object.values(read.value))
                source.mask(secret);
        return read;
    }), {});
}
function orElse(input, absent) {
    return {
        ...input,
        read(source) {
            const read = input.read(source);
            return read.kind === 'value' ? input_value(read.value ?? absent) : read;
        },
    };
}
/** The lines that hold something, numbered as their writer sees them. */
function linesOf(given) {
    return given
        .split(/\r\n|\r|\n/)
        .map((line, index) => ({ at: `line ${index + 1}`, line: line.trim() }))
        .filter(({ line }) => line !== '');
}
const lists_legalName = /^[A-Za-z_][A-Za-z0-9_]*$/;
function parsePair(line, at) {
    const equals = line.indexOf('=');
    if (equals < 0)
        return input_problem(`${at} is ${input_shown(line)}, which has no "=". Write NAME=VALUE.`);
    const name = line.slice(0, equals).trim();
    if (!lists_legalName.test(name))
        return input_problem(`${at} has the name ${input_shown(name)}. ${nameRule}`);
    return input_value([name, line.slice(equals + 1).trim()]);
}
const nameRule = 'A name is letters, digits and "_", and does not start with a digit.';
function parseSecretPair(line, at, env) {
    if (line.includes('=')) {
        const parsed = parsePair(line, at);
        return parsed.kind === 'value' ? parsed : input_problem(`${at} has a name that is not legal. ${nameRule}`);
    }
    if (!lists_legalName.test(line)) {
        return input_problem(`${at} is neither NAME=VALUE nor the NAME of an environment variable.`);
    }
    const found = env[line];
    if (found === undefined || found === '') {
        return input_problem(`${at} names ${line}, which the step's env does not set. Write NAME=VALUE, or set it.`);
    }
    return input_value([line, found]);
}
function readPairs(given, parse) {
    const read = new Map();
    for (const { at, line } of linesOf(given)) {
        const pair = parse(line, at);
        if (pair.kind === 'problem')
            return pair;
        if (read.has(pair.value[0]))
            return input_problem(`${at} names ${pair.value[0]} a second time.`);
        read.set(...pair.value);
    }
    return input_value(Object.fromEntries(read));
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/secret.js

/** A secret, masked as it is read and never shown in a message. */
function secret(name, options) {
    const variables = options?.env ?? [];
    return {
        ...manifestFacts(options),
        name,
        read(source) {
            const text = source.input(name) || firstSet(variables, source.env);
            if (text !== undefined) {
                source.mask(text);
                if (/[\r\n\0]/.test(text.trim()))
                    return input_problem('holds a line break: it was stored with more than the secret.');
                return input_value(text);
            }
            if (options?.required !== true)
                return input_value(undefined);
            const env = variables.length === 0 ? '' : `, or set ${variables.join(' or ')} in the step's env`;
            return input_problem(`is required and was not given. Pass it as an input${env}.`);
        },
    };
}
function firstSet(variables, env) {
    for (const name of variables) {
        const text = env[name]?.trim();
        if (text !== undefined && text !== '')
            return text;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/common-inputs.js



/** Inputs that mean the same in every action. An action spreads the groups it has into its own spec. */
const ledgerInputs = {
    environment: kinds_text('environment', { default: 'production' }),
    service: kinds_text('service'),
    githubToken: secret('github-token', { runnerDefault: 'github.token' }),
};
const workingDirectoryInput = {
    workingDirectory: path('working-directory', { default: '.' }),
};
const checkInputs = {
    checks: block('checks'),
    checkVariables: pairs('check-variables'),
    checkSecrets: secretPairs('check-secrets'),
};
const timeoutInputs = {
    timeoutMs: kinds_duration('timeout', { default: '20m', min: 1_000 }),
    restoreTimeoutMs: kinds_duration('restore-timeout', { default: '10m', min: 1_000 }),
};
const onFailureInputs = {
    onFailure: choice('on-failure', ['restore', 'none'], { default: 'restore' }),
    rollbackBarrier: kinds_flag('rollback-barrier', { default: 'false' }),
};
const forceInputs = {
    force: kinds_flag('force', { default: 'false' }),
    overrideReason: kinds_text('override-reason'),
};
const forceNeedsReason = {
    between: ['force', 'overrideReason'],
    accuses: ['overrideReason'],
    broken: ({ force, overrideReason }) => force && overrideReason === undefined
        ? '`force: true` needs `override-reason`: one line saying why the gates may be passed.'
        : undefined,
};
const dryRunInput = {
    dryRun: kinds_flag('dry-run', { default: 'false' }),
};

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/inputs.js

/**
 * Declares what an action accepts; its `inputs.ts` exports the answer as `inputs`.
 *
 *     export const inputs = defineInputs({
 *       flyApp: text('fly-app', { required: true }),
 *       strategy: choice('strategy', ['rolling', 'immediate'], { default: 'rolling' }),
 *     });
 */
function defineInputs(spec, rules = []) {
    return {
        spec,
        read(source) {
            const read = new Map();
            const problems = [];
            for (const [key, input] of Object.entries(spec)) {
                const parsed = input.read(source);
                if (parsed.kind === 'value')
                    read.set(key, parsed.value);
                else
                    problems.push({ inputs: [input.name], text: `\`${input.name}\` ${parsed.problem}` });
            }
            const values = Object.fromEntries(read);
            for (const rule of rules) {
                if (!rule.between.every((key) => read.has(key)))
                    continue;
                const text = rule.broken(values);
                if (text === undefined)
                    continue;
                problems.push({ inputs: (rule.accuses ?? rule.between).map((key) => nameOf(spec, key)), text });
            }
            if (problems.length > 0)
                throw inputFailure(problems);
            return values;
        },
    };
}
function nameOf(spec, key) {
    return spec[key]?.name ?? key;
}
function inputFailure(problems) {
    const accused = [...new Set(problems.flatMap((one) => one.inputs))];
    const names = accused.map((name) => `\`${name}\``).join(', ');
    const [only] = problems.length === 1 ? problems : [];
    return new failure/* ActionFailure */.d({
        code: 'input-invalid',
        what: only?.text ?? `${accused.length} inputs cannot be used: ${names}.`,
        next: `Correct ${names} in the step's \`with:\`.`,
        ...(only === undefined ? { details: problems.map((one) => one.text) } : {}),
    });
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/inputs.js

const { environment, service } = ledgerInputs;
const inputs = defineInputs({
    ...checkInputs,
    checks: block('checks', { required: true }),
    environment,
    service,
    ...workingDirectoryInput,
    timeoutMs: kinds_duration('timeout', { default: '10m', min: 1_000 }),
});

;// CONCATENATED MODULE: ./build/packages/core/src/report/checks-annotations.js

/** The runner keeps this many of each kind a step. */
const kept = 10;
/**
 * Errors for gates that did not pass and warnings for advisory checks that failed, at their place in the file. The
 * last one the runner would keep says how many more there are. `reserved` errors are left for the caller's own.
 */
function checksAnnotations(report, reserved = 0) {
    const bad = report.results.filter((result) => !['pass', 'skipped'].includes(result.outcome));
    const gates = bad.filter((result) => result.severity === 'gate');
    const advisory = bad.filter((result) => result.severity === 'advisory');
    return [...limited(gates, 'error', kept - reserved), ...limited(advisory, 'warning', kept)];
}
function limited(results, level, most) {
    if (results.length <= most)
        return results.map((result) => annotation(result, level));
    const shown = results.slice(0, most - 1).map((result) => annotation(result, level));
    const rest = results.length - shown.length;
    return [...shown, { level, message: `${rest} more checks did not pass: see the job summary.` }];
}
function annotation(result, level) {
    const message = `${result.name}: ${evidenceLines(result).join('; ')}`;
    const { file, line, column } = result.attempts.at(-1)?.failures[0]?.where ?? result.place ?? {};
    const title = `Check ${result.outcome}`;
    if (file === undefined || line === undefined || column === undefined)
        return { level, message, place: { title } };
    return { level, message, place: { title, file, line, column } };
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/result.js

/** What the step says about a report: outputs, summary, annotations, and the failure when it is red. */
function result_resultOf(report, folder) {
    const failure = report.outcome === 'pass' ? undefined : result_failureOf(report);
    return {
        outcome: report.outcome,
        reason: report.reason,
        ok: failure === undefined,
        outputs: outputsOf(report, folder),
        summary: checksSummary(report),
        headline: `${countsText(report.results)}.`,
        // The step's own failure line is an error annotation as well.
        annotations: checksAnnotations(report, failure === undefined ? 0 : 1),
        ...(failure === undefined ? {} : { failure }),
    };
}
function outputsOf(report, folder) {
    const count = (outcome) => String(report.results.filter((result) => result.outcome === outcome).length);
    return {
        passed: count('pass'),
        failed: count('fail'),
        inconclusive: count('inconclusive'),
        attempts: String(report.results.reduce((sum, result) => sum + result.attemptCount, 0)),
        release: report.release ?? '',
        report: folder,
        result: checksJson(report),
    };
}
function result_failureOf(report) {
    const gates = report.results.filter((result) => result.severity === 'gate' && result.outcome !== 'pass');
    const first = gates.find((result) => result.reason === report.reason);
    const reason = reasons/* reasons */.v[report.reason];
    return {
        code: report.reason,
        what: `${countsText(report.results)}${first === undefined ? '' : `; ${first.name}: ${evidenceLines(first)[0]}`}`,
        why: reason.meaning,
        next: reason.advice,
        details: gates.flatMap((result) => evidenceLines(result).map((line) => `${result.name}: ${line}`)),
    };
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/run.js



/** Probes the running system and says whether it may be trusted. */
const action = { name: 'smoke-test', run };
async function run({ runner, clock, signal }) {
    const given = inputs.read(runner);
    const { workspace, temp, apiUrl, sha } = runner.context;
    const file = await loadChecks(given.checks, { root: workspace, folder: given.workingDirectory });
    const report = await runner.group('Attempts', () => runChecks(file, {
        variables: { ...providedVariables(given, sha), ...given.checkVariables },
        secrets: given.checkSecrets,
        mode: 'full',
        budgetMs: given.timeoutMs,
        controlUrl: apiUrl,
        env: runner.env,
        onProgress: (progress) => runner.info(progressLine(progress)),
        clock,
        signal,
    }));
    return result_resultOf(report, await writeChecksReport(report, temp));
}
/** What every check file may use without being told. */
function providedVariables({ environment, service }, sha) {
    return {
        environment,
        ...(service === undefined ? {} : { service }),
        ...(sha === undefined ? {} : { sha }),
    };
}
function progressLine({ check, attempt, outcome, summary }) {
    return `${outcome === 'pass' ? '✓' : '✗'} ${check}, attempt ${attempt}: ${summary}`;
}


/***/ }),

/***/ 6597:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: external "node:os"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const external_node_os_namespaceObject = x({  });
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return __awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return __awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
;// CONCATENATED MODULE: external "events"
const external_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
;// CONCATENATED MODULE: external "assert"
const external_assert_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_namespaceObject.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_namespaceObject.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        file_command_issueFileCommand('PATH', inputPath);
    }
    else {
        command_issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${external_path_namespaceObject.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function core_warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./build/packages/core/src/runner/context.js
/** The facts of the job from its environment and the text of its event file (undefined when it could not be read). */
function readContext(env, eventText) {
    const fact = (name) => env[name] || undefined;
    const event = readEvent(fact('GITHUB_EVENT_PATH'), eventText);
    const serverUrl = fact('GITHUB_SERVER_URL') ?? 'https://github.com';
    const context = {
        ...known({
            repository: repository(fact('GITHUB_REPOSITORY')),
            sha: fact('GITHUB_SHA'),
            ref: fact('GITHUB_REF'),
            refName: fact('GITHUB_REF_NAME'),
            eventName: fact('GITHUB_EVENT_NAME'),
            actor: fact('GITHUB_ACTOR'),
            workflow: fact('GITHUB_WORKFLOW'),
            job: fact('GITHUB_JOB'),
            runId: fact('GITHUB_RUN_ID'),
        }),
        event: event.payload,
        runAttempt: Number(fact('GITHUB_RUN_ATTEMPT') ?? '1') || 1,
        serverUrl,
        apiUrl: fact('GITHUB_API_URL') ?? 'https://api.github.com',
        graphqlUrl: fact('GITHUB_GRAPHQL_URL') ?? 'https://api.github.com/graphql',
        workspace: fact('GITHUB_WORKSPACE') ?? '.',
        temp: fact('RUNNER_TEMP') ?? '.',
        toolCache: fact('RUNNER_TOOL_CACHE') ?? '.',
        os: os(fact('RUNNER_OS')),
        arch: context_arch(fact('RUNNER_ARCH')),
        debug: fact('RUNNER_DEBUG') === '1',
    };
    return { context, warnings: event.warnings };
}
function known(facts) {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
function repository(slug) {
    const [owner, name] = slug?.split('/') ?? [];
    return owner && name ? { owner, name } : undefined;
}
function readEvent(path, text) {
    if (path === undefined)
        return { payload: {}, warnings: [] };
    if (text === undefined)
        return { payload: {}, warnings: [`The event file cannot be read: ${path}.`] };
    try {
        const payload = JSON.parse(text);
        if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) {
            return { payload: payload, warnings: [] };
        }
    }
    catch {
        // Reported below: what matters is that there is no payload.
    }
    return { payload: {}, warnings: [`The event file does not hold a JSON object: ${path}.`] };
}
function os(name) {
    if (name === 'Windows')
        return 'windows';
    return name === 'macOS' ? 'macos' : 'linux';
}
function context_arch(name) {
    if (name === 'X64')
        return 'x64';
    return name === 'ARM64' ? 'arm64' : 'other';
}

;// CONCATENATED MODULE: ./build/packages/core/src/runner/masking.js
const shortest = 4;
/** A part of a token is a secret of its own only when long enough not to be an ordinary word. */
const shortestPart = 12;
/**
 * The forms a secret may be printed in. The runner derives base64 at three offsets, URI, JSON and XML escapes itself;
 * what it does not derive is here: hex, URL-safe base64, the parts of a JWT, of `scheme token,token` and of `user:pass`.
 */
function maskForms(secret) {
    const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
    const maskable = lines.filter((line) => line.length >= shortest);
    const skipped = lines.filter((line) => line !== '').length - maskable.length;
    // The runner masks every line of a registered value, a JSON key's `}` too: so lines are registered, not the whole.
    const escapedWhole = lines.length > 1 && maskable.length > 0 ? [JSON.stringify(secret).slice(1, -1)] : [];
    const forms = new Set([...escapedWhole, ...maskable.flatMap(lineForms)]);
    if (skipped === 0)
        return { forms: [...forms] };
    const subject = lines.length === 1 ? 'A secret' : `${skipped} of a secret's ${lines.length} lines`;
    const are = lines.length === 1 || skipped === 1 ? 'is' : 'are';
    return {
        forms: [...forms],
        warning: `${subject} ${are} shorter than ${shortest} characters and cannot be masked in the log.`,
    };
}
function lineForms(line) {
    return [line, ...parts(line)].flatMap((form) => {
        const bytes = Buffer.from(form);
        const hex = bytes.toString('hex');
        return [form, hex, hex.toUpperCase(), ...urlSafeBase64(bytes)];
    });
}
function parts(line) {
    const jwt = /^[\w-]+\.([\w-]+)\.([\w-]+)$/.exec(line);
    if (jwt !== null)
        return [jwt[1] ?? '', jwt[2] ?? ''].filter((part) => part.length >= shortestPart);
    const password = /^[^\s:/]+:([^\s/].*)$/.exec(line)?.[1];
    if (password !== undefined && password.length >= shortest)
        return [password];
    return line.split(/[\s,]+/).filter((part) => part !== line && part.length >= shortestPart);
}
/** As it stands inside longer text: at each of the three byte offsets, without the characters its neighbours share. */
function urlSafeBase64(bytes) {
    return [0, 1, 2].flatMap((offset) => {
        const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
        const whole = encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
        // Where no character differs from ordinary base64, the runner has derived it already.
        return /[-_]/.test(whole) && whole.length >= shortest ? [whole] : [];
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/runner/neutralise.js
/**
 * Makes text from tools, servers and commits safe to print: the runner reads workflow commands from every
 * line of the log. The breaks are visible spaces, not zero-width characters: the runner looks for `::` and `##[` with
 * culture-sensitive comparisons, which skip characters of no width and would still find the command.
 */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
/** Terminal sequences (CSI, OSC and the like, two-character escapes), then lone controls but for the tab. */
const terminalControls = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]|[\0-\x08\x0b-\x1f\x7f-\x9f]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
const commandAtStart = /^([\s\p{Cf}\p{DI}]*):[\p{Cf}\p{DI}]*:/u;
const commandAnywhere = /#[\p{Cf}\p{DI}]*#[\p{Cf}\p{DI}]*\[/gu;
/** The lines of a text. A lone CR ends a line too: the runner reads it so, and progress bars print it. */
function splitLines(text) {
    return text.split(/\r\n|\r|\n/);
}
/** A line without colours, cursor movements and other controls. */
function stripControls(line) {
    return line.replace(terminalControls, '');
}
/** One line, safe to print: `::error::x` becomes `: :error::x`, `##[group]x` becomes `## [group]x`. */
function neutraliseLine(line) {
    return stripControls(line).replace(commandAtStart, '$1: :').replace(commandAnywhere, '## [');
}
/** Text of any number of lines, safe to print. Neutral text comes back as it is. */
function neutralise(text) {
    return splitLines(text).map(neutraliseLine).join('\n');
}

;// CONCATENATED MODULE: ./build/packages/core/src/runner/summary.js
/** Above this the runner uploads nothing at all. Bytes, per step. */
const summaryLimit = 1_048_576;
const note = '\n\n> The summary was cut here: the runner shows at most 1 MiB.\n';
/** For the note, and for what must be closed before it. Every text leaves this much, so that a later one can say it was cut. */
const reserve = 256;
/** What of `markdown` still fits after `written` bytes: cut after a whole line, so that no table row is torn, with a note. */
function fitSummary(markdown, written) {
    const room = summaryLimit - reserve - written;
    if (Buffer.byteLength(markdown) <= room)
        return markdown;
    if (room <= -reserve / 2)
        return '';
    const kept = wholeLines(markdown, Math.max(0, room));
    return `${kept}${closing(kept)}${note}`;
}
function wholeLines(text, bytes) {
    const cut = Buffer.from(text).subarray(0, bytes).lastIndexOf('\n');
    return cut < 0 ? '' : Buffer.from(text).subarray(0, cut).toString();
}
/** An open fence or fold would swallow the note. */
function closing(kept) {
    const fences = kept.match(/^```/gm)?.length ?? 0;
    const opened = kept.match(/<details>/g)?.length ?? 0;
    const closed = kept.match(/<\/details>/g)?.length ?? 0;
    return (fences % 2 === 1 ? '\n```' : '') + (opened > closed ? '\n\n</details>' : '');
}

;// CONCATENATED MODULE: ./build/packages/core/src/runner/actions-runner.js






/** The hosted runner, over the toolkit. Everything printed is neutralised here, so no caller can forget it. */
function createActionsRunner(env) {
    const { context, warnings } = readContext(env, eventText(env.GITHUB_EVENT_PATH));
    for (const warning of warnings)
        core_warning(warning);
    let summaryBytes = 0;
    return {
        context,
        env: { ...env },
        input: (name) => getInput(name),
        mask(secret) {
            const { forms, warning } = maskForms(secret);
            for (const form of forms)
                core_setSecret(form);
            if (warning !== undefined)
                core_warning(warning);
        },
        debug: (message) => core_debug(neutralise(message)),
        info: (message) => info(neutralise(message)),
        notice: (message, place) => notice(neutralise(message), annotation(place)),
        warning: (message, place) => core_warning(neutralise(message), annotation(place)),
        error: (message, place) => error(neutralise(message), annotation(place)),
        group: (title, work) => group(neutralise(title), work),
        output: (name, value) => setOutput(name, value),
        addPath: (directory) => addPath(directory),
        async summary(markdown) {
            if (!env.GITHUB_STEP_SUMMARY)
                return;
            const text = fitSummary(`${markdown}\n`, summaryBytes);
            summaryBytes += Buffer.byteLength(text);
            await summary.addRaw(text).write();
        },
        saveState: (name, value) => saveState(name, value),
        state: (name) => getState(name),
    };
}
function eventText(path) {
    if (!path)
        return undefined;
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch {
        return undefined;
    }
}
function annotation(place = {}) {
    return {
        ...(place.title === undefined ? {} : { title: place.title }),
        ...(place.file === undefined ? {} : { file: place.file }),
        ...(place.line === undefined ? {} : { startLine: place.line }),
        ...(place.column === undefined ? {} : { startColumn: place.column }),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/action/cancelled.js
/** The reason of `ports.signal` when the job is cancelled: whoever waits on the signal rejects with it. */
class Cancelled extends Error {
    /** `SIGINT`, `SIGTERM` or `SIGBREAK`: what the runner sent. */
    by;
    constructor(by) {
        super(`The job was cancelled (${by}).`);
        this.name = 'Cancelled';
        this.by = by;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/action/cancellation.js

/**
 * The runner sends SIGINT, SIGTERM 7.5 s later (Ctrl-Break on Windows) and kills 2.5 s after that; this is how
 * long a run may take to wind up before we report for it. Milliseconds.
 */
const windUpMs = 9_000;
/** Aborts at the first signal. Later ones find a listener too: the default would end the process at once. */
function cancellationSignal(process) {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGBREAK']) {
        process.on(name, () => {
            if (!controller.signal.aborted)
                controller.abort(new Cancelled(name));
        });
    }
    return controller.signal;
}
/** Rejects `windUpMs` after the signal; never before. */
function windUpEnd(signal) {
    return new Promise((_, reject) => {
        signal.addEventListener('abort', () => setTimeout(reject, windUpMs, signal.reason).unref(), {
            once: true,
        });
    });
}
/** Rejects with what nobody caught: an uncaught error, or a promise that nothing is left to settle. */
function collapse(process) {
    return new Promise((_, reject) => {
        process.once('uncaughtException', reject);
        process.once('beforeExit', () => reject(new Error('the run was left waiting for nothing')));
    });
}

// EXTERNAL MODULE: ./build/packages/core/src/failure.js
var src_failure = __nccwpck_require__(9829);
;// CONCATENATED MODULE: ./build/packages/core/src/http.js
/** The door to the network: its types. The implementation is in `http/`. */
class HttpError extends Error {
    kind;
    method;
    url;
    status;
    /** True when the request may have taken effect: it was sent, and no answer proves it was refused. */
    maybeEffective;
    bodyExcerpt;
    attempts;
    constructor(fields, options) {
        super(`${fields.method} ${fields.url} → ${fields.status ?? fields.kind} ${fields.reason}`, options);
        this.name = 'HttpError';
        this.kind = fields.kind;
        this.method = fields.method;
        this.url = fields.url;
        this.status = fields.status;
        this.maybeEffective = fields.maybeEffective;
        this.bodyExcerpt = fields.bodyExcerpt ?? '';
        this.attempts = fields.attempts;
    }
}

// EXTERNAL MODULE: ./build/packages/core/src/reasons.js
var reasons = __nccwpck_require__(6598);
;// CONCATENATED MODULE: ./build/packages/core/src/http-failure.js

/** The reason a request that got no usable answer comes down to. */
function httpReason({ status }) {
    if (status === undefined)
        return 'platform-unreachable';
    return status === 429 ? 'rate-limited' : 'platform-error';
}
/** What a request that got no usable answer means for its caller: a reason, the error's own line, and what to do. */
function httpFailure(error) {
    const reason = httpReason(error);
    return { reason, what: error.message, next: reasons/* reasons */.v[reason].advice };
}

;// CONCATENATED MODULE: ./build/packages/core/src/action/conclude.js




/** The result of a run that threw. */
function concludeError(error, { cancelled, issuesUrl }) {
    // Whatever fails after the signal fails because of it: aborted requests and killed tools are no bugs.
    if (cancelled)
        return cancelledResult;
    if (error instanceof src_failure/* ActionFailure */.d) {
        return failed('error', (0,reasons/* isReasonCode */.O)(error.code) ? error.code : 'bug', error);
    }
    if (error instanceof HttpError) {
        const { reason, what, next } = httpFailure(error);
        return failed('error', reason, { code: reason, what, next });
    }
    const message = error instanceof Error ? error.message : String(error);
    return failed('error', 'bug', {
        code: 'bug',
        what: `Belay failed in a way it should not: ${message}`,
        next: `Report it with the log of this step ${issuesUrl === undefined ? 'to the action’s repository' : `at ${issuesUrl}`}.`,
    });
}
/** The result of a run that did not come back before the runner would have killed it. */
const cancelledResult = failed('cancelled', 'cancelled', {
    code: 'cancelled',
    what: 'The job was cancelled.',
    next: 'See what serves now, then run the job again.',
});
function failed(outcome, reason, failure) {
    return { outcome, reason, ok: false, outputs: {}, headline: failure.what, failure };
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/packages/core/src/clock.js

const systemClock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async sleep(ms, signal) {
        signal?.throwIfAborted();
        try {
            await (0,promises_namespaceObject.setTimeout)(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            throw signal?.aborted === true ? signal.reason : error;
        }
    },
};

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;// CONCATENATED MODULE: ./build/packages/core/src/http/connections.js


/** Pooled connections, and fresh ones, through the proxies when there are any. */
function createAgents(proxies) {
    const fresh = proxies === undefined ? {} : { proxyEnv: proxies };
    const pooled = { ...fresh, keepAlive: true, maxSockets: 16 };
    const agents = {
        http: { pooled: new external_node_http_.Agent(pooled), fresh: new external_node_http_.Agent(fresh), proxy: proxies?.HTTP_PROXY },
        https: { pooled: new external_node_https_namespaceObject.Agent(pooled), fresh: new external_node_https_namespaceObject.Agent(fresh), proxy: proxies?.HTTPS_PROXY },
    };
    const of = (url) => agents[url.protocol === 'http:' ? 'http' : 'https'];
    return {
        agentFor: (url, isFresh) => of(url)[isFresh ? 'fresh' : 'pooled'],
        proxyFor(url) {
            const { proxy } = of(url);
            return proxy === undefined ? undefined : new URL(proxy);
        },
    };
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./build/packages/core/src/http/attempt-failure.js
/** What one attempt came to, when it came to no usable answer. Never leaves this folder: callers see HttpError. */
class AttemptFailure extends Error {
    kind;
    reason;
    /** False when the server provably did nothing: the request never left, or was refused. */
    mayHaveActed;
    /** True when the same request would fail the same way again. */
    permanent;
    status;
    retryAfterMs;
    bodyExcerpt;
    constructor(fields) {
        super(fields.reason, { cause: fields.cause });
        this.name = 'AttemptFailure';
        this.kind = fields.kind;
        this.reason = fields.reason;
        this.mayHaveActed = fields.mayHaveActed;
        this.permanent = fields.permanent ?? false;
        this.status = fields.status;
        this.retryAfterMs = fields.retryAfterMs;
        this.bodyExcerpt = fields.bodyExcerpt ?? '';
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/connection-errors.js


/** Reads Node's network errors, which differ in shape by the layer they come from. */
function describeConnectionError(error, stage, proxy) {
    const facts = error;
    const code = facts.code ?? 'unknown error';
    const common = { mayHaveActed: stage !== 'connecting', cause: error };
    if (code === 'ERR_PROXY_TUNNEL')
        return proxyRefusal(facts, error);
    if (proxy !== undefined && isAbout(facts, proxy)) {
        return new AttemptFailure({ ...common, kind: 'proxy', reason: `the proxy cannot be reached (${code})` });
    }
    if (isTlsCode(code)) {
        const reason = `no trusted connection (${code})`;
        return new AttemptFailure({ ...common, kind: 'tls', reason, permanent: true });
    }
    if (stage === 'connecting') {
        return new AttemptFailure({ ...common, kind: 'connect', reason: `${connectReason(code)} (${code})` });
    }
    if (code === 'Z_DATA_ERROR' || code.startsWith('ERR__ERROR_FORMAT')) {
        return new AttemptFailure({ ...common, kind: 'body', reason: `cannot be decompressed (${code})` });
    }
    const reason = `connection lost while ${stage} (${code})`;
    return new AttemptFailure({ ...common, kind: 'reset', reason });
}
function proxyRefusal({ statusCode: status, proxyTunnelTimeout }, cause) {
    const silence = proxyTunnelTimeout === undefined ? 'it closed the connection' : 'it did not answer';
    const answer = status === undefined ? silence : `${status} ${external_node_http_.STATUS_CODES[status] ?? ''}`;
    return new AttemptFailure({
        kind: 'proxy',
        reason: `no tunnel through the proxy: ${answer.trim()}`,
        mayHaveActed: false,
        permanent: status !== undefined && status < 500,
        cause,
    });
}
function isAbout(error, proxy) {
    if (error.syscall === 'getaddrinfo')
        return error.hostname === proxy.hostname;
    const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
    return error.syscall === 'connect' && error.port === port;
}
function isTlsCode(code) {
    return /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/.test(code);
}
const connectReasons = {
    ECONNREFUSED: 'connection refused',
    ENOTFOUND: 'host name not found',
    EAI_AGAIN: 'host name cannot be looked up now',
};
function connectReason(code) {
    return connectReasons[code] ?? 'no connection';
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/attempt.js




/**
 * Sends a request once and lets `consume` read the answer. Rejects with an AttemptFailure, or with the reason of
 * the caller's signal. Measured in real time whatever the clock: it bounds sockets, not policies.
 */
async function attempt(outgoing, limits, consume) {
    const progress = { stage: 'connecting', silent: false };
    const expired = new AbortController();
    const timer = setTimeout(() => expired.abort(), limits.timeoutMs);
    const stop = AbortSignal.any([expired.signal, ...(limits.signal === undefined ? [] : [limits.signal])]);
    try {
        // Node does not report an abort while a proxy's tunnel is being built, so the signal is raced as well.
        return await Promise.race([exchange(outgoing, { ...limits, progress, stop }, consume), rejection(stop)]);
    }
    catch (error) {
        limits.signal?.throwIfAborted();
        if (error instanceof AttemptFailure)
            throw error;
        if (expired.signal.aborted)
            throw timeoutFailure(progress.stage, limits.timeoutMs);
        if (progress.silent)
            throw timeoutFailure(progress.stage, limits.idleMs ?? limits.timeoutMs);
        throw describeConnectionError(error, progress.stage, outgoing.proxy);
    }
    finally {
        clearTimeout(timer);
    }
}
async function exchange({ method, url, headers, body, agent }, { progress, stop, timeoutMs, idleMs = timeoutMs, }, consume) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const send = url.protocol === 'http:' ? external_node_http_.request : external_node_https_namespaceObject.request;
    // `timeout` also ends a proxy that never answers CONNECT: Node applies it to the tunnel's own socket.
    const request = send(url, { method, headers, agent, signal: stop, timeout: idleMs });
    request.on('timeout', () => {
        progress.silent = true;
        request.destroy();
    });
    request.on('socket', (socket) => followConnection(socket, request.reusedSocket, progress));
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
    const response = await promise;
    progress.stage = 'reading the answer';
    try {
        return await consume(response);
    }
    finally {
        if (!response.complete)
            request.destroy();
    }
}
function followConnection(socket, reused, progress) {
    const established = () => {
        if (progress.stage === 'connecting')
            progress.stage = 'waiting for an answer';
    };
    // Through a proxy the socket comes when the tunnel and the TLS in it stand: no event is left to wait for.
    if (reused || !socket.connecting)
        established();
    else
        socket.once(socket.encrypted === true ? 'secureConnect' : 'connect', established);
}
function rejection(signal) {
    return new Promise((_, reject) => {
        const abort = () => reject(signal.reason);
        if (signal.aborted)
            abort();
        else
            signal.addEventListener('abort', abort, { once: true });
    });
}
function timeoutFailure(stage, timeoutMs) {
    return new AttemptFailure({
        kind: 'timeout',
        reason: `after ${Math.round(timeoutMs)} ms while ${stage}`,
        mayHaveActed: stage !== 'connecting',
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/redact.js
const secretParameter = /token|key|secret|pass|sig|auth|cred|session|jwt/i;
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'];
/** `https://u:p@host/a?token=x&page=2` becomes `https://***@host/a?token=***&page=2`. */
function redactUrl(url) {
    const withoutUser = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1***@');
    return withoutUser.replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark, name) => secretParameter.test(name) ? `${mark}${name}=***` : whole);
}
/** `redact`, and without what the request itself carried: a server may echo the headers it got. */
function redactorFor(headers, redact) {
    const values = Object.entries(headers)
        .filter(([name]) => secretHeaders.includes(name.toLowerCase()))
        .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)])
        .filter((value) => value.length >= 4);
    return (text) => values.reduce((shown, value) => shown.replaceAll(value, '***'), redact(text));
}
const longestExcerpt = 300;
/** The start of a body for an error message: one line, HTML reduced to what a reader would see. */
function excerpt(body, redact) {
    // A body may be megabytes; what follows the first 64 KiB is never shown.
    const start = body.slice(0, 65_536);
    const text = redact(/^\s*<(!doctype|html|head|body)/i.test(start) ? htmlText(start) : start);
    const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return line.length <= longestExcerpt ? line : `${line.slice(0, longestExcerpt - 1)}…`;
}
function htmlText(html) {
    const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim();
    if (title)
        return title;
    return html.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*>/g, ' ');
}

;// CONCATENATED MODULE: ./build/packages/core/src/retry.js
/**
 * Repeats `work` until it succeeds, and rejects with its last error when the policy allows no more.
 * A pause that would end beyond the deadline is not begun: waiting for nothing helps nobody.
 * `work` is told the attempt, from 1, and the milliseconds left (Infinity without a deadline).
 */
async function retry(work, policy) {
    const { clock, signal, attempts = Number.POSITIVE_INFINITY } = policy;
    const end = clock.monotonic() + (policy.deadlineMs ?? Number.POSITIVE_INFINITY);
    for (let attempt = 1;; attempt += 1) {
        signal?.throwIfAborted();
        try {
            return await work(attempt, end - clock.monotonic());
        }
        catch (error) {
            signal?.throwIfAborted();
            const answer = attempt < attempts && policy.shouldRetry(error);
            if (answer === false)
                throw error;
            const pauseMs = answer === true ? jitteredPause(policy.backoff, attempt) : answer.afterMs;
            if (clock.monotonic() + pauseMs >= end)
                throw error;
            await clock.sleep(pauseMs, signal);
        }
    }
}
function jitteredPause({ firstMs, factor = 2, maxMs, random = Math.random }, attempt) {
    return Math.min(maxMs, firstMs * factor ** (attempt - 1)) * random();
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/retry-rules.js
/** May this request be sent again? A `once` request only after a failure that provably had no effect. */
function mayRepeat(failure, retryClass) {
    if (failure.permanent)
        return false;
    if (retryClass === 'once' && !isProvenRefusal(failure))
        return false;
    return failure.retryAfterMs === undefined ? true : { afterMs: failure.retryAfterMs };
}
/** A status without Retry-After does not say that asking again is welcome. */
function isProvenRefusal(failure) {
    if (failure.mayHaveActed)
        return false;
    return failure.kind !== 'status' || failure.retryAfterMs !== undefined;
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/repeat.js




const attempts = 6;
const backoff = { firstMs: 250, maxMs: 4_000 };
/** Makes attempts at a call as its class allows; rejects with the HttpError that sums them up. */
async function repeat(call, once) {
    let made = 0;
    // Sticky: when the first of three attempts may have acted, a third that never left does not undo it.
    let maybeEffective = false;
    const counted = async (attempt, remainingMs) => {
        made = attempt;
        try {
            return await once(attempt, remainingMs);
        }
        catch (error) {
            if (error instanceof AttemptFailure && error.mayHaveActed)
                maybeEffective = call.retry !== 'read';
            throw error;
        }
    };
    const shouldRetry = (error) => error instanceof AttemptFailure && mayRepeat(error, call.retry);
    try {
        return await retry(counted, { ...call, attempts, backoff, shouldRetry });
    }
    catch (error) {
        if (!(error instanceof AttemptFailure))
            throw error;
        throw httpError(error, call, { maybeEffective, attempts: made });
    }
}
function httpError(failure, { method, shownUrl }, summary) {
    const { kind, reason, status, bodyExcerpt } = failure;
    const shown = status === undefined ? {} : { status };
    return new HttpError({ kind, reason, ...shown, method, url: shownUrl, bodyExcerpt, ...summary }, { cause: failure.cause });
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/status-failure.js


/** A status that is no answer: the server, or something before it, could not deal with the request now. */
function isFailedStatus(status) {
    return status === 408 || status === 425 || status === 429 || status >= 500;
}
/** Such a status as the failure of an attempt. `now` is the wall clock, for a Retry-After that names a date. */
function statusFailure(status, { retryAfter, now, bodyExcerpt = '', }) {
    const retryAfterMs = parseRetryAfter(retryAfter, now);
    const refused = status < 500 || (status === 503 && retryAfterMs !== undefined);
    return new AttemptFailure({
        kind: 'status',
        status,
        reason: external_node_http_.STATUS_CODES[status] ?? 'unknown status',
        mayHaveActed: !refused,
        // 501 says that the server will never know this request.
        permanent: status === 501,
        retryAfterMs,
        bodyExcerpt,
    });
}
/** Reads `Retry-After` as milliseconds: `120`, or `Wed, 21 Oct 2026 07:28:00 GMT` against the wall clock. */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    if (/^\s*\d+(\.\d+)?\s*$/.test(value))
        return Number(value) * 1000;
    const at = Date.parse(value);
    return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/download.js










const mostRedirects = 5;
/** Streams a body to a file, hashing it on the way. A partial file is removed. */
async function download(request, connections) {
    const { clock } = connections;
    const end = clock.monotonic() + (request.deadlineMs ?? 300_000);
    let url = secureUrl(request.url);
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
        const call = {
            method: 'GET',
            shownUrl: connections.redact(redactUrl(url.href)),
            retry: 'read',
            deadlineMs: end - clock.monotonic(),
            signal: request.signal,
            clock,
        };
        const target = url;
        const step = await repeat(call, (_, remainingMs) => fetchOnce(target, { request, connections, remainingMs }));
        if (!('redirectTo' in step))
            return step;
        url = secureUrl(step.redirectTo.href, url);
    }
    throw new src_failure/* ActionFailure */.d({
        code: 'download-refused',
        what: `${redactUrl(request.url)} was redirected more than ${mostRedirects} times`,
        next: 'Check the URL, and whether a proxy on the way answers for the host',
    });
}
async function fetchOnce(url, context) {
    const { request, connections, remainingMs } = context;
    const outgoing = {
        method: 'GET',
        url,
        headers: { 'user-agent': connections.userAgent, 'accept-encoding': 'identity' },
        agent: connections.agentFor(url, false),
        proxy: connections.proxyFor(url),
    };
    const limits = { timeoutMs: remainingMs, idleMs: 30_000, signal: request.signal };
    return attempt(outgoing, limits, async (response) => {
        const status = response.statusCode ?? 0;
        const location = response.headers.location;
        if (status >= 300 && status < 400 && location !== undefined)
            return { redirectTo: new URL(location, url) };
        if (isFailedStatus(status)) {
            throw statusFailure(status, {
                retryAfter: response.headers['retry-after'],
                now: connections.clock.now(),
            });
        }
        if (status < 200 || status >= 300)
            return { status, bytes: 0, sha256: '' };
        return { status, ...(await save(response, request.file)) };
    });
}
async function save(response, file) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    let bytes = 0;
    const meter = new external_node_stream_namespaceObject.Transform({
        transform(chunk, _encoding, done) {
            bytes += chunk.length;
            hash.update(chunk);
            done(null, chunk);
        },
    });
    try {
        await (0,external_node_stream_promises_namespaceObject.pipeline)(response, meter, (0,external_node_fs_.createWriteStream)(file));
    }
    catch (error) {
        await (0,promises_.rm)(file, { force: true });
        throw error;
    }
    return { sha256: hash.digest('hex'), bytes };
}
/** Loopback may be plain http: nobody else can read it or answer for it. It may not be reached from https. */
function secureUrl(url, from) {
    const target = new URL(url, from);
    const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(target.hostname);
    const plainAllowed = loopback && from?.protocol !== 'https:';
    if (target.protocol === 'https:' || (target.protocol === 'http:' && plainAllowed))
        return target;
    throw new src_failure/* ActionFailure */.d({
        code: 'download-refused',
        what: `${redactUrl(target.href)} is not an https URL`,
        why: from === undefined ? 'downloads use https only' : `${from.host} redirected the download there`,
        next: 'Download over https',
    });
}

// EXTERNAL MODULE: ./build/packages/core/src/http/proxy.js
var proxy = __nccwpck_require__(6272);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
;// CONCATENATED MODULE: ./build/packages/core/src/http/body.js



/** What `accept-encoding` offers and `decoded` can read. */
const acceptedEncodings = 'gzip, br, deflate';
const decoders = {
    gzip: external_node_zlib_.createGunzip,
    'x-gzip': external_node_zlib_.createGunzip,
    br: external_node_zlib_.createBrotliDecompress,
    deflate: external_node_zlib_.createInflate,
};
/** Reads a whole body as text; `maxBytes` counts after decompression, so that no small answer fills the memory. */
async function readText(response, maxBytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of decoded(response)) {
        size += chunk.length;
        if (size > maxBytes) {
            const reason = `larger than ${maxBytes} bytes`;
            throw new AttemptFailure({ kind: 'body', reason, mayHaveActed: true, permanent: true });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
function decoded(response) {
    const decoder = decoders[response.headers['content-encoding']?.toLowerCase() ?? ''];
    // A HEAD answer names the encoding of the body it does not have.
    if (decoder === undefined || hasNoBody(response))
        return response;
    // `pipeline`, not `pipe`: an aborted response must end the decoder too. The reader of the decoder gets the error.
    return (0,external_node_stream_namespaceObject.pipeline)(response, decoder(), () => { });
}
function hasNoBody({ req, statusCode, headers, }) {
    return (req?.method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0');
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/send.js





/** Sends a request as often as its class allows, and answers what the server said. */
function send(request, connections) {
    const { method, url, retry, signal, deadlineMs = 60_000, timeoutMs = 15_000 } = request;
    const redact = redactorFor(request.headers ?? {}, connections.redact);
    const outgoing = compose(request, connections);
    const call = {
        method,
        shownUrl: redact(redactUrl(url)),
        retry,
        deadlineMs,
        signal,
        clock: connections.clock,
    };
    return repeat(call, async (attempts, remainingMs) => {
        const limits = { timeoutMs: Math.min(timeoutMs, remainingMs), signal };
        const answer = await attempt(outgoing, limits, async (response) => ({
            method,
            url,
            status: response.statusCode ?? 0,
            headers: joinHeaders(response),
            text: await readText(response, request.maxBodyBytes ?? 32 * 1024 * 1024),
            attempts,
        }));
        if (!isFailedStatus(answer.status))
            return answer;
        throw statusFailure(answer.status, {
            retryAfter: answer.headers['retry-after'],
            now: connections.clock.now(),
            bodyExcerpt: excerpt(answer.text, redact),
        });
    });
}
function compose({ method, url, headers, body, retry }, connections) {
    const payload = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const target = new URL(url);
    return {
        method,
        url: target,
        headers: {
            'user-agent': connections.userAgent,
            'accept-encoding': acceptedEncodings,
            ...(payload ? {} : { 'content-type': 'application/json' }),
            ...headers,
        },
        body: payload ? body : JSON.stringify(body),
        agent: connections.agentFor(target, retry === 'once'),
        proxy: connections.proxyFor(target),
    };
}
function joinHeaders(response) {
    const entries = Object.entries(response.headersDistinct);
    return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}

;// CONCATENATED MODULE: ./build/packages/core/src/http/create-http.js




/**
 * The real door to the network: pooled connections, proxies by the usual variables, retries by class. A proxy that
 * cannot be used rejects the first request with an ActionFailure (`proxy-unusable`).
 */
function createHttp({ clock, env, userAgent, redact = (text) => text }) {
    let opened;
    // On first use, because a failure can only be reported once the action runs.
    const connections = () => {
        opened ??= { clock, userAgent, redact, ...createAgents((0,proxy/* readProxies */.r)(env)) };
        return opened;
    };
    return {
        request: async (request) => send(request, connections()),
        download: async (request) => download(request, connections()),
    };
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
;// CONCATENATED MODULE: ./build/packages/core/src/runner/line-splitter.js
/** A tool that never ends a line must not fill the memory: longer lines are cut. Characters. */
const longestLine = 65_536;
/** Lines end at LF, CRLF or a lone CR, which is how the runner reads them. */
function createLineSplitter() {
    let rest = '';
    let afterReturn = false;
    return {
        push(chunk) {
            if (chunk === '')
                return [];
            // A CR at the end of the last chunk has ended its line; an LF now belongs to it.
            const text = afterReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
            afterReturn = chunk.endsWith('\r');
            const parts = (rest + text).split(/\r\n|\r|\n/);
            rest = parts.pop() ?? '';
            const lines = parts.flatMap(cut);
            while (rest.length > longestLine) {
                lines.push(rest.slice(0, longestLine));
                rest = rest.slice(longestLine);
            }
            return lines;
        },
        end() {
            const last = rest;
            rest = '';
            afterReturn = false;
            return last === '' ? [] : [last];
        },
    };
}
function cut(line) {
    if (line.length <= longestLine)
        return [line];
    const pieces = [];
    for (let at = 0; at < line.length; at += longestLine)
        pieces.push(line.slice(at, at + longestLine));
    return pieces;
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/tail.js
const mostLines = 200;
const mostBytes = 64 * 1024;
function createTail() {
    const kept = [];
    let total = 0;
    return {
        add(line) {
            const bytes = Buffer.byteLength(line);
            kept.push({ line, bytes });
            total += bytes;
            while (kept.length > mostLines || (total > mostBytes && kept.length > 1))
                total -= kept.shift()?.bytes ?? 0;
        },
        lines: () => kept.map(({ line }) => line),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/capture.js




const mostStdout = 8 * 1024 * 1024;
/** `print` receives whole lines without controls; making them safe for the log is its own business. */
function createCapture(run, print) {
    const tail = createTail();
    const stdout = createBoundedText(mostStdout);
    const flushes = [];
    const take = (raw, stream) => {
        const line = stripControls(raw);
        tail.add(line);
        run.onLine?.(line, stream);
        if (run.echo !== false)
            print(line);
    };
    return {
        read(pipe, stream) {
            const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
            const splitter = createLineSplitter();
            const takeText = (text) => {
                if (stream === 'stdout')
                    stdout.add(text);
                for (const line of splitter.push(text))
                    take(line, stream);
            };
            pipe.on('data', (chunk) => takeText(decoder.write(chunk)));
            flushes.push(() => {
                takeText(decoder.end());
                for (const line of splitter.end())
                    take(line, stream);
            });
        },
        finish() {
            for (const flush of flushes.splice(0))
                flush();
            return { tail: tail.lines(), stdout: stdout.text(), stdoutTruncated: stdout.truncated() };
        },
    };
}
function createBoundedText(mostCharacters) {
    const parts = [];
    let room = mostCharacters;
    let truncated = false;
    return {
        add(text) {
            truncated ||= text.length > room;
            if (room > 0)
                parts.push(text.slice(0, room));
            room -= Math.min(room, text.length);
        },
        text: () => parts.join(''),
        truncated: () => truncated,
    };
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
;// CONCATENATED MODULE: ./build/packages/core/src/process/ladder.js
const defaultLadder = { afterInterruptMs: 4_000, afterTerminateMs: 1_500 };
/** Ends a tool: SIGINT, then SIGTERM, then SIGKILL, until `exited` says that it obeyed. */
async function climbLadder(group, { clock, exited }, { afterInterruptMs, afterTerminateMs } = defaultLadder) {
    try {
        group.signal('SIGINT');
        await clock.sleep(afterInterruptMs, exited);
        group.signal('SIGTERM');
        await clock.sleep(afterTerminateMs, exited);
        group.signal('SIGKILL');
    }
    catch (error) {
        if (!exited.aborted)
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/process-group.js

/** The group of a child started `detached`; on Windows, which has no groups, its tree. */
function processGroup(child, platform) {
    return { signal: (name) => (platform === 'win32' ? killTree(child, name) : killGroup(child, name)) };
}
function killGroup({ pid }, name) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, name);
    }
    catch {
        // ESRCH: nobody is left, which is what was wanted.
    }
}
function killTree(child, name) {
    // Without `/F` taskkill only asks, which console programs do not hear: the ladder ends with force.
    const force = name === 'SIGKILL' ? ['/F'] : [];
    const args = ['/PID', String(child.pid), '/T', ...force];
    const killer = (0,external_node_child_process_namespaceObject.spawn)('taskkill', args, { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => child.kill());
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/follow.js



/** What a tool leaves behind may hold its pipes for ever: this long after its exit, they are let go. */
const pipesAfterExitMs = 500;
/** Waits until a tool has ended by itself, or ends it when it is cancelled or out of time. */
async function followToEnd(child, run, { clock, platform }) {
    const group = processGroup(child, platform);
    const exit = new AbortController();
    let endedBy = 'exit';
    const interrupt = (why) => {
        if (endedBy !== 'exit')
            return;
        endedBy = why;
        void climbLadder(group, { clock, exited: exit.signal }, run.ladder);
    };
    const closed = (0,external_node_events_.once)(child, 'close');
    const exited = (0,external_node_events_.once)(child, 'exit');
    watch(run, { clock, until: exit.signal, interrupt });
    const [exitCode, signalName] = await exited;
    exit.abort();
    const closedInTime = await settlesWithin(pipesAfterExitMs, closed, clock);
    // A tool that was told to end must leave nobody behind; one that ended by itself may leave a daemon.
    if (endedBy !== 'exit' || !closedInTime)
        group.signal('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
    return { exitCode, signalName, endedBy };
}
function watch(run, context) {
    const { clock, until, interrupt } = context;
    if (run.signal?.aborted)
        interrupt('cancelled');
    run.signal?.addEventListener('abort', () => interrupt('cancelled'), { signal: until });
    if (run.deadlineMs === undefined)
        return;
    clock.sleep(run.deadlineMs, until).then(() => interrupt('deadline'), () => { });
}
async function settlesWithin(ms, work, clock) {
    const settled = new AbortController();
    const late = clock.sleep(ms, settled.signal).then(() => false, () => true);
    const done = work.then(() => true);
    const answer = await Promise.race([done, late]);
    settled.abort();
    return answer;
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/start-failure.js


/** Windows starts batch files through a shell only, and we start no shells. */
function refuseBatchFile(command, platform) {
    if (platform !== 'win32' || !/\.(cmd|bat)$/i.test(command))
        return;
    throw new src_failure/* ActionFailure */.d({
        code: 'tool-missing',
        what: `${command} is a batch file, which only a shell can run`,
        why: 'no shell is used, so that no argument can turn into a command',
        next: 'Name the executable (.exe) that the batch file starts',
    });
}
/** Why `run` could not be started. Node says ENOENT for a missing directory as well as for a missing command. */
function startFailure(run, error) {
    if (!(0,external_node_fs_.existsSync)(run.cwd)) {
        return new src_failure/* ActionFailure */.d({
            code: 'tool-missing',
            what: `${run.command} cannot be started in ${run.cwd}: there is no such directory`,
            next: 'Correct `working-directory`, or check the repository out first',
        }, { cause: error });
    }
    const missing = error.code === 'ENOENT';
    return new src_failure/* ActionFailure */.d({
        code: 'tool-missing',
        what: missing
            ? `${run.command} was not found`
            : `${run.command} cannot be started (${error.code ?? error.message})`,
        why: missing ? `PATH is ${run.env.PATH ?? 'empty'}` : 'the file is not an executable for this machine',
        next: `Install ${run.command} in an earlier step and put its folder on PATH`,
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/packages/core/src/process/create-tools.js




/** The real door to processes: argument arrays, one process group per tool, never a shell. */
function createTools({ clock, print, platform = process.platform }) {
    return {
        async run(run) {
            refuseBatchFile(run.command, platform);
            const began = clock.monotonic();
            const capture = createCapture(run, print);
            if (run.signal?.aborted)
                return { ...neverStarted, ...capture.finish(), durationMs: 0 };
            const child = start(run, platform);
            capture.read(child.stdout, 'stdout');
            capture.read(child.stderr, 'stderr');
            await started(child, run);
            const end = await followToEnd(child, run, { clock, platform });
            return { ...end, ...capture.finish(), durationMs: clock.monotonic() - began };
        },
    };
}
const neverStarted = { exitCode: null, signalName: null, endedBy: 'cancelled' };
function start(run, platform) {
    const child = (0,external_node_child_process_namespaceObject.spawn)(run.command, run.args, {
        cwd: run.cwd,
        env: run.env,
        // A group of its own: the runner signals us alone, and whoever ends the tool must reach its children.
        detached: platform !== 'win32',
        windowsHide: true,
        stdio: 'pipe',
    });
    // A tool that does not read its input closes the pipe early, which is its right.
    child.stdin.on('error', () => { });
    child.stdin.end(run.stdin);
    return child;
}
function started(child, run) {
    return new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) => reject(startFailure(run, error)));
    });
}

// EXTERNAL MODULE: ./build/packages/core/src/redactor.js
var redactor = __nccwpck_require__(435);
;// CONCATENATED MODULE: ./build/packages/core/src/action/doors.js




/** The real doors, for one action. What is masked in the log is also kept out of network errors, which may be written elsewhere. */
function openDoors(name, actionsRunner, signal) {
    const clock = systemClock;
    const secrets = new redactor/* Redactor */.p([]);
    const runner = {
        ...actionsRunner,
        mask(secret) {
            secrets.add(secret);
            actionsRunner.mask(secret);
        },
    };
    return {
        runner,
        clock,
        signal,
        http: createHttp({
            clock,
            env: runner.env,
            userAgent: `belay/${name}`,
            redact: (text) => secrets.redact(text),
        }),
        // The runner neutralises whatever it prints.
        tools: createTools({ clock, print: (line) => runner.info(line) }),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/action/publish.js

/** Writes a result down: outputs first, since callers branch on them whatever happens to the rest. */
async function publish(runner, result, durationMs) {
    const outputs = {
        ...result.outputs,
        outcome: result.outcome,
        reason: result.reason,
        serving: result.serving ?? 'unknown',
        'duration-ms': String(Math.round(durationMs)),
    };
    for (const [name, value] of Object.entries(outputs))
        runner.output(name, value);
    if (result.summary !== undefined)
        await writeSummary(runner, result.summary);
    for (const annotation of result.annotations ?? [])
        annotate(runner, annotation);
    if (result.failure !== undefined)
        await printFailure(runner, result.failure);
    else if (result.ok)
        runner.info(result.headline);
    else
        runner.error(result.headline);
}
async function writeSummary(runner, markdown) {
    try {
        await runner.summary(markdown);
    }
    catch (error) {
        runner.warning(`The job summary could not be written: ${error instanceof Error ? error.message : error}`);
    }
}
function annotate(runner, { level, message, place }) {
    runner[level](message, place);
}
async function printFailure(runner, failure) {
    runner.error((0,src_failure/* failureLine */.P)(failure));
    if (failure.docs !== undefined)
        runner.info(`See ${failure.docs}`);
    const details = failure.details ?? [];
    if (details.length === 0)
        return;
    await runner.group(`Details of ${failure.code}`, async () => {
        for (const detail of details)
            runner.info(detail);
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/action/run-action.js





/**
 * Runs an action as the hosted runner starts it, the same bundle for `main` and `post`; the last call of every
 * `main.ts`. Owns the only catch-all, cancellation, the failure line and the exit code.
 */
async function runAction(definition) {
    const runner = createActionsRunner(process.env);
    const ports = openDoors(definition.name, runner, cancellationSignal(process));
    const ended = Promise.race([windUpEnd(ports.signal), collapse(process)]);
    if (runner.state('isPost') === 'true') {
        await runPost(definition, ports, ended);
    }
    else {
        process.exitCode = (await runMain(definition, ports, ended)) ? 0 : 1;
    }
    // A kept-alive socket or a tool's pipe would hold node open for minutes; unref'd, this waits only for those.
    setTimeout(() => process.stdout.write('', () => process.exit()), 100).unref();
}
async function runMain(definition, ports, ended) {
    const from = ports.clock.monotonic();
    try {
        ports.runner.saveState('isPost', 'true');
        const result = await resultOf(definition, ports, ended);
        await publish(ports.runner, result, ports.clock.monotonic() - from);
        return result.ok;
    }
    catch (error) {
        // The runner's own files cannot be written: a step that nobody can read the outcome of is not green.
        ports.runner.error(error instanceof Error ? error.message : String(error));
        return false;
    }
}
async function resultOf(definition, ports, ended) {
    try {
        return await Promise.race([definition.run(ports), ended]);
    }
    catch (error) {
        ports.runner.debug(stacks(error));
        return concludeError(error, { cancelled: ports.signal.aborted, issuesUrl: issuesUrl(ports) });
    }
}
/** A post that fails would turn a good job red: it warns instead. */
async function runPost(definition, ports, ended) {
    try {
        await Promise.race([definition.post?.(ports), ended]);
    }
    catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        ports.runner.warning(`Cleaning up after ${definition.name} did not finish: ${message}`);
    }
}
/** The stack of an error and of its causes, for the debug log. */
function stacks(error) {
    if (!(error instanceof Error))
        return String(error);
    const own = error.stack ?? error.message;
    return error.cause === undefined ? own : `${own}\nCaused by: ${stacks(error.cause)}`;
}
function issuesUrl({ runner }) {
    const repository = runner.env.GITHUB_ACTION_REPOSITORY;
    return repository ? `${runner.context.serverUrl}/${repository}/issues` : undefined;
}


/***/ }),

/***/ 9829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ failureLine),
/* harmony export */   d: () => (/* binding */ ActionFailure)
/* harmony export */ });
/**
 * A promised thing that cannot be done, with what to do about it.
 * Expected outcomes ("already live", "nothing older") are values, not failures.
 */
class ActionFailure extends Error {
    code;
    what;
    why;
    next;
    docs;
    details;
    constructor(text, options) {
        super(text.what, options);
        this.name = 'ActionFailure';
        this.code = text.code;
        this.what = text.what;
        this.next = text.next;
        if (text.why !== undefined)
            this.why = text.why;
        if (text.docs !== undefined)
            this.docs = text.docs;
        if (text.details !== undefined)
            this.details = text.details;
    }
}
/** One line for an annotation: `code: what. Why. Next: next.` */
function failureLine(failure) {
    const why = failure.why === undefined ? '' : ` ${sentence(capitalised(failure.why))}`;
    return `${failure.code}: ${sentence(failure.what)}${why} Next: ${sentence(failure.next)}`;
}
function sentence(text) {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}
function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ }),

/***/ 6272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ readProxies)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9829);

/**
 * The proxies named by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (lower case wins, as in curl), or undefined when
 * there are none. Fails when one is named that cannot be used: going around a proxy in silence would be worse.
 */
function readProxies(env, nodeVersion = process.versions.node) {
    const https = proxyUrl(env, 'HTTPS_PROXY');
    const http = proxyUrl(env, 'HTTP_PROXY');
    if (https === undefined && http === undefined)
        return undefined;
    refuseOldNode(nodeVersion);
    return {
        ...(https === undefined ? {} : { HTTPS_PROXY: https }),
        ...(http === undefined ? {} : { HTTP_PROXY: http }),
        NO_PROXY: withSubdomains(variable(env, 'NO_PROXY') ?? ''),
    };
}
function proxyUrl(env, name) {
    const value = variable(env, name);
    if (value === undefined)
        return undefined;
    // Node ignores a value without a scheme; curl and Go read it as http.
    const url = value.includes('://') ? value : `http://${value}`;
    if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol))
        return url;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionFailure */ .d({
        code: 'proxy-unusable',
        what: `${name} does not name an http or https proxy`,
        why: 'only proxies that speak HTTP CONNECT can be used, so a SOCKS proxy cannot',
        next: `Set ${name} to a value such as http://proxy.example:3128, or leave it empty`,
    });
}
function variable(env, name) {
    return env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
}
function refuseOldNode(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > 24 || (major === 24 && minor >= 5))
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionFailure */ .d({
        code: 'proxy-unusable',
        what: `a proxy is set, and this runner’s Node ${version} cannot use one`,
        why: 'Node supports proxies from 24.5 on',
        next: 'Update the self-hosted runner, which brings its own Node, to its newest version',
    });
}
/** Node matches `example.com` exactly; curl and Go, so flyctl too, mean its subdomains as well. */
function withSubdomains(noProxy) {
    const entries = noProxy.split(/[\s,]+/).filter((entry) => entry !== '');
    return entries.flatMap((entry) => (isDomain(entry) ? [entry, `.${entry}`] : [entry])).join(',');
}
function isDomain(entry) {
    return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(entry);
}


/***/ }),

/***/ 6598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ isReasonCode),
/* harmony export */   v: () => (/* binding */ reasons)
/* harmony export */ });
const reasons = {
    // it worked
    verified: { meaning: 'The release serves and every gate check passed.', advice: 'Nothing to do.' },
    'platform-only': {
        meaning: 'The release serves by the platform’s own account; no checks were given to prove it.',
        advice: 'Add `checks` so that a green means your users are served.',
    },
    'already-live': { meaning: 'The wanted artifact already served.', advice: 'Nothing to do.' },
    staged: {
        meaning: 'The release is ready and proved, and takes no traffic yet.',
        advice: 'Promote it when you are ready.',
    },
    'dry-run': {
        meaning: 'Only reads were made; nothing was changed.',
        advice: 'Run again without `dry-run` to act.',
    },
    installed: { meaning: 'The tool was installed and put on PATH.', advice: 'Nothing to do.' },
    // the change failed
    'build-failed': {
        meaning: 'The image could not be built.',
        advice: 'Read the build log above and fix the build.',
    },
    'release-command-failed': {
        meaning: 'The release command exited with a failure before any machine was touched.',
        advice: 'Read its log above and fix the command.',
    },
    unhealthy: {
        meaning: 'The platform’s health checks did not pass in time.',
        advice: 'Read the failing machine’s log and checks above.',
    },
    crashed: {
        meaning: 'The new version’s process kept exiting.',
        advice: 'Read the exit event and log above.',
    },
    'lease-held': {
        meaning: 'Another deploy holds a lease on a machine.',
        advice: 'Wait for the other deploy to end, then run this job again.',
    },
    'rate-limited': {
        meaning: 'The platform refused the call for too many requests.',
        advice: 'Run the job again in a few minutes.',
    },
    'platform-error': {
        meaning: 'The platform answered with an error of its own.',
        advice: 'Look at the platform’s status page, then run the job again.',
    },
    'release-not-created': {
        meaning: 'The platform refused to create the release.',
        advice: 'Read the platform’s answer above.',
    },
    'deploy-failed': {
        meaning: 'The deploy failed in a way that is not in our tables.',
        advice: 'Read the client’s output above.',
    },
    'deploy-timeout': {
        meaning: 'The deploy did not end within `timeout`.',
        advice: 'Raise `timeout` if the deploy is really that slow; otherwise look at what it waited for.',
    },
    'mixed-fleet': {
        meaning: 'Several releases serve at once and the platform makes no progress.',
        advice: 'Run the deploy or a rollback again so that one release serves.',
    },
    'checks-failed': {
        meaning: 'A gate check failed against the new release.',
        advice: 'Read the failing check’s evidence in the summary.',
    },
    // restoring
    'restored-image-only': {
        meaning: 'The old image serves again, but secrets or a release command had already changed things it depends on.',
        advice: 'Check that the old version works with what was changed.',
    },
    'on-failure-none': {
        meaning: 'The change failed and `on-failure: none` asked to leave it.',
        advice: 'Fix forward, or run the rollback action.',
    },
    barrier: {
        meaning: 'The change failed and a rollback barrier forbids going back behind it.',
        advice: 'Fix forward: an older version cannot run on what this release changed.',
    },
    'no-target': { meaning: 'There is no release to go back to.', advice: 'Deploy a working version.' },
    superseded: {
        meaning: 'Someone else made another release live in the middle of this run.',
        advice: 'Look at the run that made the newer release; nothing was switched here.',
    },
    'restore-failed': {
        meaning: 'Taking the change back failed as well.',
        advice: 'Look at the target now: see what serves, and roll back by hand.',
    },
    'already-live-failing': {
        meaning: 'The wanted artifact already served, and it does not pass; nothing was switched.',
        advice: 'Fix forward, or run the rollback action to go back to a verified release.',
    },
    // not judged
    'runner-network': {
        meaning: 'Only this runner could not reach the target; its control probe failed as well.',
        advice: 'Check the runner’s network, then run the checks again.',
    },
    'unreachable-before': {
        meaning: 'This runner could not reach the target before the change either.',
        advice: 'Run the checks from a runner that can reach the target.',
    },
    'platform-unreachable': {
        meaning: 'The platform’s API could not be asked what serves.',
        advice: 'Look at the platform’s status page, then run the smoke-test action against the target.',
    },
    'both-down': {
        meaning: 'Neither the old nor the new release passed: the fault is not in the release.',
        advice: 'Look for a shared cause: database, network, a dependency.',
    },
    'not-stable': {
        meaning: 'The last rounds were good, but too few in a row before the deadline.',
        advice: 'Give the checks more time with `retry.until`.',
    },
    'out-of-time': {
        meaning: 'The time ran out before a check could be judged.',
        advice: 'Raise `timeout`, or lower the timeouts and delays of the checks.',
    },
    'not-repeatable': {
        meaning: 'The check’s request might count twice, so it was left out before the change.',
        advice: 'Nothing to do.',
    },
    'checks-error': {
        meaning: 'A check could not be carried out because it is wrong itself.',
        advice: 'Correct the check named above.',
    },
    // gates and refusals
    'older-than-live': {
        meaning: 'The commit is older than the one that serves.',
        advice: 'Deploy the newest commit, or use the rollback action to go back on purpose.',
    },
    fork: {
        meaning: 'Runs of forks, Dependabot and merge queues never deploy.',
        advice: 'Deploy from a branch of this repository.',
    },
    cancelled: { meaning: 'The job was cancelled.', advice: 'See what serves now, then run the job again.' },
    // errors before anything changed
    'input-invalid': { meaning: 'Inputs are missing or not legal.', advice: 'Correct the inputs named above.' },
    'checks-invalid': { meaning: 'The check file cannot be used.', advice: 'Correct the places named below.' },
    'token-rejected': {
        meaning: 'The platform refused the token.',
        advice: 'Create a new token and store it as the secret this job reads.',
    },
    'token-kind': {
        meaning: 'The token is of a kind that cannot do this.',
        advice: 'Create a token of the kind named above.',
    },
    'app-not-found': {
        meaning: 'The token sees no such app.',
        advice: 'Correct the app’s name, or use a token of its organization.',
    },
    'config-invalid': {
        meaning: 'The platform’s configuration file is not valid.',
        advice: 'Correct the file as the message says.',
    },
    'image-not-found': {
        meaning: 'The registry has no such image.',
        advice: 'Push the image first, or correct its name.',
    },
    'install-failed': { meaning: 'A tool could not be installed.', advice: 'Read the message above.' },
    'tool-missing': {
        meaning: 'A tool could not be started.',
        advice: 'Install it in an earlier step and put its folder on PATH.',
    },
    'download-refused': {
        meaning: 'A download was sent somewhere it must not come from.',
        advice: 'Check the URL, and what answers for its host.',
    },
    'proxy-unusable': {
        meaning: 'A proxy is set that cannot be used.',
        advice: 'Correct `HTTPS_PROXY` and `HTTP_PROXY`, or update the runner.',
    },
    'checksum-mismatch': {
        meaning: 'A download is not what its publisher signed for; it was not unpacked.',
        advice: 'Do not override this: find out why the file differs.',
    },
    bug: { meaning: 'Belay failed in a way it should not.', advice: 'Report it with the log of this step.' },
};
/** Whether a failure's code is one of the reasons callers may branch on. */
function isReasonCode(code) {
    return Object.hasOwn(reasons, code);
}


/***/ }),

/***/ 435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ Redactor)
/* harmony export */ });
/** Replaces secrets, in every form they may take, in whatever leaves the engine. */
class Redactor {
    #forms = new Set();
    #pattern;
    #longest = 0;
    constructor(secrets) {
        for (const secret of secrets)
            this.add(secret);
    }
    /** Registers a secret and its derived forms. Under 4 characters it would hide half the report, so it is passed over. */
    add(secret) {
        for (const form of formsOf(secret)) {
            if (form.length >= shortest)
                this.#forms.add(form);
        }
        this.#pattern = undefined;
    }
    redact(text) {
        if (this.#forms.size === 0)
            return text;
        this.#pattern ??= this.#compile();
        return text.replace(this.#pattern, mask);
    }
    /** The first `limit` characters, masked; a secret across the edge is kept whole for the mask, half of one would pass unseen. */
    excerpt(text, limit) {
        if (text.length <= limit)
            return this.redact(text);
        this.#pattern ??= this.#compile();
        let cut = limit;
        for (const match of text.slice(0, limit + this.#longest).matchAll(this.#pattern)) {
            if (match.index < limit)
                cut = Math.max(cut, match.index + match[0].length);
        }
        const rest = text.length > cut ? '…' : '';
        return this.redact(text.slice(0, cut)) + rest;
    }
    #compile() {
        // Longest first: a form inside a longer one must not leave the rest of it readable.
        const forms = [...this.#forms].sort((one, other) => other.length - one.length);
        this.#longest = forms[0]?.length ?? 0;
        return new RegExp(forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|') || '(?!)', 'g');
    }
}
const shortest = 4;
const mask = '***';
function* formsOf(secret) {
    yield* spellings(secret);
    const lines = secret.split(/\r?\n/);
    if (lines.length > 1)
        for (const line of lines)
            yield* spellings(line.trim());
}
function* spellings(text) {
    if (text.length < shortest)
        return;
    yield text;
    yield encodeURIComponent(text);
    yield new URLSearchParams([['', text]]).toString().slice(1);
    yield JSON.stringify(text).slice(1, -1);
    yield text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
    yield* base64Forms(text);
}
/** A secret inside longer text shows in base64 in one of three ways, by its offset; the edges that depend on its neighbours are left out. */
function* base64Forms(text) {
    const bytes = Buffer.from(text);
    for (const offset of [0, 1, 2]) {
        const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
        const form = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
        yield form;
        yield form.replaceAll('+', '-').replaceAll('/', '_');
    }
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(8147);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
