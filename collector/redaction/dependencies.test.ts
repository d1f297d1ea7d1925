// Redaction may not cost the analyzer what it sees: a secret that goes from one call to the next still joins the two, and
// two secrets do not.

import { expect, it } from 'vitest'
import { analyze } from '../../analyzer/index.ts'
import { draw } from '../../fixtures/draw.ts'
import { decodeJson } from '../otlp/decode-json.ts'
import { requestToJson } from '../otlp/span-to-json.ts'
import { createRedactor } from './redactor.ts'

const KEY = 'sk-ant-api03-aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'

const trace = (first: string, second: string) => `# Two calls
prompt: Show the billing of the workspace.

plan        ====                                      model
create_key      .=====                                tool read  <- {"workspace":"main"}  -> ${first}
decide                .==                             model
get_usage                .====                        tool read  <- ${second}             -> {"total":12}
answer                        .===                    model "It is 12."
`

/** What the analyzer makes of the spans after they were redacted as one request. */
function analyzeRedacted(first: string, second: string) {
  const { spans, options } = draw(trace(first, second))
  const bytes = Buffer.from(JSON.stringify(requestToJson(spans)))
  const redacted = createRedactor().redact(bytes, 0, bytes.length, false)
  expect(redacted).not.toBeNull()
  const decoded = decodeJson(redacted!)
  if (!decoded.ok) throw new Error(decoded.error)
  const [run] = analyze(decoded.value.spans, options).runs
  return { text: Buffer.from(redacted!).toString(), run: run! }
}

it.each([
  ['told by its shape', `{"value":"${KEY}"}`, `{"with":"${KEY}"}`],
  ['told by its name', '{"password":"correct horse 9"}', '{"password":"correct horse 9"}'],
  [
    'told by its name, then by a scheme',
    '{"access_token":"f3a9c1d2e4b5a6978899"}',
    '{"authorization":"Bearer f3a9c1d2e4b5a6978899"}',
  ],
  [
    'told by its name, then in a URL',
    '{"password":"hunter2-hunter2"}',
    '{"url":"https://ann:hunter2-hunter2@example.org/"}',
  ],
  ['told by its shape, then by its name', `{"value":"${KEY}"}`, `{"api_key":"${KEY}"}`],
])('a secret still makes a dependency: %s', (_, first, second) => {
  const { text, run } = analyzeRedacted(first, second)
  expect(text).toContain('[redacted:')
  for (const secret of [KEY, 'correct horse', 'f3a9c1d2', 'hunter2']) expect(text).not.toContain(secret)
  const [create, use] = run.calls
  expect(run.dependencies).toMatchObject([{ from: create!.id, to: use!.id, kind: 'data' }])
})

it('two secrets make none, and what is redacted counts as captured', () => {
  const { run } = analyzeRedacted('{"password":"correct horse 9"}', '{"password":"battery staple 7"}')
  expect(run.dependencies.filter(({ kind }) => kind === 'data')).toEqual([])
  expect(run.coverage).toMatchObject({ calls: 2, withArguments: 2, withResults: 2 })
})
