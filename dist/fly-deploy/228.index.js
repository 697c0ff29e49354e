export const id = 228;
export const ids = [228,139];
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

/***/ 9228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runSweep: () => (/* binding */ runSweep)
});

// EXTERNAL MODULE: ./build/packages/core/src/platforms/fly/review-app.js
var review_app = __webpack_require__(822);
// EXTERNAL MODULE: ./build/packages/core/src/failure.js
var failure = __webpack_require__(9829);
// EXTERNAL MODULE: ./build/packages/core/src/http.js
var http = __webpack_require__(2759);
// EXTERNAL MODULE: ./build/packages/core/src/http-failure.js
var http_failure = __webpack_require__(1068);
// EXTERNAL MODULE: ./build/packages/core/src/inputs/duration.js
var duration = __webpack_require__(2909);
// EXTERNAL MODULE: ./build/actions/fly-deploy/src/review/decide.js
var decide = __webpack_require__(2442);
// EXTERNAL MODULE: ./build/actions/fly-deploy/src/review/open.js + 1 modules
var review_open = __webpack_require__(2949);
// EXTERNAL MODULE: ./build/actions/fly-deploy/src/review/result.js
var result = __webpack_require__(6139);
// EXTERNAL MODULE: ./build/packages/core/src/report/markdown.js
var markdown = __webpack_require__(2285);
;// CONCATENATED MODULE: ./build/actions/fly-deploy/src/review/sweep-result.js

/** A sweep that failed in part has still destroyed the rest, and says so. */
function sweptResult(lines) {
    const count = (did) => lines.filter((line) => line.did === did).length;
    const headline = `🧹 Review apps: ${count('destroyed')} destroyed, ${count('kept')} kept${count('failed') > 0 ? `, ${count('failed')} failed` : ''}.`;
    const rows = lines.map(({ name, number, did, note }) => [
        (0,markdown/* code */.aY)(name),
        `#${number}`,
        did,
        (0,markdown/* escapeMarkdown */.FV)(note),
    ]);
    const results = lines.map(({ name, number, did, note }) => ({
        app: name,
        'pull-request': number,
        did,
        note,
    }));
    const failure = lines.find((line) => line.failure !== undefined)?.failure;
    return {
        ...(failure === undefined
            ? { outcome: 'done', reason: 'swept', ok: true }
            : { outcome: 'error', reason: failure.code, ok: false, failure }),
        outputs: { results: JSON.stringify(results) },
        headline,
        summary: `## ${headline}\n\n${(0,markdown/* table */.tp)(['app', 'pull request', 'did', 'why'], rows)}\n`,
    };
}

;// CONCATENATED MODULE: ./build/actions/fly-deploy/src/review/sweep.js





/** Destroys the review apps of this repository whose pull request is closed, or that nobody deploys to any more. */
async function runSweep(ports, inputs, { access }) {
    const open = await (0,review_open/* openReview */.p)(ports, inputs, access);
    const { repository, service } = access;
    const subjects = (await open.apps.names(access.organization)).flatMap((name) => {
        const number = (0,review_app/* reviewedPullRequest */.QT)(name);
        if (number === undefined || name !== (0,review_app/* reviewAppName */.fw)({ repository, number, service }))
            return [];
        return [(0,decide/* subjectOf */.et)(access, number, undefined)];
    });
    const lines = [];
    // One after the other: GitHub and Fly both limit how fast they may be written to.
    for (const subject of subjects)
        lines.push(await swept(ports, inputs, { open, subject }));
    return inputs.dryRun
        ? (0,result/* rehearsedResult */.R4)(lines.map(({ name, note }) => `${name}: ${note}`))
        : sweptResult(lines);
}
async function swept({ clock, runner }, { dryRun, maxIdleMs }, { open, subject }) {
    const { name, number } = subject;
    try {
        const [standing, pull] = await Promise.all([open.apps.standing(subject), open.pulls.state(number)]);
        const verdict = (0,decide/* decideSweep */.Ff)({ standing, pull }, { nowMs: clock.now(), maxIdleMs });
        const note = noteOn(verdict, maxIdleMs);
        runner.info(`${name}: ${note}`);
        if (verdict.kind === 'keep')
            return { name, number, did: 'kept', note };
        if (dryRun)
            return { name, number, did: 'kept', note: `would be destroyed: ${note}` };
        const came = await open.apps.destroy(subject);
        if (came === 'foreign')
            return { name, number, did: 'kept', note: noteOn({ kind: 'keep', because: 'foreign' }) };
        await open.farewell(subject, { because: note, again: againAfter[verdict.because] });
        return { name, number, did: 'destroyed', note };
    }
    catch (error) {
        const failure = failureOf(error);
        return { name, number, did: 'failed', note: failure.what, failure };
    }
}
/** One app that cannot be destroyed keeps no other alive. */
function failureOf(error) {
    if (error instanceof failure/* ActionFailure */.d)
        return error;
    if (!(error instanceof http/* HttpError */.j))
        throw error;
    const { reason, what, next } = (0,http_failure/* httpFailure */.t)(error);
    return { code: reason, what, next };
}
const againAfter = {
    closed: 'It is made anew when the pull request is opened again.',
    idle: 'The next push makes it anew.',
};
function noteOn(verdict, maxIdleMs = 0) {
    switch (verdict.because) {
        case 'closed':
            return 'the pull request is closed';
        case 'idle':
            return `nothing was deployed to it for more than ${(0,duration/* durationText */.S)(maxIdleMs)}`;
        case 'absent':
            return 'it is gone already';
        case 'foreign':
            return 'left alone: nothing proves that it was made for a pull request of this repository';
        case 'used':
            return 'kept: its pull request is open';
        case 'unknown':
            return `kept: its pull request cannot be asked for (${verdict.why})`;
    }
}


/***/ })

};
