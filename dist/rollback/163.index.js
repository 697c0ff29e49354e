export const id = 163;
export const ids = [163];
export const modules = {

/***/ 4163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readSchema: () => (/* binding */ readSchema)
});

// EXTERNAL MODULE: ./node_modules/@cfworker/json-schema/dist/esm/validator.js + 4 modules
var esm_validator = __webpack_require__(2504);
// EXTERNAL MODULE: ./build/packages/core/src/checks/judge/deadline.js + 1 modules
var deadline = __webpack_require__(4089);
// EXTERNAL MODULE: ./node_modules/@cfworker/json-schema/dist/esm/dereference.js
var dereference = __webpack_require__(1176);
;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/schema-problem.js

/** What is wrong with a JSON Schema, with its place; undefined when it can be asked. */
function schemaProblem(written) {
    return problemIn(written, '') ?? strayReference(written);
}
/** A wrong keyword value would be passed over in silence, and its rule never asked. */
function problemIn(schema, path) {
    if (typeof schema === 'boolean')
        return undefined;
    if (!isObject(schema))
        return `${path || 'it'} must be an object, true or false`;
    for (const [keyword, value] of Object.entries(schema)) {
        const here = `${path}/${keyword}`;
        const wrong = shapes[keyword]?.(value);
        const why = wrong === undefined ? below(keyword, value, here) : `${here} must be ${wrong}`;
        if (why !== undefined)
            return why;
    }
    return undefined;
}
function below(keyword, value, path) {
    if (keyword === 'items' && Array.isArray(value))
        return firstProblem(Object.entries(value), path);
    if (one.includes(keyword))
        return problemIn(value, path);
    if (many.includes(keyword) || byName.includes(keyword))
        return firstProblem(Object.entries(value), path);
    return undefined;
}
function firstProblem(entries, path) {
    for (const [key, schema] of entries) {
        // draft-07 lists names where it means that they are required.
        const why = path.endsWith('/dependencies') && Array.isArray(schema)
            ? undefined
            : problemIn(schema, `${path}/${key}`);
        if (why !== undefined)
            return why;
    }
    return undefined;
}
const one = [
    'additionalItems',
    'unevaluatedItems',
    'items',
    'contains',
    'additionalProperties',
    'unevaluatedProperties',
    'propertyNames',
    'not',
    'if',
    'then',
    'else',
];
const many = ['prefixItems', 'allOf', 'anyOf', 'oneOf'];
const byName = [
    '$defs',
    'definitions',
    'properties',
    'patternProperties',
    'dependentSchemas',
    'dependencies',
];
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const number = (value) => (typeof value === 'number' ? undefined : 'a number');
const size = (value) => Number.isInteger(value) && Number(value) >= 0 ? undefined : 'a whole number from 0';
const flag = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const string = (value) => (typeof value === 'string' ? undefined : 'text');
const list = (value) => (Array.isArray(value) ? undefined : 'a list');
const texts = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
const type = (value) => [value].flat().every((item) => types.includes(String(item))) ? undefined : `of ${types.join(', ')}`;
const object = (value) => (isObject(value) ? undefined : 'a mapping');
const patterns = (value) => object(value) ??
    Object.keys(value)
        .map(pattern)
        .find(Boolean);
const shapes = {
    $ref: string,
    $id: string,
    type,
    pattern,
    patternProperties: patterns,
    required: texts,
    enum: list,
    format: string,
    uniqueItems: flag,
    ...Object.fromEntries([...many].map((keyword) => [keyword, list])),
    ...Object.fromEntries(byName.filter((keyword) => keyword !== 'patternProperties').map((keyword) => [keyword, object])),
    ...Object.fromEntries(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map((keyword) => [
        keyword,
        number,
    ])),
    ...Object.fromEntries([
        'minLength',
        'maxLength',
        'minItems',
        'maxItems',
        'minProperties',
        'maxProperties',
        'minContains',
        'maxContains',
    ].map((keyword) => [keyword, size])),
};
function pattern(value) {
    if (typeof value !== 'string')
        return 'a regular expression';
    try {
        new RegExp(value, 'u');
        return undefined;
    }
    catch (error) {
        return `a regular expression (${error instanceof Error ? error.message : String(error)})`;
    }
}
/** A reference that leads nowhere, or to another server: nothing is fetched. */
function strayReference(written) {
    if (!isObject(written))
        return undefined;
    const copy = structuredClone(written);
    const targets = (0,dereference/* dereference */.DS)(copy);
    for (const schema of Object.values(targets)) {
        if (!isObject(schema) || typeof schema.$ref !== 'string')
            continue;
        const { $ref, __absolute_ref__: absolute = $ref } = schema;
        if (targets[String(absolute)] === undefined)
            return `\`$ref\` ${JSON.stringify($ref)} leads nowhere in this schema`;
    }
    return undefined;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/packages/core/src/checks/judge/schema.js



const drafts = {
    'https://json-schema.org/draft/2020-12/schema': '2020-12',
    'http://json-schema.org/draft-07/schema': '7',
};
const known = new WeakMap();
/** Checks a schema (2020-12 unless `$schema` says draft-07) and makes it ready. The same object is read once. */
function readSchema(written) {
    if (typeof written !== 'object' || written === null)
        return compiled(written);
    const before = known.get(written);
    if (before !== undefined)
        return before;
    const reading = compiled(written);
    known.set(written, reading);
    return reading;
}
function compiled(written) {
    const named = isObject(written) ? written.$schema : undefined;
    const draft = named === undefined ? '2020-12' : drafts[String(named).replace(/#$/, '')];
    if (draft === undefined)
        return { kind: 'wrong', why: `\`$schema\` is ${JSON.stringify(named)}; 2020-12 and draft-07 are known` };
    const why = schemaProblem(written);
    if (why !== undefined)
        return { kind: 'wrong', why };
    // The validator writes into the schema that it is given.
    const validator = new esm_validator/* Validator */.D(structuredClone(written), draft, false);
    return {
        kind: 'schema',
        schema: { failures: (document, deadlineMs) => failures(validator, document, deadlineMs) },
    };
}
function failures(validator, document, deadlineMs) {
    // A schema holds patterns, and patterns may backtrack without end.
    const { valid, errors } = (0,deadline/* underDeadline */.T)(() => validator.validate(document), deadlineMs);
    if (valid)
        return [];
    const leaves = errors.filter((unit) => isLeaf(unit, errors));
    return (leaves.length === 0 ? errors : leaves).map(({ instanceLocation, error }) => `${pathOf(instanceLocation)}: ${error}`);
}
/** "Items did not match" only leads to the place; what stands below it says what is wrong there. */
function isLeaf({ keyword, keywordLocation }, errors) {
    if (leading.includes(keyword))
        return false;
    return !errors.some((other) => other.keywordLocation.startsWith(`${keywordLocation}/`));
}
const leading = [
    'properties',
    'items',
    'prefixItems',
    '$ref',
    'allOf',
    'patternProperties',
    'false',
];
function pathOf(location) {
    const path = decodeURIComponent(location.slice(1));
    return path === '' ? 'the document' : path;
}


/***/ })

};
