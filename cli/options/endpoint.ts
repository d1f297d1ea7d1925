import { err, ok, type Result } from '../../analyzer/base/result.ts'

export const DEFAULT_HOST = '127.0.0.1'
/** The port that OTLP over HTTP has by convention. */
export const DEFAULT_PORT = 4318
/** The port that OTLP over gRPC has by convention. */
export const DEFAULT_GRPC_PORT = 4317

/** Reads the base URL of a collector, as in OTEL_EXPORTER_OTLP_ENDPOINT, and takes slashes off its end. */
export function parseEndpoint(text: string): Result<string> {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    return err(`Write the collector's URL, for example ${baseUrl(DEFAULT_HOST, DEFAULT_PORT)}.`)
  }
  return ok(text.trim().replace(/\/+$/, ''))
}

/** Reads a port; 0 asks the system for a free one. */
export function parsePort(text: string): Result<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port <= 65_535
    ? ok(port)
    : err(`Write a port from 0 to 65535, for example ${DEFAULT_PORT}; 0 takes a free one.`)
}

/** `http://127.0.0.1:4318`; an IPv6 address gets its brackets. */
export function baseUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Whether only this machine can reach the host. Takes URL host names too, where IPv6 has brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}
