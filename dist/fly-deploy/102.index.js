export const id = 102;
export const ids = [102];
export const modules = {

/***/ 8102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ReviewApps: () => (/* binding */ ReviewApps)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9829);
/* harmony import */ var _platforms_fly_failures_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1947);
/* harmony import */ var _platforms_fly_review_app_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(822);
/* harmony import */ var _settle_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(364);




/** flyctl makes or destroys an app within seconds; what takes longer has come to a halt. Milliseconds. */
const commandMs = 60_000;
/** One look at an app waits no longer for each answer, milliseconds. */
const lookMs = 20_000;
/** Before what Fly refused is tried once more, milliseconds. */
const secondTryMs = 1_000;
/** A younger app may be in another run's hands at this moment: made, and not yet marked or deployed to. */
const inTheMakingMs = 120_000;
/** How long another run's first steps are waited for, milliseconds. */
const patienceMs = 15_000;
/** The review apps of one repository on Fly. An app is destroyed only where its mark says that it was made here. */
class ReviewApps {
    #account;
    #clock;
    #signal;
    #repository;
    constructor({ clock, signal }, account, repository) {
        this.#account = account;
        this.#clock = clock;
        this.#signal = signal;
        this.#repository = repository;
    }
    /** The names of the organization's apps. */
    names(organization) {
        return this.#account.api.apps(organization);
    }
    async standing({ name, number }) {
        const api = this.#account.api.within(lookMs);
        const app = await api.app(name).catch(absentWhenUnknown);
        if (app === undefined)
            return { kind: 'absent' };
        const secrets = await api.secrets(name);
        const mark = (0,_platforms_fly_review_app_js__WEBPACK_IMPORTED_MODULE_0__/* .reviewAppMark */ .p_)(this.#repository.id, number);
        // Not told, it is not a number: older than nothing, so that nobody takes it for idle.
        const createdMs = Date.parse(app.created ?? '');
        const changes = app.releases.map(({ createdAt }) => Date.parse(createdAt));
        return {
            kind: secrets.some((secret) => secret.name === mark) ? 'ours' : 'foreign',
            createdMs,
            changedMs: Math.max(createdMs, ...changes),
            settled: ended.includes(app.releases[0]?.status ?? ''),
        };
    }
    /**
     * Makes the app where there is none. Of two runs at once one makes it, and the other waits for its first deploy:
     * flyctl makes machines for an app that has none, and two would make twice as many.
     */
    async prepare(app, organization) {
        const first = await this.standing(app);
        if (isSettled(first))
            return 'there';
        if (first.kind === 'absent' && (await this.#create(app, organization)) === 'created')
            return 'created';
        return (await this.#wait(app, isSettled)).kind === 'ours' ? 'there' : 'foreign';
    }
    /** Destroys the app, unless nothing proves that it is ours. Failures: those of flyctl, `app-not-destroyed`. */
    async destroy(app) {
        const { kind } = await this.#wait(app, (standing) => standing.kind !== 'foreign');
        if (kind !== 'ours')
            return kind;
        const failure = await this.#flyctl(['apps', 'destroy', app.name, '--yes'], 'app-not-destroyed');
        if (failure === undefined)
            return 'destroyed';
        if ((await this.standing(app)).kind === 'absent')
            return 'absent';
        throw failure;
    }
    /** What stands there once it `isReady`, or is too old for another run to be at it. */
    async #wait(app, isReady) {
        const settled = await (0,_settle_js__WEBPACK_IMPORTED_MODULE_1__/* .settle */ .G)({
            clock: this.#clock,
            signal: this.#signal,
            look: () => this.standing(app),
            isFinal: (standing) => isReady(standing) ||
                (standing.kind !== 'absent' && this.#clock.now() - standing.createdMs > inTheMakingMs),
            policy: { ..._settle_js__WEBPACK_IMPORTED_MODULE_1__/* .settlePolicy */ .O, deadlineMs: patienceMs },
        });
        if (settled.kind === 'unreachable')
            throw settled.error;
        return settled.kind === 'final' ? settled.value : settled.last;
    }
    /** Neither command is cut short when the job is cancelled: an app without its mark could never be proved to be ours. */
    async #create(app, organization) {
        const refused = await this.#flyctl(['apps', 'create', app.name, '--org', organization], 'app-not-created');
        if (refused !== undefined) {
            if (/already been taken/i.test(refused.what))
                return 'taken';
            if (isRefusal.test(refused.what))
                throw organizationTokenNeeded(refused, organization);
            // The name was free and is no more: flyctl's answer was lost, or somebody else was faster, and marks it by now.
            await this.#clock.sleep(secondTryMs);
            const { kind } = await this.standing(app);
            if (kind === 'absent')
                throw refused;
            if (kind === 'ours' || (await this.#isSomebodysReviewApp(app)))
                return 'taken';
        }
        await this.#mark(app, { isSurelyOurs: refused === undefined });
        this.#signal.throwIfAborted();
        return 'created';
    }
    async #isSomebodysReviewApp({ name }) {
        const secrets = await this.#account.api.within(lookMs).secrets(name);
        return secrets.some((secret) => secret.name.startsWith(_platforms_fly_review_app_js__WEBPACK_IMPORTED_MODULE_0__/* .reviewAppMarks */ .Kf));
    }
    /** An app that cannot be marked is destroyed at once; not where somebody else may have made it in that moment. */
    async #mark({ name, number }, { isSurelyOurs }) {
        const mark = `${(0,_platforms_fly_review_app_js__WEBPACK_IMPORTED_MODULE_0__/* .reviewAppMark */ .p_)(this.#repository.id, number)}=${this.#repository.label}#${number}`;
        const command = ['secrets', 'set', mark, '--stage', '--app', name];
        if ((await this.#flyctl(command, 'app-not-created')) === undefined)
            return;
        await this.#clock.sleep(secondTryMs);
        const failure = await this.#flyctl(command, 'app-not-created');
        if (failure === undefined)
            return;
        if (isSurelyOurs)
            await this.#flyctl(['apps', 'destroy', name, '--yes'], 'app-not-destroyed');
        throw failure;
    }
    /** undefined when it went well. */
    async #flyctl(args, otherwise) {
        // What it says of a name that is taken looks like a failure, and is none where another run was faster.
        const result = await this.#account.flyctl.run(args, { deadlineMs: commandMs, echo: false });
        if (result.endedBy === 'exit' && result.exitCode === 0)
            return undefined;
        const { reason, what, next } = (0,_platforms_fly_failures_js__WEBPACK_IMPORTED_MODULE_2__/* .flyctlFailure */ .n)(result.tail, result.exitCode);
        const code = ofAnyCommand.includes(reason) ? reason : otherwise;
        return new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionFailure */ .d({ code, what, next, details: result.tail });
    }
}
/** How flyctl leaves a release. One whose last word was lost stays `running`, and is not waited for long. */
const ended = ['complete', 'failed', 'interrupted'];
function isSettled(standing) {
    return standing.kind === 'ours' && standing.settled;
}
function absentWhenUnknown(error) {
    if (error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionFailure */ .d && error.code === 'app-not-found')
        return undefined;
    throw error;
}
/** Of the known failures, those that are none of a deploy alone. */
const ofAnyCommand = ['token-rejected', 'token-kind', 'rate-limited', 'platform-error'];
const isRefusal = /not authorized|unauthorized|forbidden|organization .* not found/i;
function organizationTokenNeeded({ what }, organization) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionFailure */ .d({
        code: 'token-kind',
        what,
        why: `making an app needs a token of the organization \`${organization}\`; a deploy token is bound to one app`,
        next: `Run \`fly tokens create org --org ${organization}\` and store its whole output as the secret, or correct \`fly-org\`.`,
    });
}


/***/ })

};
