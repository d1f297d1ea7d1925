// Turns and calls while a run is being put together: nodes, exact times, and what the spans alone say.

import type { AgentRecord, ModelRecord, RequestedCall, ToolRecord } from '../model/record.ts'
import { endOf, startOf } from './time.ts'
import type { TraceTree } from './trace-tree.ts'
import { trimLateInput } from './trim-late-input.ts'

export interface TurnDraft {
  readonly node: number
  readonly record: ModelRecord
  readonly start: bigint
  readonly end: bigint
  /** The tool calls of the model's answer, in its order. */
  readonly requests: readonly RequestedCall[]
}

export interface CallDraft {
  readonly node: number
  readonly record: ToolRecord | AgentRecord
  readonly tool: string
  readonly callId: string | null
  readonly start: bigint
  readonly end: bigint
}

/** Of a run, in time order. */
export interface Drafts {
  readonly turns: readonly TurnDraft[]
  readonly calls: readonly CallDraft[]
}

/** `members` in time order, parted into turns and calls. An agent among them is a call whose tool is the agent. */
export function draftsOf(tree: TraceTree, members: readonly number[]): Drafts {
  const turns: TurnDraft[] = []
  const calls: CallDraft[] = []
  for (const node of members) {
    const record = tree.records[node]!
    const [start, end] = [startOf(record.span), endOf(record.span)]
    if (record.kind === 'model') {
      turns.push({ node, record, start, end, requests: requestsOf(record) })
    } else if (record.kind === 'tool') {
      calls.push({ node, record, tool: record.tool, callId: record.callId, start, end })
    } else if (record.kind === 'agent') {
      calls.push({ node, record, tool: record.name, callId: null, start, end })
    }
  }
  return { turns: trimLateInput(turns), calls }
}

/** One message is the rule, and its list will do. */
const requestsOf = ({ output }: ModelRecord): readonly RequestedCall[] =>
  output.length === 1 ? output[0]!.calls : output.flatMap((message) => message.calls)
