// A request tree as OTLP/JSON text, in the spellings that receivers must or may take: both cases of names, integers as
// numbers and as text, blanks, null for what is absent.

import type { Earlier, GroupTree, LogsTree, LogTree, Pair, SpanTree, TracesTree, Value } from './requests.ts'

export interface Spelling {
  readonly snakeCase: boolean
  readonly integersAsNumbers: boolean
  readonly upperCaseIds: boolean
  readonly blanks: string
  /** Stands for every integer value and every item's last time if given: a number on the border of what 64 bits hold, or none at all. */
  readonly oddInteger: string | null
}

export const writeTraces = (request: TracesTree, spelling: Spelling): Uint8Array =>
  writeGroups(request, createWriter(spelling), ['resourceSpans', 'scopeSpans', 'spans'], ({ span }) => span)

export const writeLogs = (request: LogsTree, spelling: Spelling): Uint8Array =>
  writeGroups(request, createWriter(spelling), ['resourceLogs', 'scopeLogs', 'logRecords'], ({ log }) => log)

type Writer = ReturnType<typeof createWriter>

function writeGroups<Item>(
  groups: readonly GroupTree<Item>[],
  write: Writer,
  [groupsName, scopesName, itemsName]: readonly [string, string, string],
  writerOf: (write: Writer) => (item: Item) => string,
): Uint8Array {
  const scopeOf = ({ name, version, attributes, items }: GroupTree<Item>['scopes'][number]) =>
    write.object([
      [
        'scope',
        write.object([
          ['name', write.text(name)],
          ['version', write.text(version)],
          ['attributes', write.pairs(attributes)],
        ]),
      ],
      [itemsName, write.array(items.map(writerOf(write)))],
    ])
  const groupOf = ({ resource, scopes }: GroupTree<Item>) =>
    write.object([
      ['resource', resource === null ? 'null' : write.object([['attributes', write.pairs(resource)]])],
      [scopesName, write.array(scopes.map(scopeOf))],
    ])
  return Buffer.from(write.object([[groupsName, write.array(groups.map(groupOf))]]))
}

function createWriter({ snakeCase, integersAsNumbers, upperCaseIds, blanks, oddInteger }: Spelling) {
  const text = (value: string) => JSON.stringify(value)
  const name = (camel: string) =>
    text(snakeCase ? camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : camel)
  const object = (fields: readonly (readonly [string, string])[]) =>
    `{${fields.map(([key, value]) => `${blanks}${name(key)}${blanks}:${blanks}${value}`).join(',')}${blanks}}`
  const array = (items: readonly string[]) => `[${blanks}${items.join(`${blanks},`)}]`
  const integer = (value: bigint) => (integersAsNumbers ? String(value) : text(String(value)))
  const hex = (bytes: Uint8Array) => {
    const digits = Buffer.from(bytes).toString('hex')
    return text(upperCaseIds ? digits.toUpperCase() : digits)
  }
  const pairs = (list: readonly Pair[]): string =>
    array(
      list.map(({ key, value: item, valueFirst }) => {
        const fields: [string, string][] = [
          ['key', text(key)],
          ['value', value(item)],
        ]
        return object(valueFirst ? fields.toReversed() : fields)
      }),
    )

  function value(any: Value): string {
    switch (any.kind) {
      case 'string':
        return object([['stringValue', text(any.text)]])
      case 'bool':
        return object([['boolValue', String(any.on)]])
      case 'int':
        return object([['intValue', oddInteger ?? integer(any.int)]])
      case 'double':
        return object([
          ['doubleValue', Number.isFinite(any.double) ? JSON.stringify(any.double) : text(String(any.double))],
        ])
      case 'array':
        return object([['arrayValue', object([['values', array(any.items.map(value))]])]])
      case 'list':
        return object([['kvlistValue', object([['values', pairs(any.pairs)]])]])
      case 'bytes':
        return object([['bytesValue', text(Buffer.from(any.bytes).toString('base64'))]])
      case 'none':
        return '{}'
    }
  }

  const status = ({ code, message }: Earlier['status']) =>
    object([
      ['code', String(code)],
      ['message', text(message)],
    ])

  const earlierFields = (earlier: Earlier): [string, string][] => [
    ['name', text(earlier.name)],
    ['kind', String(earlier.kind)],
    ['startTimeUnixNano', integer(earlier.start)],
    ['status', status(earlier.status)],
  ]

  function span(tree: SpanTree): string {
    return object([
      ...(tree.unknown === null ? [] : ([[`field${tree.unknown.number}`, text(tree.unknown.text)]] as const)),
      ...(tree.earlier === null ? [] : earlierFields(tree.earlier)),
      ['traceId', hex(tree.traceId)],
      ['spanId', hex(tree.spanId)],
      ['parentSpanId', hex(tree.parentSpanId)],
      ['name', text(tree.name)],
      ['kind', String(tree.kind)],
      ['startTimeUnixNano', integer(tree.start)],
      ['endTimeUnixNano', oddInteger ?? integer(tree.end)],
      ['attributes', pairs(tree.attributes)],
      ['droppedAttributesCount', String(tree.dropped)],
      [
        'events',
        array(
          tree.events.map((event) =>
            object([
              ['timeUnixNano', integer(event.time)],
              ['name', text(event.name)],
              ['attributes', pairs(event.attributes)],
            ]),
          ),
        ),
      ],
      ['droppedEventsCount', String(tree.droppedEvents)],
      [
        'links',
        array(
          tree.links.map((link) =>
            object([
              ['traceId', hex(link.traceId)],
              ['spanId', hex(link.spanId)],
              ['attributes', pairs(link.attributes)],
            ]),
          ),
        ),
      ],
      ['status', tree.status === null ? 'null' : status(tree.status)],
    ])
  }

  function log(tree: LogTree): string {
    return object([
      ...(tree.unknown === null ? [] : ([[`field${tree.unknown.number}`, text(tree.unknown.text)]] as const)),
      ...(tree.earlier === null ? [] : earlierLogFields(tree.earlier)),
      ['timeUnixNano', integer(tree.time)],
      ['observedTimeUnixNano', oddInteger ?? integer(tree.observed)],
      ['severityNumber', String(tree.severity)],
      ['severityText', text(tree.severityText)],
      ['eventName', text(tree.eventName)],
      ['body', value(tree.body)],
      ['attributes', pairs(tree.attributes)],
      ['droppedAttributesCount', String(tree.dropped)],
      ['traceId', hex(tree.traceId)],
      ['spanId', hex(tree.spanId)],
    ])
  }

  const earlierLogFields = ({ eventName, severity, time }: NonNullable<LogTree['earlier']>): [string, string][] => [
    ['eventName', text(eventName)],
    ['severityNumber', String(severity)],
    ['timeUnixNano', integer(time)],
  ]

  return { object, array, text, pairs, span, log }
}
