/**
 * Makes text from tools, servers and commits safe to print: the runner reads workflow commands from every
 * line of the log. The breaks are visible spaces, not zero-width characters: the runner looks for `::` and `##[` with
 * culture-sensitive comparisons, which skip characters of no width and would still find the command.
 */

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are what this file is about
/** Terminal sequences (CSI, OSC and the like, two-character escapes), then lone controls but for the tab. */
const terminalControls =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]|[\0-\x08\x0b-\x1f\x7f-\x9f]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

const commandAtStart = /^([\s\p{Cf}\p{DI}]*):[\p{Cf}\p{DI}]*:/u;
const commandAnywhere = /#[\p{Cf}\p{DI}]*#[\p{Cf}\p{DI}]*\[/gu;

/** The lines of a text. A lone CR ends a line too: the runner reads it so, and progress bars print it. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** A line without colours, cursor movements and other controls. */
export function stripControls(line: string): string {
  return line.replace(terminalControls, '');
}

/** One line, safe to print: `::error::x` becomes `: :error::x`, `##[group]x` becomes `## [group]x`. */
export function neutraliseLine(line: string): string {
  return stripControls(line).replace(commandAtStart, '$1: :').replace(commandAnywhere, '## [');
}

/** Text of any number of lines, safe to print. Neutral text comes back as it is. */
export function neutralise(text: string): string {
  return splitLines(text).map(neutraliseLine).join('\n');
}
