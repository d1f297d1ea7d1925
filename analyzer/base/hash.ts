// Ids that are made and not received: the same text always gives the same digits. For telling apart, not against forgery.

/** `digits` lower-case hex digits, at most 32, of a text. FNV-1a with another offset per 32 bits, mixed as MurmurHash3 does. */
export function hexOf(text: string, digits: number): string {
  let hex = ''
  for (let lane = 0; hex.length < digits; lane++) {
    let hash = (0x811c9dc5 + lane * 0x9e3779b9) | 0
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hex += ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
  }
  return hex.slice(0, digits)
}
