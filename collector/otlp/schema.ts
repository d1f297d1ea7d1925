// The part of opentelemetry-proto (v1) that a receiver of traces and logs reads and writes, as a protobufjs descriptor.
// Fields that are left out here are skipped as unknown. Enums are int32: OTLP's enums are open, 99 stays 99.

import protobuf from 'protobufjs/light.js'
import { MAX_NESTING } from './bad-data.ts'

type Fields = Record<string, { id: number; type: string; rule?: 'repeated' }>

/** Half a character at the end of a cut attribute becomes U+FFFD; protobufjs would refuse the whole request for it. */
const LENIENT_TEXT = { options: { features: { utf8_validation: 'NONE' } } }

const one = (id: number, type: string) => ({ id, type, ...(type === 'string' ? LENIENT_TEXT : {}) })
const many = (id: number, type: string) => ({ id, type, rule: 'repeated' as const })
const message = (fields: Fields) => ({ fields })

const root = protobuf.Root.fromJSON({
  nested: {
    AnyValue: {
      oneofs: {
        value: {
          oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'],
        },
      },
      fields: {
        stringValue: one(1, 'string'),
        boolValue: one(2, 'bool'),
        intValue: one(3, 'int64'),
        doubleValue: one(4, 'double'),
        arrayValue: one(5, 'ArrayValue'),
        kvlistValue: one(6, 'KeyValueList'),
        bytesValue: one(7, 'bytes'),
      },
    },
    ArrayValue: message({ values: many(1, 'AnyValue') }),
    KeyValueList: message({ values: many(1, 'KeyValue') }),
    KeyValue: message({ key: one(1, 'string'), value: one(2, 'AnyValue') }),
    Resource: message({ attributes: many(1, 'KeyValue') }),
    InstrumentationScope: message({
      name: one(1, 'string'),
      version: one(2, 'string'),
      attributes: many(3, 'KeyValue'),
    }),
    SpanStatus: message({ message: one(2, 'string'), code: one(3, 'int32') }),
    Event: message({
      timeUnixNano: one(1, 'fixed64'),
      name: one(2, 'string'),
      attributes: many(3, 'KeyValue'),
    }),
    Link: message({
      traceId: one(1, 'bytes'),
      spanId: one(2, 'bytes'),
      attributes: many(4, 'KeyValue'),
    }),
    Span: message({
      traceId: one(1, 'bytes'),
      spanId: one(2, 'bytes'),
      parentSpanId: one(4, 'bytes'),
      name: one(5, 'string'),
      kind: one(6, 'int32'),
      startTimeUnixNano: one(7, 'fixed64'),
      endTimeUnixNano: one(8, 'fixed64'),
      attributes: many(9, 'KeyValue'),
      droppedAttributesCount: one(10, 'uint32'),
      events: many(11, 'Event'),
      droppedEventsCount: one(12, 'uint32'),
      links: many(13, 'Link'),
      status: one(15, 'SpanStatus'),
    }),
    ScopeSpans: message({ scope: one(1, 'InstrumentationScope'), spans: many(2, 'Span') }),
    ResourceSpans: message({ resource: one(1, 'Resource'), scopeSpans: many(2, 'ScopeSpans') }),
    ExportTraceServiceRequest: message({ resourceSpans: many(1, 'ResourceSpans') }),
    LogRecord: message({
      timeUnixNano: one(1, 'fixed64'),
      severityNumber: one(2, 'int32'),
      severityText: one(3, 'string'),
      body: one(5, 'AnyValue'),
      attributes: many(6, 'KeyValue'),
      droppedAttributesCount: one(7, 'uint32'),
      traceId: one(9, 'bytes'),
      spanId: one(10, 'bytes'),
      observedTimeUnixNano: one(11, 'fixed64'),
      eventName: one(12, 'string'),
    }),
    ScopeLogs: message({ scope: one(1, 'InstrumentationScope'), logRecords: many(2, 'LogRecord') }),
    ResourceLogs: message({ resource: one(1, 'Resource'), scopeLogs: many(2, 'ScopeLogs') }),
    ExportLogsServiceRequest: message({ resourceLogs: many(1, 'ResourceLogs') }),
    ExportTracePartialSuccess: message({ rejectedSpans: one(1, 'int64'), errorMessage: one(2, 'string') }),
    ExportTraceServiceResponse: message({ partialSuccess: one(1, 'ExportTracePartialSuccess') }),
    RpcStatus: message({ code: one(1, 'int32'), message: one(2, 'string') }),
  },
})

// A value inside a kvlist costs three messages (KeyValueList, KeyValue, AnyValue); around the outermost are five.
// protobufjs has this limit per process only, 100 by default. Nothing else here decodes protobuf.
protobuf.Reader.recursionLimit = 3 * MAX_NESTING + 8

export const TraceRequestType = root.lookupType('ExportTraceServiceRequest')
export const LogsRequestType = root.lookupType('ExportLogsServiceRequest')
export const TraceResponseType = root.lookupType('ExportTraceServiceResponse')
export const RpcStatusType = root.lookupType('RpcStatus')

/** A 64-bit integer as protobufjs reads it: two halves of 32 bits. */
export interface Long {
  readonly low: number
  readonly high: number
}
export interface AnyValueMessage {
  readonly value?: string
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: Long
  readonly doubleValue?: number
  readonly arrayValue?: { readonly values: readonly AnyValueMessage[] }
  readonly kvlistValue?: { readonly values: readonly KeyValueMessage[] }
  readonly bytesValue?: Uint8Array
}
export interface KeyValueMessage {
  readonly key: string
  readonly value?: AnyValueMessage | null
}
export interface SpanMessage {
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
  readonly parentSpanId: Uint8Array
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: Long
  readonly endTimeUnixNano: Long
  readonly attributes: readonly KeyValueMessage[]
  readonly droppedAttributesCount: number
  readonly events: readonly {
    readonly timeUnixNano: Long
    readonly name: string
    readonly attributes: readonly KeyValueMessage[]
  }[]
  readonly droppedEventsCount: number
  readonly links: readonly {
    readonly traceId: Uint8Array
    readonly spanId: Uint8Array
    readonly attributes: readonly KeyValueMessage[]
  }[]
  readonly status?: { readonly code: number; readonly message: string } | null
}
export interface LogMessage {
  readonly timeUnixNano: Long
  readonly observedTimeUnixNano: Long
  readonly severityNumber: number
  readonly severityText: string
  readonly eventName: string
  readonly body?: AnyValueMessage | null
  readonly attributes: readonly KeyValueMessage[]
  readonly droppedAttributesCount: number
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
}
export interface ResourceMessage {
  readonly attributes: readonly KeyValueMessage[]
}
export interface ScopeMessage {
  readonly name: string
  readonly version: string
  readonly attributes: readonly KeyValueMessage[]
}
export interface TraceRequestMessage {
  readonly resourceSpans: readonly {
    readonly resource?: ResourceMessage | null
    readonly scopeSpans: readonly { readonly scope?: ScopeMessage | null; readonly spans: readonly SpanMessage[] }[]
  }[]
}
export interface LogsRequestMessage {
  readonly resourceLogs: readonly {
    readonly resource?: ResourceMessage | null
    readonly scopeLogs: readonly { readonly scope?: ScopeMessage | null; readonly logRecords: readonly LogMessage[] }[]
  }[]
}
