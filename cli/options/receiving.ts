// Options of `serve` about who may send what.

import { Option } from 'commander'
import { err, ok, type Result } from '../../analyzer/base/result.ts'
import { orInvalid } from './argument.ts'
import { parseSize } from './size.ts'

/** Where the token is looked for when the option is not given: the command line of a process is visible to others. */
export const TOKEN_VARIABLE = 'TAILRACE_TOKEN'

/** A body is held in memory whole, more than once while it is decoded. */
const MAX_BODY_LIMIT = 1024 ** 3

/** Reads the token: what fits a header, and cannot be empty by mistake. */
export function parseToken(text: string): Result<string> {
  return /^[\x21-\x7e]+$/.test(text)
    ? ok(text)
    : err('Write a token of visible characters without spaces, for example the output of: openssl rand -hex 16.')
}

export function tokenOption(): Option {
  return new Option(
    '--token <token>',
    'what exporters must show as Authorization: Bearer; readers too where others can come',
  )
    .env(TOKEN_VARIABLE)
    .argParser(orInvalid(parseToken))
}

/** Reads an origin as browsers send it: a scheme and a host, no path, no wildcard. */
export function parseOrigin(text: string): Result<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) && url.origin === text.toLowerCase()
    ? ok(url.origin)
    : err('Write one origin as browsers send it, for example https://app.example or http://localhost:3000.')
}

export function corsOriginOption(): Option {
  const parse = orInvalid(parseOrigin)
  return new Option('--cors-origin <origin>', 'origin whose pages may send spans; can be given again').argParser(
    (text: string, before: readonly string[] | undefined) => [...(before ?? []), parse(text)],
  )
}

/** Reads the limit for a body, in bytes. */
export function parseMaxBody(text: string): Result<number> {
  const size = parseSize(text)
  return size.ok && size.value >= 1024 && size.value <= MAX_BODY_LIMIT
    ? size
    : err('Write a size from 1 KiB to 1 GiB with its unit, for example 64MiB.')
}

export function maxBodyOption(): Option {
  return new Option('--max-body <size>', 'largest request, as sent and decompressed (default: 64MiB)').argParser(
    orInvalid(parseMaxBody),
  )
}
