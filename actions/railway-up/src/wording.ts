import type { ArchiveListing } from '#core/railway';

const kB = 1_000;

/** What is about to be uploaded, for the log: how much it is, and what is large in it. */
export function listingLines({ files, bytes, largest, warnings }: ArchiveListing): readonly string[] {
  const sizes = largest.map((file) => `  ${sizeText(file.bytes).padStart(9)}  ${file.path}`);
  return [
    `Uploading ${files} files, ${sizeText(bytes)} before compression; the largest:`,
    ...sizes,
    ...warnings,
  ];
}

/** `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < kB) return `${bytes} B`;
  if (bytes < kB * kB) return `${Math.round(bytes / kB)} kB`;
  return `${(bytes / kB / kB).toFixed(1)} MB`;
}
