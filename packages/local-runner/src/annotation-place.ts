import path from 'node:path';
import type { Place } from './annotation.ts';
import type { WorkflowCommand } from './workflow-command.ts';

/** Where an `error`, `warning` or `notice` command points, after the runner has dropped what makes no sense. */
export function placeOf(command: WorkflowCommand, workspace: string): Place {
  const title = command.properties.get('title');
  const file = command.properties.get('file');
  return {
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file: relativeTo(workspace, file) }),
    ...lines(command),
    ...columns(command),
  };
}

function relativeTo(workspace: string, file: string): string {
  const inside = path.relative(workspace, path.resolve(workspace, file));
  return inside.startsWith('..') ? file : inside.split(path.sep).join('/');
}

/** `endLine` without `line` becomes the line; an end before the start drops both. */
function lines(command: WorkflowCommand): Pick<Place, 'line' | 'endLine'> {
  return range(command, 'line', 'endline', (line, endLine) => ({
    line,
    ...(endLine === undefined ? {} : { endLine }),
  }));
}

/** Columns need a line, and both ends on the same one. */
function columns(command: WorkflowCommand): Pick<Place, 'column' | 'endColumn'> {
  const line = wholeNumber(command, 'line') ?? wholeNumber(command, 'endline');
  const endLine = wholeNumber(command, 'endline') ?? line;
  if (line === undefined || line !== endLine) return {};
  return range(command, 'col', 'endcolumn', (column, endColumn) => ({
    column,
    ...(endColumn === undefined ? {} : { endColumn }),
  }));
}

function range<T extends object>(
  command: WorkflowCommand,
  startKey: string,
  endKey: string,
  render: (start: number, end: number | undefined) => T,
): T | Record<string, never> {
  const end = wholeNumber(command, endKey);
  const start = wholeNumber(command, startKey) ?? end;
  if (start === undefined || (end !== undefined && end < start)) return {};
  return render(start, end);
}

function wholeNumber(command: WorkflowCommand, key: string): number | undefined {
  const text = command.properties.get(key);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
