import { CodeBlock } from './CodeBlock.tsx'
import { FrameworkList } from './FrameworkList.tsx'

interface Props {
  readonly listening: boolean
  /** Why what has arrived makes no run; null if nothing has. */
  readonly why: string | null
}

/** What to do when nothing has arrived: three lines with this page's own address. */
export function EmptyRuns({ listening, why }: Props) {
  const endpoint = window.location.origin
  const lines = `export OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
node my-agent.js`
  return (
    <section class="empty">
      <h1>No runs yet</h1>
      {why !== null && (
        <div class="banner" role="status">
          <span>{why}</span>
        </div>
      )}
      <p>Point your agent's OpenTelemetry exporter here and run it:</p>
      <CodeBlock code={lines} />
      <p>
        The run shows up on this page while it is going on, without a reload.{' '}
        <span class={`listening ${listening ? 'open' : 'connecting'}`}>
          <i class="dot" /> {listening ? `Listening on ${endpoint}` : 'Connecting'}
        </span>
      </p>
      <h2>Which framework?</h2>
      <p>Each has its own lines to paste, and some have to be told to record arguments and results:</p>
      <FrameworkList />
      <h2>No agent at hand?</h2>
      <p>The demo runs a small agent twice, once with a waterfall and once without; no key needed:</p>
      <CodeBlock
        code={window.location.port === '4318' ? 'npx tailrace demo' : `npx tailrace demo --endpoint ${endpoint}`}
      />
      <h2>Traces or transcripts in files?</h2>
      <p>
        OTLP, Jaeger, Langfuse and Phoenix exports, and the transcripts that Claude Code and Codex leave on your disk:
      </p>
      <CodeBlock code="npx tailrace import ~/.claude/projects/*/*.jsonl" />
      <h2>Nothing arrives?</h2>
      <ul class="hints">
        <li>
          Set the variables in the shell that starts the agent, and let the process end by itself: exporters send in
          batches and flush on exit.
        </li>
        <li>
          <code>npx tailrace doctor</code> says whether the collector is reached, and which runs lack arguments or
          results.
        </li>
        <li>
          Arguments and results are what dependencies are read from. Many SDKs leave them out unless told otherwise; a
          run without them says which setting turns them on.
        </li>
      </ul>
    </section>
  )
}
