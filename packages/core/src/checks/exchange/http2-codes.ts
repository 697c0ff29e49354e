/** Error codes of HTTP/2 (RFC 9113, section 7), in the order of the standard, which is their number. */
const codes: readonly string[] = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

/** `ENHANCE_YOUR_CALM`, or the number of a code nobody knows. */
export function http2Code(code: number): string {
  return codes[code] ?? String(code);
}
