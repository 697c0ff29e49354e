export const id = 937;
export const ids = [937];
export const modules = {

/***/ 3937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PullRequests: () => (/* binding */ PullRequests)
});

// EXTERNAL MODULE: ./build/packages/core/src/ledger/commit-order.js
var commit_order = __webpack_require__(6977);
// EXTERNAL MODULE: ./build/packages/core/src/ledger/comparison.js
var comparison = __webpack_require__(3200);
// EXTERNAL MODULE: ./build/packages/core/src/ledger/github-api.js
var github_api = __webpack_require__(915);
// EXTERNAL MODULE: ./build/packages/core/src/http.js
var http = __webpack_require__(2759);
;// CONCATENATED MODULE: ./build/packages/core/src/pull-requests/comment.js


/** Pages of a hundred: a pull request with more comments gets a second one of ours, which does no harm. */
const pagesAtMost = 10;
/** Writes our one comment on a pull request: changes it where it is, and never one that another wrote. */
async function writeComment(api, wanted) {
    try {
        const found = await ourComment(api, wanted);
        if (found !== undefined)
            return await update(api, found, wanted);
        if (!wanted.create)
            return { kind: 'absent' };
        return await create(api, wanted);
    }
    catch (error) {
        if (error instanceof Refused)
            return { kind: 'failed', why: error.message, forbidden: error.forbidden };
        return { kind: 'failed', why: (0,github_api/* describeHttpError */.g2)(error), forbidden: false };
    }
}
class Refused extends Error {
    forbidden;
    constructor(method, answer) {
        super((0,github_api/* describeRefusal */.a2)(method, answer));
        this.forbidden = (0,github_api/* refusal */.x5)(answer) === 'permission';
    }
}
async function update(api, { id }, wanted) {
    const answer = await api.patch(`issues/comments/${id}`, { body: bodyOf(wanted) });
    if (answer.status !== 200)
        throw new Refused('PATCH', answer);
    return { kind: 'updated' };
}
/** A comment whose answer was lost may be there, so it is looked for before it is written again, once. */
async function create(api, wanted) {
    try {
        await post(api, wanted);
    }
    catch (error) {
        // Sending again at once is what GitHub's limit punishes.
        if (!(error instanceof http/* HttpError */.j) || error.status === 429)
            throw error;
        if ((await ourComment(api, wanted)) === undefined)
            await post(api, wanted);
    }
    return { kind: 'created' };
}
async function post(api, wanted) {
    const answer = await api.post(`issues/${wanted.number}/comments`, { body: bodyOf(wanted) });
    if (answer.status !== 201)
        throw new Refused('POST', answer);
    await yieldToOlder(api, wanted, (0,github_api/* jsonOf */.o_)(answer));
}
/** Another run may have written one in the same moment: the older one stays, and takes what ours says. */
async function yieldToOlder(api, wanted, written) {
    const { id, user } = Object(written);
    const { login } = Object(user);
    const oldest = (await markedComments(api, wanted)).find(({ author }) => author === login);
    if (oldest === undefined || oldest.id === id)
        return;
    await update(api, oldest, wanted);
    await api.delete(`issues/comments/${id}`);
}
function bodyOf({ marker, body }) {
    return `${body.trimEnd()}\n\n${markerLine(marker)}\n`;
}
function markerLine(marker) {
    return `<!-- belay ${marker} -->`;
}
/** The oldest comment with the marker that this token wrote: anyone may copy the marker. */
async function ourComment(api, wanted) {
    const marked = await markedComments(api, wanted);
    if (marked.length === 0)
        return undefined;
    const login = await ownLogin(api);
    return marked.find(({ author }) => author === login);
}
async function markedComments(api, { number, marker }) {
    const marked = [];
    for (let page = 1; page <= pagesAtMost; page += 1) {
        const answer = await api.get(`issues/${number}/comments?per_page=100&page=${page}`);
        const rows = answer.status === 200 ? (0,github_api/* jsonOf */.o_)(answer) : undefined;
        if (!Array.isArray(rows))
            throw new Refused('GET', answer);
        for (const row of rows) {
            const { id, body, user } = Object(row);
            const isMarked = typeof body === 'string' && body.includes(markerLine(marker));
            if (isMarked && Number.isInteger(id))
                marked.push({ id, author: String(Object(user).login) });
        }
        if (rows.length < 100)
            break;
    }
    return marked;
}
/** Who this token is. `GET /user` is closed to the tokens of jobs; where GraphQL is too, it is a job's. */
async function ownLogin(api) {
    const answer = await api.graphql('query { viewer { login } }', {});
    const { login } = Object(Object(Object((0,github_api/* jsonOf */.o_)(answer)).data).viewer);
    return answer.status === 200 && typeof login === 'string' ? login : 'github-actions[bot]';
}

;// CONCATENATED MODULE: ./build/packages/core/src/pull-requests/pull-request.js




/** A repository's pull requests. Never throws for what GitHub refuses: it says once what is lost. */
class PullRequests {
    #api;
    #warn;
    #warned = new Set();
    constructor({ http, runner }, githubToken) {
        this.#api = (0,github_api/* githubApi */.Mc)(http, runner.context, githubToken);
        this.#warn = (message) => runner.warning(message);
    }
    async state(number) {
        if (this.#api === undefined)
            return { kind: 'unknown', why: 'there is no token to ask GitHub with' };
        try {
            const answer = await this.#api.get(`pulls/${number}`);
            const { state, head } = Object((0,github_api/* jsonOf */.o_)(answer));
            const { sha } = Object(head);
            const isState = state === 'open' || state === 'closed';
            if (answer.status === 200 && isState && typeof sha === 'string')
                return { kind: state, head: sha };
            return { kind: 'unknown', why: (0,github_api/* describeRefusal */.a2)('GET', answer) };
        }
        catch (error) {
            return { kind: 'unknown', why: (0,github_api/* describeHttpError */.g2)(error) };
        }
    }
    /** Whether `head` descends from `commit`. GitHub may answer with a state older than the event: then it does not. */
    async isOutdated(commit, head) {
        if (this.#api === undefined || commit === head)
            return false;
        return (0,commit_order/* orderOf */.m)(await (0,comparison/* askComparison */.B)(this.#api, commit, head), commit, head).kind === 'older';
    }
    async comment(wanted) {
        if (this.#api === undefined) {
            this.#warnOnce('There is no GitHub token, so the pull request gets no comment. Pass `github-token`.');
            return;
        }
        const written = await writeComment(this.#api, wanted);
        if (written.kind !== 'failed')
            return;
        const advice = written.forbidden ? ' Give the job the permission `pull-requests: write`.' : '';
        this.#warnOnce(`The pull request’s comment is not up to date: ${written.why}.${advice}`);
    }
    #warnOnce(message) {
        if (this.#warned.has(message))
            return;
        this.#warned.add(message);
        this.#warn(message);
    }
}


/***/ })

};
