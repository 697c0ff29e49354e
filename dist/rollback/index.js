import * as __WEBPACK_EXTERNAL_MODULE_node_os_e12349cb__ from "node:os";
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 6674:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
module.exports = x({  });

/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

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

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 5959:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6035);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2405);


await (0,_core__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_run_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 2405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ action)
});

;// CONCATENATED MODULE: ./build/packages/core/src/binding/time-budget.js
/** After a rollout: a few reads that only fill outputs, milliseconds. */
const farewellMs = 3_000;
/**
 * Starts an action's time. Opening it counts against `timeout` too: without that, a host that never answers would
 * hold the step for minutes before a rollout that could bound it has begun, or after it has ended.
 */
function startTimeBudget(ports, { timeoutMs, restoreTimeoutMs }) {
    const { clock, signal } = ports;
    const started = clock.monotonic();
    let endsAt = started + timeoutMs;
    return {
        ports: { ...ports, http: endingBy(ports.http, () => endsAt - clock.monotonic()) },
        begin() {
            endsAt = Number.POSITIVE_INFINITY;
            return { timeoutMs, restoreTimeoutMs, spentMs: clock.monotonic() - started, signal };
        },
        end() {
            endsAt = clock.monotonic() + farewellMs;
        },
    };
}
function endingBy(http, leftMs) {
    const atMost = (wantedMs) => Math.max(1, Math.min(wantedMs, leftMs()));
    return {
        request: ({ deadlineMs = 60_000, ...request }) => http.request({ ...request, deadlineMs: atMost(deadlineMs) }),
        download: ({ deadlineMs = 300_000, ...download }) => http.download({ ...download, deadlineMs: atMost(deadlineMs) }),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/ledger-writer.js
/**
 * Writes a rollout's facts in order and beside it: the way back never waits for GitHub, and no trouble with the
 * ledger changes an outcome.
 */
class LedgerWriter {
    #ports;
    #open = {};
    #intent;
    #queue = Promise.resolve();
    constructor(ports, place) {
        this.#ports = ports;
        const { ledger } = ports;
        const { change, restore } = place?.records ?? {};
        if (change !== undefined)
            this.#open.change = ledger.reopen(change);
        if (restore !== undefined)
            this.#open.restore = ledger.reopen(restore);
        this.#intent = place?.intent;
    }
    get place() {
        const { change, restore } = this.#open;
        const records = {
            ...(change?.id !== undefined && { change: change.id }),
            ...(restore?.id !== undefined && { restore: restore.id }),
        };
        return { records, ...(this.#intent !== undefined && { intent: this.#intent }) };
    }
    open(kind, intent) {
        this.#intent = intent;
        return this.#then(async () => {
            this.#open.change = await this.#ports.ledger.open(kind, intent, describe(kind, intent));
        });
    }
    openRestore(back, replaces) {
        return this.#then(async () => {
            if (this.#intent === undefined)
                return;
            const intent = {
                ...this.#intent,
                commit: back.commit ?? null,
                previous: replaces?.id ?? null,
                restores: back.id,
                replaces: replaces?.id ?? null,
                barrier: false,
            };
            this.#open.restore = await this.#ports.ledger.open('rollback', intent, describe('rollback', intent));
        });
    }
    note({ record, fact, state }) {
        const { url } = this.#ports.target;
        const links = fact.kind === 'verdict' && url !== undefined ? { environmentUrl: url } : {};
        return this.#then(async () => this.#open[record]?.add(fact, state, links));
    }
    /** Sets the newest record that names each of `releases` inactive. */
    retire(releases) {
        return this.#then(async () => {
            if (this.#intent === undefined)
                return;
            const named = new Set();
            for (const release of releases) {
                const id = await this.#ports.recordOf(release);
                if (id !== undefined && id !== this.#open.change?.id)
                    named.add(id);
            }
            for (const id of named)
                await this.#ports.ledger.deactivate(id);
        });
    }
    /** Resolves when everything asked for so far has been tried. */
    flush() {
        return this.#queue;
    }
    #then(write) {
        this.#queue = this.#queue.then(write).catch((error) => {
            this.#ports.log(`The ledger could not be written: ${error instanceof Error ? error.message : String(error)}`);
        });
        return this.#queue;
    }
}
function describe(kind, intent) {
    if (kind === 'rollback')
        return `Take ${intent.target} back to ${intent.restores ?? 'an older release'}`;
    return `Deploy ${intent.commit?.slice(0, 7) ?? 'a new release'} to ${intent.target}`;
}

// EXTERNAL MODULE: ./build/packages/core/src/failure.js
var src_failure = __nccwpck_require__(9829);
;// CONCATENATED MODULE: ./build/packages/core/src/gates/ask-gates.js
/**
 * Asks every gate that has a say in this kind of change; the first one that blocks decides. With an
 * `overrideReason` (`force: true`) gates that may be passed are passed, and each leaves a warning.
 */
function askGates(gates, facts, overrideReason) {
    const warnings = [];
    for (const gate of gates.filter(({ asks }) => asks.includes(facts.kind))) {
        const answer = gate.answer(facts);
        if (answer.kind === 'unknown') {
            warnings.push(`The gate ${gate.name} could not be asked and let this pass: ${answer.why}`);
        }
        if (answer.kind !== 'blocked')
            continue;
        if (!gate.forcible || overrideReason === undefined) {
            const { reason, what, next } = answer;
            return { kind: 'blocked', gate: gate.name, reason, what, next };
        }
        warnings.push(`The gate ${gate.name} was passed by force (${overrideReason}): ${answer.what}`);
    }
    return { kind: 'admitted', warnings };
}

// EXTERNAL MODULE: ./build/packages/core/src/http.js
var src_http = __nccwpck_require__(2759);
// EXTERNAL MODULE: ./build/packages/core/src/http-failure.js
var http_failure = __nccwpck_require__(1068);
// EXTERNAL MODULE: ./build/packages/core/src/reasons.js
var reasons = __nccwpck_require__(6598);
;// CONCATENATED MODULE: ./build/packages/core/src/rollout/failures.js




