/** Above this the runner uploads nothing at all. Bytes, per step. */
export const summaryLimit = 1_048_576;

const note = '\n\n> The summary was cut here: the runner shows at most 1 MiB.\n';
/** For the note, and for what must be closed before it. Every text leaves this much, so that a later one can say it was cut. */
const reserve = 256;

/** What of `markdown` still fits after `written` bytes: cut after a whole line, so that no table row is torn, with a note. */
export function fitSummary(markdown: string, written: number): string {
  const room = summaryLimit - reserve - written;
  if (Buffer.byteLength(markdown) <= room) return markdown;
  if (room <= -reserve / 2) return '';
  const kept = wholeLines(markdown, Math.max(0, room));
  return `${kept}${closing(kept)}${note}`;
}

function wholeLines(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes).lastIndexOf('\n');
  return cut < 0 ? '' : Buffer.from(text).subarray(0, cut).toString();
}

/** An open fence or fold would swallow the note. */
function closing(kept: string): string {
  const fences = kept.match(/^```/gm)?.length ?? 0;
  const opened = kept.match(/<details\b/g)?.length ?? 0;
  const closed = kept.match(/<\/details>/g)?.length ?? 0;
  return (fences % 2 === 1 ? '\n```' : '') + (opened > closed ? '\n\n</details>' : '');
}
