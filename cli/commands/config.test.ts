import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SpanId } from '../../analyzer/model/span.ts'
import { openDatabase } from '../../collector/database.ts'
import { insertSpans } from '../../collector/store/insert-spans.ts'
import { saveOverride } from '../../collector/store/overrides.ts'
import { draw } from '../../fixtures/draw.ts'
import { runCli, tempFolder } from '../test-cli.ts'

const RUN = draw(`# Two cities
prompt: Weather in Oslo, news of Rome.
ask          =                      model
get_weather   ====                  tool read <- {"city":"Oslo"} -> {"sky":"clear"}
ask               =                 model
get_news           ====             tool read <- {"city":"Rome"} -> {"news":"none"}
say                    =            model "Done."
`)

test('what was said in the page becomes a configuration, which check then follows without the database', async () => {
  const cwd = tempFolder()
  const db = join(cwd, 'spans.db')
  const store = openDatabase(db)
  if (!store.ok) throw new Error(store.error)
  insertSpans(store.value, RUN.spans)
  const [from, to] = RUN.spans.filter((span) => span.name.includes('get_')).map((span) => span.spanId) as [
    SpanId,
    SpanId,
  ]
  const trace = RUN.spans[0]!.traceId
  saveOverride(store.value, trace, { kind: 'dependent', from, to })
  saveOverride(store.value, trace, { kind: 'effect', tool: 'get_news', effect: 'session' })
  store.value.close()

  writeFileSync(join(cwd, 'tailrace.config.json'), '{ "budget": "100ms" }')
  const { code, stdout, stderr } = await runCli(['config', '--db', db], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    budget: '100ms',
    tools: { get_news: { dependsOn: ['get_weather'], effect: 'session' } },
  })

  const checked = await runCli(['check', '--db', db], { cwd })
  expect(checked.code).toBe(0)
})

test('nothing said, nothing configured: an empty configuration', async () => {
  const { code, stdout } = await runCli(['config'], { cwd: tempFolder() })
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{}\n' })
})
