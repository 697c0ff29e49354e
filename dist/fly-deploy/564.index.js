export const id = 564;
export const ids = [564,139];
export const modules = {

/***/ 1969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ql: () => (/* binding */ commentMarker),
/* harmony export */   kn: () => (/* binding */ deployedComment),
/* harmony export */   rF: () => (/* binding */ destroyedComment)
/* harmony export */ });
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2285);

/** Tells the comments of a pull request’s apps apart. */
function commentMarker({ service }) {
    return `review-app ${service.replace(/[^\w.-]/g, '-').replace(/-{2,}/g, '-')}`;
}
/** What the pull request’s page says after a deploy. */
function deployedComment({ outputs, headline }, { head }, runUrl) {
    const { url = '' } = outputs;
    const rows = [
        ...(url === '' ? [] : [['address', (0,_core__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)(url.replace(/^https:\/\//, ''), url)]]),
        ...(head === undefined ? [] : [['commit', (0,_core__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(head.slice(0, 7))]]),
        ...(runUrl === undefined ? [] : [['run', (0,_core__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)('log and summary', runUrl)]]),
    ];
    return `${title}${(0,_core__WEBPACK_IMPORTED_MODULE_0__/* .escapeMarkdown */ .FV)(headline)}\n\n${(0,_core__WEBPACK_IMPORTED_MODULE_0__/* .table */ .tp)(['', ''], rows)}`;
}
/** What it says of an app that is gone, and how to have it back. */
function destroyedComment(because, again) {
    return `${title}🧹 Destroyed: ${because}. ${again}`;
}
const title = '### Review app\n\n';


/***/ }),

/***/ 2949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ openReview)
});

// EXTERNAL MODULE: ./build/packages/core/src/binding/fly.js + 27 modules
var fly = __webpack_require__(9985);
// EXTERNAL MODULE: ./build/packages/core/src/ledger/patience.js
var patience = __webpack_require__(1622);
;// CONCATENATED MODULE: ./build/packages/core/src/binding/open-review-apps.js

/** Everything of review apps but their names is loaded here, and only when it is wanted: most deploys have none. */
/** The review apps of a repository on Fly. */
async function openReviewApps(ports, account, repository) {
    const { ReviewApps } = await __webpack_require__.e(/* import() */ 102).then(__webpack_require__.bind(__webpack_require__, 8102));
    return new ReviewApps(ports, account, repository);
}
/**
 * The longest a GitHub that does not answer may hold up a run for its pull request's page, milliseconds; never more
 * than a quarter of it.
 */
const pagePatienceMs = 30_000;
/** The pull requests of this run's repository. */
async function openPullRequests(ports, inputs) {
    const { PullRequests } = await __webpack_require__.e(/* import() */ 937).then(__webpack_require__.bind(__webpack_require__, 3937));
    return new PullRequests({ http: patientHttp(ports, inputs), runner: ports.runner }, inputs.githubToken);
}
/** Sets the records of a target that is gone inactive: the one that served, and the newest, whatever became of it. */
async function retireRecords(ports, inputs, retirement) {
    const { retire } = await __webpack_require__.e(/* import() */ 751).then(__webpack_require__.bind(__webpack_require__, 1751));
    await retire({ http: patientHttp(ports, inputs), runner: ports.runner }, inputs.githubToken, retirement);
}
function patientHttp({ http, clock }, { timeoutMs }) {
    return (0,patience/* limitedPatience */.W)(http, clock, Math.min(pagePatienceMs, timeoutMs / 4));
}

// EXTERNAL MODULE: ./build/actions/fly-deploy/src/review/comment.js
var comment = __webpack_require__(1969);
;// CONCATENATED MODULE: ./build/actions/fly-deploy/src/review/open.js


/** Opens what every run about review apps needs. Failures: `token-kind`, `install-failed`. */
async function openReview(ports, inputs, { token, organization, repository }) {
    const account = await (0,fly/* openFlyAccount */.p2)(ports, { ...inputs, flyToken: token });
    const { owner, name, id } = repository;
    const [apps, pulls] = await Promise.all([
        openReviewApps(ports, account, { id, label: `${owner}/${name}` }),
        openPullRequests(ports, inputs),
    ]);
    return {
        account,
        organization,
        pulls,
        apps,
        farewell: async (subject, { because, again }) => {
            const { number, environment, service } = subject;
            const key = { environment, service, target: `fly:${subject.name}` };
            const body = (0,comment/* destroyedComment */.rF)(because, again);
            await Promise.all([
                pulls.comment({ number, marker: (0,comment/* commentMarker */.Ql)(subject), body, create: false }),
                retireRecords(ports, inputs, { ...key, why: `Destroyed: ${because}` }),
            ]);
        },
    };
}


/***/ }),

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


