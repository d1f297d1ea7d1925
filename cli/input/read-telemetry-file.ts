import { readFile } from 'node:fs/promises'
import { err, type Result } from '../../analyzer/base/result.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'

const SQLITE_MAGIC = 'SQLite format 3\0'

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path',
  EISDIR: 'it is a folder. Name the files in it',
  EACCES: 'this user may not read it. Change its permissions',
}

/** The spans and log records of one OTLP file, or of stdin for `-`. The error is a sentence that names the file. */
export async function readTelemetryFile(path: string): Promise<Result<Telemetry>> {
  const name = path === '-' ? 'stdin' : path
  const bytes = await readBytes(path)
  if (!bytes.ok) return err(`Cannot read ${name}: ${bytes.error}.`)
  if (new TextDecoder().decode(bytes.value.subarray(0, SQLITE_MAGIC.length)) === SQLITE_MAGIC) {
    return err(`Cannot read ${name} as OTLP: it is a database. Write --db ${name}.`)
  }
  const telemetry = readOtlpFile(bytes.value)
  return telemetry.ok ? telemetry : err(`Cannot read ${name}: ${telemetry.error}.`)
}

async function readBytes(path: string): Promise<Result<Uint8Array>> {
  try {
    return { ok: true, value: path === '-' ? await readStdin() : await readFile(path) }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    return err(READ_ERRORS[code] ?? message)
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}
