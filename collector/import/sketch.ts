// What the beginning of a file of JSON looks like: enough to tell the formats apart, whatever the order of their keys.

import type { Sketch } from './format.ts'
import { UnreadableFile } from './format.ts'
import { createJsonItems } from './json-items.ts'

/** Levels of keys that are recorded: the deepest that a format is told by is `$.data.*.context.span_id`. */
const MAX_DEPTH = 4

/** Objects keyed by data have any number of paths. */
const MAX_PATHS = 2_000

/** Sketches `head`, which may end anywhere. Throws UnreadableFile if it is no JSON up to there. */
export function sketchJson(head: Uint8Array): Sketch {
  const paths = new Set<string>()
  const types = new Set<string>()
  const items = createJsonItems((path) => {
    if (paths.size < MAX_PATHS) paths.add(path)
    if (path === '$.type') return 'take'
    return path.split('.').length <= MAX_DEPTH ? 'enter' : 'skip'
  })
  for (const { bytes } of items.push(head)) types.add(textOf(bytes))
  return { paths, types }
}

function textOf(bytes: Uint8Array): string {
  try {
    return String(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    throw new UnreadableFile('not JSON: a "type" is neither text nor a number')
  }
}
