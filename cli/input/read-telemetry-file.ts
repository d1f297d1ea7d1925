import { err, ok, type Result } from '../../analyzer/base/result.ts'
import type { Telemetry } from '../../analyzer/model/telemetry.ts'
import { UnreadableFile } from '../../collector/import/format.ts'
import { telemetryOf } from '../../collector/import/telemetry-of.ts'
import { nameOf, openFile } from './open-file.ts'

/** The spans and log records of one file of a known format, or of stdin for `-`. The error is a sentence that names the file. */
export async function readTelemetryFile(path: string): Promise<Result<Telemetry>> {
  try {
    return ok(await telemetryOf(openFile(path)))
  } catch (error) {
    if (error instanceof UnreadableFile) return err(`Cannot read ${nameOf(path)}: ${error.message}.`)
    throw error
  }
}
