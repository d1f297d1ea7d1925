// Tools that run what they are given: the code says what they do.

import { remembered } from '../base/remembered.ts'
import { sqlReadings } from '../base/sql-text.ts'
import type { Json } from '../model/json.ts'
import { cleanPath } from './paths.ts'
import { rememberedParse } from './remembered-parse.ts'
import { type CodeEffect, shellEffect, UNREAD_SCRIPT } from './shell-effects.ts'
import { sqlEffect } from './sql-effects.ts'
import { lastWord, wordsOf } from './tool-lexicon.ts'

const SHELLS = new Set('bash shell sh zsh terminal command commands cmd exec execute console'.split(' '))
const SCRIPT = new Set(['command', 'cmd', 'script', 'commands', 'input', 'code'])
const STATEMENT = new Set(['sql', 'statement', 'query', 'q'])
const FOLDER = new Set(['cwd', 'workdir', 'working_directory', 'workingdirectory', 'directory', 'dir'])
/** How a SQL statement begins; `query` is a question in other tools. */
const SQL =
  /^\s*(select|with|insert\s+into|update\s+\S+\s+set|delete\s+from|create|drop|alter|truncate|begin|commit|rollback|start\s+transaction|explain|describe|pragma|values)\b/i

/** What is parsed per run, in UTF-16 code units: at up to 90 and 10 microseconds each, measured on what is hardest to parse. */
export const MAX_SQL = 100_000
const MAX_SHELL = 1_000_000

/** Effect and resources of code in a call's arguments; undefined where there is none. Remembers what it parsed. */
export function codeEffects(): (tool: string, args: Json | undefined) => CodeEffect | undefined {
  const ofStatement = rememberedParse(sqlEffect, MAX_SQL, undefined)
  const ofScript = rememberedParse(shellEffect, MAX_SHELL, UNREAD_SCRIPT)
  const isShell = remembered((tool: string) => wordsOf(tool).some((word) => SHELLS.has(word)))
  return (tool, args) => {
    if (args === null || typeof args !== 'object' || Array.isArray(args)) return undefined
    const object = args as Readonly<Record<string, Json>>
    for (const key in object) {
      const value = object[key]
      if (typeof value === 'string' && STATEMENT.has(lastWord(key)) && SQL.test(value)) {
        const code = withoutValues(value)
        return code === undefined ? undefined : ofStatement(code)
      }
    }
    if (!isShell(tool)) return undefined
    const entries = Object.entries(object)
    const script = entries.find(([key]) => SCRIPT.has(lastWord(key)))
    const text = script === undefined ? undefined : scriptOf(script[1])
    const effect = text === undefined ? undefined : ofScript(text)
    const folder = entries.find(([key, value]) => FOLDER.has(key.toLowerCase()) && typeof value === 'string')
    return effect === undefined || folder === undefined ? effect : inFolder(effect, folder[1] as string)
  }
}

/**
 * Numbers and strings decide nothing about tables: statements that differ in them alone are parsed once. Undefined where it
 * depends on the dialect what is a string and what is carried out.
 */
function withoutValues(statement: string): string | undefined {
  const [code = '', ...others] = sqlReadings(statement)
  return others.length > 0 ? undefined : code.trim().replace(/\b\d+(\.\d+)?\b/g, '0')
}

/** A script, or the words of one command. */
function scriptOf(value: Json): string | undefined {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || !value.every((word) => typeof word === 'string')) return undefined
  // ["bash", "-lc", "script"] runs the script.
  if (/^(.*\/)?(ba|z|da)?sh$/.test(String(value[0])) && /^-\w*c$/.test(String(value[1]))) return String(value[2] ?? '')
  return value.map((word) => `'${String(word).replaceAll("'", `'\\''`)}'`).join(' ')
}

function inFolder(effect: CodeEffect, folder: string): CodeEffect {
  const resources = effect.resources.map((one) => {
    const path = one.slice('path:'.length)
    return one.startsWith('path:') && !/^[/~]/.test(path) ? `path:${cleanPath(`${folder}/${path}`)}` : one
  })
  return { ...effect, resources: resources.sort() }
}