/** A failure told by its reason alone, or by a better sentence of what happened. */
function failureFor(reason, what = reasons/* reasons */.v[reason].meaning) {
    return { reason, what, next: reasons/* reasons */.v[reason].advice };
}
/** A failure whose reason comes from elsewhere; one that is not in the closed list counts as `fallback`. */
function failureNamed(reason, what, fallback) {
    return failureFor((0,reasons/* isReasonCode */.O)(reason) ? reason : fallback, what);
}
/** What a thrown error means for the change. */
function failureOf(error) {
    if (error instanceof src_failure/* ActionFailure */.d) {
        const { code, what, why, next, details } = error;
        return {
            reason: (0,reasons/* isReasonCode */.O)(code) ? code : 'deploy-failed',
            what,
            next,
            ...(why !== undefined && { why }),
            ...(details !== undefined && { evidence: details }),
        };
    }
    if (error instanceof src_http/* HttpError */.j)
        return (0,http_failure/* httpFailure */.t)(error);
    return failureFor('bug', error instanceof Error ? error.message : String(error));
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/standing.js
function standing(live, known) {
    const before = servingReleases(known.before.live);
    const now = servingReleases(live);
    if (now.length === 0)
        return before.length === 0 ? 'as-before' : 'nothing';
    const roles = now.map((release) => roleOf(release, known));
    if (roles.includes(undefined))
        return 'others';
    if (roles.some((role) => role !== 'before'))
        return 'ours';
    // A mix that has resolved itself was moved by whoever caused it, and that was not this run.
    return now.length === before.length ? 'as-before' : 'others';
}
/** Whether the release in `role` has all the traffic. */
function serves(live, role, known) {
    return live.kind === 'one' && roleOf(live.release, known) === role;
}
/**
 * The part a release plays. An id decides before an artifact does: a redeploy of the same image is another
 * release, but a release that a platform made anew from a known artifact is that one again.
 */
function roleOf(release, known) {
    const cast = [];
    if (known.wanted !== undefined)
        cast.push(['wanted', known.wanted]);
    if (known.back !== undefined)
        cast.push(['back', known.back]);
    for (const before of servingReleases(known.before.live))
        cast.push(['before', before]);
    const sameId = cast.find(([, member]) => member.id === release.id);
    const sameArtifact = () => cast.find(([, member]) => member.artifact !== undefined && member.artifact === release.artifact);
    return (sameId ?? sameArtifact())?.[0];
}
function servingReleases(live) {
    if (live.kind === 'nothing')
        return [];
    return live.kind === 'one' ? [live.release] : live.shares.map((share) => share.release);
}
/** `v42`, `v42 and v43`, or `nothing`: for the log. */
function describeLive(live) {
    if (live === undefined)
        return 'unknown';
    const labels = servingReleases(live).map((release) => release.label);
    return labels.length === 0 ? 'nothing' : labels.join(' and ');
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/perform.js





/** Does one piece of work over the ports and tells what came of it. Throws only before anything is recorded. */
class Performer {
    #ports;
    #plan;
    #writer;
    constructor(ports, plan, writer) {
        this.#ports = ports;
        this.#plan = plan;
        this.#writer = writer;
    }
    async perform(work, allowance) {
        switch (work.do) {
            case 'observe':
                return this.#observe().catch(refuse);
            case 'admit':
                return this.#admit(work.live, allowance).catch(refuse);
            case 'check-before':
                return this.#checkBefore(work.live, allowance);
            case 'record':
                await this.#writer.open(this.#plan.kind, this.#ports.intent(work.live));
                return { kind: 'recorded' };
            case 'obtain':
                return this.#obtain(allowance);
            case 'look':
                return this.#look();
            case 'activate':
                return this.#activate(work, allowance);
            case 'settle':
                return { kind: 'settled', result: await this.#settle(work, allowance) };
            case 'verify':
                return { kind: 'verified', verdict: await this.#verify(work, allowance) };
            case 'choose-restore':
                return this.#chooseRestore(work, allowance);
        }
    }
    async #observe() {
        const live = await this.#ports.platform.live(this.#ports.target);
        const verdict = live.kind === 'one' ? await this.#ports.verdict(live.release) : 'none';
        return { kind: 'observed', live, verdict };
    }
    async #admit(live, allowance) {
        const ports = this.#ports;
        const kind = this.#plan.kind === 'deploy' ? 'deploy' : 'manual-rollback';
        const admission = askGates(ports.gates, await ports.gateFacts(kind, live, allowance), ports.overrideReason);
        if (admission.kind === 'blocked') {
            const { reason, what, next } = admission;
            return { kind: 'blocked', failure: { reason, what, next } };
        }
        const isThere = live.kind === 'one' && (await ports.alreadyServes?.(live.release, allowance)) === true;
        return { kind: 'admitted', alreadyServes: isThere, warnings: admission.warnings };
    }
    async #checkBefore(live, allowance) {
        const release = live.kind === 'one' ? { release: live.release } : {};
        const verdict = await this.#verify({ phase: 'before', ...release }, allowance);
        return { kind: 'checked-before', passed: verdict.passed ?? [] };
    }
    async #obtain(allowance) {
        try {
            const { release, failure } = await this.#ports.obtain(allowance);
            if (release !== undefined && failure === undefined)
                return { kind: 'obtained', release };
            const told = failure ?? failureFor('release-not-created');
            return { kind: 'obtain-failed', failure: told, ...(release !== undefined && { release }) };
        }
        catch (error) {
            allowance.signal.throwIfAborted();
            return { kind: 'obtain-failed', failure: failureOf(error) };
        }
    }
    async #look() {
        const { platform, target } = this.#ports;
        try {
            const live = await platform.live(target);
            const mine = servingReleases(live).find((release) => this.#ports.isMine?.(release) === true);
            return { kind: 'looked', live, ...(mine !== undefined && { mine }) };
        }
        catch (error) {
            return { kind: 'unreachable', note: message(error) };
        }
    }
    async #activate(work, allowance) {
        const { platform, target } = this.#ports;
        const reason = work.restores ? 'Belay takes back a release that failed' : 'Belay';
        const options = { budgetMs: allowance.budgetMs, reason };
        const sentence = this.#ports.restoreCaveat?.();
        const caveat = sentence === undefined ? {} : { caveat: sentence };
        try {
            const release = await platform.activate(target, work.release, options, allowance.signal);
            return { kind: 'activated', release, ...caveat };
        }
        catch (error) {
            allowance.signal.throwIfAborted();
            return { kind: 'activation-failed', failure: failureOf(error), ...caveat };
        }
    }
    async #settle({ release }, allowance) {
        try {
            return await this.#ports.settle(release, allowance);
        }
        catch (error) {
            allowance.signal.throwIfAborted();
            return { kind: 'unknown', note: message(error) };
        }
    }
    async #verify(request, allowance) {
        const { phase, release, gates } = request;
        const asked = { phase, ...(release !== undefined && { release }), ...(gates !== undefined && { gates }) };
        try {
            const verdict = await this.#ports.verify?.(asked, allowance);
            return verdict ?? { outcome: 'error', reason: 'checks-error', note: 'There are no checks to run.' };
        }
        catch (error) {
            allowance.signal.throwIfAborted();
            return { outcome: 'error', reason: 'checks-error', note: message(error) };
        }
    }
    async #chooseRestore(work, allowance) {
        const ports = this.#ports;
        try {
            if (ports.gates.some(({ asks }) => asks.includes('automatic-restore'))) {
                const facts = await ports.gateFacts('automatic-restore', work.live, allowance);
                const admission = askGates(ports.gates, facts);
                if (admission.kind === 'blocked') {
                    return { kind: 'restore-refused', reason: admission.reason, note: admission.what };
                }
            }
            if (work.want !== 'last-verified')
                return { kind: 'restore-chosen', release: work.want };
            const found = await ports.lastVerified(work.live, allowance);
            if (found.kind === 'found')
                return { kind: 'restore-chosen', release: found.release };
            return { kind: 'restore-refused', reason: 'no-target', note: found.why };
        }
        catch (error) {
            allowance.signal.throwIfAborted();
            return { kind: 'restore-refused', reason: 'no-target', note: message(error) };
        }
    }
}
/** Before anything is recorded a failure is the action's own: nothing was changed and nothing needs a verdict. */
function refuse(error) {
    if (!(error instanceof src_http/* HttpError */.j))
        throw error;
    const { reason: code, what, next } = failureOf(error);
    throw new src_failure/* ActionFailure */.d({ code, what, next }, { cause: error });
}
function message(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/intent.js
/**
 * Reads a deployment's payload. GitHub gives it back as an object (REST), as JSON text, or as JSON text encoded
 * twice (GraphQL). A payload that is not wholly ours is undefined.
 */
function readIntent(payload) {
    const value = unwrapped(payload);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'schema'))
        return undefined;
    const fields = { ...value };
    const isOurs = Object.entries(shape).every(([name, holds]) => holds(fields[name]));
    if (!isOurs)
        return undefined;
    return Object.fromEntries(Object.keys(shape).map((name) => [name, fields[name]]));
}
/** Whether two intents are of the same step of the same run: then they are the same record. */
function sameIntent(left, right) {
    return Object.keys(shape).every((name) => left[name] === right[name]);
}
const isText = (value) => typeof value === 'string';
const isTextOrNull = (value) => value === null || typeof value === 'string';
const shape = {
    schema: (value) => value === 1,
    platform: (value) => value === 'fly' || value === 'railway' || value === 'vercel',
    target: isText,
    service: isText,
    environment: isText,
    commit: isTextOrNull,
    previous: isTextOrNull,
    restores: isTextOrNull,
    replaces: isTextOrNull,
    barrier: (value) => typeof value === 'boolean',
    actor: isText,
    trigger: isText,
    reason: isText,
    run: isText,
    attempt: (value) => Number.isInteger(value),
};
function unwrapped(payload) {
    let value = payload;
    for (let layer = 0; layer < 2 && typeof value === 'string'; layer += 1) {
        try {
            value = JSON.parse(value);
        }
        catch {
            return undefined;
        }
    }
    return value;
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/saved-shape.js

/** Reads what was saved field by field; throws at the first that is not what it must be. */
function readSavedRollout(value) {
    const saved = record(value);
    if (saved.schema !== 1)
        throw new TypeError('an unknown schema');
    const records = record(saved.records);
    return {
        schema: 1,
        known: known(saved.known),
        ...optional('restore', saved.restore, restore),
        records: { ...optional('change', records.change, saved_shape_text), ...optional('restore', records.restore, saved_shape_text) },
        ...optional('intent', saved.intent, intent),
        ...optional('caveat', saved.caveat, saved_shape_text),
    };
}
function intent(value) {
    const read = readIntent(value);
    if (read === undefined)
        throw new TypeError('not an intent');
    return read;
}
function known(value) {
    const it = record(value);
    return {
        plan: plan(it.plan),
        before: before(it.before),
        ...optional('wanted', it.wanted, release),
        ...optional('back', it.back, release),
        ...optional('passed', it.passed, texts),
        unchanged: flag(it.unchanged),
        notes: texts(it.notes),
    };
}
function plan(value) {
    const it = record(value);
    return {
        kind: oneOf(it.kind, ['deploy', 'rollback']),
        obtain: oneOf(it.obtain, ['ship', 'find', 'choose']),
        activation: oneOf(it.activation, ['with-obtain', 'separate']),
        until: oneOf(it.until, ['live', 'staged']),
        onFailure: oneOf(it.onFailure, ['restore', 'none']),
        barrier: flag(it.barrier),
        hasChecks: flag(it.hasChecks),
        checksStaged: flag(it.checksStaged),
    };
}
function before(value) {
    const it = record(value);
    const verdicts = ['pass', 'settled', 'fail', 'inconclusive', 'none'];
    return { live: live(it.live), verdict: oneOf(it.verdict, verdicts) };
}
function live(value) {
    const it = record(value);
    const kind = oneOf(it.kind, ['nothing', 'one', 'mixed']);
    if (kind === 'nothing')
        return { kind };
    if (kind === 'one')
        return { kind, release: release(it.release) };
    return { kind, shares: list(it.shares, share) };
}
function share(value) {
    const it = record(value);
    if (typeof it.share !== 'number')
        throw new TypeError('not a number');
    return { release: release(it.release), share: it.share };
}
function release(value) {
    const it = record(value);
    const states = ['building', 'ready', 'live', 'superseded', 'failed', 'removed'];
    return {
        id: saved_shape_text(it.id),
        label: saved_shape_text(it.label),
        state: oneOf(it.state, states),
        created: saved_shape_text(it.created),
        ...optional('commit', it.commit, saved_shape_text),
        ...optional('artifact', it.artifact, saved_shape_text),
        ...optional('url', it.url, saved_shape_text),
        restorable: oneOf(it.restorable, ['yes', 'no', 'unknown']),
        ...optional('restorableWhy', it.restorableWhy, saved_shape_text),
    };
}
function restore(value) {
    const it = record(value);
    return {
        to: oneOf(it.to, ['restore']),
        release: release(it.release),
        trouble: trouble(it.trouble),
        ...optional('caveat', it.caveat, saved_shape_text),
    };
}
function trouble(value) {
    const it = record(value);
    return { failure: failure(it.failure), tookTraffic: flag(it.tookTraffic) };
}
function failure(value) {
    const it = record(value);
    return {
        reason: saved_shape_text(it.reason),
        what: saved_shape_text(it.what),
        ...optional('why', it.why, saved_shape_text),
        next: saved_shape_text(it.next),
        ...optional('evidence', it.evidence, texts),
    };
}
function record(value) {
    if (typeof value !== 'object' || value === null)
        throw new TypeError('not an object');
    return Object.fromEntries(Object.entries(value));
}
function saved_shape_text(value) {
    if (typeof value !== 'string')
        throw new TypeError('not text');
    return value;
}
function flag(value) {
    if (typeof value !== 'boolean')
        throw new TypeError('neither true nor false');
    return value;
}
function texts(value) {
    return list(value, saved_shape_text);
}
function list(value, read) {
    if (!Array.isArray(value))
        throw new TypeError('not a list');
    return value.map(read);
}
function oneOf(value, legal) {
    const found = legal.find((one) => one === value);
    if (found === undefined)
        throw new TypeError(`none of ${legal.join(', ')}`);
    return found;
}
function optional(key, value, read) {
    return value === undefined ? {} : { [key]: read(value) };
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/saved.js

/** Undefined while nothing has been or will be changed, and at the end. */
function toSaved(state, beside) {
    switch (state.at) {
        case 'observing':
        case 'admitting':
        case 'checking-before':
        case 'ended':
            return undefined;
        default: {
            if (state.known.unchanged)
                return undefined;
            const move = moveOf(state);
            return { schema: 1, known: state.known, ...(move?.to === 'restore' && { restore: move }), ...beside };
        }
    }
}
/** Undefined for `''` and for text that is not a whole saved rollout: what was damaged is not acted upon. */
function readSaved(text) {
    try {
        return readSavedRollout(JSON.parse(text));
    }
    catch {
        return undefined;
    }
}
function moveOf(state) {
    if ('move' in state)
        return state.move;
    if (state.at === 'taking-leave')
        return state.unfinished;
    const isNearlyThere = state.at === 'concluding' && state.claim.kind === 'serves';
    return isNearlyThere ? state.claim.move : undefined;
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/time-limits.js
const LAST_LOOK_MS = 10_000;
/** A look that says what serves is had even when no time is left for it. */
const LEAST_LOOK_MS = 5_000;
/**
 * After a cancellation: a child winding up, the last look, stopping, and the ledger's last facts follow one another
 * and must all fit the 9 s after which the run is given up.
 */
const FAREWELL_MS = 1_000;
/** A child's ladder, SIGINT to SIGKILL, takes 5.5 s. */
const WIND_UP_MS = 5_800;
/** Watches the two budgets of a rollout. */
class TimeLimits {
    #clock;
    #limits;
    #deployEnds;
    #restoreEnds;
    constructor(clock, limits) {
        this.#clock = clock;
        this.#limits = limits;
        const { timeoutMs, restoreTimeoutMs, spentMs = 0 } = limits;
        // Without a restore, what must still be done when the time is up is paid from the only budget there is.
        const kept = restoreTimeoutMs === 0 ? Math.min(WIND_UP_MS + LAST_LOOK_MS, timeoutMs / 2) : 0;
        this.#deployEnds = clock.monotonic() + timeoutMs - spentMs - kept;
    }
    /** The term of the state that begins now. The restore's budget starts with the first state that needs it. */
    term(state) {
        const now = this.#clock.monotonic();
        if (state.at === 'concluding' || state.at === 'taking-leave')
            return this.#lastLook(now);
        const left = isRestoring(state) ? this.#restoreLeft(now) : this.#deployEnds - now;
        // What serves is looked at though no time is left: nothing may be claimed without it.
        const ms = state.at === 'turning-back' ? Math.max(LEAST_LOOK_MS, left) : left;
        return { ms, windUpMs: WIND_UP_MS, isCancellable: true };
    }
    #restoreLeft(now) {
        const { restoreTimeoutMs } = this.#limits;
        this.#restoreEnds ??= Math.min(now, this.#deployEnds) + restoreTimeoutMs;
        return this.#restoreEnds - reserveOf(restoreTimeoutMs) - now;
    }
    /** What an aside, such as a note in the ledger, may take. */
    get asideMs() {
        return this.#limits.signal.aborted ? FAREWELL_MS : LAST_LOOK_MS;
    }
    #lastLook(now) {
        const left = (this.#restoreEnds ?? this.#deployEnds) - now;
        const ms = Math.min(this.asideMs, Math.max(LEAST_LOOK_MS, left));
        return { ms, windUpMs: 0, isCancellable: false };
    }
}
/** The last look, and a child that has to be stopped first, are paid from the budget they end. */
function reserveOf(budgetMs) {
    return Math.min(WIND_UP_MS + LAST_LOOK_MS, budgetMs / 4);
}
/** A rollback has no way back, so no time of its own for one: what follows its failure is still part of it. */
function isRestoring(state) {
    if ('known' in state && state.known.plan.kind === 'rollback')
        return false;
    if (state.at === 'turning-back' || state.at === 'choosing')
        return true;
    return 'move' in state && state.move.to === 'restore';
}
/** What the log says of time before anything is done. */
function describeLimits({ timeoutMs, restoreTimeoutMs }) {
    const sum = timeoutMs + restoreTimeoutMs;
    const advice = `give the job \`timeout-minutes: ${Math.ceil(sum / 60_000) + 5}\` or more.`;
    if (restoreTimeoutMs === 0)
        return `This may take ${minutes(timeoutMs)} (timeout): ${advice}`;
    return (`This may take ${minutes(timeoutMs)} (timeout) and ${minutes(restoreTimeoutMs)} more to go back ` +
        `(restore-timeout), ${minutes(sum)} in all: ${advice}`);
}
function minutes(ms) {
    const seconds = Math.round(ms / 1000);
    const parts = [Math.floor(seconds / 60), seconds % 60];
    if (parts[0] === 0)
        return `${parts[1]}s`;
    return parts[1] === 0 ? `${parts[0]}m` : `${parts[0]}m${parts[1]}s`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/facts.js

function shipped(release) {
    const { id, label, artifact = null } = release;
    return note('change', { kind: 'shipped', release: id, label, artifact }, 'in_progress');
}
function activated(record, release) {
    return note(record, { kind: 'activated', release: release.id }, 'in_progress');
}
/** What is written when a restore begins: first that the change failed, so that a cut restore cannot hide it. */
function restoring(known, back) {
    return [
        note('change', { kind: 'verdict', verdict: 'fail' }, 'failure'),
        note('change', { kind: 'restoring', release: back.id }, 'failure'),
        openRestore(known, back),
    ];
}
function openRestore({ wanted }, back) {
    return { do: 'open-restore', back, ...(wanted !== undefined && { replaces: wanted }) };
}
/** The last facts of a rollout. `trouble` is what had gone wrong with the change when it ended. */
function closing(known, verdict, how) {
    const { verified, trouble } = how;
    if (known.unchanged)
        return [];
    const record = known.back === undefined ? 'change' : 'restore';
    const proof = verified ? 'pass' : 'settled';
    switch (verdict.outcome) {
        case 'live':
            return [judged('change', proof, 'success'), retire(known)];
        case 'restored':
            return [
                judged(record, proof, 'success'),
                ...restored(known, record),
                ...(record === 'change' ? [retire(known)] : []),
            ];
        case 'rejected':
            return [judged('change', 'fail', 'failure')];
        case 'stranded': {
            const by = describeLive(verdict.live);
            const isJudged = verdict.reason !== 'superseded' || (record === 'change' && trouble !== undefined);
            if (!isJudged)
                return [note(record, { kind: 'abandoned', by }, 'failure')];
            return [judged(record, 'fail', 'failure')];
        }
        case 'inconclusive':
        case 'error':
            return [judged(record, 'inconclusive', 'error')];
        case 'cancelled':
            return [
                judged(record, record === 'change' && trouble !== undefined ? 'fail' : 'inconclusive', 'error'),
            ];
        case 'unchanged':
        case 'staged':
        case 'blocked':
        case 'rehearsed':
        case 'done':
            return [];
    }
}
function restored({ back, wanted }, record) {
    const release = back ?? wanted;
    return release === undefined ? [] : [note(record, { kind: 'restored', release: release.id }, 'success')];
}
function retire(known) {
    return { do: 'retire', releases: servingReleases(known.before.live) };
}
function judged(record, verdict, state) {
    return note(record, { kind: 'verdict', verdict }, state);
}
function note(record, fact, state) {
    return { do: 'note', record, fact, state };
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/serving.js

/**
 * What `live` means to the caller. In a rollback the chosen release is the old one and what it takes back the new.
 * A release of someone else's is neither, so it is `unknown`: the verdict's `live` names it.
 */
function serving(live, known) {
    if (live === undefined)
        return 'unknown';
    if (live.kind !== 'one')
        return live.kind;
    const role = roleOf(live.release, known);
    if (role === undefined)
        return 'unknown';
    const isWanted = role === 'wanted';
    const wantsNew = known.plan.kind === 'deploy';
    return isWanted === wantsNew ? 'new' : 'old';
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/conclude.js


/** The verdict on `ending`, given what was last seen live; `undefined` when the platform could not be asked. */
function verdict(known, ending, live) {
    const before = known.before.live;
    return {
        outcome: ending.outcome,
        reason: ending.reason,
        serving: serving(live, known),
        ...(ending.cause !== undefined && { cause: ending.cause }),
        ...(known.wanted !== undefined && { release: known.wanted }),
        ...(before.kind === 'one' && { previous: before.release }),
        ...(live !== undefined && { live }),
        notes: known.notes,
    };
}
/** A claim held against the last look: success is reported only of what is seen to serve. */
function ending(known, claim, live) {
    if (claim.kind === 'fails')
        return claim;
    if (claim.kind === 'staged')
        return { outcome: 'staged', reason: 'staged' };
    const cause = claim.move.to === 'restore' ? claim.move.trouble.failure : undefined;
    if (live === undefined)
        return { outcome: 'inconclusive', reason: 'platform-unreachable', cause };
    if (serves(live, claim.move.to === 'change' ? 'wanted' : 'back', known))
        return success(known, claim);
    const mixed = live.kind === 'mixed' && standing(live, known) === 'ours';
    return { outcome: 'stranded', reason: mixed ? 'mixed-fleet' : 'superseded', cause };
}
function success(known, { move, verified }) {
    if (move.to === 'change' && known.unchanged)
        return { outcome: 'unchanged', reason: 'already-live' };
    const proof = verified ? 'verified' : 'platform-only';
    if (move.to === 'change' && known.plan.kind === 'deploy')
        return { outcome: 'live', reason: proof, verified };
    const cause = move.to === 'restore' ? move.trouble.failure : undefined;
    // With checks that could not judge the old release, what made the restore necessary is still the reason.
    const isTold = cause !== undefined && (verified || known.plan.hasChecks);
    const because = isTold ? cause.reason : proof;
    const reason = move.caveat === undefined ? because : 'restored-image-only';
    return { outcome: 'restored', reason, cause, verified };
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/steps.js



// The words the transition function is written in. Each builds a step or a part of one; none decides.
function stepTo(state, ...commands) {
    return { state, commands };
}
/** Reports `claim` if one last look at the target agrees. */
function conclude(known, claim, asides = []) {
    return stepTo({ at: 'concluding', known, claim }, ...asides, { do: 'look' });
}
function concluded(known, claim, live) {
    return end(known, ending(known, claim, live), live);
}
/** Ends with what was seen just now; `undefined` when the platform could not be asked. */
function end(known, how, live, trouble) {
    const final = verdict(known, how, live);
    return stepTo({ at: 'ended', verdict: final }, ...closing(known, final, { verified: how.verified === true, trouble }));
}
function verifyCommand(known, move, phase) {
    const restores = move.to === 'restore';
    const gates = restores && known.passed !== undefined ? { gates: known.passed } : {};
    return { do: 'verify', phase, release: move.release, restores, ...gates };
}
/** After a restore only gates that passed before the change can judge it; with none left the platform does. */
function isChecked(known, move) {
    return known.plan.hasChecks && (move.to === 'change' || known.passed?.length !== 0);
}
/** Stops what this run has under way; harmless on a release that is final. */
function stop({ wanted }) {
    return { do: 'stop', ...(wanted !== undefined && { release: wanted }) };
}
/** The role a release has while, and after, this move makes it live. */
function roleOfMove(move) {
    return move.to === 'change' ? 'wanted' : 'back';
}
function withNotes(known, notes) {
    return { ...known, notes: [...known.notes, ...notes] };
}
/** A restore that fails reports its own failure; this keeps why it was needed. */
function withTrouble(known, move) {
    if (move.to === 'change')
        return known;
    return withNotes(known, [`The change had failed first: ${move.trouble.failure.what}`]);
}
function withWanted(known, release) {
    return release === undefined ? known : { ...known, wanted: release };
}
function stranded(reason, cause) {
    return { kind: 'fails', outcome: 'stranded', reason, ...(cause !== undefined && { cause }) };
}
function inconclusive(reason, cause) {
    return { kind: 'fails', outcome: 'inconclusive', reason, cause };
}
function unreachable(note) {
    return inconclusive('platform-unreachable', failureFor('platform-unreachable', note));
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/transition.js




/** The first step of every rollout: look at what serves. */
function begin(plan) {
    return stepTo({ at: 'observing', plan }, { do: 'observe' });
}
/** What follows from `event` in `state`. Pure; every rule of a rollout is in this file. */
function transition(state, event) {
    if (event.kind === 'cancelled')
        return cancelled(state);
    if (event.kind === 'deadline')
        return outOfTime(state);
    switch (state.at) {
        case 'observing':
            if (event.kind === 'observed')
                return observed(state.plan, event);
            break;
        case 'admitting':
            if (event.kind === 'blocked')
                return blocked(state.known, event.failure);
            if (event.kind === 'admitted')
                return admitted(state.known, event);
            break;
        case 'checking-before':
            if (event.kind === 'checked-before')
                return transition_record({ ...state.known, passed: event.passed });
            break;
        case 'recording':
            if (event.kind === 'recorded')
                return stepTo({ at: 'obtaining', known: state.known }, { do: 'obtain' });
            break;
        case 'obtaining':
            if (event.kind === 'obtained')
                return obtained(state.known, event.release);
            if (event.kind === 'obtain-failed')
                return notObtained(state.known, event.failure, event.release);
            break;
        case 'proving':
            if (event.kind === 'verified')
                return proved(state.known, state.move, event.verdict);
            break;
        case 'rereading':
            if (event.kind === 'looked')
                return reread(state.known, state.move, event.live);
            if (event.kind === 'unreachable')
                return notReread(state.known, state.move, event.note);
            break;
        case 'activating':
            if (event.kind === 'activated')
                return nowActive(state.known, moved(state.move, event));
            if (event.kind !== 'activation-failed')
                break;
            return doubt(state.known, state.move, event);
        case 'doubting':
            if (event.kind === 'looked')
                return doubted(state, event.live);
            if (event.kind === 'unreachable')
                return end(state.known, unreachable(event.note), undefined);
            break;
        case 'settling':
            if (event.kind === 'settled')
                return settled(state.known, state.move, event.result);
            break;
        case 'verifying':
            if (event.kind === 'verified')
                return verified(state.known, state.move, event.verdict);
            break;
        case 'turning-back':
            if (event.kind === 'looked')
                return turnedBack(state, event);
            if (event.kind === 'unreachable')
                return lostSight(state.known, state.trouble);
            break;
        case 'choosing':
            if (event.kind === 'restore-chosen')
                return transition_restore(state.known, state.trouble, event.release);
            if (event.kind === 'restore-refused')
                return noWayBack(state.known, state.trouble, event);
            break;
        case 'concluding':
            if (event.kind === 'looked')
                return concluded(state.known, state.claim, event.live);
            if (event.kind === 'unreachable')
                return concluded(state.known, state.claim, undefined);
            break;
        case 'taking-leave':
            if (event.kind === 'looked')
                return tookLeave(state, event);
            if (event.kind === 'unreachable')
                return tookLeave(state, {});
            break;
        case 'ended':
            break;
    }
    throw unexpected(state, event);
}
function unexpected(state, event) {
    return new Error(`A rollout that is ${state.at} cannot take the event ${event.kind}.`);
}
// ---- before anything changes
function observed(plan, { live, verdict }) {
    const known = { plan, before: { live, verdict }, unchanged: false, notes: [] };
    return stepTo({ at: 'admitting', known }, { do: 'admit', live });
}
function blocked(known, cause) {
    return end(known, { outcome: 'blocked', reason: cause.reason, cause }, known.before.live);
}
function admitted(before, { alreadyServes, warnings }) {
    const known = withNotes(before, warnings);
    const { live, verdict } = known.before;
    if (alreadyServes && live.kind === 'one') {
        // The platform's own deploy may be live before this run first looks: still unjudged, it is the change.
        if (known.plan.obtain === 'find' && verdict === 'none')
            return transition_record(known);
        const unchanged = { ...known, unchanged: true, wanted: live.release };
        return settle(unchanged, { to: 'change', release: live.release });
    }
    if (!known.plan.hasChecks || live.kind === 'nothing')
        return transition_record(known);
    return stepTo({ at: 'checking-before', known }, { do: 'check-before', live });
}
function transition_record(known) {
    return stepTo({ at: 'recording', known }, { do: 'record', live: known.before.live });
}
// ---- obtaining
function obtained(before, release) {
    const known = withWanted(before, release);
    const { obtain, activation, checksStaged, until } = known.plan;
    const asides = obtain === 'choose' ? [] : [shipped(release)];
    const move = { to: 'change', release };
    if (activation === 'with-obtain')
        return settle(known, move, asides);
    if (until === 'staged' && !checksStaged)
        return conclude(known, { kind: 'staged' }, asides);
    return approach(known, move, asides);
}
function notObtained(before, failure, release) {
    const known = withWanted(before, release);
    // Choosing changes nothing: without a release to go back to, what is bad keeps serving.
    if (known.plan.obtain === 'choose')
        return conclude(known, stranded(failure.reason, failure));
    const asides = release === undefined ? [] : [shipped(release)];
    return turnBack(known, { failure, tookTraffic: false }, asides);
}
// ---- moving: the change and a restore pass the same stages
function approach(known, move, asides = []) {
    if (!known.plan.checksStaged || !isChecked(known, move))
        return stepTo({ at: 'rereading', known, move }, ...asides, { do: 'look' });
    return stepTo({ at: 'proving', known, move }, ...asides, verifyCommand(known, move, 'staged'));
}
function proved(known, move, verdict) {
    if (verdict.outcome === 'fail') {
        const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
        const isOld = move.to === 'restore' || known.plan.kind === 'rollback';
        // An old release that fails where it takes no traffic shows that the fault is not in the new one.
        if (isOld)
            return conclude(known, inconclusive('both-down', failure));
        return turnBack(known, { failure, tookTraffic: false });
    }
    if (verdict.outcome !== 'pass')
        return notJudged(known, verdict);
    if (move.to === 'change' && known.plan.until === 'staged')
        return conclude(known, { kind: 'staged' });
    return stepTo({ at: 'rereading', known, move }, { do: 'look' });
}
function reread(known, move, live) {
    // Someone did it for us, or an earlier attempt took effect: there is nothing left to switch.
    if (serves(live, roleOfMove(move), known))
        return settle(known, move);
    const where = standing(live, known);
    const isFree = where === 'ours' || where === (move.to === 'change' ? 'as-before' : 'nothing');
    if (!isFree)
        return end(withTrouble(known, move), stranded('superseded'), live);
    const restores = move.to === 'restore';
    return stepTo({ at: 'activating', known, move }, { do: 'activate', release: move.release, restores });
}
function notReread(known, move, note) {
    if (move.to === 'restore')
        return lostSight(known, move.trouble);
    return end(known, unreachable(note), undefined);
}
function moved(move, { release, caveat }) {
    return { ...move, release, ...(caveat !== undefined && { caveat }) };
}
function doubt(known, move, { failure, caveat }) {
    const doubted = { ...move, ...(caveat !== undefined && { caveat }) };
    return stepTo({ at: 'doubting', known, move: doubted, failure }, { do: 'look' });
}
function nowActive(before, move) {
    const { release, to, caveat } = move;
    const noted = caveat === undefined ? before : withNotes(before, [caveat]);
    const known = { ...noted, ...(to === 'change' ? { wanted: release } : { back: release }) };
    return settle(known, move, [activated(to, release)]);
}
function doubted({ known, move, failure }, live) {
    if (live.kind === 'one' && serves(live, roleOfMove(move), known)) {
        return nowActive(known, { ...move, release: live.release });
    }
    if (move.to === 'change')
        return wayBack(known, { failure, tookTraffic: true }, live);
    const reason = standing(live, known) === 'others' ? 'superseded' : 'restore-failed';
    return end(withTrouble(known, move), stranded(reason, failure), live);
}
function settle(known, move, asides = []) {
    const restores = move.to === 'restore';
    return stepTo({ at: 'settling', known, move }, ...asides, {
        do: 'settle',
        release: move.release,
        restores,
    });
}
function settled(known, move, result) {
    if (result.kind === 'unknown')
        return conclude(withTrouble(known, move), unreachable(result.note));
    const activatedBefore = known.plan.activation === 'separate';
    if (result.kind === 'failed') {
        return failed(known, move, { failure: result.failure, tookTraffic: activatedBefore });
    }
    const isNews = move.to === 'change' && !activatedBefore && !known.unchanged;
    const asides = isNews ? [activated('change', move.release)] : [];
    if (!isChecked(known, move)) {
        const noted = known.plan.hasChecks ? withNotes(known, [NOT_CHECKED]) : known;
        return conclude(noted, { kind: 'serves', move, verified: false }, asides);
    }
    const phase = move.to === 'change' ? 'after' : 'restored';
    return stepTo({ at: 'verifying', known, move }, ...asides, verifyCommand(known, move, phase));
}
function verified(known, move, verdict) {
    if (verdict.outcome === 'pass')
        return conclude(known, { kind: 'serves', move, verified: true });
    if (verdict.outcome !== 'fail')
        return notJudged(withTrouble(known, move), verdict);
    const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
    return failed(known, move, { failure, tookTraffic: true });
}
/** Without a judgement nothing is switched: whatever serves keeps serving. */
function notJudged(known, { reason, note }) {
    const cause = failureNamed(reason, note, 'checks-error');
    return conclude(known, inconclusive(cause.reason, cause));
}
// ---- going back
function failed(known, move, trouble) {
    if (move.to === 'restore') {
        return conclude(withTrouble(known, move), stranded('restore-failed', trouble.failure));
    }
    // Nothing was changed, so nothing can be taken back; but what serves fails, which `rejected` would hide.
    if (known.unchanged)
        return conclude(known, stranded('already-live-failing', trouble.failure));
    return turnBack(known, trouble);
}
function turnBack(known, trouble, asides = []) {
    return stepTo({ at: 'turning-back', known, trouble, stopped: false }, ...asides, { do: 'look' });
}
function turnedBack(state, { live, mine }) {
    const known = withWanted(state.known, state.known.wanted ?? mine);
    const asides = found(state.known, mine);
    const mayStillCome = known.plan.obtain === 'ship' && standing(live, known) === 'as-before';
    if (!mayStillCome || state.stopped)
        return after(asides, wayBack(known, state.trouble, live));
    // A build left running could take traffic after the verdict: stop it, then look again.
    return stepTo({ ...state, known, stopped: true }, stop(known), { do: 'look' });
}
/** Serving already, though obtaining was cut before it could name it: the record has to. */
function found(known, mine) {
    return known.wanted === undefined && mine !== undefined ? [shipped(mine)] : [];
}
function after(asides, { state, commands }) {
    return { state, commands: [...asides, ...commands] };
}
function wayBack(known, trouble, live) {
    const cause = trouble.failure;
    const where = standing(live, known);
    if (where === 'others')
        return end(known, stranded('superseded', cause), live, trouble);
    if (where === 'as-before')
        return end(known, { outcome: 'rejected', reason: cause.reason, cause }, live);
    const obstacle = obstacleToRestore(known);
    if (obstacle !== undefined)
        return end(known, stranded(obstacle, cause), live, trouble);
    const want = trustedBefore(known) ?? 'last-verified';
    return stepTo({ at: 'choosing', known, trouble }, { do: 'choose-restore', want, live });
}
function obstacleToRestore({ plan, before }) {
    // Going forward again to what was just taken back would not be a restore.
    if (plan.kind === 'rollback')
        return 'restore-failed';
    if (plan.barrier)
        return 'barrier';
    if (plan.onFailure === 'none')
        return 'on-failure-none';
    return before.live.kind === 'nothing' ? 'no-target' : undefined;
}
function trustedBefore({ before, wanted }) {
    if (before.live.kind !== 'one' || before.live.release.id === wanted?.id)
        return undefined;
    const { release } = before.live;
    const isBad = before.verdict === 'fail' || before.verdict === 'inconclusive';
    return isBad || release.restorable === 'no' ? undefined : release;
}
function transition_restore(before, trouble, release) {
    const known = { ...before, back: release };
    return approach(known, { to: 'restore', release, trouble }, restoring(known, release));
}
function noWayBack(known, trouble, { reason, note }) {
    return conclude(withNotes(known, [note]), stranded(reason, trouble.failure));
}
/** The platform cannot be asked what serves, so nothing may be switched. */
function lostSight(known, { failure, tookTraffic }) {
    const claim = tookTraffic
        ? stranded('platform-unreachable', failure)
        : inconclusive('platform-unreachable', failure);
    return end(known, claim, undefined);
}
// ---- interruptions
/** Whether `cancelled` and `deadline` are for this state: the last looks have a short limit of their own. */
function isInterruptible(state) {
    return state.at !== 'concluding' && state.at !== 'taking-leave' && state.at !== 'ended';
}
function cancelled(state) {
    const how = { outcome: 'cancelled', reason: 'cancelled' };
    switch (state.at) {
        case 'observing':
            return stepTo({ at: 'ended', verdict: { ...how, serving: 'unknown', notes: [] } });
        case 'admitting':
        case 'checking-before':
        case 'recording':
            return end(state.known, how, state.known.before.live);
        case 'obtaining':
            return stepTo({ at: 'taking-leave', known: state.known }, { do: 'look' });
        case 'turning-back':
        case 'choosing':
            // Cancelling never starts a restore.
            return stepTo({ at: 'taking-leave', known: state.known, trouble: state.trouble }, { do: 'look' });
        case 'proving':
        case 'rereading':
        case 'activating':
        case 'doubting':
        case 'settling':
        case 'verifying': {
            const { known, move } = state;
            const cut = move.to === 'restore' ? { trouble: move.trouble, unfinished: move } : {};
            return stepTo({ at: 'taking-leave', known, ...cut }, { do: 'look' });
        }
        case 'concluding':
        case 'taking-leave':
        case 'ended':
            throw unexpected(state, { kind: 'cancelled' });
    }
}
function tookLeave(state, { live, mine }) {
    const known = withWanted(state.known, state.known.wanted ?? mine);
    const { trouble, unfinished } = state;
    const how = { outcome: 'cancelled', reason: 'cancelled', cause: trouble?.failure };
    const { state: ended, commands } = after(found(state.known, mine), end(known, how, live, trouble));
    if (unfinished !== undefined && ended.at === 'ended')
        return stepTo({ ...ended, unfinished });
    // Only what takes no traffic is stopped: what serves is left serving.
    const isOursIdle = known.plan.obtain === 'ship' && !known.unchanged && live !== undefined;
    if (!isOursIdle || standing(live, known) !== 'as-before')
        return { state: ended, commands };
    return stepTo(ended, stop(known), ...commands);
}
function outOfTime(state) {
    const failure = failureFor('deploy-timeout');
    switch (state.at) {
        case 'observing':
            return stepTo({
                at: 'ended',
                verdict: { outcome: 'error', reason: failure.reason, cause: failure, serving: 'unknown', notes: [] },
            });
        case 'admitting':
        case 'checking-before':
        case 'recording':
            return end(state.known, { outcome: 'error', reason: failure.reason, cause: failure }, state.known.before.live);
        case 'obtaining':
            return turnBack(state.known, { failure, tookTraffic: false });
        case 'turning-back':
            if (state.known.plan.kind !== 'rollback')
                return lostSight(state.known, state.trouble);
            return conclude(state.known, stranded('restore-failed', state.trouble.failure));
        case 'choosing':
            return conclude(state.known, stranded('restore-failed', state.trouble.failure));
        case 'proving':
        case 'rereading':
        case 'activating':
        case 'doubting':
        case 'settling':
        case 'verifying': {
            const late = state.move.to === 'change' ? failure : failureFor('restore-failed', RESTORE_TIMEOUT);
            return failed(state.known, state.move, { failure: late, tookTraffic: state.at === 'verifying' });
        }
        case 'concluding':
        case 'taking-leave':
        case 'ended':
            throw unexpected(state, { kind: 'deadline' });
    }
}
const NOT_CHECKED = 'No check had passed before the change, so the platform alone says that the old release serves.';
const RESTORE_TIMEOUT = 'The restore did not end within `restore-timeout`.';

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/within.js
/** Aborts work whose time is up. */
class DeadlineReached extends Error {
    constructor(ms) {
        super(`The time allowed for it, ${Math.ceil(ms / 1000)} s, is up.`);
        this.name = 'DeadlineReached';
    }
}
/** Runs `work` within its bounds. A value that comes after the cut still counts: what happened, happened. */
async function within(bounds, work) {
    const { clock, ms, cancel, windUpMs } = bounds;
    const cut = new AbortController();
    const over = new AbortController();
    let cutBy;
    const cutShort = (by, reason) => {
        cutBy ??= by;
        cut.abort(reason);
    };
    const onCancel = () => cutShort('cancelled', cancel?.reason);
    const abandoned = new Promise((resolve) => {
        cut.signal.addEventListener('abort', () => {
            const abandon = () => resolve({ kind: cutBy ?? 'deadline' });
            clock.sleep(windUpMs, over.signal).then(abandon, () => { });
        });
    });
    clock.sleep(ms, over.signal).then(() => cutShort('deadline', new DeadlineReached(ms)), () => { });
    if (cancel?.aborted === true)
        onCancel();
    cancel?.addEventListener('abort', onCancel);
    const attempt = async () => {
        try {
            return { kind: 'done', value: await work({ signal: cut.signal, budgetMs: ms }) };
        }
        catch (error) {
            return cutBy === undefined ? { kind: 'threw', error } : { kind: cutBy };
        }
    };
    try {
        return await Promise.race([attempt(), abandoned]);
    }
    finally {
        cancel?.removeEventListener('abort', onCancel);
        over.abort();
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/wording.js

/** The name of a step in the timeline and the log: the words of the rollout, `restore` where it goes back. */
function stepName(work, state, plan) {
    switch (work.do) {
        case 'check-before':
            return 'verify before';
        case 'obtain':
            return plan.obtain;
        case 'look':
            return lookName(state);
        case 'activate':
            return work.restores ? 'restore' : 'activate';
        case 'settle':
            return work.restores ? 'settle restored' : 'settle';
        case 'verify':
            if (work.phase === 'staged')
                return work.restores ? 'prove old' : 'prove';
            return work.restores ? 'verify restored' : 'verify';
        case 'choose-restore':
            return 'choose restore';
        case 'observe':
        case 'admit':
        case 'record':
            return work.do;
    }
}
function lookName(state) {
    if (state.at === 'rereading')
        return 're-read';
    return state.at === 'concluding' || state.at === 'taking-leave' ? 'confirm' : 'observe again';
}
/** What came of a step, in a few words. */
function noteOf(event) {
    switch (event.kind) {
        case 'observed':
        case 'looked':
            return `${describeLive(event.live)} serves`;
        case 'admitted':
            return event.alreadyServes ? 'already serves' : event.warnings.join(' ');
        case 'blocked':
        case 'obtain-failed':
        case 'activation-failed':
            return event.failure.what;
        case 'obtained':
        case 'activated':
        case 'restore-chosen':
            return event.release.label;
        case 'checked-before':
            return `${event.passed.length} passed`;
        case 'unreachable':
        case 'restore-refused':
            return event.note;
        case 'settled':
            if (event.result.kind === 'failed')
                return event.result.failure.what;
            return event.result.note ?? 'settled';
        case 'verified':
            return `${event.verdict.outcome}: ${event.verdict.note}`;
        case 'cancelled':
            return 'cancelled';
        case 'deadline':
            return 'out of time';
        case 'recorded':
            return '';
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/driver.js







/**
 * Runs a rollout to its verdict. Throws ActionFailure only before anything was recorded: from then on every
 * failure is part of the verdict. Ends within `timeoutMs + restoreTimeoutMs`.
 */
async function runRollout(plan, ports, limits) {
    ports.log(describeLimits(limits));
    return new Driver(plan, ports, limits).drive(begin(plan));
}
/** Performs commands and feeds their events to the transition function until it has ended. */
class Driver {
    #plan;
    #ports;
    #signal;
    #times;
    #writer;
    #performer;
    #state;
    constructor(plan, ports, limits, place) {
        this.#plan = plan;
        this.#state = begin(plan).state;
        this.#ports = ports;
        this.#signal = limits.signal;
        this.#times = new TimeLimits(ports.clock, limits);
        this.#writer = new LedgerWriter(ports, place);
        this.#performer = new Performer(ports, plan, this.#writer);
    }
    get writer() {
        return this.#writer;
    }
    async drive(first) {
        let { state, commands } = first;
        for (;;) {
            this.#state = state;
            this.#save(state);
            const event = await this.#carryOut(commands, state);
            if (state.at === 'ended')
                return this.#finish(state);
            if (event === undefined)
                throw new Error(`A rollout that is ${state.at} waits for nothing.`);
            ({ state, commands } = transition(state, event));
        }
    }
    #save(state) {
        const caveat = this.#ports.restoreCaveat?.();
        const saved = toSaved(state, { ...this.#writer.place, ...(caveat !== undefined && { caveat }) });
        if (saved !== undefined)
            this.#ports.save(JSON.stringify(saved));
    }
    async #carryOut(commands, state) {
        let event;
        for (const command of commands) {
            if (isAside(command))
                await this.#doAside(command);
            else
                event = await this.#doWork(command, state);
        }
        return event;
    }
    /** Notes are written beside the rollout; only stopping is waited for, because the next look depends on it. */
    async #doAside(aside) {
        switch (aside.do) {
            case 'note':
                void this.#writer.note(aside);
                return;
            case 'open-restore':
                // Saved again with the new record's id, so that `post` can go on in it.
                void this.#writer.openRestore(aside.back, aside.replaces).then(() => this.#save(this.#state));
                return;
            case 'retire':
                void this.#writer.retire(aside.releases);
                return;
            case 'stop': {
                const { clock } = this.#ports;
                const ended = await within({ clock, ms: this.#times.asideMs, windUpMs: 0 }, async (allowance) => this.#ports.stop?.(aside.release, allowance));
                if (ended.kind !== 'done')
                    this.#ports.log('What was under way could not be stopped.');
            }
        }
    }
    async #doWork(work, state) {
        const term = this.#times.term(state);
        if (term.isCancellable && this.#signal.aborted)
            return { kind: 'cancelled' };
        if (term.isCancellable && term.ms <= 0)
            return { kind: 'deadline' };
        const name = stepName(work, state, this.#plan);
        const event = await this.#ports.timeline.step(name, () => this.#bounded(work, term), noteOf);
        this.#ports.log(`${name}: ${noteOf(event)}`);
        return event;
    }
    async #bounded(work, term) {
        const own = ownLimits[work.do];
        const ownMs = own === undefined ? term.ms : Math.min(own.ms, term.ms * own.share);
        const ended = await within({
            clock: this.#ports.clock,
            ms: ownMs,
            windUpMs: windsUp.includes(work.do) ? term.windUpMs : 0,
            ...(term.isCancellable && { cancel: this.#signal }),
        }, (allowance) => this.#performer.perform(work, allowance));
        if (ended.kind === 'done')
            return ended.value;
        if (ended.kind === 'threw')
            throw ended.error;
        if (ended.kind === 'cancelled')
            return { kind: 'cancelled' };
        if (own !== undefined)
            return own.whenOver;
        return term.isCancellable
            ? { kind: 'deadline' }
            : { kind: 'unreachable', note: 'The platform did not answer.' };
    }
    async #finish(ended) {
        const { clock } = this.#ports;
        await within({ clock, ms: this.#times.asideMs, windUpMs: 0 }, () => this.#writer.flush());
        // A cut restore stays saved: `post` finishes it.
        if (ended.unfinished === undefined)
            this.#ports.save('');
        const { change } = this.#writer.place.records;
        return { ...ended.verdict, ...(change !== undefined && { ledgerId: change }) };
    }
}
/** Work with something to end when it is cut: a child, or checks under way. The rest is left behind. */
const windsUp = ['obtain', 'activate', 'settle', 'verify'];
/** Work that must never use up the deploy's time: without its result the rollout goes on. */
const ownLimits = {
    'check-before': { ms: 30_000, share: 0.5, whenOver: { kind: 'checked-before', passed: [] } },
    record: { ms: 10_000, share: 0.25, whenOver: { kind: 'recorded' } },
};
function isAside(command) {
    return ['note', 'open-restore', 'retire', 'stop'].includes(command.do);
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/resume.js




/** The service cuts a cancelled job off after 5 minutes, so a restore must have ended before. */
const RESUME_MS = 240_000;
/**
 * Finishes what a cut rollout left behind, in `post`. A restore is taken up where it was, for at most 4 minutes;
 * anything else is only looked at and recorded: cancelling never starts a restore. Never throws for the platform.
 */
async function resumeInPost(saved, ports, signal) {
    const { known, restore, records, caveat } = saved;
    // The deploy's time is over; what is left belongs to the restore.
    const limits = { timeoutMs: 0, restoreTimeoutMs: RESUME_MS, signal };
    const told = caveat === undefined ? ports : { ...ports, restoreCaveat: () => caveat };
    const driver = new Driver(known.plan, told, limits, saved);
    const first = restore === undefined
        ? stepTo({ at: 'taking-leave', known }, { do: 'look' })
        : stepTo({ at: 'rereading', known, move: restore }, ...(records.restore === undefined ? [openRestore(known, restore.release)] : []), { do: 'look' });
    const verdict = await driver.drive(first);
    if (restore !== undefined && verdict.outcome !== 'restored') {
        ports.log(`The restore of ${restore.release.label} was cut and could not be finished: ` +
            `${describeLive(verdict.live)} serves. Finish it with the rollback action, \`to: ${restore.release.label}\`.`);
        const fact = { kind: 'restoring', release: restore.release.id };
        await driver.writer.note({ do: 'note', record: 'change', fact, state: 'error' });
    }
    return verdict;
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/packages/core/src/install/flyctl.js
const releases = 'https://github.com/superfly/flyctl/releases';
const builds = {
    'linux-x64': 'Linux_x86_64.tar.gz',
    'linux-arm64': 'Linux_arm64.tar.gz',
    'macos-x64': 'macOS_x86_64.tar.gz',
    'macos-arm64': 'macOS_arm64.tar.gz',
    'windows-x64': 'Windows_x86_64.zip',
    'windows-arm64': 'Windows_arm64.zip',
};
/** The newest version with a checksum that someone other than the release itself has published. */
const defaultFlyctlVersion = '0.4.85';
/** Fly.io's command line tool, as its releases on GitHub publish it. */
const flyctl = {
    name: 'flyctl',
    inputs: { version: 'flyctl-version', sha256: 'flyctl-sha256' },
    defaultVersion: defaultFlyctlVersion,
    asset: (version, system) => `flyctl_${version}_${builds[system]}`,
    releaseUrl: (version, file) => `${releases}/download/v${version}/${file}`,
    // Releases up to 0.2.80 have the second name.
    checksumFiles: (version) => [`flyctl_${version}_checksums.txt`, 'checksums.txt'],
    publishedChecksums: [
        {
            version: '0.4.85',
            asset: 'flyctl_0.4.85_Linux_x86_64.tar.gz',
            sha256: 'c3b5ed05319adf8a265d68171758ea7b37bd340c5c3dc4e09e17fb6344b8ff90',
            source: 'the production runbook of a public repository, which pins this archive',
        },
    ],
    // GitHub first: the archive comes from there anyway, and Fly's resolver has been down for whole afternoons.
    latest: [
        { method: 'HEAD', url: `${releases}/latest`, read: versionOfTag },
        {
            method: 'GET',
            url: 'https://api.fly.io/app/flyctl_releases/linux/amd64/latest',
            headers: { accept: 'application/json' },
            read: versionOfResolver,
        },
    ],
    versionArgs: ['version'],
    // `2026.8.7-pr5049.5`: builds outside a release are named by their day.
    isDevelopmentBuild: (version) => /^\d{4}\./.test(version),
};
/** `…/releases/latest` redirects to `…/releases/tag/v0.4.87`. */
function versionOfTag({ headers }) {
    return /\/tag\/v([^/]+)$/.exec(headers.location ?? '')?.[1];
}
function versionOfResolver({ status, text }) {
    return status === 200 ? /"version"\s*:\s*"v?([^"]+)"/.exec(text)?.[1] : undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./build/packages/core/src/install/checksums.js
/**
 * Reads a checksum file: file name → sha256, lower case. `<64 hex>  <name>` a line, `*` before the name for binary
 * mode; other lines are skipped, since some files carry comments or other algorithms.
 */
function parseChecksums(text) {
    const found = new Map();
    for (const line of text.split(/\r?\n/)) {
        const [, sha256, name] = /^([0-9a-f]{64}) [ *](\S+)$/i.exec(line.trim()) ?? [];
        if (sha256 !== undefined && name !== undefined)
            found.set(name, sha256.toLowerCase());
    }
    return found;
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/fetch-file.js



/** Fetches one file of a release; undefined when the release has no such file. */
async function fetchFile(url, name, { http, signal, folder }) {
    const path = (0,external_node_path_namespaceObject.join)(folder, name);
    const { status, sha256 } = await download(url, path, { http, signal });
    if (status === 404)
        return undefined;
    if (status >= 200 && status < 300)
        return { path, sha256 };
    throw notFetched(url, `the host answered ${status}`);
}
async function download(url, file, { http, signal }) {
    try {
        return await http.download({ url, file, signal });
    }
    catch (error) {
        if (error instanceof src_http/* HttpError */.j)
            throw notFetched(url, error.message, error);
        throw error;
    }
}
function notFetched(url, why, cause) {
    const next = 'Run the job again; if this stays, let the runner reach the host, or install the tool in its image';
    return new src_failure/* ActionFailure */.d({ code: 'install-failed', what: `${url} could not be downloaded`, why, next }, { cause });
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/expected-sha256.js




/** The user's own value first, then the table that ships, then the release's checksum file. */
async function expectedSha256(spec, { version, asset }, { given, fetching }) {
    if (given !== undefined)
        return { sha256: given.toLowerCase(), source: `the input ${spec.inputs.sha256}` };
    const isThis = (entry) => entry.version === version && entry.asset === asset;
    const published = spec.publishedChecksums.find(isThis);
    if (published !== undefined)
        return { sha256: published.sha256, source: 'the table that ships with Belay' };
    for (const file of spec.checksumFiles(version)) {
        const fetched = await fetchFile(spec.releaseUrl(version, file), file, fetching);
        const sha256 = fetched && parseChecksums(await (0,promises_.readFile)(fetched.path, 'utf8')).get(asset);
        if (sha256 !== undefined)
            return { sha256, source: `the release’s own ${file}` };
    }
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `no checksum was found for ${asset}`,
        why: `the release has no ${spec.checksumFiles(version).join(' or ')} that names it, and nothing is unpacked unverified`,
        next: `Set ${spec.inputs.sha256} to the sha256 you trust, or choose another ${spec.inputs.version}`,
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/fetch-archive.js



/** Downloads an archive and compares its sha256; rejects, with nothing unpacked, unless they are equal. */
async function fetchArchive(spec, archive, { given, fetching }) {
    const fetched = await fetchFile(spec.releaseUrl(archive.version, archive.asset), archive.asset, fetching);
    if (fetched === undefined)
        throw withdrawn(spec, archive);
    const expected = await expectedSha256(spec, archive, { given, fetching });
    if (fetched.sha256 === expected.sha256)
        return { ...fetched, verifiedBy: expected.source };
    throw new src_failure/* ActionFailure */.d({
        code: 'checksum-mismatch',
        what: `${archive.asset} has the sha256 ${fetched.sha256}`,
        why: `it must be ${expected.sha256} by ${expected.source}; the archive was not unpacked`,
        next: 'Find out why the file differs before anything is run from it',
    });
}
function withdrawn(spec, { version, asset }) {
    return new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `${spec.name} ${version} has no ${asset} to download (404)`,
        why: 'there was never such a version, or its publisher has withdrawn it',
        next: `Set ${spec.inputs.version} to a version that exists, such as ${spec.defaultVersion}`,
    });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/packages/core/src/install/find-on-path.js


/** The absolute path of an executable, as a shell would find it; relative entries of PATH are not trusted. */
function findOnPath(file, path) {
    const folders = path.split(external_node_path_namespaceObject.delimiter).filter((folder) => (0,external_node_path_namespaceObject.isAbsolute)(folder));
    return folders.map((folder) => (0,external_node_path_namespaceObject.join)(folder, file)).find(isExecutable);
}
function isExecutable(file) {
    try {
        (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/version-request.js

/** A version anywhere in what a tool prints; the `v` is not part of it. */
const versionPattern = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\b/;
/** Reads `0.4.85`, `latest` or `path`; empty means the default version. Ranges are refused: they drift. */
function parseVersionRequest(text, spec) {
    if (text === '')
        return { kind: 'exact', version: spec.defaultVersion };
    if (text === 'latest' || text === 'path')
        return { kind: text };
    const version = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(text)?.[1];
    if (version !== undefined)
        return { kind: 'exact', version };
    throw new src_failure/* ActionFailure */.d({
        code: 'input-invalid',
        what: `${spec.inputs.version} is "${text}"`,
        why: 'a version is three numbers, such as 0.4.85; ranges are not resolved',
        next: `Set ${spec.inputs.version} to a version such as ${spec.defaultVersion}, to latest, or to path`,
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/printed-version.js


/** Runs the tool once and reads its version, which also shows that it runs on this machine at all. */
async function printedVersion(spec, path, env) {
    const { getExecOutput } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 5953));
    const options = { env: { ...env }, silent: true, ignoreReturnCode: true };
    // The toolkit reads its first argument as a command line, so a path with blanks needs the quotes.
    const { exitCode, stdout, stderr } = await getExecOutput(`"${path}"`, [...spec.versionArgs], options);
    const version = exitCode === 0 ? versionPattern.exec(stdout)?.[1] : undefined;
    if (version !== undefined)
        return version;
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `${path} ${spec.versionArgs.join(' ')} exited with ${exitCode} and named no version`,
        why: 'the file is not the tool it should be, or it cannot run on this machine',
        next: `Remove it, or set ${spec.inputs.version} to ${spec.defaultVersion}`,
        details: `${stdout}\n${stderr}`
            .split(/\r?\n/)
            .filter((line) => line.trim() !== '')
            .slice(0, 20),
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/resolve-latest.js



/** The newest version, by the first source that names one: any of them may be down. */
async function resolveLatest(spec, http, signal) {
    const tried = [];
    for (const { read, ...request } of spec.latest) {
        try {
            const answer = await http.request({ ...request, retry: 'read', deadlineMs: 20_000, signal });
            const version = versionPattern.exec(read(answer) ?? '')?.[1];
            if (version !== undefined)
                return version;
            tried.push(`${request.method} ${request.url} → ${answer.status}, and named no version`);
        }
        catch (error) {
            if (!(error instanceof src_http/* HttpError */.j))
                throw error;
            tried.push(error.message);
        }
    }
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `the latest version of ${spec.name} could not be found out`,
        why: 'none of its sources answered with a version',
        next: `Set ${spec.inputs.version} to a version such as ${spec.defaultVersion}, which asks nobody`,
        details: tried,
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/tool-cache.js
/** The folder of a cached tool; asks no network. */
async function findInToolCache({ name, version, arch }) {
    const { find } = await __nccwpck_require__.e(/* import() */ 805).then(__nccwpck_require__.bind(__nccwpck_require__, 9805));
    return find(name, version, arch) || undefined;
}
/** Unpacks a verified archive into the tool cache; answers the folder. */
async function unpackIntoToolCache({ name, version, arch }, { archive, into }) {
    const { cacheDir, extractTar, extractZip } = await __nccwpck_require__.e(/* import() */ 805).then(__nccwpck_require__.bind(__nccwpck_require__, 9805));
    const extract = archive.endsWith('.zip') ? extractZip : extractTar;
    return cacheDir(await extract(archive, into), name, version, arch);
}

;// CONCATENATED MODULE: ./build/packages/core/src/install/install-tool.js









/**
 * Puts a tool on PATH: from the tool cache when it is there, which needs no network, else downloaded, verified and
 * only then unpacked. Fails as `install-failed`, `checksum-mismatch` or `input-invalid`.
 */
async function installTool(spec, ports, options) {
    const scratch = await (0,promises_.mkdtemp)((0,external_node_path_namespaceObject.join)(ports.runner.context.temp, `${spec.name}-`));
    try {
        const { wanted, ...found } = await obtain({ spec, ports, options, scratch });
        const version = await printedVersion(spec, found.path, versionEnvironment(ports, scratch));
        const notes = [...found.notes, ...judgeVersion(spec, { ...found, version }, wanted)];
        if (found.source !== 'PATH')
            ports.runner.addPath((0,external_node_path_namespaceObject.dirname)(found.path));
        return { ...found, version, notes };
    }
    finally {
        await (0,promises_.rm)(scratch, { recursive: true, force: true });
    }
}
async function obtain(installation) {
    const { spec, ports, options } = installation;
    const request = parseVersionRequest(options.version, spec);
    if (request.kind === 'path')
        return fromPath(installation);
    const version = request.kind === 'exact' ? request.version : await resolveLatest(spec, ports.http, ports.signal);
    const cached = { name: spec.name, version, arch: ports.runner.context.arch };
    const folder = await findInToolCache(cached);
    if (folder === undefined)
        return fromRelease(installation, cached);
    const note = `${spec.inputs.sha256} was not compared: the archive is gone once a tool is in the tool cache.`;
    const notes = options.sha256 === undefined ? [] : [note];
    return { path: executable(folder, installation), source: 'tool-cache', wanted: version, notes };
}
function fromPath({ spec, ports }) {
    const file = fileName(spec, ports.runner.context);
    const path = findOnPath(file, ports.runner.env.PATH ?? ports.runner.env.Path ?? '');
    if (path !== undefined)
        return { path, source: 'PATH', notes: [] };
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `${spec.inputs.version} is "path", and there is no ${file} on PATH`,
        next: `Install ${spec.name} in an earlier step, or set ${spec.inputs.version} to ${spec.defaultVersion}`,
    });
}
async function fromRelease(installation, cached) {
    const { spec, ports, options, scratch } = installation;
    const asset = assetFor(spec, cached.version, ports.runner.context);
    const fetching = { http: ports.http, signal: ports.signal, folder: scratch };
    const archive = await fetchArchive(spec, { version: cached.version, asset }, { given: options.sha256, fetching });
    const folder = await unpackIntoToolCache(cached, {
        archive: archive.path,
        into: (0,external_node_path_namespaceObject.join)(scratch, 'unpacked'),
    });
    return {
        path: executable(folder, installation),
        source: 'download',
        wanted: cached.version,
        sha256: archive.sha256,
        notes: [`${asset}: sha256 verified against ${archive.verifiedBy}.`],
    };
}
function assetFor(spec, version, { os, arch }) {
    const asset = arch === 'other' ? undefined : spec.asset(version, `${os}-${arch}`);
    if (asset !== undefined)
        return asset;
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `there is no ${spec.name} for ${os} on this machine’s architecture`,
        next: `Run the job on an x64 or arm64 runner, or set ${spec.inputs.version} to path`,
    });
}
/** Notes on a version that is not the wanted one; fails where the tool is simply another version. */
function judgeVersion(spec, tool, wanted) {
    if (wanted === undefined || tool.version === wanted)
        return [];
    if (tool.source === 'tool-cache' && spec.isDevelopmentBuild(tool.version)) {
        return [`The tool cache’s ${spec.name} ${wanted} is the development build ${tool.version}.`];
    }
    throw new src_failure/* ActionFailure */.d({
        code: 'install-failed',
        what: `${spec.name} says it is ${tool.version}, and ${wanted} was wanted`,
        why: `it came from ${tool.source === 'download' ? 'the release’s archive' : 'the tool cache'}, which is mislabelled`,
        next: tool.source === 'download'
            ? `Choose another ${spec.inputs.version}`
            : `Remove ${(0,external_node_path_namespaceObject.dirname)(tool.path)} from the tool cache`,
    });
}
function executable(folder, { spec, ports }) {
    return (0,external_node_path_namespaceObject.join)(folder, fileName(spec, ports.runner.context));
}
function fileName(spec, { os }) {
    return os === 'windows' ? `${spec.name}.exe` : spec.name;
}
/** Enough to start a program; its home is thrown away, since flyctl leaves files in it even for its version. */
function versionEnvironment({ runner }, home) {
    const names = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMPDIR'];
    const kept = names.flatMap((name) => {
        const value = runner.env[name];
        return value === undefined ? [] : [[name, value]];
    });
    return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}

;// CONCATENATED MODULE: ./build/packages/core/src/settle.js

/** Knows within a second, at no more than a request a second. Spread it to change the deadline. */
const settlePolicy = {
    firstMs: 250,
    factor: 1.5,
    maxMs: 1_000,
    failuresInARow: 5,
};
/**
 * Looks until the state is final. A look that fails as HttpError is weather: it is counted, not thrown. Rejects with
 * the reason of the signal, or with any other error of `look`.
 */
async function settle_settle(options) {
    const { clock, policy, signal } = options;
    const end = clock.monotonic() + policy.deadlineMs;
    let seen;
    let failures = 0;
    for (let pauseMs = policy.firstMs;; pauseMs = Math.min(policy.maxMs, pauseMs * policy.factor)) {
        const look = await lookOnce(options, end - clock.monotonic());
        if (look.kind === 'seen') {
            if (options.isFinal(look.value))
                return { kind: 'final', value: look.value };
            const now = { value: look.value, json: JSON.stringify(look.value) };
            if (now.json !== seen?.json)
                pauseMs = policy.firstMs;
            seen = now;
        }
        failures = look.kind === 'seen' ? 0 : failures + 1;
        const outOfTime = clock.monotonic() + pauseMs >= end;
        // One failed look at the very end does not hide what was seen just before it.
        if (outOfTime && failures <= 1 && seen !== undefined)
            return { kind: 'deadline', last: seen.value };
        if (look.kind === 'failed' && (outOfTime || failures > policy.failuresInARow)) {
            return { kind: 'unreachable', error: look.error };
        }
        await clock.sleep(pauseMs, signal);
    }
}
async function lookOnce({ look, signal }, remainingMs) {
    signal?.throwIfAborted();
    try {
        return { kind: 'seen', value: await look(remainingMs) };
    }
    catch (error) {
        signal?.throwIfAborted();
        if (error instanceof src_http/* HttpError */.j)
            return { kind: 'failed', error };
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/failures.js
/**
 * What flyctl says when it fails, seen on running binaries (sources: flyctl's own text, and the recordings under
 * test/clients). Order matters: the first match wins, and the text of an inner error often contains an outer one's.
 */
const failures_known = [
    {
        pattern: /release command failed|release_command failed/,
        reason: 'release-command-failed',
        why: 'flyctl runs it once before any machine is touched',
        next: 'Read the release command’s log above and fix it.',
    },
    {
        pattern: /smoke checks for \S+ failed|appears to be crashing/,
        reason: 'crashed',
        why: 'the process of the new version kept exiting',
        next: 'Read the exit event and the last log lines above.',
    },
    {
        pattern: /timeout reached waiting for health checks/,
        reason: 'unhealthy',
        why: 'the machine’s checks did not pass within `wait-timeout`',
        next: 'Read the machine’s checks and log above; raise `wait-timeout` if the app is only slow to start.',
    },
    {
        pattern: /timeout reached waiting for machine's state|failed to wait for VM/,
        reason: 'unhealthy',
        why: 'the machine did not start within `wait-timeout`',
        next: 'Look at the machine’s events with `fly machine status`.',
    },
    {
        pattern: /rate limit|\(status 429\)|too many requests/i,
        reason: 'rate-limited',
        next: 'Run the job again in a few minutes.',
    },
    {
        pattern: /lease currently held by|failed to get lease|failed to acquire lease/,
        reason: 'lease-held',
        why: 'another deploy, or one that was killed less than 13 seconds ago, holds the machine',
        next: 'Wait for the other deploy to end, then run this job again.',
    },
    {
        pattern: /could not find image|failed to fetch an image/,
        reason: 'image-not-found',
        next: 'Push the image first, or correct `image`.',
    },
    {
        pattern: /App configuration is not valid|the config file at .* is not valid/,
        reason: 'config-invalid',
        next: 'Correct the file at the place flyctl names above.',
    },
    {
        pattern: /no access token available|not authorized|must be authenticated|\(status 401\)|unauthorized/,
        reason: 'token-rejected',
        why: 'the token may read this app but not deploy it, or it has expired',
        next: 'Create a token with `fly tokens create deploy --app <app>` and store it as the secret this job reads.',
    },
    {
        pattern: /\(status 403\)|forbidden/i,
        reason: 'token-kind',
        next: 'Use a deploy token of this app: a read-only token cannot ship.',
    },
    {
        pattern: /app not found|could not find App|could not be found, did you create the app/i,
        reason: 'app-not-found',
        next: 'Correct `fly-app`, or use a token of the organization that owns it.',
    },
    {
        pattern: /failed to create release/,
        reason: 'release-not-created',
        next: 'Look at https://status.flyio.net, then run the job again.',
    },
    {
        pattern: /failed to build|failed to solve|error building|dockerfile/i,
        reason: 'build-failed',
        next: 'Read the build log above and fix the build.',
    },
    {
        pattern: /status(?: code)?:? ?5\d\d|non-2xx status|\(status 5\d\d\)|connection reset|EOF/,
        reason: 'platform-error',
        next: 'Look at https://status.flyio.net, then run the job again.',
    },
];
/** The sentence flyctl ended with, classified; `exit` is its exit code, null when a signal ended it. */
function flyctlFailure(tail, exit) {
    const said = lastError(tail);
    const match = failures_known.find(({ pattern }) => pattern.test(said));
    const what = `flyctl ended with ${exit === null ? 'a signal' : `exit code ${exit}`}: ${shorten(said)}`;
    if (match === undefined) {
        return { reason: 'deploy-failed', what, next: 'Read flyctl’s output above.' };
    }
    const { reason, why, next } = match;
    return { reason, what, next, ...(why === undefined ? {} : { why }) };
}
/** The last `Error: …` line; without one, the last line that is not empty. */
function lastError(tail) {
    const lines = tail.map((line) => line.trim()).filter((line) => line !== '');
    const error = lines.findLast((line) => line.startsWith('Error:'));
    return (error ?? lines.at(-1) ?? 'nothing')
        .replace(/^Error: /, '')
        .replace(/ \((Request|Trace) ID: [^)]*\)/g, '');
}
/** Servers' HTML and whole GraphQL queries end up in flyctl's errors; the useful part of a long one comes last. */
function shorten(said) {
    const plain = said
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    return plain.length <= 300 ? plain : `…${plain.slice(-300)}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/decode.js
/** `releases[3].version: expected a number, got null`. */
class DecodeError extends Error {
    constructor(path, expected, value) {
        super(`${path}: expected ${expected}, got ${kindOf(value)}`);
        this.name = 'DecodeError';
    }
}
const decode_text = (value, path) => {
    if (typeof value === 'string')
        return value;
    throw new DecodeError(path, 'text', value);
};
const number = (value, path) => {
    if (typeof value === 'number' && Number.isFinite(value))
        return value;
    throw new DecodeError(path, 'a number', value);
};
const decode_flag = (value, path) => {
    if (typeof value === 'boolean')
        return value;
    throw new DecodeError(path, 'true or false', value);
};
/** Anything, as it came. */
const anything = (value) => value;
/** Absent and null are undefined. */
function decode_optional(decoder) {
    return (value, path) => (value === undefined || value === null ? undefined : decoder(value, path));
}
function decode_list(decoder) {
    return (value, path) => {
        if (!Array.isArray(value))
            throw new DecodeError(path, 'a list', value);
        return value.map((item, index) => decoder(item, `${path}[${index}]`));
    };
}
/** An object used as a map. */
function dictionary(decoder) {
    return (value, path) => Object.fromEntries(entries(value, path).map(([key, item]) => [key, decoder(item, `${path}.${key}`)]));
}
function object(shape) {
    const keys = Object.keys(shape);
    return (value, path) => {
        const found = Object.fromEntries(entries(value, path));
        const result = {};
        for (const key of keys)
            result[key] = shape[key](found[key], path === '' ? key : `${path}.${key}`);
        return result;
    };
}
function entries(value, path) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return Object.entries(value);
    throw new DecodeError(path === '' ? 'answer' : path, 'an object', value);
}
function kindOf(value) {
    if (value === null)
        return 'null';
    if (value === undefined)
        return 'nothing';
    if (Array.isArray(value))
        return 'a list';
    return typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/wire.js

const releaseShape = {
    id: decode_text,
    version: number,
    status: decode_text,
    imageRef: decode_optional(decode_text),
    createdAt: decode_text,
    description: decode_optional(decode_text),
    user: decode_optional(object({ email: decode_optional(decode_text) })),
};
const wire_release = object(releaseShape);
const appAnswer = object({
    app: decode_optional(object({
        name: decode_text,
        hostname: decode_optional(decode_text),
        organization: decode_optional(object({ slug: decode_text })),
        releases: object({ nodes: decode_list(wire_release) }),
    })),
});
function pageOf(node) {
    const pageInfo = object({ hasNextPage: decode_flag, endCursor: decode_optional(decode_text) });
    return object({ app: decode_optional(object({ releases: object({ nodes: decode_list(node), pageInfo }) })) });
}
const releasePage = pageOf(wire_release);
const storedReleasePage = pageOf(object({ ...releaseShape, configDefinition: anything }));
const imageAnswer = object({
    app: decode_optional(object({ image: decode_optional(object({ digest: decode_text, ref: decode_text })) })),
});
const exit = object({
    exit_code: decode_optional(number),
    requested_stop: decode_optional(decode_flag),
    restarting: decode_optional(decode_flag),
    oom_killed: decode_optional(decode_flag),
    signal: decode_optional(number),
});
const wire_event = object({
    type: decode_text,
    status: decode_optional(decode_text),
    /** Milliseconds since the epoch. */
    timestamp: number,
    request: decode_optional(object({
        restart_count: decode_optional(number),
        exit_event: decode_optional(exit),
        // Some answers wrap it once more.
        MonitorEvent: decode_optional(object({ exit_event: decode_optional(exit) })),
    })),
});
const config = object({
    metadata: decode_optional(dictionary(decode_text)),
    services: decode_optional(decode_list(object({ checks: decode_optional(decode_list(anything)) }))),
    checks: decode_optional(dictionary(anything)),
});
const machine = object({
    id: decode_text,
    state: decode_text,
    region: decode_optional(decode_text),
    instance_id: decode_optional(decode_text),
    image_ref: decode_optional(object({
        registry: decode_optional(decode_text),
        repository: decode_optional(decode_text),
        tag: decode_optional(decode_text),
        digest: decode_optional(decode_text),
        labels: decode_optional(dictionary(decode_text)),
    })),
    config: decode_optional(config),
    /** In place of `config` while the host is not ok. */
    incomplete_config: decode_optional(config),
    events: decode_optional(decode_list(wire_event)),
    checks: decode_optional(decode_list(object({ name: decode_text, status: decode_text, output: decode_optional(decode_text), updated_at: decode_optional(decode_text) }))),
    host_status: decode_optional(decode_text),
    updated_at: decode_optional(decode_text),
});
const machineList = decode_list(machine);
const logPage = object({
    data: decode_list(object({
        attributes: object({ timestamp: decode_text, message: decode_text, instance: decode_optional(decode_text), level: decode_optional(decode_text) }),
    })),
});
/** `{"id","version","image_ref"}`: printed by `flyctl deploy` on success when `FLY_EMIT_RELEASE_JSON` is set. */
const emittedRelease = object({ id: decode_text, version: number, image_ref: decode_text });

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/flyctl.js



/**
 * Variables of the job that flyctl must not see: our inputs, other credentials, and those that would send it
 * elsewhere or make it print request bodies (`FLY_VERBOSE`, `LOG_LEVEL`, `FLYCTL_OUTPUT_HAR`).
 */
const withheld = /^(INPUT_|ACTIONS_|STATE_|FLY_(?!REMOTE_BUILDER_REGION$|BUILD_CONTEXT_WARN_SIZE$)|FLYCTL_|LOG_LEVEL$|GITHUB_TOKEN$|GH_TOKEN$|RAILWAY_|VERCEL_)/;
/**
 * flyctl's environment: the job's without what it must not see, the token, and every switch that keeps it from
 * talking to anyone but Fly. The configuration directory is private, since flyctl logs request bodies into it.
 */
function flyctlEnvironment(env, token, configDir) {
    const kept = Object.entries(env).filter((entry) => entry[1] !== undefined && !withheld.test(entry[0]));
    return {
        ...Object.fromEntries(kept),
        FLY_API_TOKEN: token.value,
        FLY_CONFIG_DIR: configDir,
        FLY_SEND_METRICS: '0',
        FLY_SYNTHETICS_AGENT: '0',
        FLY_NO_UPDATE_CHECK: '1',
        FLY_NO_INCIDENTS_CHECK: '1',
        // Discard: it would send the token in a plain HTTP header.
        FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
        FLY_EMIT_RELEASE_JSON: '1',
        NO_COLOR: '1',
        CI: 'true',
    };
}
/** Where flyctl keeps its state for this job; removed in `post`. */
async function makeConfigDir(temp) {
    await (0,promises_.mkdir)(temp, { recursive: true });
    return (0,promises_.mkdtemp)((0,external_node_path_namespaceObject.join)(temp, 'belay-fly-'));
}
async function removeConfigDir(dir) {
    await (0,promises_.rm)(dir, { recursive: true, force: true });
}
/** The whole command line, as a value: printed by `dry-run`, and never with a secret in it. */
function deployArguments(deploy) {
    const option = (name, value) => (value === undefined ? [] : [name, value]);
    return [
        'deploy',
        ...['--app', deploy.app],
        ...option('--config', deploy.config),
        ...option('--image', deploy.image),
        ...option('--image-label', deploy.imageLabel),
        ...option('--strategy', deploy.strategy),
        ...deploy.buildArgs.flatMap((pair) => ['--build-arg', pair]),
        ...['--wait-timeout', `${Math.ceil(deploy.waitTimeoutMs / 1000)}s`],
        '--yes',
        '--dns-checks=false',
        // The platform decides otherwise whether failures are retried by another code path.
        '--deploy-retries=0',
        ...(deploy.skipReleaseCommand ? ['--skip-release-command'] : []),
        ...(deploy.smokeChecks ? [] : ['--smoke-checks=false']),
        ...deploy.extra,
    ];
}
function createFlyctl(fixed) {
    const { tools, ...run } = fixed;
    return { run: (args, options) => tools.run({ ...run, args, ...options }) };
}
/** The release flyctl says it made: on success only, one line among others. */
function emittedReleaseOf(stdout) {
    const line = stdout.split('\n').find((text) => text.startsWith('{"id":'));
    if (line === undefined)
        return undefined;
    try {
        return emittedRelease(JSON.parse(line), 'release');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/release.js
/** Fly's releases are known by their version: it is what people type, and unique within an app. */
function releaseId(version) {
    return `v${version}`;
}
/** The version in `v42`, or undefined. */
function releaseVersion(id) {
    const digits = /^v(\d{1,9})$/.exec(id)?.[1];
    return digits === undefined ? undefined : Number(digits);
}
/** `sha256:…` at the end of a digest-qualified reference. */
function digestOf(ref) {
    return /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1];
}
/**
 * What the platform says of a release. `complete` only means that flyctl finished: whether it serves now is
 * asked of the machines; what is complete has served, so it is `superseded` until they say otherwise.
 */
function toRelease(wire) {
    const artifact = wire.imageRef === undefined ? undefined : digestOf(wire.imageRef);
    return {
        id: releaseId(wire.version),
        label: releaseId(wire.version),
        state: stateOf(wire.status),
        created: wire.createdAt,
        ...(artifact === undefined ? {} : { artifact }),
        ...(wire.imageRef === undefined || wire.imageRef === ''
            ? { restorable: 'no', restorableWhy: 'the release has no image' }
            : { restorable: 'unknown' }),
    };
}
function stateOf(status) {
    if (status === 'complete')
        return 'superseded';
    if (status === 'failed' || status === 'interrupted')
        return 'failed';
    return 'building';
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/deployer.js



/**
 * Fly allows about one call a second for each action on an app, and flyctl gives up at the first 429: our own looks
 * may have used up what it needed. Pauses before each new attempt, milliseconds.
 */
const rateLimitPauses = [2000, 5000];
/** Runs `flyctl deploy` and finds out which release came of it, whatever flyctl says. */
class FlyDeployer {
    #api;
    #flyctl;
    #clock;
    #attempt;
    /** By version: the releases proved to be of this deployer. */
    #made = new Map();
    constructor(api, flyctl, clock) {
        this.#api = api;
        this.#flyctl = flyctl;
        this.#clock = clock;
    }
    /** Whether a release is one this deployer shipped; what it only brought back is not. */
    isMine(release) {
        const attempt = this.#attemptOf(release);
        return attempt !== undefined && attempt.restores === undefined;
    }
    /** The id of the older release that was brought back as this one. */
    restores(release) {
        return this.#attemptOf(release)?.restores;
    }
    /** Finds among an app's releases what the last run of flyctl made, also when it was cut before naming it. */
    recognise(releases) {
        const attempt = this.#attempt;
        if (attempt === undefined)
            return undefined;
        const known = releases.find(({ version }) => this.#made.get(version) === attempt);
        if (known !== undefined)
            return known;
        const made = releases.findLast((release) => release.version > attempt.before && carries(release, attempt.deploy));
        if (made !== undefined)
            this.#made.set(made.version, attempt);
        return made;
    }
    /** Rejects with the signal's reason when cancelled; a failure of flyctl is part of the answer. */
    async deploy(deploy, run) {
        const end = this.#clock.monotonic() + run.budgetMs;
        const once = () => this.#once(deploy, { ...run, budgetMs: end - this.#clock.monotonic() });
        for (const pauseMs of rateLimitPauses) {
            const shipped = await once();
            // Without a release nothing was changed, so the same may be tried again.
            if (shipped.failure?.reason !== 'rate-limited' || shipped.release !== undefined)
                return shipped;
            await this.#clock.sleep(pauseMs, run.signal);
        }
        return once();
    }
    async #once(deploy, { budgetMs, signal, restores }) {
        const { releases } = await this.#api.app(deploy.app);
        // What the attempt before this one made is there by now: anything newer is of this one.
        this.recognise(releases);
        const attempt = { deploy, before: newestVersion(releases), restores };
        this.#attempt = attempt;
        const result = await this.#flyctl.run(deployArguments(deploy), { deadlineMs: budgetMs, signal });
        const emitted = emittedReleaseOf(result.stdout);
        if (emitted !== undefined)
            this.#made.set(emitted.version, attempt);
        const release = await this.#release(deploy);
        const made = release === undefined ? {} : { release };
        if (result.endedBy === 'exit' && result.exitCode === 0)
            return made;
        signal.throwIfAborted();
        return { ...made, failure: deployer_failureOf(result, budgetMs) };
    }
    /** The release flyctl made. It names it only when it succeeded. */
    async #release(deploy) {
        const wire = this.recognise((await this.#api.app(deploy.app)).releases);
        if (wire === undefined)
            return undefined;
        const release = toRelease(wire);
        if (release.artifact !== undefined || wire.imageRef === undefined)
            return release;
        const image = await this.#api.image(deploy.app, wire.imageRef);
        return image === undefined ? release : { ...release, artifact: image.digest };
    }
    #attemptOf({ id }) {
        const version = releaseVersion(id);
        return version === undefined ? undefined : this.#made.get(version);
    }
}
function carries({ imageRef = '' }, { image, imageLabel }) {
    // A label may begin like another: run 7-1 and run 7-10.
    if (imageLabel !== undefined)
        return imageRef.replace(/@.*$/, '').endsWith(`:${imageLabel}`);
    if (image === undefined)
        return false;
    return imageRef === image || (digestOf(image) !== undefined && digestOf(image) === digestOf(imageRef));
}
function newestVersion(releases) {
    return Math.max(0, ...releases.map((release) => release.version));
}
function deployer_failureOf(result, budgetMs) {
    if (result.endedBy !== 'deadline')
        return flyctlFailure(result.tail, result.exitCode);
    return {
        reason: 'deploy-timeout',
        what: `flyctl had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; it last said: ${result.tail.at(-1) ?? 'nothing'}`,
        why: 'flyctl has no deadline of its own for some calls',
        next: 'Raise `timeout` if the deploy is really that slow; otherwise look at https://status.flyio.net.',
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/fleet.js

/** Process groups flyctl invents for one-shot machines: they never serve. */
const oneShotGroups = ['fly_app_release_command', 'fly_app_test_machine_command', 'fly_app_console'];
const goneStates = ['destroyed', 'destroying', 'replaced', 'migrated'];
/** The machines that serve the app: of the apps platform, not one-shot, not gone. */
function servingMachines(machines) {
    return machines.filter((machine) => {
        const metadata = metadataOf(machine);
        return (metadata.fly_platform_version === 'v2' &&
            !oneShotGroups.includes(metadata.fly_process_group ?? '') &&
            !goneStates.includes(machine.state));
    });
}
function metadataOf(machine) {
    return (machine.config ?? machine.incomplete_config)?.metadata ?? {};
}
/** The release a machine was made for, by flyctl's own mark; undefined when it has none. */
function machineRelease(machine) {
    const version = metadataOf(machine).fly_release_version;
    return version === undefined ? undefined : releaseId(Number(version));
}
/**
 * What the fleet serves. A machine counts for the release it is marked with and the image it runs: one whose image
 * was changed by hand is a release of its own here, since what it serves is not what the mark says.
 */
function liveOf(machines, releases) {
    const serving = servingMachines(machines);
    const groups = new Map();
    for (const machine of serving) {
        const key = `${machineRelease(machine) ?? '?'} ${machine.image_ref?.digest ?? '?'}`;
        groups.set(key, [...(groups.get(key) ?? []), machine]);
    }
    const shares = [...groups.values()].map((group) => ({
        release: releaseOf(group, releases),
        share: group.length / serving.length,
    }));
    const [first, ...others] = shares.sort((a, b) => b.share - a.share || newerFirst(a.release, b.release));
    if (first === undefined)
        return { kind: 'nothing' };
    return others.length === 0
        ? { kind: 'one', release: { ...first.release, state: 'live' } }
        : { kind: 'mixed', shares };
}
/** Whether every machine runs the image of the release it is marked with. */
function isExplained(live) {
    const serving = live.kind === 'mixed' ? live.shares.map(({ release }) => release) : [];
    if (live.kind === 'one')
        serving.push(live.release);
    return serving.every(({ id }) => releaseVersion(id) !== undefined);
}
function newerFirst(a, b) {
    return b.id.localeCompare(a.id, 'en', { numeric: true });
}
function releaseOf(group, releases) {
    const [machine] = group;
    const id = machine === undefined ? undefined : machineRelease(machine);
    const digest = machine?.image_ref?.digest;
    const commit = machine?.image_ref?.labels?.GH_SHA;
    const known = releases.find((wire) => releaseId(wire.version) === id);
    const release = known === undefined ? unknownRelease(id, machine?.updated_at) : toRelease(known);
    const foreign = release.artifact !== undefined && digest !== undefined && release.artifact !== digest;
    return {
        ...release,
        ...(foreign ? withImage(release, digest) : {}),
        ...(digest === undefined ? {} : { artifact: digest }),
        ...(commit === undefined ? {} : { commit }),
    };
}
/** What somebody made of a release by hand: no release holds it, so it cannot be brought back. */
function withImage(release, digest) {
    return {
        id: `${release.id}+${digest.slice(7, 15)}`,
        label: `${release.label} with another image`,
        restorable: 'no',
        restorableWhy: 'its image was put on the machines by hand, and no release holds it',
    };
}
/** Known only by its machines: older than what the platform listed, or made by a client that does not mark them. */
function unknownRelease(id, updated) {
    const seen = { state: 'superseded', created: updated ?? '' };
    if (id !== undefined)
        return { ...seen, id, label: id, restorable: 'unknown' };
    const restorableWhy = 'its machines name no release';
    return { ...seen, id: 'unmarked', label: 'unmarked', restorable: 'no', restorableWhy };
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/condition.js
/** Without checks a process is believed when it has lived this long, milliseconds: flyctl's own window. */
const provenAfterMs = 10_000;
/**
 * Judges a machine by its newest exit, its state and its checks. A machine at rest is healthy when it was asked to
 * stop (autostop), or was at rest before the deploy, since flyctl updates those without starting them.
 */
function conditionOf(machine, nowMs) {
    const ended = endOf(machine);
    if (ended !== undefined)
        return ended;
    switch (machine.state) {
        case 'started':
            return runningCondition(machine, nowMs);
        case 'stopped':
        case 'suspended':
            return { kind: 'healthy', note: `${machine.state} on purpose` };
        case 'failed':
        case 'launch_failed':
            return { kind: 'crashed', note: `state ${machine.state}` };
        default:
            return { kind: 'pending', note: `state ${machine.state}` };
    }
}
/** What the end of a process means that nobody asked for; undefined when it runs, or was told to stop. */
function endOf(machine) {
    // An update after the exit: the process that ended was of an older release.
    const last = machine.events?.find(({ type }) => ['exit', 'start', 'launch', 'update'].includes(type));
    const exit = exitOf(last);
    if (last?.type !== 'exit' || exit === undefined || exit.requested_stop === true)
        return undefined;
    const restarts = last.request?.restart_count ?? 0;
    const note = describeExit(exit, restarts);
    if (exit.exit_code === 0) {
        if (exit.restarting === true)
            return { kind: 'pending', note };
        return { kind: 'crashed', note: 'exited by itself with code 0' };
    }
    return { kind: exit.restarting === true && restarts <= 1 ? 'pending' : 'crashed', note };
}
function runningCondition(machine, nowMs) {
    const checks = machine.checks ?? [];
    const startedMs = machine.events?.find(({ type }) => type === 'start')?.timestamp ?? 0;
    // A check that was last updated before the start speaks of the process before this one.
    const reported = checks.filter(({ updated_at: updated }) => updated === undefined || !(Date.parse(updated) < startedMs));
    const failing = reported.filter(({ status }) => status !== 'passing');
    if (failing.length > 0) {
        return { kind: 'failing', note: failing.map(({ name, status }) => `${name} is ${status}`).join(', ') };
    }
    if (checks.length === 0 && !hasChecks(machine))
        return unchecked(nowMs - startedMs);
    if (reported.length === 0)
        return { kind: 'pending', note: 'no check has reported yet' };
    const note = `started, ${reported.length} of ${checks.length} checks passing`;
    return { kind: reported.length === checks.length ? 'healthy' : 'pending', note };
}
function unchecked(ageMs) {
    if (ageMs >= provenAfterMs)
        return { kind: 'healthy', note: 'started, 0 of 0 checks passing' };
    return { kind: 'pending', note: `started less than ${provenAfterMs / 1000} s ago, and has no checks` };
}
function hasChecks(machine) {
    const { services, checks } = machine.config ?? {};
    return (Object.keys(checks ?? {}).length > 0 ||
        (services ?? []).some((service) => (service.checks ?? []).length > 0));
}
/** What an event tells of the end of a process. */
function exitOf(event) {
    return event?.request?.exit_event ?? event?.request?.MonitorEvent?.exit_event;
}
/** `exited with code 137 (out of memory), restart 3`. */
function describeExit(exit, restarts) {
    const why = exit.oom_killed === true ? ' (out of memory)' : '';
    return `exited with code ${exit.exit_code ?? 'unknown'}${why}, restart ${restarts}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/health.js


const logLines = 100;
/** A fleet that fails mostly fails alike, and each machine's log is a request. */
const machinesAtMost = 4;
/** The platform's own judgement of every serving machine, without their logs. */
function evidenceOf(machines, nowMs) {
    return servingMachines(machines).map((machine) => {
        const condition = conditionOf(machine, nowMs);
        return {
            instance: machine.id,
            healthy: condition.kind === 'pending' ? 'unknown' : condition.kind === 'healthy',
            note: condition.note,
        };
    });
}
/**
 * What a person would look at: checks, newest exit and last 100 log lines of the first four machines of the release
 * that are not healthy; of its machines at all when Fly finds nothing wrong with them and the smoke checks do.
 */
async function evidenceOfFailure(api, { app, release, nowMs }) {
    const serving = servingMachines(await api.machines(app));
    const ours = serving.filter((machine) => release === undefined || machineRelease(machine) === release);
    const judged = ours.map((machine) => ({ machine, condition: conditionOf(machine, nowMs) }));
    const failing = judged.filter(({ condition }) => condition.kind !== 'healthy');
    // Nothing was made and nothing fails: the machines have no part in it.
    if (release === undefined && failing.length === 0)
        return [];
    const told = failing.length > 0 ? failing : judged;
    const parts = await Promise.all(told.slice(0, machinesAtMost).map((one) => describeMachine(api, app, one)));
    const left = told.length - machinesAtMost;
    return [...parts.flat(), ...(left > 0 ? [`and ${left} more ${left === 1 ? 'machine' : 'machines'}`] : [])];
}
async function describeMachine(api, app, { machine, condition }) {
    const logs = await api
        .logs(app, machine.id)
        .catch((error) => [`logs could not be read: ${error.message}`]);
    const exit = machine.events?.find((event) => event.type === 'exit');
    const detail = exitOf(exit);
    const { note } = condition;
    const state = note.startsWith(machine.state) ? note : `${machine.state}, ${note}`;
    return [
        `machine ${machine.id} (${machineRelease(machine) ?? 'unmarked'}, ${machine.region ?? 'unknown region'}): ${state}`,
        // One that was asked for ended the version before this one.
        ...(detail === undefined || detail.requested_stop === true
            ? []
            : [`  last exit: ${describeExit(detail, exit?.request?.restart_count ?? 0)}`]),
        ...(machine.checks ?? []).map((check) => `  check ${check.name}: ${check.status} ${check.output ?? ''}`.trimEnd()),
        `  last ${Math.min(logs.length, logLines)} log lines:`,
        ...logs.slice(-logLines).map((line) => `    ${line}`),
    ];
}
/** Every serving machine runs the wanted release, and every one is healthy at `nowMs`. */
function judgeFleet(machines, wanted, nowMs) {
    const serving = servingMachines(machines);
    const conditions = serving.map((machine) => ({ machine, condition: conditionOf(machine, nowMs) }));
    const crashed = conditions.find(({ machine, condition }) => condition.kind === 'crashed' && machineRelease(machine) === wanted.id);
    if (crashed !== undefined) {
        return {
            kind: 'failed',
            failure: {
                reason: 'crashed',
                what: `machine ${crashed.machine.id} of ${wanted.id} ${crashed.condition.note}`,
                next: 'Read the machine’s log above and fix the crash.',
            },
        };
    }
    if (serving.length === 0)
        return { kind: 'pending', note: 'no machine yet' };
    const elsewhere = serving.filter((machine) => !runs(machine, wanted));
    if (elsewhere.length > 0) {
        return {
            kind: 'pending',
            note: `${elsewhere.length} of ${serving.length} machines do not run ${wanted.id} yet`,
        };
    }
    const waiting = conditions.filter(({ condition }) => condition.kind !== 'healthy');
    const [first] = waiting;
    if (first === undefined)
        return { kind: 'settled', note: `${serving.length} of ${serving.length} machines healthy` };
    return { kind: 'pending', note: `machine ${first.machine.id}: ${first.condition.note}` };
}
function runs(machine, wanted) {
    const digest = machine.image_ref?.digest;
    return (machineRelease(machine) === wanted.id && (wanted.artifact === undefined || digest === wanted.artifact));
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/adapter.js








/** Fly: flyctl acts, the API judges. */
class FlyPlatform {
    #parts;
    #deployer;
    constructor(parts) {
        this.#parts = parts;
        this.#deployer = new FlyDeployer(parts.api, parts.flyctl, parts.clock);
    }
    /** Whether a release is one `ship` made, also when it was cut before naming it. What `activate` made is not. */
    isMine(release) {
        return this.#deployer.isMine(release);
    }
    /** The id of the older release that `activate` brought back as this one: they were built from one commit. */
    restores(release) {
        return this.#deployer.restores(release);
    }
    /** What no release explains is looked at twice: it may be a stale answer, and others act on what is said here. */
    async live(target) {
        const live = await this.#look(target);
        return isExplained(live) ? live : this.#look(target);
    }
    async #look(target) {
        const [machines, app] = await Promise.all([
            this.#parts.api.machines(target.name),
            this.#parts.api.app(target.name),
        ]);
        this.#deployer.recognise(app.releases);
        return liveOf(machines, app.releases);
    }
    async *releases(target) {
        for await (const release of this.#parts.api.releases(target.name))
            yield toRelease(release);
    }
    /** The release with its digest, and whether it can be brought back. Failure: `no-target`. */
    inspect(target, id) {
        return this.#inspect(this.#parts.api, target, id);
    }
    async #inspect(api, target, id) {
        const { wire, definition } = await find(api, target, id);
        const release = toRelease(wire);
        if (wire.imageRef === undefined || wire.imageRef === '')
            return release;
        const image = await api.image(target.name, wire.imageRef);
        if (image === undefined) {
            return { ...release, restorable: 'no', restorableWhy: `the registry no longer has ${wire.imageRef}` };
        }
        const found = { ...release, artifact: image.digest };
        if (definition !== undefined)
            return { ...found, restorable: 'yes' };
        return { ...found, restorable: 'no', restorableWhy: 'Fly stored no configuration with it' };
    }
    async ship(target, source, options, signal) {
        const deploy = { ...source, app: target.name, skipReleaseCommand: false, smokeChecks: true };
        return this.#deployer.deploy(deploy, { budgetMs: options.budgetMs, signal });
    }
    /** Restores a release: its image with its own stored configuration, and never its release command. */
    async activate(target, release, options, signal) {
        const { wire, definition } = await find(this.#parts.api, target, release.id);
        if (definition === undefined)
            throw noDefinition(target, release);
        const config = (0,external_node_path_namespaceObject.join)(this.#parts.dir, `${release.id}.json`);
        await (0,promises_.writeFile)(config, JSON.stringify(definition));
        const shipped = await this.#deployer.deploy({
            app: target.name,
            config,
            image: pinned(wire, release),
            // An old release may have been made by a strategy that refuses a mixed fleet.
            strategy: 'rolling',
            buildArgs: [],
            waitTimeoutMs: Math.min(this.#parts.waitTimeoutMs, options.budgetMs),
            skipReleaseCommand: true,
            smokeChecks: false,
            extra: [],
        }, { budgetMs: options.budgetMs, signal, restores: release.id });
        if (shipped.failure !== undefined)
            throw asFailure(shipped.failure);
        return shipped.release ?? release;
    }
    /**
     * Looks until every machine runs the release and is healthy, or one has crashed for good. The release's own
     * status is not waited for: its last PATCH may be lost after everything went well, and it then stays `running`.
     */
    async settle(target, id, options, signal) {
        const { clock } = this.#parts;
        let release;
        let seen = '';
        const look = async (remainingMs) => {
            const api = this.#parts.api.within(remainingMs);
            release ??= await this.#inspect(api, target, id);
            return judgeFleet(await api.machines(target.name), release, clock.now());
        };
        const isFinal = (verdict) => {
            const note = verdict.kind === 'failed' ? verdict.failure.what : verdict.note;
            if (note !== seen)
                options.onProgress(note);
            seen = note;
            return verdict.kind !== 'pending';
        };
        const policy = { ...settlePolicy, deadlineMs: options.budgetMs };
        try {
            const settled = await settle_settle({ clock, signal, look, isFinal, policy });
            return settleResult(settled, id, options.budgetMs);
        }
        catch (error) {
            // Fly refuses to tell: the token was revoked meanwhile, or it does not know the release.
            if (error instanceof src_failure/* ActionFailure */.d)
                return { kind: 'unknown', note: error.message };
            throw error;
        }
    }
    async health(target) {
        return evidenceOf(await this.#parts.api.machines(target.name), this.#parts.clock.now());
    }
}
async function find(api, target, id) {
    const version = releaseVersion(id);
    const found = version === undefined ? undefined : await api.release(target.name, version);
    if (found !== undefined)
        return found;
    throw new src_failure/* ActionFailure */.d({
        code: 'no-target',
        what: `${target.name} has no release ${id}`,
        next: `Choose one that \`fly releases --app ${target.name}\` lists.`,
    });
}
/** An old image under a newer configuration would be a third thing, never proved by anyone. */
function noDefinition(target, release) {
    return new src_failure/* ActionFailure */.d({
        code: 'no-target',
        what: `Fly stored no configuration with ${release.label} of ${target.name}`,
        why: 'it was made by a client that sends none, so it cannot be brought back as it was',
        next: 'Deploy its image with a fly.toml that fits it.',
    });
}
/** The image by digest where it is known: a tag may have moved since. */
function pinned(wire, release) {
    const ref = wire.imageRef ?? '';
    if (digestOf(ref) !== undefined || release.artifact === undefined)
        return ref;
    return `${ref.replace(/:[^:/]*$/, '')}@${release.artifact}`;
}
function settleResult(settled, id, budgetMs) {
    if (settled.kind === 'unreachable')
        return { kind: 'unknown', note: settled.error.message };
    const verdict = settled.kind === 'final' ? settled.value : settled.last;
    if (verdict.kind !== 'pending')
        return verdict;
    return {
        kind: 'failed',
        failure: {
            reason: 'unhealthy',
            what: `${id} was not healthy after ${Math.round(budgetMs / 1000)} s: ${verdict.note}`,
            next: 'Read the failing machine’s log and checks above; raise `wait-timeout` if the app is only slow to start.',
        },
    };
}
function asFailure(failure) {
    return new src_failure/* ActionFailure */.d({
        code: failure.reason,
        what: failure.what,
        next: failure.next,
        ...(failure.why === undefined ? {} : { why: failure.why }),
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/agent.js


/**
 * Ends the agent that flyctl leaves in the background to read a release command's log: it would hold the private
 * configuration directory, and with it the token, until the runner ends the job. Nothing happens where there is none.
 */
async function stopAgent(tools, flyctl, configDir) {
    const isRunning = await (0,promises_.access)((0,external_node_path_namespaceObject.join)(configDir, 'fly-agent.sock')).then(() => true, () => false);
    if (!isRunning)
        return;
    await tools.run({
        command: flyctl,
        args: ['agent', 'stop'],
        env: { FLY_CONFIG_DIR: configDir, HOME: configDir },
        cwd: configDir,
        deadlineMs: 5000,
        echo: false,
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/api-failures.js


function graphqlFailure(name, problem) {
    const code = problem.extensions?.code;
    if (code === 'NOT_FOUND' || /could not find app/i.test(problem.message))
        return appNotFound(name);
    if (code === 'UNAUTHORIZED' || /not authorized|must be authenticated/i.test(problem.message)) {
        return tokenRejected(name, problem.message);
    }
    return new src_failure/* ActionFailure */.d({
        code: 'platform-error',
        what: `Fly's GraphQL API answered: ${problem.message.slice(-300)}`,
        next: 'Look at https://status.flyio.net, then run the job again.',
    });
}
function api_failures_unexpected(answer) {
    return new src_http/* HttpError */.j({
        kind: 'status',
        method: answer.method,
        url: answer.url,
        status: answer.status,
        reason: 'was not expected',
        maybeEffective: false,
        bodyExcerpt: answer.text.slice(0, 200),
        attempts: answer.attempts,
    });
}
function appNotFound(name, status) {
    return new src_failure/* ActionFailure */.d({
        code: 'app-not-found',
        what: `Fly knows no app \`${name}\` for this token${status === undefined ? '' : ` (${status})`}`,
        why: 'Fly answers the same for an app that does not exist and for one of another organization',
        next: 'Correct `fly-app`, or use a token of the organization that owns it.',
    });
}
function tokenRejected(name, said) {
    return new src_failure/* ActionFailure */.d({
        code: 'token-rejected',
        what: `Fly refused the token (401): ${said.replace(/\s+/g, ' ').slice(0, 120) || 'no text'}`,
        why: 'it has expired, was revoked, or was cut off when it was stored (a blank follows `FlyV1`)',
        next: `Run \`fly tokens create deploy --app ${name}\` and store its whole output as the secret.`,
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/api.js




const graphqlUrl = 'https://api.fly.io/graphql';
const machinesUrl = 'https://api.machines.dev/v1';
const logsUrl = 'https://api.fly.io/api/v1/apps';
/** One attempt at a read, milliseconds. A last look has 10 s: one answer that never comes must leave room for another. */
const attemptMs = 4_000;
const releaseFields = 'id version status imageRef createdAt description user { email }';
/** Fly's APIs as we read them: nothing here changes anything. Failures: `token-rejected`, `app-not-found`, HttpError. */
class FlyApi {
    #http;
    #token;
    constructor(http, token) {
        this.#http = http;
        this.#token = token;
    }
    /** The same, with no answer waited for longer than `leftMs`. */
    within(leftMs) {
        const http = this.#http;
        const atMost = Math.max(1, leftMs);
        const request = ({ deadlineMs = 60_000, ...wanted }) => http.request({ ...wanted, deadlineMs: Math.min(deadlineMs, atMost) });
        return new FlyApi({ request, download: (wanted) => http.download(wanted) }, this.#token);
    }
    async app(name) {
        const query = `query ($name: String!) { app(name: $name) { name hostname organization { slug }
      releases: releasesUnprocessed(first: 25) { nodes { ${releaseFields} } } } }`;
        const { app } = await this.#graphql(name, query, { name }, appAnswer);
        if (app === undefined)
            throw appNotFound(name);
        return {
            name: app.name,
            hostname: app.hostname,
            organization: app.organization?.slug,
            releases: app.releases.nodes,
        };
    }
    /** Every release, newest first, 100 a page. */
    async *releases(name) {
        const query = `query ($name: String!, $after: String) { app(name: $name) {
      releases: releasesUnprocessed(first: 100, after: $after) { nodes { ${releaseFields} } pageInfo { hasNextPage endCursor } } } }`;
        yield* this.#pages(name, query, releasePage);
    }
    /** One release with the fly.toml it was made with, or undefined when the app has no such version. */
    async release(name, version) {
        const query = `query ($name: String!, $after: String) { app(name: $name) {
      releases: releasesUnprocessed(first: 25, after: $after) {
        nodes { ${releaseFields} configDefinition } pageInfo { hasNextPage endCursor } } } }`;
        for await (const { configDefinition, ...wire } of this.#pages(name, query, storedReleasePage)) {
            if (wire.version === version)
                return { wire, definition: configDefinition ?? undefined };
            // Newest first: what is not found by now does not exist.
            if (wire.version < version)
                return undefined;
        }
        return undefined;
    }
    /** Digest and digest-qualified reference of an image, or undefined when the registry has none (or pruned it). */
    async image(name, ref) {
        const query = 'query ($name: String!, $ref: String!) { app(name: $name) { image(ref: $ref) { digest ref } } }';
        const { app } = await this.#graphql(name, query, { name, ref }, imageAnswer);
        return app?.image;
    }
    async machines(name) {
        const answer = await this.#get(`${machinesUrl}/apps/${encodeURIComponent(name)}/machines`);
        this.#refuse(answer, name);
        return decodeAnswer(answer, machineList);
    }
    /** The last lines one machine logged, oldest first; empty when the token may not read logs. */
    async logs(name, machine) {
        const query = new URLSearchParams({ instance: machine, next_token: '' });
        const answer = await this.#get(`${logsUrl}/${encodeURIComponent(name)}/logs?${query}`);
        if (answer.status !== 200)
            return [];
        return decodeAnswer(answer, logPage).data.map(({ attributes }) => `${attributes.timestamp} ${attributes.message}`);
    }
    async *#pages(name, query, page) {
        let after;
        do {
            const { app } = await this.#graphql(name, query, { name, after: after ?? null }, page);
            if (app === undefined)
                throw appNotFound(name);
            yield* app.releases.nodes;
            after = app.releases.pageInfo.hasNextPage ? app.releases.pageInfo.endCursor : undefined;
        } while (after !== undefined);
    }
    #get(url) {
        return this.#http.request({
            method: 'GET',
            url,
            retry: 'read',
            timeoutMs: attemptMs,
            headers: { authorization: this.#token.authorization },
        });
    }
    async #graphql(name, query, variables, data) {
        const answer = await this.#http.request({
            method: 'POST',
            url: graphqlUrl,
            // A query has no effect, so it may be sent again like a GET.
            retry: 'read',
            timeoutMs: attemptMs,
            headers: { authorization: this.#token.authorization },
            body: { query: query.replace(/\s+/g, ' '), variables },
        });
        this.#refuse(answer, name);
        const decoded = decodeAnswer(answer, graphqlEnvelope);
        const problem = decoded.errors?.[0];
        if (problem !== undefined)
            throw graphqlFailure(name, problem);
        return wrapDecode(answer, () => data(decoded.data, 'data'));
    }
    #refuse(answer, name) {
        if (answer.status === 401)
            throw tokenRejected(name, answer.text);
        if (answer.status === 403 || answer.status === 404)
            throw appNotFound(name, answer.status);
        if (answer.status >= 400)
            throw api_failures_unexpected(answer);
    }
}
const graphqlEnvelope = (value, path) => {
    if (typeof value !== 'object' || value === null)
        throw new DecodeError(path, 'an object', value);
    return value;
};
function decodeAnswer(answer, decoder) {
    return wrapDecode(answer, () => decoder(JSON.parse(answer.text), ''));
}
/** An answer we cannot read is the platform's trouble, and as passing as a 5xx: an HttpError of kind `body`. */
function wrapDecode(answer, work) {
    try {
        return work();
    }
    catch (error) {
        if (!(error instanceof DecodeError) && !(error instanceof SyntaxError))
            throw error;
        throw new src_http/* HttpError */.j({
            kind: 'body',
            method: answer.method,
            url: answer.url,
            status: answer.status,
            reason: error instanceof DecodeError ? error.message : 'is not JSON',
            maybeEffective: false,
            bodyExcerpt: answer.text.slice(0, 200),
            attempts: answer.attempts,
        }, { cause: error });
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/target.js
/** A Fly app as a target. `hostname` is what Fly reports: custom domains are the user's to name in `checks`. */
function flyTarget(app, hostname) {
    return {
        platform: 'fly',
        id: `fly:${app}`,
        name: app,
        url: `https://${hostname ?? `${app}.fly.dev`}`,
        dashboardUrl: `https://fly.io/apps/${app}/monitoring`,
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/platforms/fly/token.js

const macaroonPrefixes = ['fm1r_', 'fm1a_', 'fm2_'];
const foreign = [
    { pattern: /^(gh[pousr]_|github_pat_)/, owner: 'GitHub' },
    { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, owner: 'Railway' },
    { pattern: /^(vc[a-z]_|vercel_)/, owner: 'Vercel' },
];
/** Reads a token as flyctl does: schemes are stripped as often as they stand there, parts are split at commas. */
function parseFlyToken(raw) {
    const value = raw.trim().replace(/^((FlyV1|Bearer)\s+)+/i, '');
    const owner = foreign.find(({ pattern }) => pattern.test(value))?.owner;
    if (owner !== undefined) {
        throw new src_failure/* ActionFailure */.d({
            code: 'token-kind',
            what: `\`fly-token\` holds a ${owner} token`,
            why: 'Fly tokens begin with `FlyV1 fm2_` (made by `fly tokens create`) or `fo1_`',
            next: 'Create one with `fly tokens create deploy --app <app>` and store it as the secret this job reads.',
        });
    }
    const parts = value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    const macaroons = parts.filter((part) => macaroonPrefixes.some((prefix) => part.startsWith(prefix)));
    const authorization = macaroons.length > 0 ? `FlyV1 ${parts.join(',')}` : `Bearer ${parts.join(',')}`;
    return {
        value: macaroons.length > 0 ? `FlyV1 ${value}` : value,
        authorization,
        parts: [...new Set([raw.trim(), value, ...parts])],
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/fly.js










const configDirState = 'fly-config-dir';
const flyctlState = 'flyctl';
/** Installs flyctl. Failures: `install-failed`, `checksum-mismatch`. */
function installFlyctl(ports, inputs) {
    const sha256 = inputs.flyctlSha256 === undefined ? {} : { sha256: inputs.flyctlSha256 };
    return ports.runner.group('Install flyctl', async () => {
        const tool = await installTool(flyctl, ports, { version: inputs.flyctlVersion, ...sha256 });
        ports.runner.info(`flyctl ${tool.version} from ${tool.source}: ${tool.path}`);
        for (const note of tool.notes)
            ports.runner.info(note);
        return tool;
    });
}
/** Installs flyctl and asks Fly for the app. Failures: `token-kind`, `token-rejected`, `app-not-found`, `install-failed`. */
async function openFly(ports, inputs) {
    const { runner, http, tools, clock } = ports;
    const token = parseFlyToken(inputs.flyToken);
    for (const part of token.parts)
        runner.mask(part);
    const api = new FlyApi(http, token);
    const [installed, app] = await Promise.all([installFlyctl(ports, inputs), api.app(inputs.flyApp)]);
    // In `post` the folder of `main` is still there, and is the one that will be removed.
    const dir = runner.state(configDirState) || (await makeConfigDir(runner.context.temp));
    runner.saveState(configDirState, dir);
    runner.saveState(flyctlState, installed.path);
    const cwd = (0,external_node_path_namespaceObject.resolve)(runner.context.workspace, inputs.workingDirectory);
    const env = flyctlEnvironment(runner.env, token, dir);
    const flyctl = createFlyctl({ tools, command: installed.path, env, cwd });
    return {
        platform: new FlyPlatform({ api, flyctl, clock, dir, waitTimeoutMs: inputs.waitTimeoutMs }),
        api,
        flyctl,
        target: flyTarget(app.name, app.hostname),
        installed,
        cwd,
        evidence: (release) => evidenceOfFailure(api, { app: inputs.flyApp, release, nowMs: clock.now() }).catch(() => []),
    };
}
/** Removes what `openFly` and flyctl left on the machine; for `post`. */
async function closeFly({ runner, tools }) {
    const dir = runner.state(configDirState);
    if (dir === '')
        return;
    try {
        await stopAgent(tools, runner.state(flyctlState), dir);
    }
    finally {
        await removeConfigDir(dir);
    }
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/decide.js
/** What `to` names. Its shape was checked when it was read. */
function wantedTarget(to) {
    if (to === 'last-verified' || to === 'previous')
        return { kind: to };
    if (/^v\d+$/.test(to))
        return { kind: 'version', label: to };
    if (/^[0-9a-f]+$/i.test(to))
        return { kind: 'sha', commit: to.toLowerCase() };
    return { kind: 'image', image: to };
}
/** A rollback chooses among what is there, then makes it live. It never takes itself back: nothing better is known. */
function planOf({ checks }) {
    return {
        kind: 'rollback',
        obtain: 'choose',
        activation: 'separate',
        until: 'live',
        onFailure: 'none',
        barrier: false,
        hasChecks: checks !== undefined,
        checksStaged: false,
    };
}
/** What no rollback on Fly brings back: said in every summary. */
const notUndone = [
    'databases and volumes: they are as the newer release left them',
    'secrets: their current values stay',
    'a release command: it is not run again, and what it did stays',
];

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

const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const duration_shape = /^(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/;
/** Reads `90s`, `5m`, `1h30m` or `500ms` as milliseconds. A bare `30` is refused: tools disagree on its unit. */
function parseDuration(text) {
    if (/^\d+$/.test(text)) {
        return input_problem(`is ${input_shown(text)}, which has no unit. Write ${text}s, ${text}m or ${text}h.`);
    }
    const parts = duration_shape.exec(text)?.groups;
    if (parts === undefined || text === '') {
        return input_problem(`is ${input_shown(text)}, which is not a duration. Write 500ms, 90s, 5m or 1h30m.`);
    }
    let ms = 0;
    for (const [unit, factor] of Object.entries(units))
        ms += Number(parts[unit] ?? 0) * factor;
    return Number.isSafeInteger(ms) ? input_value(ms) : input_problem(`is ${input_shown(text)}, which is too long to count.`);
}
/** Milliseconds as an input would state them: `90000` → `1m30s`. */
function durationText(ms) {
    let rest = ms;
    let text = '';
    for (const [unit, factor] of Object.entries(units)) {
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
    return input_declareInput(name, options, oneLine);
}
/** Text on one line, of a shape that no other kind has. */
function shaped(name, { pattern, legal }, options) {
    return input_declareInput(name, options, (given) => pattern.test(given) ? input_value(given) : input_problem(`is ${input_shown(given)}; it must be ${legal}.`));
}
/** Text of any number of lines, as given. */
function block(name, options) {
    return input_declareInput(name, options, input_value);
}
/** A path; relative ones start at `working-directory`, which the action resolves. */
function path(name, options) {
    return input_declareInput(name, options, (given) => given.includes('\0') ? input_problem(`is ${input_shown(given)}, which holds a NUL character.`) : oneLine(given));
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
function duration(name, options) {
    return input_declareInput(name, options, (given) => {
        const parsed = parseDuration(given);
        return parsed.kind === 'value' ? kinds_within(parsed.value, options ?? {}, durationText) : parsed;
    });
}
/** A whole number in digits. */
function integer(name, options) {
    return declareInput(name, options, (given) => {
        if (!/^-?\d{1,15}$/.test(given))
            return problem(`is ${shown(given)}, which is not a whole number.`);
        return kinds_within(Number(given), options ?? {}, String);
    });
}
function oneLine(given) {
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
function kinds_within(number, { min, max }, asText) {
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
const legalName = /^[A-Za-z_][A-Za-z0-9_]*$/;
function parsePair(line, at) {
    const equals = line.indexOf('=');
    if (equals < 0)
        return input_problem(`${at} is ${input_shown(line)}, which has no "=". Write NAME=VALUE.`);
    const name = line.slice(0, equals).trim();
    if (!legalName.test(name))
        return input_problem(`${at} has the name ${input_shown(name)}. ${nameRule}`);
    return input_value([name, line.slice(equals + 1).trim()]);
}
const nameRule = 'A name is letters, digits and "_", and does not start with a digit.';
function parseSecretPair(line, at, env) {
    if (line.includes('=')) {
        const parsed = parsePair(line, at);
        return parsed.kind === 'value' ? parsed : input_problem(`${at} has a name that is not legal. ${nameRule}`);
    }
    if (!legalName.test(line)) {
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
    timeoutMs: duration('timeout', { default: '20m', min: 1_000 }),
    restoreTimeoutMs: duration('restore-timeout', { default: '10m', min: 1_000 }),
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
    return new src_failure/* ActionFailure */.d({
        code: 'input-invalid',
        what: only?.text ?? `${accused.length} inputs cannot be used: ${names}.`,
        next: `Correct ${names} in the step's \`with:\`.`,
        ...(only === undefined ? { details: problems.map((one) => one.text) } : {}),
    });
}

;// CONCATENATED MODULE: ./build/packages/core/src/inputs/fly-inputs.js



/** What every action that touches Fly accepts. */
const flyInputs = {
    flyToken: secret('fly-token', { env: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'] }),
    flyApp: kinds_text('fly-app'),
    flyctlVersion: shaped('flyctl-version', {
        pattern: /^(v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?|latest|path)$/,
        legal: `a version such as ${defaultFlyctlVersion}, latest, or path`,
    }, { default: defaultFlyctlVersion }),
    flyctlSha256: shaped('flyctl-sha256', { pattern: /^[0-9a-f]{64}$/i, legal: '64 hexadecimal digits' }),
    waitTimeoutMs: duration('wait-timeout', { default: '5m', min: 1_000 }),
};
/** The rules of an action that needs an app and a token, but for `isWithout`: values that need neither. */
function flyNeeded(isWithout = () => false, also = []) {
    return [
        {
            between: ['flyApp', ...also],
            accuses: ['flyApp'],
            broken: (values) => values.flyApp === undefined && !isWithout(values)
                ? '`fly-app` is required and was not given.'
                : undefined,
        },
        {
            between: ['flyToken', ...also],
            accuses: ['flyToken'],
            broken: (values) => values.flyToken === undefined && !isWithout(values)
                ? '`fly-token` is required and was not given, nor is FLY_API_TOKEN set.'
                : undefined,
        },
    ];
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/inputs.js

const { timeoutMs } = timeoutInputs;
const target = {
    pattern: /^(last-verified|previous|v\d{1,9}|[0-9a-fA-F]{7,40}|\S*[/:@]\S*)$/,
    legal: 'last-verified, previous, a version such as v42, an image with its tag or digest, or at least 7 digits of a commit',
};
const inputs = defineInputs({
    ...flyInputs,
    to: shaped('to', target, { default: 'last-verified' }),
    reason: kinds_text('reason'),
    allowUnverified: kinds_flag('allow-unverified', { default: 'false' }),
    slaMs: duration('sla', { default: '5m', min: 1000 }),
    ...ledgerInputs,
    ...workingDirectoryInput,
    ...checkInputs,
    timeoutMs,
    ...forceInputs,
    ...dryRunInput,
}, [
    forceNeedsReason,
    {
        between: ['to', 'reason'],
        accuses: ['reason'],
        broken: ({ to, reason }) => !['last-verified', 'previous'].includes(to) && reason === undefined
            ? `\`to: ${to}\` passes over the ledger's judgement and needs \`reason\`: one line saying why.`
            : undefined,
    },
    ...flyNeeded(),
]);

;// CONCATENATED MODULE: ./build/packages/core/src/gates/fork.js

const fork_runs = {
    fork: 'This run was started by a pull request from a fork.',
    dependabot: 'This run was started by Dependabot.',
    'merge-queue': 'This run belongs to a merge queue: its commit may never reach the branch.',
};
/** Refuses runs whose code nobody has accepted yet. No force passes it. */
const fork = {
    name: 'fork',
    forcible: false,
    asks: ['deploy', 'manual-rollback'],
    answer({ untrustedRun }) {
        if (untrustedRun === undefined)
            return { kind: 'pass' };
        return { kind: 'blocked', reason: 'fork', what: fork_runs[untrustedRun], next: reasons/* reasons */.v.fork.advice };
    },
};

;// CONCATENATED MODULE: ./build/packages/core/src/gates/older-than-live.js

/** Refuses a commit that is a strict ancestor of the live one: a re-run of an old run must not undo a newer build. */
const olderThanLive = {
    name: 'older-than-live',
    forcible: true,
    asks: ['deploy'],
    answer({ commit, commitOrder }) {
        if (commitOrder === undefined || commit === undefined)
            return { kind: 'pass' };
        if (commitOrder.kind === 'unknown')
            return { kind: 'unknown', why: commitOrder.why };
        if (commitOrder.kind !== 'older')
            return { kind: 'pass' };
        return {
            kind: 'blocked',
            reason: 'older-than-live',
            what: `The commit ${older_than_live_short(commit)} is older than ${older_than_live_short(commitOrder.liveCommit)}, which serves.`,
            next: reasons/* reasons */.v['older-than-live'].advice,
        };
    },
};
function older_than_live_short(commit) {
    return commit.slice(0, 7);
}

;// CONCATENATED MODULE: ./build/packages/core/src/gates/gates.js


/** Every gate, in the order they are asked. */
const gates = [fork, olderThanLive];

;// CONCATENATED MODULE: ./build/packages/core/src/gates/untrusted-run.js
/**
 * Whether this run executes code that nobody has accepted yet. `workflow_run` after a fork's pull request counts:
 * it has this repository's secrets and the fork's commit.
 */
function untrustedRun({ actor, event, eventName }) {
    if (eventName === 'merge_group')
        return 'merge-queue';
    if (actor === 'dependabot[bot]')
        return 'dependabot';
    const base = untrusted_run_text(event, 'repository', 'full_name');
    const [source, head] = eventName === 'workflow_run'
        ? [field(event, 'workflow_run'), untrusted_run_text(event, 'workflow_run', 'head_repository', 'full_name')]
        : [field(event, 'pull_request'), untrusted_run_text(event, 'pull_request', 'head', 'repo', 'full_name')];
    // A fork that was deleted since leaves no repository behind, and what has none is no branch of ours.
    const isForeign = source !== undefined && head !== base;
    return isForeign ? 'fork' : undefined;
}
function untrusted_run_text(value, ...path) {
    const found = path.reduce((at, key) => field(at, key), value);
    return typeof found === 'string' ? found : undefined;
}
function field(value, key) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

;// CONCATENATED MODULE: ./build/packages/core/src/runner/runner.js
/** `https://github.com/o/r/actions/runs/77/attempts/2`, when this is a run. */
function runUrl(context) {
    if (context.repository === undefined || context.runId === undefined)
        return undefined;
    const { owner, name } = context.repository;
    const attempt = context.runAttempt > 1 ? `/attempts/${context.runAttempt}` : '';
    return `${context.serverUrl}/${owner}/${name}/actions/runs/${context.runId}${attempt}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/github-api.js

/** One attempt, milliseconds. GitHub itself gives up on a request after 10 s. */
const github_api_attemptMs = 8_000;
/** undefined when the job has no repository or no token. */
function githubApi(http, context, token) {
    const { repository, apiUrl, graphqlUrl } = context;
    if (repository === undefined || token === undefined || token === '')
        return undefined;
    const { owner, name } = repository;
    const headers = {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        // GitHub refuses requests that do not say who sends them.
        'user-agent': 'belay',
        'x-github-api-version': '2022-11-28',
    };
    const send = (method, url, rest) => http.request({ method, url, headers, timeoutMs: github_api_attemptMs, ...rest });
    const root = `${apiUrl}/repos/${owner}/${name}`;
    return {
        owner,
        name,
        get: (path) => send('GET', `${root}/${path}`, { retry: 'read' }),
        post: (path, body) => send('POST', `${root}/${path}`, { retry: 'once', body }),
        graphql: (query, variables) => send('POST', graphqlUrl, { retry: 'read', body: { query, variables } }),
    };
}
/** The JSON of an answer; undefined where it is not JSON. */
function jsonOf(answer) {
    try {
        return JSON.parse(answer.text);
    }
    catch {
        return undefined;
    }
}
/** Why GitHub refused. A 403 may be either: the limits show themselves by their headers. */
function refusal(answer) {
    if (answer.headers['retry-after'] !== undefined || answer.headers['x-ratelimit-remaining'] === '0') {
        return 'rate-limit';
    }
    return [401, 403, 404].includes(answer.status) ? 'permission' : 'other';
}
/** `POST https://… → 403 Resource not accessible by integration`, for warnings. */
function describeRefusal(method, answer) {
    const { message } = Object(jsonOf(answer));
    return `${method} ${answer.url} → ${answer.status}${typeof message === 'string' ? ` ${message}` : ''}`;
}
/** The network's own failure as one line; anything else is a bug and is thrown on. */
function describeHttpError(error) {
    if (error instanceof src_http/* HttpError */.j)
        return error.message;
    throw error;
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/commit-order.js

/** Asks GitHub how `commit` stands to the live one. An answer that contradicts itself is `unknown`. */
async function compareCommits(api, commit, liveCommit) {
    try {
        const answer = await api.get(`compare/${liveCommit}...${commit}?per_page=1`);
        if (answer.status !== 200)
            return { kind: 'unknown', why: describeRefusal('GET', answer) };
        return orderOf(jsonOf(answer), commit, liveCommit);
    }
    catch (error) {
        return { kind: 'unknown', why: describeHttpError(error) };
    }
}
function orderOf(comparison, commit, liveCommit) {
    const { status, merge_base_commit } = Object(comparison);
    const meeting = Object(merge_base_commit).sha;
    if (status === 'behind' && meeting === commit)
        return { kind: 'older', liveCommit };
    if (status === 'ahead' && meeting === liveCommit)
        return { kind: 'newer', liveCommit };
    if (status === 'identical' && meeting === commit)
        return { kind: 'same', liveCommit };
    const isFork = meeting !== commit && meeting !== liveCommit;
    if (status === 'diverged' && isFork && typeof meeting === 'string')
        return { kind: 'diverged', liveCommit };
    return { kind: 'unknown', why: `GitHub says ${status}, and that the two meet at ${meeting}` };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/facts.js
/** GitHub refuses a status whose description is longer. */
const longest = 140;
const prefix = 'belay/1';
const absent = '-';
/**
 * Writes a fact as a status description of at most 140 characters: `belay/1 shipped rel_1 v43 sha256:…`.
 * Where that is too long, the label or the name of the check is cut, then the artifact left out; ids never are.
 */
function writeFact(fact) {
    switch (fact.kind) {
        case 'shipped':
            return shippedLine(fact);
        case 'activated':
        case 'restoring':
        case 'restored':
            return line(fact.kind, word(fact.release));
        case 'verdict':
            return line('verdict', fact.verdict);
        case 'latency':
            return fitted(fact.check, (check) => line('latency', check, 'p95', String(fact.p95Ms), 'samples', String(fact.samples)));
        case 'abandoned':
            return line('abandoned', word(fact.by));
    }
}
/** Reads what `writeFact` wrote. Anything else, people's own descriptions included, is undefined. */
function readFact(text) {
    const [mark, kind, ...rest] = text.split(' ');
    if (mark !== prefix || kind === undefined || !Object.hasOwn(readers, kind))
        return undefined;
    const words = rest.map(decoded);
    if (words.includes(undefined) || words.includes(''))
        return undefined;
    return readers[kind](rest, words);
}
/** Each is given the words as they stand and as they read; it must use every one of them. */
const readers = {
    shipped: (raw, [release, label, artifact, ...more]) => {
        if (release === undefined || label === undefined || artifact === undefined || more.length > 0)
            return undefined;
        return { kind: 'shipped', release, label, artifact: raw[2] === absent ? null : artifact };
    },
    activated: (_, words) => releaseFact('activated', words),
    restoring: (_, words) => releaseFact('restoring', words),
    restored: (_, words) => releaseFact('restored', words),
    verdict: (_, [text, ...more]) => {
        const verdict = verdicts.find((known) => known === text);
        return verdict === undefined || more.length > 0 ? undefined : { kind: 'verdict', verdict };
    },
    latency: (_, words) => {
        const [check, p95, p95Ms = '', samples, count = ''] = words;
        if (check === undefined || p95 !== 'p95' || samples !== 'samples' || words.length !== 5)
            return undefined;
        if (!/^\d+(\.\d+)?$/.test(p95Ms) || !/^\d+$/.test(count))
            return undefined;
        return { kind: 'latency', check, p95Ms: Number(p95Ms), samples: Number(count) };
    },
    abandoned: (_, [by, ...more]) => {
        return by === undefined || more.length > 0 ? undefined : { kind: 'abandoned', by };
    },
};
const verdicts = ['pass', 'settled', 'fail', 'inconclusive'];
function releaseFact(kind, words) {
    const [release, ...more] = words;
    return release === undefined || more.length > 0 ? undefined : { kind, release };
}
function shippedLine(fact) {
    const release = word(fact.release);
    const artifact = fact.artifact === null ? absent : word(fact.artifact);
    const whole = fitted(fact.label, (label) => line('shipped', release, label, artifact));
    return whole.length <= longest
        ? whole
        : fitted(fact.label, (label) => line('shipped', release, label, absent));
}
/** The line with as much of `text` as there is room for, at least its first character. */
function fitted(text, write) {
    const characters = [...text];
    let whole = write(word(text));
    while (whole.length > longest && characters.length > 1) {
        characters.pop();
        whole = write(word(characters.join('')));
    }
    return whole;
}
function line(...words) {
    return [prefix, ...words].join(' ');
}
/** One word of a line: white space, `%` and a lone `-` are percent-encoded, so that splitting at spaces is enough. */
function word(text) {
    if (text === absent)
        return '%2D';
    return text.toWellFormed().replace(/[%\s]/g, encodeURIComponent);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/fold.js


const tasks = { deploy: 'belay:deploy', rollback: 'belay:rollback' };
/** The start of a record: what was intended. undefined for a deployment that is not ours, or cannot be read as ours. */
function readOpening(row) {
    const kind = ['deploy', 'rollback'].find((candidate) => tasks[candidate] === row.task);
    const intent = readIntent(row.payload);
    if (kind === undefined || intent === undefined)
        return undefined;
    return { id: row.id, kind, created: row.created, intent };
}
/**
 * Adds what became known. The states are not looked at: anyone, GitHub included, may set a record `inactive`
 * afterwards, and that changes nothing of what was found out. Statuses come newest first.
 */
function foldRecord(opening, statuses) {
    const facts = statuses
        .toReversed()
        // Stable, so that statuses of the same second keep the order they were listed in.
        .sort((a, b) => Date.parse(a.created) - Date.parse(b.created))
        .flatMap(({ description, created }) => {
        const fact = readFact(description ?? '');
        return fact === undefined ? [] : [{ fact, at: created }];
    });
    return { ...opening, facts };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/read.js
/** A thousand records back is further than any walk goes. */
const pagesAtMost = 10;
const pageSize = 100;
/** The ledger could not be read on, for a reason in one line. */
class Unreadable extends Error {
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/read-graphql.js


const query = `query ($owner: String!, $name: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    deployments(environments: [$environment], first: ${pageSize}, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        databaseId task payload createdAt environment
        statuses(first: 100) { nodes { description createdAt } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
/** The environment's deployments with their statuses, newest first, a hundred a call. Throws Unreadable. */
async function* graphqlEntries(api, environment) {
    let after = null;
    for (let page = 0; page < pagesAtMost; page += 1) {
        const { entries, next } = await readPage(api, environment, after);
        yield* entries;
        if (next === null)
            return;
        after = next;
    }
}
async function readPage(api, environment, after) {
    const { owner, name } = api;
    const answer = await api.graphql(query, { owner, name, environment, after }).catch((error) => {
        throw new Unreadable(describeHttpError(error));
    });
    if (answer.status !== 200)
        throw new Unreadable(describeRefusal('POST', answer));
    const { data, errors } = Object(jsonOf(answer));
    const [error] = Array.isArray(errors) ? errors : [];
    if (error !== undefined)
        throw new Unreadable(`GraphQL: ${Object(error).message}`);
    const { nameWithOwner, deployments } = Object(Object(data).repository);
    if (String(nameWithOwner).toLowerCase() !== `${owner}/${name}`.toLowerCase()) {
        throw new Unreadable(`GraphQL answered for the repository ${nameWithOwner}`);
    }
    const { nodes, pageInfo } = Object(deployments);
    if (!Array.isArray(nodes))
        throw new Unreadable('GraphQL answered no deployments');
    return {
        entries: nodes.map((node) => entry(node, environment)),
        next: Object(pageInfo).hasNextPage === true ? String(Object(pageInfo).endCursor) : null,
    };
}
/** Refuses a hole or a stranger in the list: a walk that skips a record may choose the wrong release. */
function entry(node, environment) {
    const { databaseId, task, payload, createdAt, environment: place, statuses } = Object(node);
    const rows = Object(statuses).nodes;
    if (!Number.isInteger(databaseId) || typeof createdAt !== 'string' || !Array.isArray(rows)) {
        throw new Unreadable('GraphQL answered a deployment without id, time or statuses');
    }
    if (place !== environment)
        throw new Unreadable(`GraphQL answered a deployment of ${place}`);
    const known = rows.map((row) => {
        const { description, createdAt: created } = Object(row);
        return { description: typeof description === 'string' ? description : null, created: String(created) };
    });
    return {
        id: String(databaseId),
        task: String(task),
        created: createdAt,
        payload,
        statuses: async () => known,
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/read-rest.js


/** The same list where GraphQL is refused: a call a page, and one more for each record whose statuses are wanted. */
async function* restEntries(api, environment) {
    for (let page = 1; page <= pagesAtMost; page += 1) {
        const query = new URLSearchParams({ environment, per_page: String(pageSize), page: String(page) });
        const rows = await read_rest_list(api, `deployments?${query}`);
        yield* rows.map((row) => read_rest_entry(api, row, environment)).sort((a, b) => Number(b.id) - Number(a.id));
        if (rows.length < pageSize)
            return;
    }
}
/** The statuses of one deployment, newest first. Throws Unreadable. */
async function restStatuses(api, id) {
    const rows = await read_rest_list(api, `deployments/${id}/statuses?per_page=100`);
    return rows.map((row) => {
        const { description, created_at } = Object(row);
        return { description: typeof description === 'string' ? description : null, created: String(created_at) };
    });
}
async function read_rest_list(api, path) {
    const answer = await api.get(path).catch((error) => {
        throw new Unreadable(describeHttpError(error));
    });
    if (answer.status !== 200)
        throw new Unreadable(describeRefusal('GET', answer));
    const rows = jsonOf(answer);
    if (!Array.isArray(rows))
        throw new Unreadable(`GET ${answer.url} answered no list`);
    return rows;
}
function read_rest_entry(api, row, environment) {
    const { id, task, payload, created_at, environment: place } = Object(row);
    if (!Number.isInteger(id) || typeof created_at !== 'string') {
        throw new Unreadable('GitHub answered a deployment without id or time');
    }
    if (place !== environment)
        throw new Unreadable(`GitHub answered a deployment of ${place}`);
    return {
        id: String(id),
        task: String(task),
        created: created_at,
        payload,
        statuses: () => restStatuses(api, String(id)),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/history.js




/** Where records come from, in the order they are tried. By REST a record costs a call: so many keep a deploy within twenty. */
const sources = [
    { entries: graphqlEntries, recordsAtMost: Number.POSITIVE_INFINITY },
    { entries: restEntries, recordsAtMost: 8 },
];
/** The records of a service in an environment, newest first; foreign ones are passed over. Throws Unreadable. */
async function* readHistory(api, wanted) {
    const seen = new Set();
    let why = '';
    for (const source of sources) {
        try {
            yield* readSource(source, { api, wanted, seen });
            return;
        }
        catch (error) {
            if (!(error instanceof Unreadable))
                throw error;
            why = error.message;
        }
    }
    throw new Unreadable(why);
}
/** `seen` outlives a source that breaks off, and a page that moved because a record was added meanwhile. */
async function* readSource(source, reading) {
    const { api, wanted, seen } = reading;
    let records = 0;
    for await (const entry of source.entries(api, wanted.environment)) {
        const opening = seen.has(entry.id) ? undefined : readOpening(entry);
        if (opening?.intent.service !== wanted.service)
            continue;
        if (records === source.recordsAtMost)
            return wanted.onCut(source.recordsAtMost);
        records += 1;
        const record = foldRecord(opening, await entry.statuses());
        seen.add(entry.id);
        yield record;
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/write.js






/**
 * Creates a deployment with every default of GitHub's that would merge or wait turned off. When the answer is lost,
 * a record of the same intent that is not among the `known` is taken for it.
 */
function createRecord(api, record, known) {
    const body = {
        ...record,
        auto_merge: false,
        required_contexts: [],
        transient_environment: false,
        production_environment: record.environment === 'production',
    };
    return writeOnce({
        send: () => api.post('deployments', body),
        find: () => existingRecord(api, record, known),
    });
}
function createStatus(api, id, status) {
    const { state, description, logUrl, environmentUrl } = status;
    const body = {
        state,
        description,
        auto_inactive: false,
        ...(logUrl === undefined ? {} : { log_url: logUrl }),
        ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
    };
    return writeOnce({
        send: () => api.post(`deployments/${id}/statuses`, body),
        find: async () => {
            // Only the newest: the same words further down are an older fact, not this one.
            const [newest] = await restStatuses(api, id);
            return newest?.description === description ? id : undefined;
        },
    });
}
/** A POST whose answer was lost may have worked, so it is looked for before it is sent again, once. */
async function writeOnce(write) {
    let note = '';
    for (let attempt = 0; attempt < 2; attempt += 1) {
        try {
            return outcome(await write.send());
        }
        catch (error) {
            note = describeHttpError(error);
            // Sending again at once is what GitHub's limit punishes.
            if (error instanceof src_http/* HttpError */.j && error.status === 429)
                return { kind: 'failed', because: 'rate-limit', note };
        }
        try {
            const id = await write.find();
            if (id !== undefined)
                return { kind: 'written', id };
        }
        catch (error) {
            if (error instanceof Unreadable)
                return { kind: 'failed', because: 'other', note };
            throw error;
        }
    }
    return { kind: 'failed', because: 'other', note };
}
function outcome(answer) {
    const { id } = Object(jsonOf(answer));
    if (answer.status === 201 && Number.isInteger(id))
        return { kind: 'written', id: String(id) };
    return { kind: 'failed', because: refusal(answer), note: describeRefusal('POST', answer) };
}
async function existingRecord(api, record, known) {
    const { task, environment } = record;
    const filters = new URLSearchParams({ task, environment, per_page: '100' });
    const rows = await read_rest_list(api, `deployments?${filters}`);
    const openings = rows.map((row) => readOpening(deploymentRow(row)));
    const ours = openings.find((opening) => opening !== undefined && !known.has(opening.id) && sameIntent(opening.intent, record.payload));
    return ours?.id;
}
function deploymentRow(row) {
    const { id, task, payload, created_at } = Object(row);
    return { id: String(id), task: String(task), created: String(created_at), payload };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/github-ledger.js








/** The ledger kept in the repository's GitHub Deployments. Warns once about each thing it cannot do; never throws for it. */
function createLedger(ports) {
    return new GitHubLedger(ports);
}
class GitHubLedger {
    #api;
    #reading;
    #context;
    #warn;
    #warned = new Set();
    /** Records this ledger wrote: never mistaken for one whose answer was lost. */
    #written = new Set();
    #readable;
    #writable;
    constructor(ports) {
        this.#api = githubApi(ports.http, ports.context, ports.token);
        this.#reading = githubApi(ports.readHttp ?? ports.http, ports.context, ports.token);
        this.#context = ports.context;
        this.#warn = ports.warn;
    }
    get availability() {
        if (this.#api === undefined || this.#readable === false)
            return 'none';
        if (this.#writable === false)
            return 'read-only';
        return this.#readable === undefined && this.#writable === undefined ? 'unknown' : 'full';
    }
    async open(kind, intent, description) {
        const record = {
            ref: refOf(intent, this.#context),
            task: tasks[kind],
            environment: intent.environment,
            description: description.slice(0, 140),
            payload: intent,
        };
        const id = await this.#write((api) => createRecord(api, record, this.#written));
        if (id !== undefined)
            this.#written.add(id);
        return this.reopen(id);
    }
    reopen(id) {
        return {
            id,
            add: async (fact, state, links) => {
                if (id === undefined)
                    return;
                const { environmentUrl } = links ?? {};
                await this.#addStatus(id, { state, description: writeFact(fact), environmentUrl });
            },
        };
    }
    async deactivate(id) {
        await this.#addStatus(id, {
            state: 'inactive',
            description: 'Another release of this service is live',
            environmentUrl: undefined,
        });
    }
    async *records(environment, service) {
        const api = this.#usable(this.#reading);
        if (api === undefined)
            return;
        try {
            for await (const record of readHistory(api, { environment, service, onCut: this.#onCut })) {
                this.#readable = true;
                yield record;
            }
            this.#readable = true;
        }
        catch (error) {
            if (!(error instanceof Unreadable))
                throw error;
            this.#readable = false;
            this.#warnOnce(warnings.unreadable(error.message));
        }
    }
    async commitOrder(commit, liveCommit) {
        if (commit === liveCommit)
            return { kind: 'same', liveCommit };
        const api = this.#usable(this.#reading);
        if (api === undefined)
            return { kind: 'unknown', why: 'there is no token to ask GitHub with' };
        return compareCommits(api, commit, liveCommit);
    }
    async #addStatus(id, status) {
        await this.#write((api) => createStatus(api, id, { ...status, logUrl: runUrl(this.#context) }));
    }
    /** The id that was written; undefined, with a warning, when nothing was. */
    async #write(work) {
        const api = this.#usable(this.#api);
        if (api === undefined || this.#writable === false)
            return undefined;
        const written = await work(api);
        if (written.kind === 'written') {
            this.#writable = true;
            return written.id;
        }
        if (written.because === 'permission')
            this.#writable = false;
        this.#warnOnce(warnings[written.because](written.note));
        return undefined;
    }
    #usable(api) {
        if (api === undefined)
            this.#warnOnce(warnings.noToken);
        return api;
    }
    #onCut = (recordsAtMost) => this.#warnOnce(warnings.cut(recordsAtMost));
    #warnOnce(message) {
        if (this.#warned.has(message))
            return;
        this.#warned.add(message);
        this.#warn(message);
    }
}
/** A record hangs on a commit, so the run's own stands in where the deployed one is not known. */
function refOf(intent, context) {
    const isFullSha = /^[0-9a-f]{40}$/.test(intent.commit ?? '');
    return (isFullSha ? intent.commit : undefined) ?? context.sha ?? 'HEAD';
}
const lost = 'A later rollback will not know this deploy or its verdict.';
const warnings = {
    noToken: 'There is no GitHub token, so deploys are neither recorded nor looked up. Pass `github-token`, or leave its default.',
    unreadable: (why) => `The deployment records cannot be read (${why}), so earlier releases and their verdicts are not known. Give the job the permission \`deployments: read\`.`,
    permission: (why) => `This deploy is not recorded: ${why}. ${lost} Give the job the permission \`deployments: write\`.`,
    'rate-limit': (why) => `This deploy is not fully recorded: GitHub’s rate limit is used up (${why}). ${lost}`,
    other: (why) => `This deploy is not fully recorded: ${why}. ${lost}`,
    cut: (recordsAtMost) => `GitHub refused GraphQL, so only the newest ${recordsAtMost} records were read. Older ones are not considered.`,
};

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/patience.js
/**
 * A door that waits `totalMs` in all for answers that do not come, and then for none. What a rollout reads of its
 * ledger is worth having and never worth the deploy: a GitHub that hangs must not use up `timeout`.
 */
function limitedPatience(http, clock, totalMs) {
    let leftMs = totalMs;
    return {
        ...http,
        async request({ deadlineMs = 60_000, ...request }) {
            const from = clock.monotonic();
            try {
                return await http.request({ ...request, deadlineMs: Math.max(1, Math.min(deadlineMs, leftMs)) });
            }
            catch (error) {
                leftMs -= clock.monotonic() - from;
                throw error;
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/timeline.js
/** Collects steps; rendered as a table and a Mermaid gantt by `report/`, as JSON in the `timeline` output. */
class Timeline {
    #clock;
    #steps = [];
    constructor(clock) {
        this.#clock = clock;
    }
    get steps() {
        return this.#steps;
    }
    /** Runs `work` as a step named `name`; a step that throws is kept with the error's message as its note. */
    async step(name, work, note = () => '') {
        const started = this.#clock.now();
        const from = this.#clock.monotonic();
        const keep = (text) => {
            const durationMs = Math.round(this.#clock.monotonic() - from);
            this.#steps.push({
                name,
                started: new Date(started).toISOString(),
                ended: new Date(started + durationMs).toISOString(),
                durationMs,
                note: text,
            });
        };
        try {
            const value = await work();
            keep(note(value));
            return value;
        }
        catch (error) {
            keep(error instanceof Error ? error.message : String(error));
            throw error;
        }
    }
}

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
async function decode_decoded(bytes, headers, maxBytes) {
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
async function observed_observed(said, context, work) {
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
    return observed_observed(said, context, async (watch) => {
        const answer = await exchangeFollowing(request, rules, { proxies: context.proxies, watch });
        const durationMs = watch.elapsedMs;
        const phases = watch.phases;
        const { status, headers } = answer;
        const body = new WebBody(await decode_decoded(answer.bytes, headers, request.maxBodyBytes), headers);
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
function scalars_flag(at) {
    if (typeof at.value === 'boolean')
        return at.value;
    return at.fail(`\`${at.key}\` must be true or false, not ${cursor_shown(at.value)}.`);
}
/** A whole number of at least `least`. */
function scalars_integer(least) {
    return (at) => {
        if (typeof at.value === 'number' && Number.isSafeInteger(at.value) && at.value >= least)
            return at.value;
        return at.fail(`\`${at.key}\` must be a whole number of at least ${least}, not ${cursor_shown(at.value)}.`);
    };
}
function scalars_oneOf(legal) {
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
function scalars_word(at) {
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
        follow: given.read('follow', scalars_flag) ?? defaults.follow,
        maxRedirects: given.read('max-redirects', scalars_integer(0)) ?? 10,
        allowDowngrade: given.read('allow-downgrade', scalars_flag) ?? false,
        allowInsecure: given.read('allow-insecure', scalars_flag) ?? false,
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

const durations_units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/y;
/** `90s`, `1.5m` or `1h30m` as milliseconds; undefined when the text is not a duration or has no unit. */
function milliseconds(text) {
    let total = 0;
    part.lastIndex = 0;
    let end = 0;
    for (let match = part.exec(text); match !== null; match = part.exec(text)) {
        total += Number(match[1]) * (durations_units[match[2] ?? ''] ?? 0);
        end = part.lastIndex;
    }
    return end === text.length && end > 0 ? total : undefined;
}
/** A duration of the check file. A bare number is refused: other tools read it as ms or as s, each differently. */
function durations_duration(at) {
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
function commits_compareCommits(value, wanted, match) {
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
        match: given.read('match', scalars_oneOf(['exact', 'prefix'])) ?? 'prefix',
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
            return { ...answer, ...release_judged(spec, wanted, answer, context), read: () => ({ kind: 'missing' }) };
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
function release_judged(spec, wanted, answer, context) {
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
    const compared = commits_compareCommits(reading.kind === 'found' ? reading.value : undefined, wanted, spec.match);
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
function values_kindOf(value) {
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
    object: (value) => values_kindOf(value) === 'object',
    null: (value) => value === null,
    'iso-date': (value) => typeof value === 'string' && isoDate.test(value) && !Number.isNaN(Date.parse(value)),
    uuid: (value) => typeof value === 'string' && uuid.test(value),
    ipv4: (value) => typeof value === 'string' && (0,external_node_net_namespaceObject.isIPv4)(value),
    ipv6: (value) => typeof value === 'string' && (0,external_node_net_namespaceObject.isIPv6)(value),
};

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/predicates.js

const comparable = (expected) => typeof expected === 'number' || typeof expected === 'string' ? undefined : 'a number or text';
const predicates_list = (expected) => (Array.isArray(expected) && expected.length > 0 ? undefined : 'a list');
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
    in: { words: 'one of', wrong: predicates_list, holds: isIn },
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
        holds: (actual, expected) => values_kindOf(actual) === 'object' && Object.hasOwn(actual, String(expected)),
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
    return { mismatch: `a ${values_kindOf(actual)} cannot be ordered against a ${values_kindOf(expected)}` };
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
    return { mismatch: `a ${values_kindOf(actual)} cannot contain a ${values_kindOf(expected)}` };
}
function textual(test) {
    return (actual, expected) => typeof actual === 'string'
        ? test(actual, String(expected))
        : { mismatch: `a ${values_kindOf(actual)} is not text` };
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
    const until = given.read('until', durations_duration);
    return {
        untilMs: until ?? base.untilMs,
        attempts: given.read('attempts', scalars_integer(1)) ?? base.attempts,
        intervalMs: given.read('interval', durations_duration) ?? base.intervalMs,
        backoff: given.read('backoff', factor) ?? base.backoff,
        maxIntervalMs: given.read('max-interval', durations_duration) ?? base.maxIntervalMs,
        jitter: given.read('jitter', percentage) ?? base.jitter,
        on: given.read('on', listOf(scalars_oneOf(classes))) ?? base.on,
        unsafe: given.read('unsafe', scalars_flag) ?? base.unsafe,
        tls: given.read('tls', scalars_flag) ?? base.tls,
    };
}
function windowRules(at, base) {
    const given = fields(at, { what: '`window`', keys: ['successes', 'interval', 'hold'] });
    if (given === undefined)
        return undefined;
    return {
        successes: given.read('successes', scalars_integer(1)) ?? base.successes,
        intervalMs: given.read('interval', durations_duration) ?? base.intervalMs,
        hold: given.read('hold', scalars_oneOf(['reset', 'strict'])) ?? base.hold,
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
    const tags = given.read('tags', listOf(scalars_word)) ?? [];
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
        delayMs: given.read('delay', durations_duration) ?? base.delayMs,
        severity: given.read('severity', scalars_oneOf(['gate', 'advisory'])) ?? base.severity,
        retry: given.read('retry', (one) => retryRules(one, base.retry)) ?? base.retry,
        window: given.read('window', (one) => windowRules(one, base.window)) ?? base.window,
    };
}
function withoutTypeDefaults({ follow: _, ...common }) {
    return common;
}
function positive(at) {
    const ms = durations_duration(at);
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
        checks: [...check_document_release(given, defaults), ...checks(given, defaults)],
    };
    return { document, concurrency: given.read('concurrency', scalars_integer(1)), problems };
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
function check_document_release(given, defaults) {
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
        if (!check_document_legalName.test(name))
            one.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
        else if (typeof value === 'object')
            one.fail(`The variable \`${name}\` must be text, not ${cursor_shown(value)}.`);
        else
            values[name] = String(value);
    }
    return values;
}
const check_document_legalName = /^[A-Za-z_][\w-]*$/;
function variableName(at) {
    const name = scalars_word(at);
    if (name === undefined || check_document_legalName.test(name))
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
    return new src_failure/* ActionFailure */.d({
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
        attempts: result.attempts.map(attempt),
    };
}
function attempt({ number, outcome, failureClass, summary, status, phases, failures }) {
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
    return markdown_oneLine(text)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
        .replace(/^(\d*)([-+#=.)])/, '$1\\$2')
        .replace(/:\/\//g, '\\://');
}
/** Text as inline code. HTML where it holds a pipe or a backtick, which end a cell or the code in Markdown. */
function code(text) {
    const shown = markdown_oneLine(text);
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
    return `[${escapeMarkdown(label)}](<${markdown_oneLine(url).replace(/[<>\\|\s]/g, encodeURIComponent)}>)`;
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
function markdown_oneLine(text) {
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
    const evidence = fitting(bad.filter((result) => result.outcome !== 'skipped').map(checks_summary_evidenceOf), limit / 2, 'failed checks');
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
function checks_summary_evidenceOf(result) {
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

// EXTERNAL MODULE: ./build/packages/core/src/redactor.js
var src_redactor = __nccwpck_require__(435);
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
    const redactor = new src_redactor/* Redactor */.p(Object.values(values.secrets));
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

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: ./build/packages/core/src/http/proxy.js
var proxy = __nccwpck_require__(6272);
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
    const masked = (_, part) => typeof part === 'string' ? redactor.excerpt(part, wording_longest) : part;
    return JSON.stringify(value, masked) ?? String(value);
}
/** The report shows less; a string of megabytes need not be escaped first. */
const wording_longest = 1000;

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
        failures.push(judge_failureOf(assertion, actual, context));
    }
    return failures.length === 0 ? good : { failures, invalid };
}
function judge_failureOf(assertion, actual, context) {
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
const retry_policy_stop = { kind: 'stop' };
/** Whether to try again, and after what pause. A pause that would cross the deadline is not begun. */
function nextAfter(failed, rules) {
    if (rules.untilMs === undefined && rules.attempts === undefined)
        return retry_policy_stop;
    if (rules.untilMs === 0 || !mayHeal(failed.failureClass, rules))
        return retry_policy_stop;
    if (!failed.repeatable && !rules.unsafe)
        return retry_policy_stop;
    if (rules.attempts !== undefined && failed.attempts >= rules.attempts)
        return retry_policy_stop;
    const ms = pause(failed, rules);
    return failed.leftMs !== undefined && ms >= failed.leftMs ? retry_policy_stop : { kind: 'wait', ms };
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
    await Promise.all(tracks.map((track) => rounds_attempt(track, run)));
}
/**
 * Settles and holds: every check retries on its own until it passes; then rounds of all checks must stay good until
 * each has its consecutive successes. A bad round sends the check that failed back to settling.
 */
async function settleAndHold(tracks, run) {
    await Promise.all(tracks.map((track) => delayed(track, run)));
    while (true) {
        await Promise.all(tracks.filter(isUnsettled).map((track) => rounds_settle(track, run)));
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
async function rounds_settle(track, run) {
    for (let failures = track.count > 0 ? 1 : 0;; failures++) {
        if (failures > 0) {
            const next = nextAfter(rounds_failureOf(track, failures, run), track.bound.check.retry);
            if (next.kind === 'stop') {
                track.gaveUp = true;
                return;
            }
            await run.clock.sleep(next.ms, run.signal);
        }
        await rounds_attempt(track, run);
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
async function rounds_attempt(track, run) {
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

;// CONCATENATED MODULE: ./build/packages/core/src/binding/checks.js






/** Reads the checks, or answers undefined when there are none. Failure: `checks-invalid`. */
async function checks_bindChecks(ports, inputs, subject) {
    if (inputs.checks === undefined)
        return undefined;
    const { runner, clock } = ports;
    const file = await loadChecks(inputs.checks, {
        root: runner.context.workspace,
        folder: inputs.workingDirectory,
    });
    // What only a release can tell stands in for itself here.
    const stand = { id: 'v0', commit: '0'.repeat(40) };
    assertBindable(file, {
        variables: { ...provided(inputs, subject, stand.id, stand.commit), ...inputs.checkVariables },
        secrets: inputs.checkSecrets,
    });
    let before;
    let last;
    async function verify(request, { signal, budgetMs }) {
        const commit = request.release === undefined ? undefined : await subject.commit(request.release);
        const report = await runner.group(titles[request.phase], () => runChecks(file, {
            variables: { ...provided(inputs, subject, request.release?.id, commit), ...inputs.checkVariables },
            secrets: inputs.checkSecrets,
            mode: request.phase === 'before' ? 'once' : 'full',
            budgetMs: ownShare(budgetMs),
            controlUrl: runner.context.apiUrl,
            env: runner.env,
            release: commit === undefined ? {} : { commit },
            ...(request.gates === undefined ? {} : { only: new Set(request.gates) }),
            ...(request.phase === 'before' || before === undefined ? {} : { previous: before }),
            onProgress: ({ check, attempt, outcome, summary }) => runner.info(`${outcome === 'pass' ? '✓' : '✗'} ${check}, attempt ${attempt}: ${summary}`),
            clock,
            signal,
        }));
        if (request.phase === 'before')
            before = report;
        else
            last = telling(last, report);
        return verdictOf(report);
    }
    return {
        verify,
        markdown: () => (last === undefined ? '' : checksSummary(last)),
        write: async () => (last === undefined ? '' : writeChecksReport(last, runner.context.temp)),
    };
}
const titles = {
    before: 'Checks of what is live now',
    staged: 'Checks of the staged release',
    after: 'Checks of the new release',
    restored: 'Checks of the restored release',
};
/** The checks end by themselves, with a verdict and a report, before the rollout would cut them. Milliseconds. */
function ownShare(budgetMs) {
    return Math.max(budgetMs / 2, budgetMs - 1000);
}
/** After a restore the report that matters is the one that caused it. */
function telling(last, report) {
    return last === undefined || last.outcome === 'pass' ? report : last;
}
function provided({ environment, service }, { target }, release, commit) {
    return {
        url: target.url ?? '',
        sha: commit ?? '',
        release: release ?? '',
        environment,
        service: service ?? target.name,
    };
}
function verdictOf(report) {
    const gates = report.results.filter((result) => result.severity === 'gate');
    const bad = gates.find((result) => result.outcome !== 'pass' && result.outcome !== 'skipped');
    return {
        outcome: report.outcome,
        reason: report.reason,
        note: `${countsText(report.results)}${bad === undefined ? '' : `; ${bad.name}: ${evidenceLines(bad)[0] ?? bad.reason}`}`,
        passed: gates.filter((result) => result.outcome === 'pass').map((result) => result.name),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/verdict.js
/**
 * The newest verdict on a release, from whichever record it stands in: a soak may fail hours later, and a rollback
 * judges the release it brings back. A rollback that replaces a release is a `fail` for it from its first moment.
 * Records newest first, as the ledger lists them.
 */
function verdict_verdictOf(records, releaseId) {
    const judgements = records
        .toReversed()
        .flatMap((record) => [
        ...(record.kind === 'rollback' && record.intent.replaces === releaseId
            ? [{ verdict: 'fail', at: record.created }]
            : []),
        ...(releasesOf(record).has(releaseId) ? record.facts.flatMap(judgement) : []),
    ]);
    // Stable: judgements of the same second stay in the order of their records.
    const inTime = judgements.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return inTime.at(-1)?.verdict ?? 'none';
}
/**
 * Every id under which a record's verdict counts. A rollback has two where activating an old release makes a new
 * one of the same image (Fly).
 */
function releasesOf(record) {
    const named = record.facts.flatMap(({ fact }) => fact.kind === 'shipped' || fact.kind === 'activated' || fact.kind === 'restored' ? [fact.release] : []);
    const { restores } = record.intent;
    return new Set(record.kind === 'rollback' && restores !== null ? [restores, ...named] : named);
}
/** The release a record made live last; the ids of a restore's two releases share one artifact. */
function verdict_releaseOf({ facts, intent }) {
    const named = facts.flatMap(({ fact }) => fact.kind === 'shipped' || fact.kind === 'activated' ? [fact.release] : []);
    return named.at(-1) ?? intent.restores ?? undefined;
}
function judgement({ fact, at }) {
    return fact.kind === 'verdict' ? [{ verdict: fact.verdict, at }] : [];
}

;// CONCATENATED MODULE: ./build/packages/core/src/ledger/commit-of.js
/**
 * The commit a release was built from, by the record that made it: a rollback without one was of the commit of what
 * it brought back. A deploy's record also names the release that its restore brought back, and says nothing of that.
 */
function commitOf(records, releaseId) {
    const at = records.findIndex((record) => isOf(record, releaseId));
    const intent = records[at]?.intent;
    if (intent === undefined || intent.commit !== null)
        return intent?.commit ?? undefined;
    return commitOf(records.slice(at + 1), intent.restores ?? releaseId);
}
function isOf({ kind, intent, facts }, releaseId) {
    if (kind === 'rollback' && intent.restores === releaseId)
        return true;
    return facts.some(({ fact }) => (fact.kind === 'shipped' || fact.kind === 'activated') && fact.release === releaseId);
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/candidates.js


/** Goes back from `bad` until a stop meets every demand. Answers all it came across, the one to take last. */
function walk(stops, demands) {
    const seen = new Set();
    const passed = [];
    let isBehindBarrier = demands.bad !== undefined && hasBarrier(demands.records, demands.bad.id);
    for (const stop of stops) {
        if (seen.has(stop.id))
            continue;
        seen.add(stop.id);
        const verdict = verdict_verdictOf(demands.records, stop.id);
        const why = isBehindBarrier ? 'behind a rollback barrier' : fault(stop, verdict, demands, seen.size);
        const { id, created, release } = stop;
        passed.push({
            id,
            created,
            verdict,
            label: release?.label ?? id,
            ...(release !== undefined && { release }),
            ...(why !== undefined && { passedOver: why }),
        });
        if (why === undefined || isBehindBarrier)
            break;
        isBehindBarrier = stop.barrier;
    }
    return passed;
}
/** The first reason not to take a release; the order is that of the questions people ask. */
function fault(stop, verdict, demands, step) {
    const { verdicts, maxSteps, maxAgeMs, now } = demands;
    const same = sameAsBad(stop, demands);
    if (same !== undefined)
        return same;
    if (!verdicts.includes(verdict))
        return candidates_verdictWords[verdict];
    const missing = unavailable(stop.release);
    if (missing !== undefined)
        return missing;
    if (step > maxSteps)
        return `more than ${maxSteps} ${maxSteps === 1 ? 'release' : 'releases'} back`;
    if (now - Date.parse(stop.created) > maxAgeMs)
        return `older than ${Math.round(maxAgeMs / 86_400_000)} days`;
    return undefined;
}
const candidates_verdictWords = {
    pass: 'verified',
    settled: 'never verified: it ran without checks',
    fail: 'it failed or was taken back',
    inconclusive: 'it could not be judged',
    none: 'never verified',
};
/** Why the platform cannot bring a release back, when it says so. */
function unavailable(release) {
    if (release === undefined || release.state === 'removed')
        return 'the platform does not have it any more';
    if (release.restorable !== 'no')
        return undefined;
    return release.restorableWhy ?? 'the platform cannot bring it back';
}
/** Going back to what is bad already mends nothing, also when it was built anew. */
function sameAsBad({ release }, { bad, records }) {
    if (release === undefined || bad === undefined)
        return undefined;
    if (isSameArtifact(release, bad))
        return 'the same build as what serves';
    const [commit, badCommit] = [release, bad].map((one) => one.commit ?? commitOf(records, one.id));
    return commit !== undefined && commit === badCommit ? 'the same commit as what serves' : undefined;
}
function isSameArtifact(one, other) {
    return one.id === other.id || (one.artifact !== undefined && one.artifact === other.artifact);
}
function hasBarrier(records, releaseId) {
    return records.some((record) => record.intent.barrier && releasesOf(record).has(releaseId));
}

;// CONCATENATED MODULE: ./build/packages/core/src/rollout/choose-target.js


/** Picks the release to go back to, or says why there is none. Neither walk falls back to the other. */
function chooseTarget(question) {
    const { wanted } = question;
    if (wanted.kind === 'last-verified' || wanted.kind === 'previous')
        return walkBack(question, wanted.kind);
    return choose_target_named(question, wanted);
}
function walkBack(question, kind) {
    const done = alreadyTakenBack(question);
    if (done !== undefined)
        return done;
    const candidates = walks[kind](question);
    const taken = takenFrom(candidates);
    if (taken !== undefined) {
        const why = kind === 'previous' ? 'the release before the one that serves' : 'the newest verified release';
        return { kind: 'target', release: taken, why, warnings: warningsOn(taken, question), candidates };
    }
    const other = takenFrom(walks[kind === 'previous' ? 'last-verified' : 'previous'](question));
    const why = candidates.length === 0 ? 'There is no older release.' : 'No older release can be taken.';
    return { kind: 'no-target', why, candidates, ...(other !== undefined && { otherCandidate: other }) };
}
/** Asked twice, a rollback goes back once: what a rollback brought back, and nobody has judged since, stays. */
function alreadyTakenBack({ live, records }) {
    if (live.kind !== 'one')
        return undefined;
    const newest = records.find((record) => releasesOf(record).has(live.release.id));
    const verdict = verdict_verdictOf(records, live.release.id);
    if (newest?.kind !== 'rollback' || (verdict !== 'pass' && verdict !== 'settled'))
        return undefined;
    const why = `A rollback brought ${live.release.label} back at ${newest.created}; name an older release to go further.`;
    return { kind: 'already-live', release: live.release, why };
}
const walks = {
    'last-verified': (question) => {
        const more = question.allowUnverified ? ['settled', 'none'] : [];
        return walk(recordedStops(question), demands(question, ['pass', ...more]));
    },
    previous: (question) => walk(platformStops(question), demands(question, ['pass', 'settled', 'none'])),
};
function demands(question, verdicts) {
    const { records, maxSteps, maxAgeMs, now } = question;
    return { records, bad: badOne(question), verdicts, maxSteps, maxAgeMs, now };
}
/** The ledger's way back: from the record of what serves to older ones. */
function recordedStops(question) {
    const { records, releases } = question;
    const bad = badOne(question);
    const start = bad === undefined ? -1 : records.findIndex((record) => releasesOf(record).has(bad.id));
    return records.slice(start + 1).flatMap((record) => {
        const id = verdict_releaseOf(record);
        if (id === undefined || id === bad?.id)
            return [];
        const release = releases.find((one) => one.id === id);
        return [{ id, release, created: release?.created ?? record.created, barrier: record.intent.barrier }];
    });
}
/** The platform's way back: only what has served. */
function platformStops(question) {
    const { records, releases } = question;
    const bad = badOne(question);
    const start = releases.findIndex((release) => release.id === bad?.id);
    return releases
        .slice(start + 1)
        .filter(({ state }) => state === 'superseded' || state === 'live' || state === 'removed')
        .map((release) => {
        const { id, created } = release;
        return { id, created, release, barrier: hasBarrier(records, id) };
    });
}
function choose_target_named(question, wanted) {
    const { releases } = question;
    const bad = badOne(question);
    const matches = releases.filter((release) => isWanted(release, wanted, question.records));
    const live = bad === undefined ? undefined : matches.find((release) => isSameArtifact(release, bad));
    if (live !== undefined)
        return { kind: 'already-live', release: live, why: `${live.label} already serves.` };
    const candidates = matches.map((release) => {
        const { id, label, created } = release;
        const why = unavailable(release) ?? behindBarrier(release, question);
        const verdict = verdict_verdictOf(question.records, id);
        return { id, label, created, verdict, release, ...(why !== undefined && { passedOver: why }) };
    });
    const taken = candidates.find(({ passedOver }) => passedOver === undefined)?.release;
    if (taken !== undefined) {
        const warnings = warningsOn(taken, question);
        return { kind: 'target', release: taken, why: 'the release that was asked for', warnings, candidates };
    }
    const why = candidates.length === 0 ? `No release matches ${choose_target_words(wanted)}.` : `${choose_target_words(wanted)} cannot be taken.`;
    return { kind: 'no-target', why, candidates };
}
function isWanted(release, wanted, records) {
    if (wanted.kind === 'version')
        return release.label === wanted.label;
    if (wanted.kind === 'image') {
        return release.artifact !== undefined && `@${wanted.image}`.endsWith(`@${release.artifact}`);
    }
    const commits = records
        .filter((record) => record.kind === 'deploy' && releasesOf(record).has(release.id))
        .map((record) => record.intent.commit);
    return [release.commit, ...commits].some((commit) => commit?.startsWith(wanted.commit) === true);
}
function behindBarrier(release, question) {
    const { releases, records } = question;
    const bad = badOne(question);
    const from = releases.findIndex(({ id }) => id === bad?.id);
    const between = releases.slice(Math.max(from, 0), Math.max(releases.indexOf(release), 0));
    return between.some(({ id }) => hasBarrier(records, id)) ? 'behind a rollback barrier' : undefined;
}
function warningsOn(release, { records }) {
    const verdict = verdict_verdictOf(records, release.id);
    const warnings = [];
    if (verdict === 'fail')
        warnings.push(`${release.label} failed or was taken back before.`);
    else if (verdict !== 'pass')
        warnings.push(`${release.label} was never verified.`);
    if (release.state === 'failed')
        warnings.push(`${release.label} never finished deploying.`);
    if (release.restorable === 'unknown') {
        warnings.push(`Whether ${release.label} can be brought back is not known: ${release.restorableWhy ?? 'no word of it'}.`);
    }
    return warnings;
}
function takenFrom(candidates) {
    const last = candidates.at(-1);
    return last?.passedOver === undefined ? last?.release : undefined;
}
function badOne({ live }) {
    return live.kind === 'one' ? live.release : undefined;
}
function choose_target_words(wanted) {
    if (wanted.kind === 'version')
        return wanted.label;
    return wanted.kind === 'image' ? `the image ${wanted.image}` : `the commit ${wanted.commit}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/find-target.js

const dayMs = 24 * 60 * 60 * 1000;
/** How far back a rollback walks by itself. */
const walkLimits = { maxSteps: 5, maxAgeMs: 30 * dayMs };
/** Releases asked of the platform: what is older than these was pruned long ago. */
const releasesAtMost = 200;
/**
 * Chooses the release to go back to, and lets the platform confirm that it still has it: a choice whose artifact is
 * gone is passed over, and the walk goes on from there.
 */
async function findTarget(request) {
    const { platform, target, history, live, wanted, allowUnverified, now } = request;
    const records = await history.records();
    const releases = await firstOf(platform.releases(target), releasesAtMost);
    const confirmed = new Set();
    for (;;) {
        const answer = chooseTarget({
            ...{ wanted, live, records, releases, allowUnverified, now },
            ...walkLimits,
        });
        if (answer.kind !== 'target' || confirmed.has(answer.release.id))
            return answer;
        const release = await platform.inspect(target, answer.release.id);
        confirmed.add(release.id);
        const at = releases.findIndex(({ id }) => id === release.id);
        if (at >= 0)
            releases[at] = release;
    }
}
/** The release an automatic restore goes back to when what was live before cannot be trusted. */
async function lastVerifiedRelease(request) {
    const answer = await findTarget({ ...request, wanted: { kind: 'last-verified' }, allowUnverified: false });
    switch (answer.kind) {
        case 'target':
            return { kind: 'found', release: answer.release };
        case 'already-live':
            return { kind: 'none', why: 'The last verified release is the one that serves.' };
        case 'no-target':
            return { kind: 'none', why: answer.why };
    }
}
async function firstOf(releases, count) {
    const taken = [];
    for await (const release of releases) {
        taken.push(release);
        if (taken.length === count)
            break;
    }
    return taken;
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/history.js


/** Records looked at in one run: beyond them a release counts as unknown to the ledger. Five pages. */
const recordsAtMost = 500;
/** What the ledger remembers of one target's releases, read once and only as far back as it is asked. */
class History {
    #unread;
    #read = [];
    #reading = Promise.resolve();
    constructor(ledger, key) {
        this.#unread = recordsOf(ledger, key);
    }
    /** This target's records, newest first. */
    records() {
        return this.#readUntil(() => false);
    }
    async verdict({ id }) {
        return verdict_verdictOf(await this.#knowing(id), id);
    }
    /** The commit a release was built from: the platform's word first, then the record that names the release. */
    async commit(release) {
        return release.commit ?? this.#commitOf(release.id);
    }
    /** The id of the newest record that names a release. */
    async recordOf({ id }) {
        return (await this.#knowing(id)).find((record) => releasesOf(record).has(id))?.id;
    }
    /** Reads as far back as the record that knows it: a restore knows which release it brought back, and not always its commit. */
    async #commitOf(releaseId) {
        return commitOf(await this.#readUntil(() => commitOf(this.#read, releaseId) !== undefined), releaseId);
    }
    /** The records that may name a release: none is older than the one that made it. */
    #knowing(releaseId) {
        return this.#readUntil((record) => hasMade(record, releaseId));
    }
    /** Reads on until `isLast`; one reader after the other, since they share what is read. */
    #readUntil(isLast) {
        const reading = this.#reading.then(async () => {
            let isEnough = this.#read.some(isLast);
            while (!isEnough) {
                const next = await this.#unread.next();
                if (next.done === true)
                    break;
                this.#read.push(next.value);
                isEnough = isLast(next.value);
            }
            return this.#read;
        });
        this.#reading = reading.catch(() => undefined);
        return reading;
    }
}
async function* recordsOf(ledger, key) {
    let looked = 0;
    for await (const record of ledger.records(key.environment, key.service)) {
        if (record.intent.target === key.target)
            yield record;
        looked += 1;
        if (looked === recordsAtMost)
            return;
    }
}
/** A deploy makes what it ships; a rollback makes a release where activating an old one gives it a new id (Fly). */
function hasMade({ kind, intent, facts }, releaseId) {
    const fact = kind === 'deploy' ? 'shipped' : 'activated';
    if (kind === 'rollback' && intent.restores === releaseId)
        return false;
    return facts.some((one) => one.fact.kind === fact && one.fact.release === releaseId);
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/rollout.js








/** The longest a GitHub that does not answer may hold up a rollout, milliseconds; never more than a quarter of it. */
const ledgerPatienceMs = 30_000;
/** Reads the checks and opens the ledger; asks nobody anything yet. Failure: `checks-invalid`. */
async function bindRollout(ports, inputs, subject) {
    const { runner, clock, http } = ports;
    const { target, platform } = subject;
    const warn = (message) => runner.warning(message);
    const readHttp = limitedPatience(http, clock, Math.min(ledgerPatienceMs, inputs.timeoutMs / 4));
    const ledger = createLedger({ http, readHttp, context: runner.context, token: inputs.githubToken, warn });
    const service = inputs.service ?? target.name;
    const history = new History(ledger, { environment: inputs.environment, service, target: target.id });
    const commit = async (release) => {
        if (subject.isMine(release))
            return subject.commit();
        const older = subject.restores(release);
        return history.commit(older === undefined ? release : { ...release, id: older });
    };
    const checks = await checks_bindChecks(ports, inputs, { target, commit });
    const timeline = new Timeline(clock);
    return {
        history,
        checks,
        timeline,
        ports: {
            platform,
            target,
            clock,
            timeline,
            ledger,
            gates: gates,
            ...(inputs.force && inputs.overrideReason !== undefined
                ? { overrideReason: inputs.overrideReason }
                : {}),
            log: (line) => runner.info(line),
            save: (text) => runner.saveState('rollout', text),
            verdict: (release) => history.verdict(release),
            recordOf: (release) => history.recordOf(release),
            gateFacts: (kind, live) => gateFacts({ kind, live, ledger, history, commit: subject.commit() }, ports),
            lastVerified: (live) => lastVerifiedRelease({ platform, target, history, live, now: clock.now() }),
            isMine: (release) => subject.isMine(release),
            ...(checks === undefined ? {} : { verify: checks.verify }),
        },
    };
}
async function gateFacts(subject, { runner }) {
    const { kind, live, commit } = subject;
    const untrusted = untrustedRun(runner.context);
    const order = await commitOrder(subject);
    return {
        kind,
        live,
        ...(commit === undefined ? {} : { commit }),
        ...(order === undefined ? {} : { commitOrder: order }),
        ...(untrusted === undefined ? {} : { untrustedRun: untrusted }),
    };
}
async function commitOrder({ kind, live, ledger, history, commit, }) {
    if (kind !== 'deploy' || commit === undefined || live.kind !== 'one')
        return undefined;
    const liveCommit = await history.commit(live.release);
    return liveCommit === undefined ? undefined : ledger.commitOrder(commit, liveCommit);
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/evidence.js
/** Evidence is worth this much of the time before the way back, milliseconds: users are served the failure meanwhile. */
const patienceMs = 3_000;
/**
 * What a person would look at when a release fails: gathered at its first failure, before a restore takes the
 * failing machines away.
 */
class Evidence {
    #look;
    #clock;
    #lines = [];
    /** `look` must not throw: a failure is told even when its evidence is out of reach. */
    constructor(look, clock) {
        this.#look = look;
        this.#clock = clock;
    }
    get lines() {
        return this.#lines;
    }
    async gather(release) {
        if (this.#lines.length > 0)
            return;
        const seen = new AbortController();
        const late = this.#clock.sleep(patienceMs, seen.signal).then(() => [`The platform gave no evidence within ${patienceMs / 1000} s.`], () => []);
        this.#lines = await Promise.race([this.#look(release?.id), late]);
        seen.abort();
    }
    /** The same port, which gathers evidence of whatever it finds failing. */
    watching(ports) {
        const { obtain, settle, verify } = ports;
        return {
            ...ports,
            obtain: async (allowance) => {
                const shipped = await obtain(allowance);
                if (shipped.failure !== undefined)
                    await this.gather(shipped.release);
                return shipped;
            },
            settle: async (release, allowance) => {
                const result = await settle(release, allowance);
                if (result.kind === 'failed')
                    await this.gather(release);
                return result;
            },
            ...(verify === undefined
                ? {}
                : {
                    verify: async (request, allowance) => {
                        const verdict = await verify(request, allowance);
                        if (request.phase === 'after' && verdict.outcome === 'fail')
                            await this.gather(request.release);
                        return verdict;
                    },
                }),
        };
    }
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/intent.js
/** The payload of a rollout's record: what it set out to do, and who asked for it. */
function intentOf(facts, context) {
    const previous = facts.live.kind === 'one' ? facts.live.release.id : null;
    return {
        schema: 1,
        platform: facts.target.platform,
        target: facts.target.id,
        service: facts.service ?? facts.target.name,
        environment: facts.environment,
        commit: facts.commit ?? null,
        previous,
        restores: facts.restores?.id ?? null,
        replaces: facts.restores === undefined ? null : previous,
        barrier: facts.barrier,
        actor: context.actor ?? 'unknown',
        trigger: context.eventName ?? 'unknown',
        reason: facts.reason,
        run: context.runId ?? '',
        attempt: context.runAttempt,
    };
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/open.js


/** Looks at everything a rollback stands on. Failures: those of `openFly`, `checks-invalid`. */
async function openRollback(ports, inputs) {
    const { runner, clock } = ports;
    // The rules between inputs have seen to it that both are there.
    const { flyApp = '', flyToken = '' } = inputs;
    const wanted = wantedTarget(inputs.to);
    const fly = await openFly(ports, { ...inputs, flyApp, flyToken });
    const { platform, target } = fly;
    // A rollback's change is the release it brings back.
    const isMine = (release) => platform.restores(release) !== undefined;
    let commit;
    const bound = await bindRollout(ports, inputs, {
        ...{ platform, target, isMine, commit: () => commit },
        restores: (release) => platform.restores(release),
    });
    const { history } = bound;
    const live = await platform.live(target);
    const choice = await findTarget({
        ...{ platform, target, history, live, now: clock.now() },
        wanted: await byDigest(fly, wanted),
        allowUnverified: inputs.allowUnverified,
    });
    runner.info(`choice: ${choice.why}`);
    if (choice.kind === 'target') {
        commit = await history.commit(choice.release);
        for (const warning of choice.warnings)
            runner.warning(warning);
    }
    const evidence = new Evidence(fly.evidence, clock);
    const rollout = evidence.watching({
        ...bound.ports,
        intent: (seen) => intentOf({
            ...{ ...inputs, target, commit, live: seen, barrier: false },
            reason: inputs.reason ?? '',
            ...(choice.kind === 'target' ? { restores: choice.release } : {}),
        }, runner.context),
        alreadyServes: async () => choice.kind === 'already-live',
        obtain: async () => choice.kind === 'target'
            ? { release: choice.release }
            : {
                failure: {
                    reason: 'no-target',
                    what: noTarget(choice, wanted, bound.ports.ledger),
                    next: 'Deploy a working version.',
                },
            },
        settle: (release, { signal, budgetMs }) => {
            const options = { budgetMs: Math.min(budgetMs, inputs.waitTimeoutMs), onProgress: bound.ports.log };
            return platform.settle(target, release.id, options, signal);
        },
    });
    return { fly, bound, live, choice, rollout, evidence };
}
/** Neither walk falls back to the other; the other's choice is named instead. */
function noTarget(choice, wanted, { availability }) {
    const why = `${choice.why}${isBlind(wanted, availability) ? ' The deployment records could not be read, so no verdict is known.' : ''}`;
    const other = choice.kind === 'no-target' ? choice.otherCandidate : undefined;
    if (other === undefined)
        return why;
    const walk = wanted.kind === 'previous' ? 'last-verified' : 'previous';
    return `${why} \`to: ${walk}\` would take ${other.label}.`;
}
function isBlind({ kind }, availability) {
    return kind === 'last-verified' && availability === 'none';
}
/** An image is looked for by its digest: the tag may have moved since it was deployed. */
async function byDigest({ api, target }, wanted) {
    if (wanted.kind !== 'image')
        return wanted;
    const image = await api.image(target.name, wanted.image);
    return image === undefined ? wanted : { kind: 'image', image: image.digest };
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/candidates.js

/** Every release that was looked at, and why it was taken or passed over, as a Markdown table. */
function candidatesTable(choice) {
    const candidates = candidatesOf(choice);
    return table(['Candidate', 'Made', 'Verdict', ''], candidates.map(({ label, created, verdict, passedOver }) => [
        code(label),
        escapeMarkdown(created),
        escapeMarkdown(verdict),
        escapeMarkdown(passedOver ?? 'taken'),
    ]));
}
/** None were looked at when what is wanted already serves. */
function candidatesOf(choice) {
    return choice.kind === 'already-live' ? [] : choice.candidates;
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/rehearse.js



/** The candidates, the choice and why, and what would not be undone: found out by reading alone. */
function rehearse({ fly, live, choice }) {
    const chosen = choice.kind === 'no-target' ? 'nothing' : choice.release.label;
    const decision = `${fly.target.id} serves ${describeLive(live)}; a rollback would go to ${chosen}: ${choice.why}`;
    const undone = notUndone.map((text) => `Not undone: ${text}`);
    const looked = candidatesOf(choice).map(({ label, passedOver }) => `${label}: ${passedOver ?? 'taken'}`);
    return {
        outcome: 'rehearsed',
        reason: 'dry-run',
        serving: live.kind === 'one' ? 'new' : live.kind,
        ok: true,
        outputs: {
            target: fly.target.id,
            'restored-release': choice.kind === 'no-target' ? '' : choice.release.id,
            candidates: JSON.stringify(candidatesOf(choice)),
        },
        summary: [
            '## 📝 Rehearsed: nothing was changed',
            decision,
            candidatesTable(choice),
            `${undone.map((text) => `- ${text}`).join('\n')}\n`,
        ].join('\n\n'),
        headline: [...looked, decision, ...undone].join('\n'),
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/report/rollout-summary.js


const rollout_summary_titles = {
    live: '✅ The new release is live',
    unchanged: '✅ Already live',
    staged: '✅ Staged',
    rejected: '❌ Rejected before it took traffic',
    restored: '↩️ Taken back',
    stranded: '🚨 Failed, and not taken back',
    inconclusive: '❔ Could not be judged',
    blocked: '⛔ Blocked',
    cancelled: '⏹️ Cancelled',
    rehearsed: '📝 Rehearsed',
    done: '✅ Done',
    error: '❌ Stopped before anything changed',
};
const servingWords = {
    new: 'the new release',
    old: 'the old release',
    mixed: 'a mix of releases',
    nothing: 'nothing',
    unknown: 'not known',
};
/** The headline of the log and of the summary: outcome, target and what serves now. */
function rolloutHeadline({ action, target, verdict }) {
    const title = action === 'rollback' && verdict.outcome === 'restored' ? '↩️ Rolled back' : rollout_summary_titles[verdict.outcome];
    return `${title}: ${target.id} serves ${servingName(verdict)} (${verdict.outcome}/${verdict.reason}).`;
}
/** The job summary of a rollout, as Markdown. */
function rolloutSummary(report) {
    const { verdict, target } = report;
    const parts = [
        `## ${escapeMarkdown(rolloutHeadline(report))}`,
        reasonSentence(verdict),
        cause(report),
        facts(report),
        report.checks,
        ...(report.timeline.length === 0 ? [] : [timelineTable(report.timeline), gantt(target, report.timeline)]),
        notes(report),
    ];
    return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}
function servingName({ serving, live, previous }) {
    if (live?.kind === 'one') {
        const whose = serving === 'unknown' ? 'another release,' : servingWords[serving];
        return `${whose} ${live.release.label}${again(live.release, previous)}`;
    }
    if (live?.kind !== 'mixed')
        return servingWords[serving];
    const shares = live.shares.map(({ release, share }) => `${Math.round(share * 100)} % ${release.label}`);
    return `${servingWords[serving]} (${shares.join(', ')})`;
}
/** Where restoring makes a new release of the old artifact, people know it by its old name. */
function again(live, previous) {
    const isSame = previous?.artifact !== undefined && previous.artifact === live.artifact;
    return isSame && previous.id !== live.id ? ` (${previous.label} again)` : '';
}
function reasonSentence({ reason }) {
    const known = Object.entries(reasons/* reasons */.v).find(([code]) => code === reason)?.[1];
    return known === undefined ? undefined : escapeMarkdown(`${known.meaning} ${known.advice}`);
}
function cause({ verdict: { cause }, evidence: gathered = [] }) {
    if (cause === undefined)
        return undefined;
    const why = cause.why === undefined ? '' : ` — ${escapeMarkdown(cause.why)}`;
    const evidence = [...(cause.evidence ?? []), ...gathered];
    const head = `**Cause:** ${escapeMarkdown(cause.what)}${why}`;
    if (evidence.length === 0)
        return head;
    return `${head}\n\n${details('Evidence', `<pre>${evidence.map(preformatted).join('\n')}</pre>`)}`;
}
function preformatted(line) {
    return line
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/[^\P{Cc}\t]/gu, '');
}
function facts({ target, verdict, durationMs, compareUrl, slaMs }) {
    const row = (name, value) => (value === undefined ? [] : [[name, value]]);
    return table(['', ''], [
        ['Target', `${code(target.id)}${target.url === undefined ? '' : ` ${markdown_link(target.url, target.url)}`}`],
        ...row('Release', verdict.release && code(verdict.release.label)),
        ...row('Before', verdict.previous && code(verdict.previous.label)),
        ...row('Took', durationWords(durationMs)),
        ...row('SLA', slaMs === undefined ? undefined : slaWords(durationMs, slaMs)),
        ...row('Changes', compareUrl === undefined ? undefined : markdown_link('compare on GitHub', compareUrl)),
        ...row('Dashboard', target.dashboardUrl === undefined ? undefined : markdown_link('open', target.dashboardUrl)),
    ]);
}
/** `12.3 s of 5m 00s: met`. Measured, never enforced. */
function slaWords(durationMs, slaMs) {
    return `${durationWords(durationMs)} of ${durationWords(slaMs)}: ${durationMs <= slaMs ? 'met' : 'missed'}`;
}
function timelineTable(steps) {
    return table(['Step', 'Took', 'Note'], steps.map((step) => [
        escapeMarkdown(step.name),
        durationWords(step.durationMs),
        escapeMarkdown(step.note),
    ]));
}
function gantt(target, steps) {
    const rows = steps.map((step, index) => `  ${step.name.replace(/[^\w -]/g, ' ')} :s${index}, ${Date.parse(step.started)}, ${Math.max(1, step.durationMs)}ms`);
    const title = target.id.replace(/[^\w:/. -]/g, ' ');
    const chart = ['gantt', `  title ${title}`, '  dateFormat x', '  axisFormat %M:%S', ...rows].join('\n');
    return details('Timeline', `\`\`\`mermaid\n${chart}\n\`\`\``);
}
function notes({ verdict, notUndone = [] }) {
    const undone = notUndone.map((text) => `Not undone: ${text}`);
    return [...verdict.notes, ...undone].map((note) => `- ${escapeMarkdown(note)}`).join('\n');
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/compare.js
/** What changed between two commits, on GitHub; undefined when either is not known. */
function compareUrl(context, from, to) {
    if (context.repository === undefined || from === undefined || to === undefined || from === to)
        return undefined;
    const { owner, name } = context.repository;
    return `${context.serverUrl}/${owner}/${name}/compare/${from.slice(0, 12)}...${to.slice(0, 12)}`;
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/result.js



const green = ['live', 'unchanged', 'staged', 'rehearsed', 'done'];
/** The result of an action whose work was one rollout: outputs, summary, report files, and the failure of a red one. */
async function rolloutResult(context, { checks, timeline }, { from, to, lead = '', outputs, ...ending }) {
    const compare = compareUrl(context, from, to);
    const report = {
        ...ending,
        timeline: timeline.steps,
        checks: [lead, checks?.markdown() ?? ''].filter((text) => text !== '').join('\n\n'),
        ...(compare === undefined ? {} : { compareUrl: compare }),
    };
    const folder = await checks?.write().catch(() => '');
    const all = { ...commonOutputs(report), report: folder ?? '', ...outputs };
    const { outcome, reason, serving } = report.verdict;
    const ok = green.includes(outcome) || (report.action === 'rollback' && outcome === 'restored');
    return {
        ...{ outcome, reason, serving, ok },
        outputs: { ...all, results: JSON.stringify([{ outcome, reason, serving, ...all }]) },
        summary: rolloutSummary(report),
        headline: rolloutHeadline(report),
        ...(ok ? warningsOf(report) : { failure: result_failureOf(report) }),
    };
}
function commonOutputs({ action, target, verdict, timeline, compareUrl }) {
    const serves = verdict.live?.kind === 'one' ? verdict.live.release.id : '';
    return {
        url: verdict.release?.url ?? target.url ?? '',
        release: action === 'rollback' ? serves : (verdict.release?.id ?? ''),
        'previous-release': verdict.previous?.id ?? '',
        target: target.id,
        'ledger-id': verdict.ledgerId ?? '',
        'dashboard-url': target.dashboardUrl ?? '',
        'compare-url': compareUrl ?? '',
        timeline: JSON.stringify(timeline),
    };
}
function result_failureOf(report) {
    const { verdict, evidence = [] } = report;
    const cause = verdict.cause;
    return {
        code: verdict.reason,
        what: rolloutHeadline(report),
        ...(cause === undefined
            ? {}
            : { why: cause.why === undefined ? cause.what : `${cause.what} (${cause.why})` }),
        next: adviceOn(verdict),
        details: [...(cause?.evidence ?? []), ...evidence, ...verdict.notes],
    };
}
/** The cause knows this very case, the reason only its kind; but what became of a failed change comes first. */
function adviceOn({ reason, cause }) {
    const isOfCause = cause?.reason === reason || reason === 'platform-only';
    if (cause !== undefined && isOfCause)
        return cause.next;
    return (0,reasons/* isReasonCode */.O)(reason) ? reasons/* reasons */.v[reason].advice : 'Read the log above.';
}
/** Green without checks is worth a warning: it is the platform's word, not the system's. */
function warningsOf({ verdict }) {
    const notes = verdict.reason === 'platform-only' ? [reasons/* reasons */.v['platform-only'].meaning, ...verdict.notes] : verdict.notes;
    return { annotations: notes.map((message) => ({ level: 'warning', message })) };
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/result.js



/** What the step says about a rollback that ran. */
async function result_resultOf({ runner }, { fly, bound, choice, evidence }, { verdict, durationMs, slaMs, reason }) {
    const restored = choice.kind === 'target' ? choice.release : undefined;
    return rolloutResult(runner.context, bound, {
        action: 'rollback',
        target: fly.target,
        ...{ verdict, durationMs, slaMs, notUndone: notUndone },
        from: restored && (await bound.history.commit(restored)),
        to: verdict.previous && (await bound.history.commit(verdict.previous)),
        lead: [
            ...(reason === undefined ? [] : [`**Why:** ${escapeMarkdown(reason)}`]),
            `**Choice:** ${escapeMarkdown(choice.why)}`,
            candidatesTable(choice),
        ].join('\n\n'),
        outputs: {
            'restored-release': restored?.id ?? '',
            candidates: JSON.stringify(candidatesOf(choice)),
            'sla-met': String(durationMs <= slaMs),
        },
        evidence: evidence.lines,
    });
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/run.js






/** Brings back a release that served before, proves it, and says how long it took. */
const action = { name: 'rollback', run, post };
async function run(ports) {
    const given = inputs.read(ports.runner);
    const from = ports.clock.monotonic();
    const budget = startTimeBudget(ports, { timeoutMs: given.timeoutMs, restoreTimeoutMs: 0 });
    const opened = await openRollback(budget.ports, given);
    if (given.dryRun)
        return rehearse(opened);
    const verdict = await runRollout(planOf(given), opened.rollout, budget.begin());
    budget.end();
    const durationMs = ports.clock.monotonic() - from;
    return result_resultOf(ports, opened, { verdict, durationMs, slaMs: given.slaMs, reason: given.reason });
}
/** Says what a cancelled rollback left behind, then removes flyctl's private folder. */
async function post(ports) {
    try {
        const saved = readSaved(ports.runner.state('rollout'));
        if (saved === undefined)
            return;
        const { rollout } = await openRollback(ports, inputs.read(ports.runner));
        await resumeInPost(saved, rollout, ports.signal);
    }
    finally {
        await closeFly(ports);
    }
}


/***/ }),

/***/ 6035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __nccwpck_require__(3838);
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
        arch: arch(fact('RUNNER_ARCH')),
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
function arch(name) {
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
        core/* warning */.$e(warning);
    let summaryBytes = 0;
    return {
        context,
        env: { ...env },
        input: (name) => core/* getInput */.V4(name),
        mask(secret) {
            const { forms, warning } = maskForms(secret);
            for (const form of forms)
                core/* setSecret */.Pq(form);
            if (warning !== undefined)
                core/* warning */.$e(warning);
        },
        debug: (message) => core/* debug */.Yz(neutralise(message)),
        info: (message) => core/* info */.pq(neutralise(message)),
        notice: (message, place) => core/* notice */.lm(neutralise(message), annotation(place)),
        warning: (message, place) => core/* warning */.$e(neutralise(message), annotation(place)),
        error: (message, place) => core/* error */.z3(neutralise(message), annotation(place)),
        group: (title, work) => core/* group */.Os(neutralise(title), work),
        output: (name, value) => core/* setOutput */.uH(name, value),
        addPath: (directory) => core/* addPath */.fM(directory),
        async summary(markdown) {
            if (!env.GITHUB_STEP_SUMMARY)
                return;
            const text = fitSummary(`${markdown}\n`, summaryBytes);
            summaryBytes += Buffer.byteLength(text);
            await core/* summary */.z.addRaw(text).write();
        },
        saveState: (name, value) => core/* saveState */.LZ(name, value),
        state: (name) => core/* getState */.Gu(name),
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
// EXTERNAL MODULE: ./build/packages/core/src/http.js
var http = __nccwpck_require__(2759);
// EXTERNAL MODULE: ./build/packages/core/src/http-failure.js
var http_failure = __nccwpck_require__(1068);
// EXTERNAL MODULE: ./build/packages/core/src/reasons.js
var reasons = __nccwpck_require__(6598);
;// CONCATENATED MODULE: ./build/packages/core/src/action/conclude.js




/** The result of a run that threw. */
function concludeError(error, { cancelled, issuesUrl }) {
    // Whatever fails after the signal fails because of it: aborted requests and killed tools are no bugs.
    if (cancelled)
        return cancelledResult;
    if (error instanceof src_failure/* ActionFailure */.d) {
        return failed('error', (0,reasons/* isReasonCode */.O)(error.code) ? error.code : 'bug', error);
    }
    if (error instanceof http/* HttpError */.j) {
        const { reason, what, next } = (0,http_failure/* httpFailure */.t)(error);
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
    return new http/* HttpError */.j({ kind, reason, ...shown, method, url: shownUrl, bodyExcerpt, ...summary }, { cause: failure.cause });
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

/***/ 1068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ httpFailure)
/* harmony export */ });
/* unused harmony export httpReason */
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6598);

/** The reason a request that got no usable answer comes down to. */
function httpReason({ status }) {
    if (status === undefined)
        return 'platform-unreachable';
    return status === 429 ? 'rate-limited' : 'platform-error';
}
/** What a request that got no usable answer means for its caller: a reason, the error's own line, and what to do. */
function httpFailure(error) {
    const reason = httpReason(error);
    return { reason, what: error.message, next: _reasons_js__WEBPACK_IMPORTED_MODULE_0__/* .reasons */ .v[reason].advice };
}


/***/ }),

/***/ 2759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ HttpError)
/* harmony export */ });
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


/***/ }),

/***/ 3838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  fM: () => (/* binding */ addPath),
  Yz: () => (/* binding */ core_debug),
  z3: () => (/* binding */ error),
  V4: () => (/* binding */ getInput),
  Gu: () => (/* binding */ getState),
  Os: () => (/* binding */ group),
  pq: () => (/* binding */ info),
  _o: () => (/* binding */ isDebug),
  lm: () => (/* binding */ notice),
  LZ: () => (/* binding */ saveState),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ core_setSecret),
  z: () => (/* reexport */ summary),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, endGroup, exportVariable, getBooleanInput, getIDToken, getMultilineInput, markdownSummary, platform, setCommandEcho, setFailed, startGroup, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
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
    process.stdout.write(cmd.toString() + external_os_.EOL);
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
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __nccwpck_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
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
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(6674);
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


const { access, appendFile, writeFile } = external_fs_.promises;
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
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
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
        return this.addRaw(external_os_.EOL);
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
// EXTERNAL MODULE: ./node_modules/@actions/exec/lib/exec.js + 4 modules
var lib_exec = __nccwpck_require__(5953);
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
const platform = external_os_.platform();
const arch = external_os_.arch();
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
    process.env['PATH'] = `${inputPath}${external_path_.delimiter}${process.env['PATH']}`;
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
    process.stdout.write(external_os_.EOL);
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
function warning(message, properties = {}) {
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
    process.stdout.write(message + external_os_.EOL);
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

/***/ }),

/***/ 5953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  m: () => (/* binding */ exec),
  getExecOutput: () => (/* binding */ getExecOutput)
});

;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: external "events"
const external_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");
// EXTERNAL MODULE: external "child_process"
var external_child_process_ = __nccwpck_require__(5317);
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
// EXTERNAL MODULE: ./node_modules/@actions/io/lib/io.js
var io = __nccwpck_require__(8701);
// EXTERNAL MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util = __nccwpck_require__(90);
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const IS_WINDOWS = process.platform === 'win32';
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
        if (IS_WINDOWS) {
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
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
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
        if (IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (IS_WINDOWS) {
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
        return __awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!io_util/* isRooted */.Qh(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield io/* which */.K7(this.toolPath, true);
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield io_util/* exists */.t2(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
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
function exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new ToolRunner(toolPath, args, options);
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
        const stdoutDecoder = new external_string_decoder_namespaceObject.StringDecoder('utf8');
        const stderrDecoder = new external_string_decoder_namespaceObject.StringDecoder('utf8');
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
        const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
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

/***/ }),

/***/ 90:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $1: () => (/* binding */ lstat),
/* harmony export */   Ck: () => (/* binding */ mkdir),
/* harmony export */   Cy: () => (/* binding */ readdir),
/* harmony export */   H8: () => (/* binding */ IS_WINDOWS),
/* harmony export */   Qh: () => (/* binding */ isRooted),
/* harmony export */   YN: () => (/* binding */ symlink),
/* harmony export */   dJ: () => (/* binding */ stat),
/* harmony export */   h_: () => (/* binding */ readlink),
/* harmony export */   k6: () => (/* binding */ chmod),
/* harmony export */   m3: () => (/* binding */ copyFile),
/* harmony export */   rm: () => (/* binding */ rm),
/* harmony export */   t2: () => (/* binding */ exists),
/* harmony export */   vr: () => (/* binding */ tryGetExecutablePath),
/* harmony export */   y1: () => (/* binding */ unlink)
/* harmony export */ });
/* unused harmony exports open, rename, rmdir, UV_FS_O_EXLOCK, READONLY, isDirectory, getCmdPath */
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9896);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6928);
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs__WEBPACK_IMPORTED_MODULE_0__.promises;
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
    return __awaiter(this, void 0, void 0, function* () {
        const result = yield fs__WEBPACK_IMPORTED_MODULE_0__.promises.readlink(fsPath);
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
const READONLY = fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY;
function exists(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
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
    return __awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
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
    return __awaiter(this, void 0, void 0, function* () {
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
                const upperExt = path__WEBPACK_IMPORTED_MODULE_1__.extname(filePath).toUpperCase();
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
                        const directory = path__WEBPACK_IMPORTED_MODULE_1__.dirname(filePath);
                        const upperName = path__WEBPACK_IMPORTED_MODULE_1__.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = path__WEBPACK_IMPORTED_MODULE_1__.join(directory, actualName);
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

/***/ }),

/***/ 8701:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K7: () => (/* binding */ which),
/* harmony export */   U$: () => (/* binding */ mkdirP),
/* harmony export */   Yz: () => (/* binding */ rmRF),
/* harmony export */   cp: () => (/* binding */ cp)
/* harmony export */ });
/* unused harmony exports mv, findInPath */
/* harmony import */ var assert__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2613);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6928);
/* harmony import */ var _io_util_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(90);
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(dest)) ? yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path__WEBPACK_IMPORTED_MODULE_1__.join(dest, path__WEBPACK_IMPORTED_MODULE_1__.basename(source))
            : dest;
        if (!(yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path__WEBPACK_IMPORTED_MODULE_1__.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield copyFile(source, newDest, force);
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
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
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
    return __awaiter(this, void 0, void 0, function* () {
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__.rm(inputPath, {
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
    return __awaiter(this, void 0, void 0, function* () {
        (0,assert__WEBPACK_IMPORTED_MODULE_0__.ok)(fsPath, 'a path argument must be provided');
        yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .mkdir */ .Ck(fsPath, { recursive: true });
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
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
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
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8 && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .isRooted */ .Qh(tool)) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(path__WEBPACK_IMPORTED_MODULE_1__.sep)) {
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
            for (const p of process.env.PATH.split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(path__WEBPACK_IMPORTED_MODULE_1__.join(directory, tool), extensions);
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
    return __awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .readdir */ .Cy(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .chmod */ .k6(destDir, (yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(sourceDir)).mode);
    });
}
// Buffered file copy
function copyFile(srcFile, destFile, force) {
    return __awaiter(this, void 0, void 0, function* () {
        if ((yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(destFile);
                yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .unlink */ .y1(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .chmod */ .k6(destFile, '0666');
                    yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .unlink */ .y1(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .readlink */ .h_(srcFile);
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .symlink */ .YN(symlinkFull, destFile, _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8 ? 'junction' : null);
        }
        else if (!(yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(destFile)) || force) {
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .copyFile */ .m3(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map

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
/******/ var __webpack_exports__ = __nccwpck_require__(5959);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
