// The store as the rest of Tailrace opens it: spans in, spans out, OTLP/JSON in the file.

import type { Result } from '../analyzer/base/result.ts'
import { spanCodec } from './span-codec.ts'
import { openReadStore, openStore } from './store/open-store.ts'
import type { ReadStore, Store } from './store/store.ts'

/** Opens or makes the database file. The error is a sentence that says what to do. */
export const openDatabase = (file: string): Result<Store> => openStore(file, spanCodec)

/** Opens a database file that exists, for reading, while a server may be writing to it. */
export const openDatabaseForReading = (file: string): Result<ReadStore> => openReadStore(file, spanCodec)
