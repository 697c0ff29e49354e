import { registerHooks } from 'node:module';
import type { Finding } from './page-blocks.ts';

// The package imports its schemas as Node does not: without saying that they are JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, ofParser.test(url) ? { ...context, importAttributes: { type: 'json' } } : context),
});
const ofParser = /\/@actions\/workflow-parser\/.*\.json$/;
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  '@actions/workflow-parser'
);

/** What GitHub's own parser says of a workflow: keys, types, cron lines, contexts and functions of expressions. */
export async function githubFindings(text: string): Promise<readonly Finding[]> {
  const file = { name: 'workflow', content: text };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  // More is asked of what could be parsed; what that finds joins the same errors.
  if (value !== undefined && context.errors.count === 0) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ rawMessage, range }) => ({
    line: range?.start.line ?? 1,
    what: `GitHub refuses it: ${rawMessage}`,
  }));
}
