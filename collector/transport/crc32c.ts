// CRC-32C (Castagnoli), which Node's zlib does not have: its crc32 is the other polynomial.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1
  return crc
})

/** CRC-32C of the nine characters `123456789` is 0xe3069283. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffff_ffff) >>> 0
}

/** As snappy's frames hold it: rotated and shifted, so that a checksum of data with checksums in it stays good. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282_ead8) >>> 0
}
