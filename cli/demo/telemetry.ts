// The demo's own tracer provider. It is never registered as the global one, so the process that hosts the demo keeps
// whatever tracing it has.

import type { Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node'

/** `ExportResultCode.SUCCESS` of the OpenTelemetry specification. */
const SUCCESS = 0

export interface Telemetry {
  readonly tracer: Tracer
  /** Sends what is left and stops. Throws if any export failed: spans would be missing without a word. */
  finish(): Promise<void>
}

/** Traces to `{endpoint}/v1/traces` with the official OTLP exporter. `endpoint` is the collector's base URL. */
export function startTelemetry(
  endpoint: string,
  serviceName: string,
  headers: Readonly<Record<string, string>> = {},
): Telemetry {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const exporter = new WatchedExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: 5000 }))
  const provider = new NodeTracerProvider({
    // Said outright, so that OTEL_TRACES_SAMPLER in the environment cannot empty the demo.
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    // Shorter than the 5 s default: a person is watching the runs arrive.
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 300 })],
  })
  return {
    tracer: provider.getTracer('tailrace-demo'),
    finish: async () => {
      // The last flush rejects for the same reason that the exporter was told.
      await provider.shutdown().catch((error: Error) => exporter.fail(error.message))
      if (exporter.failure) throw new Error(`The demo's spans did not reach ${url}: ${exporter.failure}`)
    },
  }
}

/** Remembers a failed export. The SDK itself only logs it, to a logger that is off unless the host turns it on. */
class WatchedExporter implements SpanExporter {
  failure: string | null = null
  readonly inner: SpanExporter

  constructor(inner: SpanExporter) {
    this.inner = inner
  }

  fail(reason: string): void {
    this.failure ??= reason
  }

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.inner.export(spans, (result) => {
      if (result.code !== SUCCESS) this.fail(result.error?.message ?? 'no reason given')
      done(result)
    })
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.inner.forceFlush?.()
  }
}