/***/ }),

/***/ 5564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runReviewApp: () => (/* binding */ runReviewApp)
/* harmony export */ });
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3374);
/* harmony import */ var _comment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1969);
/* harmony import */ var _open_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2949);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6139);




/** Makes, updates or destroys the app of the pull request this run is about. */
async function runReviewApp(ports, inputs, { kind, access, subject }, deploy) {
    const open = await (0,_open_js__WEBPACK_IMPORTED_MODULE_0__/* .openReview */ .p)(ports, inputs, access);
    if (kind === 'close-review')
        return close(open, inputs, subject);
    const refused = await refusal(open, inputs, subject);
    if (refused !== undefined)
        return refused;
    if (inputs.dryRun)
        return rehearse(open, subject, deploy);
    const there = await open.apps.prepare(subject, open.organization);
    if (there === 'foreign')
        return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignResult */ .Q_)(subject);
    if (there === 'created')
        ports.runner.info(`Made the app ${subject.name} in ${open.organization}.`);
    return deployed(ports, open, subject, deploy);
}
/** A run may begin long after its event: the pull request may be closed by then, or have moved on. */
async function refusal(open, inputs, subject) {
    const { pulls, apps } = open;
    const pull = await pulls.state(subject.number);
    if (pull.kind === 'closed') {
        const { kind } = await apps.standing(subject);
        // One that outlived its pull request would be said not to be there.
        return kind === 'absent' ? (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .endedResult */ .ES)('pull-request-closed', subject) : close(open, inputs, subject);
    }
    if (pull.kind === 'unknown' || subject.head === undefined)
        return undefined;
    const isOutdated = await pulls.isOutdated(subject.head, pull.head);
    return isOutdated ? (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .outdatedResult */ .AV)(subject, pull.head) : undefined;
}
async function deployed(ports, open, subject, deploy) {
    const attempt = await deploy(open).then((result) => ({ result }), (error) => ({ error }));
    ports.signal.throwIfAborted();
    // Closed in the middle: the run that was to destroy the app may have come before it was made, or taken it from us.
    if ((await open.pulls.state(subject.number)).kind === 'closed')
        return destroy(open, subject);
    if ('error' in attempt)
        throw attempt.error;
    const body = (0,_comment_js__WEBPACK_IMPORTED_MODULE_2__/* .deployedComment */ .kn)(attempt.result, subject, (0,_core__WEBPACK_IMPORTED_MODULE_3__/* .runUrl */ .V)(ports.runner.context));
    await open.pulls.comment({ number: subject.number, marker: (0,_comment_js__WEBPACK_IMPORTED_MODULE_2__/* .commentMarker */ .Ql)(subject), body, create: true });
    return attempt.result;
}
async function close(open, { dryRun }, subject) {
    if (!dryRun)
        return destroy(open, subject);
    const { kind } = await open.apps.standing(subject);
    if (kind === 'foreign')
        return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignResult */ .Q_)(subject);
    const line = kind === 'ours' ? 'It would be destroyed.' : 'There is nothing to destroy.';
    return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .rehearsedResult */ .R4)([`Pull request ${subject.number} is closed: ${line}`], subject.name);
}
async function destroy(open, subject) {
    const came = await open.apps.destroy(subject);
    if (came === 'foreign')
        return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignResult */ .Q_)(subject);
    await open.farewell(subject, {
        because: 'the pull request is closed',
        again: 'It is made anew when the pull request is opened again.',
    });
    return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .endedResult */ .ES)(came === 'destroyed' ? 'review-app-destroyed' : 'review-app-absent', subject);
}
async function rehearse(open, subject, deploy) {
    const { kind } = await open.apps.standing(subject);
    if (kind === 'foreign')
        return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .foreignResult */ .Q_)(subject);
    if (kind === 'ours')
        return deploy(open);
    const line = `It would make the app ${subject.name} in ${open.organization}, deploy to it and comment its address.`;
    return (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .rehearsedResult */ .R4)([line], subject.name);
}


/***/ })

};
