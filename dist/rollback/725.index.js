export const id = 725;
export const ids = [725];
export const modules = {

/***/ 3725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommand: () => (/* binding */ runCommand)
});

// UNUSED EXPORTS: isTooOld

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/packages/core/src/action/cancellation.js
var cancellation = __webpack_require__(9827);
// EXTERNAL MODULE: ./build/packages/core/src/action/cancelled.js
var cancelled = __webpack_require__(4561);
// EXTERNAL MODULE: ./build/packages/core/src/action/doors.js + 27 modules
var doors = __webpack_require__(9527);
// EXTERNAL MODULE: ./build/packages/core/src/failure.js
var failure = __webpack_require__(9829);
// EXTERNAL MODULE: ./build/packages/core/src/redactor.js
var redactor = __webpack_require__(435);
// EXTERNAL MODULE: ./build/packages/core/src/runner/neutralise.js
var neutralise = __webpack_require__(3550);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/packages/core/src/nearest.js
var nearest = __webpack_require__(3109);
;// CONCATENATED MODULE: ./build/packages/core/src/command/arguments.js


function readArguments(args, options) {
    const { tokens } = (0,external_node_util_.parseArgs)({
        args: [...args],
        options: Object.fromEntries(options.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }])),
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const given = tokens.filter((token) => token.kind === 'option');
    if (given.some(({ name }) => name === 'help' || name === 'h'))
        return { kind: 'help' };
    const values = new Map();
    const problems = [];
    for (const token of tokens) {
        if (token.kind === 'positional')
            problems.push(`${JSON.stringify(token.value)} belongs to no option.`);
        if (token.kind !== 'option')
            continue;
        const option = options.find(({ name }) => name === token.name);
        const problem = option === undefined ? unknown(token.rawName, options) : wrong(option, token.value, values);
        if (problem !== undefined)
            problems.push(problem);
        else
            values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
    }
    return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'given', values };
}
function unknown(rawName, options) {
    const meant = (0,nearest/* nearest */.p)(rawName.replace(/^-+/, ''), options.map(({ name }) => name));
    const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
    return `There is no option ${rawName}.${hint}`;
}
function wrong({ name, value, repeats, wrong }, given, values) {
    if (value === undefined && given !== undefined)
        return `--${name} takes no value.`;
    if (value !== undefined && !given)
        return `--${name} needs a value: --${name} ${value}.`;
    if (repeats !== true && values.has(name))
        return `--${name} is given twice.`;
    return wrong?.(given ?? '');
}
/** The text of `--help`. */
function helpText({ usage, about, options, footnote }) {
    const all = [...options, { name: 'help', meaning: 'Show this.' }];
    const heads = all.map(({ name, value }) => `--${name}${value === undefined ? '' : ` ${value}`}`);
    const width = Math.max(...heads.map((head) => head.length));
    const lines = all.map(({ meaning, repeats }, index) => `  ${heads[index]?.padEnd(width)}  ${meaning}${repeats ? ' May be repeated.' : ''}`);
    return [`Usage: ${usage}`, '', about, '', ...lines, '', footnote].join('\n');
}

