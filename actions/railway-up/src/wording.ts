import type { ArchiveListing } from '#core/railway';

const kB = 1_000;

/** What is to be uploaded: how much it is, and what is large in it; `does`: `Uploading`. */
export function listingLines(
  does: string,
  { files, bytes, largest, warnings }: ArchiveListing,
): readonly string[] {
  const sizes = largest.map((file) => `  ${sizeText(file.bytes).padStart(9)}  ${file.path}`);
  return [
    `${does} ${files} files, ${sizeText(bytes)} before compression; the largest:`,
    ...sizes,
    ...warnings,
  ];
}

/** The same in a sentence of its own, for a list of what would be done. */
export function listingSentences(
  does: string,
  { files, bytes, largest, warnings }: ArchiveListing,
): readonly string[] {
  const sizes = largest.map((file) => `${file.path} (${sizeText(file.bytes)})`).join(', ');
  return [
    `${does} ${files} files, ${sizeText(bytes)} before compression; the largest: ${sizes}.`,
    ...warnings,
  ];
}

/** `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < kB) return `${bytes} B`;
  if (bytes < kB * kB) return `${Math.round(bytes / kB)} kB`;
  return `${(bytes / kB / kB).toFixed(1)} MB`;
}
