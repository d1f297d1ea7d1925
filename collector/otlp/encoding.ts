/** OTLP/HTTP's two encodings. A response, errors included, has the encoding of its request. */
export type Encoding = 'protobuf' | 'json'

export const MEDIA_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** The encoding that a Content-Type header names, parameters and case ignored; null for any other or none. */
export function encodingOf(contentType: string | undefined): Encoding | null {
  const type = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (type === MEDIA_TYPES.protobuf) return 'protobuf'
  return type === MEDIA_TYPES.json ? 'json' : null
}
