// A program as text. What it calls are the user's own tools as async functions of one object of arguments (TypeScript) or of
// keyword arguments (Python).

import type { Json } from '../../model/json.ts'
import type { Language } from './fix.ts'
import type { Expression, Program, ProgramCall, Wire } from './program-wiring.ts'

export function printProgram(program: Program, language: Language): string {
  return language === 'python' ? printPython(program) : printTypeScript(program)
}

function printTypeScript({ stages }: Program): string {
  const lines = ['async function plan(tools) {']
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
        : `{ ${expression.entries.map(([key, value]) => `${keyOf(key)}: ${typeScript(value)}`).join(', ')} }`
    case 'wire': {
      const value = walk(
        expression,
        (text) => `JSON.parse(${text})`,
        (key) => (typeof key === 'string' && isName(key) ? `.${key}` : `[${JSON.stringify(key)}]`),
      )
      return expression.convert === null ? value : `${expression.convert === 'text' ? 'String' : 'Number'}(${value})`
    }
  }
}

function printPython({ stages }: Program): string {
  const parses = stages
    .flat()
    .some(({ arguments: args }) =>
      anyWire(args, ({ path, convert }) => convert === 'number' || path.some((key) => typeof key === 'object')),
    )
  const lines = ['import asyncio', ...(parses ? ['import json'] : []), '', 'async def plan(tools):']
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
      if (expression.convert === null) return value
      // `json.loads` makes 48213 of "48213", and 4.5 of "4.5": `float` would make 48213.0 of an id.
      return expression.convert === 'text' ? `str(${value})` : `json.loads(${value})`
    }
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

function anyWire(expression: Expression, test: (wire: Wire) => boolean): boolean {
  if (expression.kind === 'wire') return test(expression)
  if (expression.kind === 'list') return expression.items.some((item) => anyWire(item, test))
  return expression.kind === 'object' && expression.entries.some(([, value]) => anyWire(value, test))
}

/** `__proto__` as a key of a literal would set what the object inherits from. */
const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text) && text !== '__proto__'

const keyOf = (key: string): string => (isName(key) ? key : key === '__proto__' ? `['__proto__']` : JSON.stringify(key))
