import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { defined } from '../text/defined.ts';
import { neutralise } from '../text/neutralise.ts';
import { readContext } from './context.ts';
import { unwritable } from './folders.ts';
import { maskForms } from './masking.ts';
import type { BareRunner, Place } from './runner.ts';
import { fitSummary } from './summary.ts';

/** The hosted runner, over the toolkit. Everything printed is neutralised here, so no caller can forget it. */
export function createActionsRunner(env: NodeJS.ProcessEnv): BareRunner {
  const { context, warnings } = readContext(env, eventText(env.GITHUB_EVENT_PATH));
  for (const warning of warnings) core.warning(warning);
  let summaryBytes = 0;
  return {
    context,
    env: { ...env },
    input: (name) => core.getInput(name),
    mask(secret) {
      const { forms, warning } = maskForms(secret);
      for (const form of forms) core.setSecret(form);
      if (warning !== undefined) core.warning(warning);
    },
    debug: (message) => core.debug(neutralise(message)),
    info: (message) => core.info(neutralise(message)),
    notice: (message, place) => core.notice(neutralise(message), annotation(place)),
    warning: (message, place) => core.warning(neutralise(message), annotation(place)),
    error: (message, place) => core.error(neutralise(message), annotation(place)),
    group: (title, work) => core.group(neutralise(title), work),
    output: (name, value) => written('GITHUB_OUTPUT', env, () => core.setOutput(name, value)),
    addPath: (directory) => written('GITHUB_PATH', env, () => core.addPath(directory)),
    async summary(markdown) {
      if (!env.GITHUB_STEP_SUMMARY) return;
      const text = fitSummary(`${markdown}\n`, summaryBytes);
      summaryBytes += Buffer.byteLength(text);
      try {
        await core.summary.addRaw(text).write();
      } catch (error) {
        throw unwritable('GITHUB_STEP_SUMMARY', env.GITHUB_STEP_SUMMARY, error);
      }
    },
    saveState: (name, value) => written('GITHUB_STATE', env, () => core.saveState(name, value)),
    state: (name) => core.getState(name),
  };
}

/** The toolkit's own errors name a path at best. Failure: `runner-unwritable`. */
function written(variable: string, env: NodeJS.ProcessEnv, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw unwritable(variable, env[variable], error);
  }
}

function eventText(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function annotation(place: Place = {}): core.AnnotationProperties {
  return {
    ...defined({ title: place.title, file: place.file, startLine: place.line, startColumn: place.column }),
  };
}
