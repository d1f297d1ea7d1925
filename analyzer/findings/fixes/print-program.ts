// A program as text. What it calls are the user's own tools as async functions of one object of arguments (TypeScript) or of
// keyword arguments (Python).

import type { CodeStep } from '../../dependencies/code-way.ts'
import type { Json } from '../../model/json.ts'
import type { Language } from './fix.ts'
import type { Expression, Program, ProgramCall, Wire } from './program-wiring.ts'

export function printProgram(program: Program, language: Language): string {
  return language === 'python' ? printPython(program) : printTypeScript(program)
}

function printTypeScript({ given, stages }: Program): string {
  const lines = [`async function plan(tools${given.length === 0 ? '' : `, { ${given.join(', ')} }`}) {`]
  for (const stage of stages) {
    const [only] = stage
    if (stage.length === 1) lines.push(`  const ${only!.variable} = await ${call(only!)}`)
    else {
      lines.push(`  const [${stage.map(({ variable }) => variable).join(', ')}] = await Promise.all([`)
      for (const one of stage) lines.push(`    ${call(one)},`)
      lines.push('  ])')
    }
  }
  lines.push(
    `  return { ${stages
      .flat()
      .map(({ variable }) => variable)
      .join(', ')} }`,
    '}',
  )
  return lines.join('\n')

  function call({ tool, arguments: args }: ProgramCall): string {
    return `${isName(tool) ? `tools.${tool}` : `tools[${JSON.stringify(tool)}]`}(${typeScript(args)})`
  }
}

function typeScript(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value)
    case 'list':
      return `[${expression.items.map(typeScript).join(', ')}]`
    case 'object':
      return expression.entries.length === 0
        ? '{}'
        : `{ ${expression.entries.map(([key, value]) => (isGiven(value, key) ? key : `${keyOf(key)}: ${typeScript(value)}`)).join(', ')} }`
    case 'wire': {
      const value = walk(
        expression,
        (text) => `JSON.parse(${text})`,
        (key) => (typeof key === 'string' && isName(key) ? `.${key}` : `[${JSON.stringify(key)}]`),
      )
      return expression.way.reduce(stepInTypeScript, value)
    }
    case 'given':
      return expression.name
    case 'json':
      return `JSON.stringify(${typeScript(expression.holds)})`
  }
}

function stepInTypeScript(value: string, step: CodeStep): string {
  switch (step.kind) {
    case 'part':
      return `${value}.split('${step.separator.replace('\\', '\\\\')}')${step.place === -1 ? '.at(-1)' : `[${step.place}]`}`
    case 'trim':
      return `${value}.trim()`
    case 'lower':
      return `${value}.toLowerCase()`
    case 'upper':
      return `${value}.toUpperCase()`
    case 'text':
      return `String(${value})`
    case 'number':
      return `Number(${value})`
  }
}

function printPython({ given, stages }: Program): string {
  const usesJson = stages.flat().some(({ arguments: args }) => needsJson(args))
  const lines = ['import asyncio', ...(usesJson ? ['import json'] : []), '']
  lines.push(`async def plan(${['tools', ...given].join(', ')}):`)
  for (const stage of stages) {
    const [only] = stage
    if (stage.length === 1) lines.push(`    ${only!.variable} = await ${call(only!)}`)
    else {
      lines.push(`    ${stage.map(({ variable }) => variable).join(', ')} = await asyncio.gather(`)
      for (const one of stage) lines.push(`        ${call(one)},`)
      lines.push('    )')
    }
  }
  lines.push(
    `    return {${stages
      .flat()
      .map(({ variable }) => `"${variable}": ${variable}`)
      .join(', ')}}`,
  )
  return lines.join('\n')

  function call({ tool, arguments: args }: ProgramCall): string {
    const given = args.kind === 'object' ? `**${python(args)}` : python(args)
    return `tools[${JSON.stringify(tool)}](${given})`
  }
}

function python(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return pythonLiteral(expression.value)
    case 'list':
      return `[${expression.items.map(python).join(', ')}]`
    case 'object':
      return `{${expression.entries.map(([key, value]) => `${pythonLiteral(key)}: ${python(value)}`).join(', ')}}`
    case 'wire': {
      const value = walk(
        expression,
        (text) => `json.loads(${text})`,
        (key) => `[${pythonLiteral(key)}]`,
      )
      return expression.way.reduce(stepInPython, value)
    }
    case 'given':
      return expression.name
    case 'json':
      return `json.dumps(${python(expression.holds)}, separators=(",", ":"))`
  }
}

function stepInPython(value: string, step: CodeStep): string {
  switch (step.kind) {
    case 'part':
      return `${value}.split(${pythonLiteral(step.separator)})[${step.place}]`
    case 'trim':
      return `${value}.strip()`
    case 'lower':
      return `${value}.lower()`
    case 'upper':
      return `${value}.upper()`
    case 'text':
      return `str(${value})`
    case 'number':
      // `json.loads` makes 48213 of "48213", and 4.5 of "4.5": `float` would make 48213.0 of an id.
      return `json.loads(${value})`
  }
}

/** Leaves only: lists and objects are expressions of their own. */
function pythonLiteral(value: Json): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  // A JSON text is a Python text but for astral characters in escapes, which JSON.stringify writes as they are.
  return JSON.stringify(value)
}

function walk(wire: Wire, parse: (text: string) => string, access: (key: string | number) => string): string {
  let text = wire.variable
  for (const key of wire.path) text = typeof key === 'object' ? parse(text) : `${text}${access(key)}`
  return text
}

function needsJson(expression: Expression): boolean {
  switch (expression.kind) {
    case 'wire':
      return (
        expression.way.some(({ kind }) => kind === 'number') || expression.path.some((key) => typeof key === 'object')
      )
    case 'json':
      return true
    case 'list':
      return expression.items.some(needsJson)
    case 'object':
      return expression.entries.some(([, value]) => needsJson(value))
    default:
      return false
  }
}

/** What `{ customer }` says. */
const isGiven = (value: Expression, key: string): boolean => value.kind === 'given' && value.name === key

/** `__proto__` as a key of a literal would set what the object inherits from. */
const isName = (text: string): boolean => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(text) && text !== '__proto__'

const keyOf = (key: string): string => (isName(key) ? key : key === '__proto__' ? `['__proto__']` : JSON.stringify(key))
