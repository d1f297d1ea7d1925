import { parseArgs } from 'node:util'

const USAGE = `usage: npm run fit -- [--corpus FOLDER] [--date YYYY-MM-DD] [--dry-run]
  --corpus FOLDER  where the corpora are (default ../shared/corpus)
  --date DATE      the date to write (default today)
  --dry-run        print, and write nothing; pairs are then counted with the match weights as they are`

export interface Flags {
  readonly corpus: string
  readonly date: string
  readonly 'dry-run': boolean
}

/** Undefined, and a message on stderr, for wrong usage. */
export function readFlags(): Flags | undefined {
  try {
    const { values } = parseArgs({
      options: {
        corpus: { type: 'string', default: '../shared/corpus' },
        date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    console.error(`fit: ${(error as Error).message}\n${USAGE}`)
    return undefined
  }
}

/** The exit code for that, and a message on stderr. */
export function noCorpus(folder: string): number {
  console.error(`fit: there are no corpora in ${folder}. Name their folder with --corpus FOLDER.`)
  return 3
}
