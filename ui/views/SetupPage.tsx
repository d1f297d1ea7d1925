import { useEffect } from 'preact/hooks'
import { BY_DEFAULT } from '../../analyzer/frameworks/by-default.ts'
import { ENDPOINT, type Framework, type Snippet } from '../../analyzer/frameworks/framework.ts'
import { frameworks } from '../../analyzer/frameworks/index.ts'
import { connection, runs } from '../state/app.ts'
import { useAtom } from '../state/atom.ts'
import type { Route } from '../state/url.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { FrameworkList } from './FrameworkList.tsx'
import { Inline } from './Inline.tsx'
import { RunsWithoutContent } from './RunsWithoutContent.tsx'
import { TopBar } from './TopBar.tsx'

/** How to send runs here, framework by framework; the same as docs/frameworks, with this page's own address. */
export function SetupPage({ route }: { readonly route: Extract<Route, { screen: 'setup' }> }) {
  const live = useAtom(connection)
  const loaded = useAtom(runs)
  const framework = frameworks.find(({ id }) => id === route.framework)
  useEffect(() => {
    document.title = framework === undefined ? 'Set up · Tailrace' : `${framework.name} · Set up · Tailrace`
  }, [framework])
  return (
    <>
      <TopBar />
      <div class="setup-page">
        <FrameworkList current={route.framework} />
        <section class="setup">
          <RunsWithoutContent runs={loaded.value?.runs ?? []} />
          {framework === undefined ? <Choose unknown={route.framework} /> : <Steps framework={framework} />}
          <p>
            <span class={`listening ${live.state === 'open' ? 'open' : 'connecting'}`}>
              <i class="dot" /> {live.state === 'open' ? `Listening on ${window.location.origin}` : 'Connecting'}
            </span>
          </p>
        </section>
      </div>
    </>
  )
}

function Choose({ unknown }: { readonly unknown: string | null }) {
  return (
    <>
      <h1>Set up</h1>
      {unknown !== null && <p>There is no framework “{unknown}” here. Choose one from the list.</p>}
      <p>Choose the framework of your agent. Whatever speaks OpenTelemetry needs no more than this:</p>
      <CodeBlock
        code={here(`export OTEL_EXPORTER_OTLP_ENDPOINT=${ENDPOINT}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`)}
      />
    </>
  )
}

function Steps({ framework: { name, setup, captured, limits, content } }: { readonly framework: Framework }) {
  return (
    <>
      <h1>{name}</h1>
      {setup.map((snippet) => (
        <Paste key={snippet.title} snippet={snippet} />
      ))}
      <h2>What is captured</h2>
      <Sentences of={captured} />
      <h2>Arguments and results</h2>
      <p>{BY_DEFAULT[content.byDefault]}</p>
      <Paste snippet={content.setting} />
      <h2>Known limits</h2>
      <Sentences of={limits} />
    </>
  )
}

function Paste({ snippet }: { readonly snippet: Snippet }) {
  return (
    <>
      <p>
        <Inline text={snippet.title} />:
      </p>
      <CodeBlock code={here(snippet.code)} />
    </>
  )
}

function Sentences({ of }: { readonly of: readonly string[] }) {
  return (
    <ul>
      {of.map((sentence) => (
        <li key={sentence}>
          <Inline text={sentence} />
        </li>
      ))}
    </ul>
  )
}

/** The lines with the address that this page came from. */
const here = (code: string): string => code.replaceAll(ENDPOINT, window.location.origin)
