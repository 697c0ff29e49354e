export const id = 741;
export const ids = [741];
export const modules = {

/***/ 4741:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   http2RoundTrip: () => (/* binding */ http2RoundTrip)
/* harmony export */ });
/* harmony import */ var node_http2__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2467);
/* harmony import */ var _collected_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9980);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3406);
/* harmony import */ var _http2_codes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3998);
/* harmony import */ var _trouble_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2648);





/** One request over HTTP/2, on a connection that speaks it. Load this file only where a check asks for it. */
async function http2RoundTrip(request, socket, watch) {
    const session = (0,node_http2__WEBPACK_IMPORTED_MODULE_0__.connect)(request.url.origin, { createConnection: () => socket });
    try {
        return await new Promise((resolve, reject) => {
            session.once('error', (error) => reject(troubleIn(error)));
            const stream = session.request(headersFor(request), { endStream: request.body === undefined });
            session.once('goaway', (code, lastStream) => {
                // A server that stops may still answer what it has taken on.
                const takenOn = code === node_http2__WEBPACK_IMPORTED_MODULE_0__.constants.NGHTTP2_NO_ERROR && lastStream >= (stream.id ?? 1);
                if (!takenOn)
                    reject(new _trouble_js__WEBPACK_IMPORTED_MODULE_1__/* .Trouble */ .qm('connect', `the server ended the connection (GOAWAY, ${(0,_http2_codes_js__WEBPACK_IMPORTED_MODULE_2__/* .http2Code */ .C)(code)})`));
            });
            said(stream, request, watch).then(resolve, reject);
            if (request.body !== undefined)
                stream.end(request.body);
        });
    }
    finally {
        // Errors of what is thrown away are nobody's.
        session.on('error', () => { });
        session.destroy();
    }
}
function headersFor({ method, url, headers, body }) {
    const { host, connection: _, ...others } = headers;
    return {
        ':method': method,
        ':scheme': url.protocol.slice(0, -1),
        ':authority': typeof host === 'string' ? host : url.host,
        ':path': `${url.pathname}${url.search}`,
        ...Object.fromEntries(Object.entries(others).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])),
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    };
}
function said(stream, request, watch) {
    return new Promise((resolve, reject) => {
        stream.once('error', (error) => reject(troubleIn(error)));
        stream.once('close', () => reject(new Error('the stream was closed')));
        stream.once('response', (headers, _flags, raw) => {
            watch.answered();
            const status = headers[':status'] ?? 0;
            (0,_collected_js__WEBPACK_IMPORTED_MODULE_3__/* .collected */ .g)(stream, request.maxBodyBytes).then((bytes) => {
                watch.downloaded();
                resolve({ status, headers: (0,_exchange_js__WEBPACK_IMPORTED_MODULE_4__/* .headersFrom */ .J)(raw), bytes, httpVersion: '2' });
            }, reject);
        });
    });
}
/** What does not speak HTTP/2 breaks its protocol with the first bytes. */
function troubleIn(error) {
    const foreign = error.code === 'ERR_HTTP2_ERROR' || /PROTOCOL_ERROR/.test(error.message);
    return foreign
        ? new _trouble_js__WEBPACK_IMPORTED_MODULE_1__/* .Trouble */ .qm('assertion', `the answer is not HTTP/2: ${error.message}`, { cause: error })
        : error;
}


/***/ })

};
