/** A segment of a path, decoded; what cannot be decoded names nothing anybody has, and stays as it was sent. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
