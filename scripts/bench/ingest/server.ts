// The collector as `tailrace serve` runs it. Prints its addresses; ends on SIGTERM.

import { serve } from '../../../collector/serve.ts'
import type { Durability } from '../../../collector/store/open-writer.ts'

const [dbFile, durability] = process.argv.slice(2) as [string, Durability]
const served = await serve({ port: 0, grpcPort: 0, dbFile, uiDir: 'none', durability })
console.log(JSON.stringify({ http: served.url, grpc: served.grpcUrl }))
process.once('SIGTERM', () => void served.close().then(() => process.exit()))
