import type { ChecksReport, CommandDefinition, CommandOption, CommandPorts } from '#core/checks';
import { calledAs, checksHtml, checksJson, checksTap, checksTerminal } from '#core/checks';
import { inputs } from './inputs.ts';
import { probe, validate } from './probe.ts';
import { showProgress } from './progress.ts';
import { subjectOf, validResult } from './result.ts';

const options: readonly CommandOption[] = [
  { name: 'file', value: 'PATH', repeats: true, input: 'checks', meaning: 'A check file or glob.' },
  { name: 'url', value: 'URL', input: 'url', meaning: 'The service; alone it is checked itself.' },
  {
    name: 'var',
    value: 'NAME=VALUE',
    repeats: true,
    input: 'check-variables',
    meaning: 'A value for the checks’ variables.',
  },
  {
    name: 'secret',
    value: 'NAME',
    repeats: true,
    input: 'check-secrets',
    meaning: 'A secret of the checks, taken from the environment.',
    wrong: (given) =>
      given.includes('=')
        ? '--secret takes a NAME alone: every process of this machine can read a command line.'
        : undefined,
  },
  {
    name: 'tags',
    value: 'TAG',
    repeats: true,
    input: 'tags',
    meaning: 'Only checks with one of these tags.',
  },
  { name: 'only', value: 'NAME', repeats: true, input: 'only', meaning: 'Only the checks of these names.' },
  { name: 'timeout', value: 'TIME', input: 'timeout', meaning: 'Time for everything; 10m unless given.' },
  { name: 'validate', input: 'validate-only', meaning: 'Only read the checks and list what is wrong.' },
  { name: 'json', meaning: 'Print the report as JSON.' },
  { name: 'tap', meaning: 'Print the report as TAP 14.' },
  { name: 'curl', meaning: 'Print http checks that did not pass as curl commands; secrets are $NAME.' },
  { name: 'html', value: 'PATH', meaning: 'Write the report as a page as well.' },
];

/** The smoke test on a laptop: the same inputs, engine and messages. */
export const command: CommandDefinition = {
  usage: `${calledAs('node dist/smoke-test/index.js')} --file checks.yml --var url=https://shop.example`,
  about: 'Runs checks against a running system, as the smoke-test action does.',
  options,
  footnote: 'Exit codes: 0 pass, 1 fail or inconclusive, 2 error.',
  run,
};

async function run(ports: CommandPorts): Promise<number> {
  const { runner, terminal } = ports;
  ports.checks.start();
  const given = inputs.read(runner);
  if (given.validateOnly) {
    terminal.out(validResult(await validate(given, ports)).headline);
    return 0;
  }
  const report = await probed(given, ports);
  const page = ports.option('html');
  terminal.out(rendered(report, ports));
  if (page !== undefined) await ports.write(page, checksHtml(report, subjectOf(given, runner.context)));
  return exitCodes[report.outcome];
}

async function probed(given: Parameters<typeof probe>[0], ports: CommandPorts): Promise<ChecksReport> {
  const progress = showProgress(ports);
  try {
    // It takes no target on a platform.
    return await probe(given, ports, { onProgress: progress.note, platform: undefined });
  } finally {
    progress.stop();
  }
}

function rendered(report: ChecksReport, { option, terminal }: CommandPorts): string {
  if (option('json') !== undefined) return checksJson(report);
  if (option('tap') !== undefined) return checksTap(report);
  return checksTerminal(report, terminal.paint, { curl: option('curl') !== undefined });
}

const exitCodes: Readonly<Record<ChecksReport['outcome'], number>> = {
  pass: 0,
  fail: 1,
  inconclusive: 1,
  error: 2,
};
