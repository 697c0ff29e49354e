/** The door to the outside: the clock, HTTP, processes and tools. */

export { type InstallOptions, installTool } from '../install/install-tool.ts';
export type { LatestSource, ToolSpec } from '../install/tool.ts';
export { systemClock } from '../io/clock.ts';
export { createHttp } from '../io/http/create-http.ts';
export type { Http, HttpErrorKind, HttpRequest } from '../io/http.ts';
export { createTools } from '../io/process/create-tools.ts';
export type { ToolRun } from '../io/process.ts';
export { retry } from '../io/retry.ts';
export { type Settled, settle, settlePolicy } from '../io/settle.ts';
