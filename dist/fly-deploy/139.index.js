export const id = 139;
export const ids = [139];
export const modules = {

/***/ 6139:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AV: () => (/* binding */ outdatedResult),
/* harmony export */   ES: () => (/* binding */ endedResult),
/* harmony export */   Q_: () => (/* binding */ foreignResult),
/* harmony export */   R4: () => (/* binding */ rehearsedResult),
/* harmony export */   skippedResult: () => (/* binding */ skippedResult)
/* harmony export */ });
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(814);
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2314);

/** A run of strangers’ code ends green: its author could do nothing about a red one. */
function skippedResult(untrusted) {
    const headline = `No review app: ${_core__WEBPACK_IMPORTED_MODULE_0__/* .untrustedRuns */ .H[untrusted]} Such runs have no secrets, and never deploy.`;
    return {
        outcome: 'done',
        reason: 'fork',
        ok: true,
        outputs: {},
        headline,
        summary: `## ⏭️ ${headline}\n`,
        annotations: [{ level: 'notice', message: headline }],
    };
}
const endedText = {
    'review-app-destroyed': (app) => `🧹 Destroyed: the review app ${app}, since its pull request is closed.`,
    'review-app-absent': (app) => `🧹 Nothing to destroy: there is no review app ${app}.`,
    'pull-request-closed': (app) => `⏭️ No review app ${app}: its pull request is closed.`,
};
/** A run that leaves no app behind. */
function endedResult(reason, { name }) {
    const headline = endedText[reason](name);
    return {
        ...{ outcome: 'done', reason, ok: true, serving: 'nothing' },
        outputs: outputsOf(name),
        headline,
        summary: `## ${headline}\n`,
    };
}
/** The name is taken by an app that nothing proves to be ours: it is neither deployed to nor destroyed. */
function foreignResult({ name, number }) {
    const what = `Fly has an app ${name} that nothing proves to be the review app of pull request ${number}`;
    return blocked('not-our-app', name, {
        what,
        why: 'review apps are marked with a secret when they are made, and this one has none or cannot be seen',
    });
}
/** A newer commit has a run of its own. */
function outdatedResult({ name, number, head = '' }, newest) {
    const what = `Pull request ${number} is at ${newest.slice(0, 7)}, and this run is about ${head.slice(0, 7)}`;
    return blocked('outdated', name, { what });
}
/** What a real run would do, of an app that a dry run must not make or destroy. */
function rehearsedResult(lines, name) {
    return {
        ...{ outcome: 'rehearsed', reason: 'dry-run', ok: true },
        outputs: name === undefined ? {} : outputsOf(name),
        headline: lines.join('\n'),
        summary: `## 📝 Rehearsed: nothing was changed\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`,
    };
}
function blocked(reason, name, text) {
    const headline = `⛔ Blocked: ${text.what} (blocked/${reason}).`;
    return {
        ...{ outcome: 'blocked', reason, ok: false },
        outputs: outputsOf(name),
        headline,
        summary: `## ${headline}\n`,
        failure: { code: reason, ...text, next: _core__WEBPACK_IMPORTED_MODULE_1__/* .reasons */ .v[reason].advice },
    };
}
function outputsOf(name) {
    return { target: `fly:${name}`, 'app-name': name };
}


/***/ })

};
