import { oneLine } from '../../analyzer/base/one-line.ts'
import type { ExplainedArgument, Explanation, ReportCall, ReportRun } from '../../analyzer/index.ts'
import { PAIR_WORDS } from '../../analyzer/model/pair-reason.ts'

const MAX_VALUE_CHARS = 60

const NOT_SHOWN = '  nothing that a value or an order shows, but see the verdicts'

const TWO_FIGURES =
  'What a call needs is told with the worth of that evidence, a verdict with how often such pairs turned out so in labelled runs.'

/** An explanation as text for a terminal: the arguments with their sources, what the call needs, the verdicts. */
export function formatExplanation(run: ReportRun, call: ReportCall, explanation: Explanation): string {
  const nameOf = (id: string): string => nameOfCall(run, id)
  const { effect, resources } = call
  const touches = resources.length > 0 ? `, touches ${resources.map(oneLine).join(', ')}` : ''
  const lines = [
    `${nameOf(call.id)}, ${call.turn < 0 ? 'asked for by no turn' : `turn ${call.turn}`}, ${effect.kind} by ${effect.from}${touches}`,
    '',
    'Arguments',
    ...(explanation.arguments.length > 0
      ? explanation.arguments.flatMap((argument) => formatArgument(argument, nameOf))
      : [call.arguments === undefined ? '  were not captured' : '  none']),
    '',
    'Needs',
    ...(explanation.dependencies.length > 0
      ? explanation.dependencies.map(
          ({ from, kind, confidence }) => `  ${nameOf(from)}: ${kind}, confidence ${confidence.toFixed(2)}`,
        )
      : [explanation.verdicts.some(({ verdict }) => verdict === 'dependent') ? NOT_SHOWN : '  nothing that was found']),
    '',
    'Against earlier calls',
    ...(explanation.verdicts.length > 0
      ? explanation.verdicts.map(
          ({ call: id, verdict, confidence, reason }) =>
            `  ${nameOf(id)}: ${verdict}${verdict === 'unknown' ? '' : ` ${confidence.toFixed(2)}`}${reason === undefined ? '' : `, as ${PAIR_WORDS[reason]}`}`,
        )
      : ['  it is the first']),
    ...(isToldTwice(explanation) ? ['', TWO_FIGURES] : []),
  ]
  return lines.join('\n')
}

/** Whether a dependency and the verdict on the same two calls have figures that differ, or words. */
function isToldTwice({ dependencies, verdicts }: Explanation): boolean {
  return dependencies.some(({ from, confidence }) => {
    const told = verdicts.find(({ call }) => call === from)
    return told !== undefined && (told.verdict !== 'dependent' || told.confidence.toFixed(2) !== confidence.toFixed(2))
  })
}

function formatArgument(
  { path, value, bits, where, sources }: ExplainedArgument,
  nameOf: (id: string) => string,
): string[] {
  const text = oneLine(typeof value === 'string' ? `"${value}"` : JSON.stringify(value))
  const cut = text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS - 1)}…` : text
  return [
    `  ${oneLine(path)} = ${cut} (${bits.toFixed(0)} bits): ${oneLine(where)}`,
    ...sources.map(({ call, path: at, how, probability, rejected }) =>
      rejected === ''
        ? `    from ${nameOf(call)} ${oneLine(at)}, ${how}, P(needed) ${probability.toFixed(2)}`
        : `    not from ${nameOf(call)} ${oneLine(at)} (${how}): ${oneLine(rejected)}`,
    ),
  ]
}

/** `search_hotels`, or `search_hotels#2` for the second of several. */
function nameOfCall({ calls }: ReportRun, id: string): string {
  const call = calls.find((one) => one.id === id)
  if (call === undefined) return id
  const same = calls.filter(({ tool }) => tool === call.tool)
  return same.length > 1 ? `${oneLine(call.tool)}#${same.indexOf(call) + 1}` : oneLine(call.tool)
}
