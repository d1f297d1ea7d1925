// Changes in the user's own code, whatever the framework.

import type { Run } from '../../model/run.ts'
import { type Fix, type Language, languageOf } from './fix.ts'

type From = Pick<Run, 'framework' | 'language'>

/** What only the best case would gain: a question to the user, never advice to run anything together. */
export function askTheUser(tools: string): Fix {
  return {
    summary: `If you know that ${tools} do not need each other, say so on the pair in the page, and the figures follow. Otherwise leave them as they are.`,
    code: '',
  }
}

export const NOTHING_TO_CHANGE: Fix = { summary: 'Nothing to change: the order is needed.', code: '' }

/** Of calls that a program could make. */
export const KEEP_THE_ORDER: Fix = {
  summary: 'Keep the order: each needs the one before. Only the model need not be asked in between.',
  code: '',
}

/** One tool in a loop: its calls at once, or one call that takes the list. */
export function fanOut(run: From, tool: string, field: string, trusted: boolean): Fix {
  if (!trusted) {
    return {
      summary: `Give the agent a tool that takes a list of \`${field}\`, so that one call does what the loop does.`,
      code: bulkTool(languageOf(run), tool, field),
    }
  }
  return {
    summary: `Give the agent a tool that takes a list of \`${field}\`: one call, and all requests at once inside. Where the service has a bulk endpoint, use that.`,
    code: bulkTool(languageOf(run), tool, field),
  }
}

function bulkTool(language: Language, tool: string, field: string): string {
  const name = identifier(tool)
  const key = JSON.stringify(field)
  const item = identifier(field)
  const isPlain = item === field
  return language === 'python'
    ? `async def ${name}_many(${item}s: list):\n    return await asyncio.gather(*(${name}(${isPlain ? `${item}=${item}` : `**{${key}: ${item}}`}) for ${item} in ${item}s))`
    : `const ${name}Many = ({ ${item}s }) => Promise.all(${item}s.map((${item}) => ${name}({ ${isPlain ? item : `${key}: ${item}`} })))`
}

export function cacheResult(run: From, tool: string): Fix {
  return {
    summary: `Keep the results of ${tool} for the length of a run, by its arguments, and drop them when something is written. Or say in the prompt that what was read once need not be read again.`,
    code: (languageOf(run) === 'python'
      ? [
          'known = {}',
          'async def cached(**args):',
          '    key = json.dumps(args, sort_keys=True)',
          '    if key not in known:',
          `        known[key] = await ${identifier(tool)}(**args)`,
          '    return known[key]',
        ]
      : [
          'const known = new Map()',
          'const cached = (args) => {',
          '  const key = JSON.stringify(args)',
          `  if (!known.has(key)) known.set(key, ${identifier(tool)}(args))`,
          '  return known.get(key)',
          '}',
        ]
    ).join('\n'),
  }
}

export function startAtOnce(tool: string): Fix {
  return {
    summary: `Find what ${tool} waited for before it began: open connections ahead of time, warm up workers, raise the size of a pool. If an approval was awaited, record it, so that it counts as a person's time.`,
    code: '',
  }
}

export function capAt(run: From, tool: string, cap: number): Fix {
  const code =
    languageOf(run) === 'python'
      ? `limit = asyncio.Semaphore(${cap})\nasync def ${identifier(tool)}_limited(**args):\n    async with limit:\n        return await ${identifier(tool)}(**args)`
      : `import pLimit from 'p-limit'\nconst limit = pLimit(${cap})\nconst ${identifier(tool)}Limited = (args) => limit(() => ${identifier(tool)}(args))`
  return {
    summary: `Let at most ${cap} calls of ${tool} run at once, and tell Tailrace: tools: { '${tool}': { concurrency: ${cap} } } in tailrace.config.ts, so that no schedule promises more.`,
    code,
  }
}

export function waitFor(run: From, tools: string): Fix {
  const code =
    languageOf(run) === 'python'
      ? 'lock = asyncio.Lock()\nasync with lock:\n    ...  # one at a time: whatever reads or writes this thing'
      : 'for (const call of writes) await execute(call) // one at a time; what only reads other things may run beside'
  return {
    summary: `Run ${tools} one after another: await each before the next starts, or put a lock on the thing that they share.`,
    code,
  }
}

/**
 * A name as code can have it: `mcp__files__read-file` -> `mcp__files__read_file`, `import` -> `import_`. Letters of every script
 * are letters in JavaScript and in Python, which takes names in NFKC.
 */
export const identifier = (name: string): string => {
  const plain = name.normalize('NFKC').replace(/[^\p{XID_Continue}]/gu, '_')
  if (!/[^_]/.test(plain)) return 'unnamed'
  const begun = plain.replace(/^(?![\p{XID_Start}_])/u, '_')
  return RESERVED.has(begun) ? `${begun}_` : begun
}

/** Words that JavaScript in a module, or Python, keeps for itself. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield ' +
    'False None True and as assert async def del elif except from global is lambda nonlocal not or pass raise'
  ).split(' '),
)
