/** Why a report has no runs, and what to do. */
export function noRuns(spans: number): string {
  return spans === 0
    ? 'No runs: there are no spans. Run your agent with OTEL_EXPORTER_OTLP_ENDPOINT set to the collector.'
    : `No runs: none of the ${spans} spans is a model or tool call that Tailrace knows. Turn on the GenAI telemetry of your SDK.`
}
