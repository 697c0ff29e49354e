export const id = 751;
export const ids = [751];
export const modules = {

/***/ 1751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  retire: () => (/* binding */ retire)
});

// EXTERNAL MODULE: ./build/packages/core/src/ledger/github-ledger.js + 7 modules
var github_ledger = __webpack_require__(6959);
;// CONCATENATED MODULE: ./build/packages/core/src/ledger/serving-records.js
/**
 * Of each target, the newest record of a release that was made live and neither taken back nor given up: by the
 * ledger's own account it serves. The platform may know better. Records newest first, as the ledger lists them.
 */
function servingRecords(records) {
    const targets = Map.groupBy(records, ({ intent }) => intent.target);
    return [...targets.values()].flatMap((own) => own.find(isServing) ?? []);
}
function isServing({ facts }) {
    const gone = facts.some(({ fact }) => fact.kind === 'restoring' || fact.kind === 'abandoned');
    return (!gone && facts.some(({ fact }) => fact.kind === 'activated' || fact.kind === 'restored' || isProof(fact)));
}
/** Only what serves is called good; the fact before it may have been lost on its way. */
function isProof(fact) {
    return fact.kind === 'verdict' && (fact.verdict === 'pass' || fact.verdict === 'settled');
}

;// CONCATENATED MODULE: ./build/packages/core/src/binding/retire-records.js


/** As `retireRecords` says, which loads it. */
async function retire({ http, runner }, githubToken, { environment, service, target, why }) {
    const warn = (message) => runner.warning(message);
    const ledger = (0,github_ledger/* createLedger */.M)({ http, context: runner.context, token: githubToken, warn });
    const records = [];
    for await (const record of ledger.records(environment, service)) {
        if (record.intent.target === target)
            records.push(record);
    }
    const ids = new Set([...records.slice(0, 1), ...servingRecords(records)].map(({ id }) => id));
    for (const id of ids)
        await ledger.deactivate(id, why);
}


/***/ })

};
