import { createReadStream } from 'node:fs'
import { UnreadableFile } from '../../collector/import/format.ts'

const SQLITE_MAGIC = 'SQLite format 3\0'

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path',
  EISDIR: 'it is a folder. Name the files in it',
  EACCES: 'this user may not read it. Change its permissions',
}

/** `-` is stdin. */
export const nameOf = (path: string): string => (path === '-' ? 'stdin' : path)

/** The bytes of a file, or of stdin for `-`, in pieces. Throws UnreadableFile, also for a database. */
export async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  let isFirst = true
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      if (isFirst && isDatabase(chunk)) throw new UnreadableFile(`it is a database. Write --db ${nameOf(path)}`)
      isFirst = false
      yield chunk
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code === undefined ? error : new UnreadableFile(READ_ERRORS[code] ?? message)
  }
}

const isDatabase = (chunk: Uint8Array): boolean =>
  new TextDecoder().decode(chunk.subarray(0, SQLITE_MAGIC.length)) === SQLITE_MAGIC
