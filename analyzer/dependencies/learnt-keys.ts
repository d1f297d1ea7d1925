// Names under which the same thing is found again in another run.

import type { Json } from '../model/json.ts'

export const pairKey = (earlier: string, later: string): string => JSON.stringify([earlier, later])

export const pathKey = (from: string, fromPath: string, to: string, toPath: string): string =>
  JSON.stringify([from, anyPlace(fromPath), to, anyPlace(toPath)])

export const valueKey = (tool: string, path: string, value: Json): string =>
  JSON.stringify([tool, anyPlace(path), value])

/** `$.rooms[2].id` is `$.rooms[*].id`: where in a list a thing stands changes from run to run. */
export const anyPlace = (path: string): string => path.replace(/\[\d+\]/g, '[*]')
