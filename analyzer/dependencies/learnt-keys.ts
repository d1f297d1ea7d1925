// Names under which the same thing is found again in another run.

import type { Json } from '../model/json.ts'

export const pairKey = (earlier: string, later: string): string => JSON.stringify([earlier, later])

export const pathKey = (from: string, fromPath: string, to: string, toPath: string): string =>
  JSON.stringify([from, anyPlace(fromPath), to, anyPlace(toPath)])

export const valueKey = (tool: string, path: string, value: Json): string =>
  JSON.stringify([tool, anyPlace(path), value])

/** `pathKey` and `valueKey` for many of them: what each says of a tool and a place in its JSON is written once. */
export class LearntKeys {
  readonly #places = new Map<string, Map<string, string>>()

  path(from: string, fromPath: string, to: string, toPath: string): string {
    return `[${this.#place(from, fromPath)},${this.#place(to, toPath)}]`
  }

  value(tool: string, path: string, value: Json): string {
    return `[${this.#place(tool, path)},${JSON.stringify(value)}]`
  }

  #place(tool: string, path: string): string {
    let ofTool = this.#places.get(tool)
    if (ofTool === undefined) {
      ofTool = new Map()
      this.#places.set(tool, ofTool)
    }
    let place = ofTool.get(path)
    if (place === undefined) {
      place = `${JSON.stringify(tool)},${JSON.stringify(anyPlace(path))}`
      ofTool.set(path, place)
    }
    return place
  }
}

/** `$.rooms[2].id` is `$.rooms[*].id`: where in a list a thing stands changes from run to run. */
export const anyPlace = (path: string): string => (path.includes('[') ? path.replace(/\[\d+\]/g, '[*]') : path)