;// CONCATENATED MODULE: ./build/packages/core/src/report/paint.js
const plain = (_, text) => text;
const codes = {
    good: [32, 39],
    bad: [31, 39],
    unsure: [33, 39],
    dim: [2, 22],
    bold: [1, 22],
};
const coloured = (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;

;// CONCATENATED MODULE: ./build/packages/core/src/command/terminal.js

function openTerminal({ stdout, stderr }, env, secrets) {
    const live = stderr.isTTY === true && env.TERM !== 'dumb';
    const aside = paintFor(stderr, env);
    let shown = false;
    const clear = () => {
        if (shown)
            stderr.write('\r\u001b[K');
        shown = false;
    };
    return {
        live,
        paint: paintFor(stdout, env),
        out(text) {
            clear();
            stdout.write(`${secrets.redact(text)}\n`);
        },
        err(text, style) {
            clear();
            const masked = secrets.redact(text);
            stderr.write(`${style === undefined ? masked : aside(style, masked)}\n`);
        },
        status(line) {
            if (!live)
                return;
            clear();
            if (line === '')
                return;
            stderr.write(aside('dim', cut(secrets.redact(line), (stderr.columns ?? 80) - 1)));
            shown = true;
        },
    };
}
/** Colour for people only: not in a pipe, and not where NO_COLOR asks for none. FORCE_COLOR outranks the pipe. */
function paintFor(stream, env) {
    if (env.NO_COLOR)
        return plain;
    if (env.FORCE_COLOR && env.FORCE_COLOR !== '0')
        return coloured;
    return stream.isTTY === true && env.TERM !== 'dumb' ? coloured : plain;
}
function cut(line, width) {
    const characters = [...line];
    return characters.length <= width ? line : `${characters.slice(0, width - 1).join('')}…`;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/packages/core/src/runner/context.js
var context = __webpack_require__(2553);
;// CONCATENATED MODULE: ./build/packages/core/src/command/terminal-runner.js



/** A runner without a job: inputs come from options, remarks go to standard error, and nobody reads outputs. */
function createTerminalRunner({ env, cwd, inputs, terminal, mask }) {
    const say = (message) => terminal.err((0,neutralise/* neutralise */.$0)(message));
    const nobody = () => { };
    return {
        context: {
            ...(0,context/* readContext */.y)({ ...env, GITHUB_EVENT_PATH: undefined }, undefined).context,
            workspace: cwd,
            temp: (0,external_node_os_.tmpdir)(),
        },
        env: { ...env },
        input: (name) => (inputs.get(name) ?? '').trim(),
        mask,
        debug: nobody,
        info: say,
        notice: say,
        warning: say,
        error: say,
        group: (_, work) => work(),
        output: nobody,
        addPath: nobody,
        summary: async () => { },
        saveState: nobody,
        state: () => '',
    };
}

;// CONCATENATED MODULE: ./build/packages/core/src/command/run-command.js











const cannot = 2;
/** Runs an action's command as a person calls it; answers the exit code: 2 for whatever could not be done. */
async function runCommand(name, definition) {
    const args = process.argv.slice(2);
    const secrets = new redactor/* Redactor */.p([]);
    const terminal = openTerminal(process, process.env, secrets);
    if (isTooOld(process.version)) {
        terminal.err(`This needs Node 22 or newer, and ${process.version} runs it. \`npm run\` brings its own.`, 'bad');
        return cannot;
    }
    const read = readArguments(args, definition.options);
    if (read.kind === 'help' || args.length === 0) {
        terminal.out(helpText(definition));
        return args.length === 0 ? cannot : 0;
    }
    if (read.kind === 'wrong') {
        for (const problem of read.problems)
            terminal.err(problem, 'bad');
        terminal.err('See --help.');
        return cannot;
    }
    const ports = openPorts(name, definition, { terminal, secrets, values: read.values });
    try {
        return await definition.run(ports);
    }
    catch (error) {
        return concluded(error, ports);
    }
    finally {
        terminal.status('');
    }
}
function cannotWrite(path) {
    return (error) => {
        throw new failure/* ActionFailure */.d({
            code: 'input-invalid',
            what: `${JSON.stringify(path)} cannot be written: ${error.message}.`,
            next: 'Name a path in a folder that exists and may be written to.',
        });
    };
}
/** A laptop's Node may be older than the runner's; what it lacks would fail in the middle, without a word of why. */
function isTooOld(version) {
    return Number(/^v(\d+)/.exec(version)?.[1]) < 22;
}
function openPorts(name, { options }, { terminal, secrets, values }) {
    const inputs = new Map(options.flatMap((option) => {
        const given = values.get(option.name);
        if (given === undefined || option.input === undefined)
            return [];
        return [[option.input, option.value === undefined ? 'true' : given.join('\n')]];
    }));
    const runner = createTerminalRunner({
        env: process.env,
        cwd: process.cwd(),
        inputs,
        terminal,
        mask: (secret) => secrets.add(secret),
    });
    return {
        ...(0,doors/* openDoors */.E)(name, runner, (0,cancellation/* cancellationSignal */.w6)(process)),
        terminal,
        option: (option) => values.get(option)?.join('\n'),
        write: (path, text) => (0,promises_.writeFile)((0,external_node_path_.resolve)(path), text).catch(cannotWrite(path)),
    };
}
function concluded(error, { terminal, signal }) {
    if (signal.aborted || error instanceof cancelled/* Cancelled */.c) {
        terminal.err('Stopped.', 'unsure');
        return 130;
    }
    if (error instanceof failure/* ActionFailure */.d)
        explain(error, terminal);
    else
        terminal.err((0,neutralise/* neutralise */.$0)(error instanceof Error ? (error.stack ?? error.message) : String(error)), 'bad');
    return cannot;
}
function explain({ code, what, why, next, details = [] }, terminal) {
    terminal.err((0,neutralise/* neutralise */.$0)(`${code}: ${what}`), 'bad');
    if (why !== undefined)
        terminal.err((0,neutralise/* neutralise */.$0)(why));
    for (const detail of details.filter((one) => !what.includes(one)))
        terminal.err(`  ${(0,neutralise/* neutralise */.$0)(detail)}`);
    terminal.err(code === 'input-invalid' ? 'Correct the options; --help explains them.' : (0,neutralise/* neutralise */.$0)(next));
}


/***/ })

};
