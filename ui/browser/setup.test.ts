import { expect, test } from 'vitest'
import { frameworks } from '../../analyzer/frameworks/index.ts'
import { draw } from '../../fixtures/draw.ts'
import { TRIP, useStage } from './test-page.ts'

const stage = useStage()

test('from the empty list to the lines of one framework, with the address of this collector', async () => {
  const page = await stage.look('')
  await page.getByRole('link', { name: 'LangChain and LangGraph' }).click()
  await page.getByRole('heading', { level: 1, name: 'LangChain and LangGraph' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/setup/langchain')
  const code = (await page.locator('.setup .code-block code').allInnerTexts()).join('\n')
  expect(code).toContain('LangChainInstrumentation')
  expect(code).toContain(stage.url())
  expect(code).not.toContain('127.0.0.1:4318')
  await page.getByText(`Listening on ${stage.url()}`).waitFor()
  await page.getByRole('link', { name: 'CrewAI' }).click()
  await page.getByText('and no setting adds them').first().waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'LangChain and LangGraph' }).waitFor()
})

test('every framework is listed and has its page; a name that nobody knows says so', async () => {
  const page = await stage.look('#/setup')
  await page.getByRole('heading', { level: 1, name: 'Set up' }).waitFor()
  expect(await page.locator('.frameworks a').count()).toBe(frameworks.length)
  for (const { id, name, limits } of frameworks) {
    await page.goto(`${stage.url()}/#/setup/${id}`)
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    expect(await page.locator('.frameworks a[aria-current="page"]').textContent()).toBe(name)
    expect(await page.locator('.setup li').count()).toBeGreaterThanOrEqual(limits.length)
  }
  await page.goto(`${stage.url()}/#/setup/none-such`)
  await page.getByText('There is no framework “none-such” here.').waitFor()
})

test('names the runs that came without arguments or results, and leads to the setting', async () => {
  const silent = draw(`# Silent run
prompt: Is the tide high?
ask       ====            model
get_tide      .====       tool read
answer             .===   model "Yes."
`)
  await stage.send([...TRIP.spans, ...silent.spans])
  const page = await stage.look('#/setup')
  const lacking = page.getByRole('region', { name: 'Runs without arguments or results' })
  await lacking.getByText('1 of 2 runs came without arguments or results').waitFor()
  expect(await lacking.getByRole('link').allTextContents()).toEqual(['OpenTelemetry GenAI', 'Silent run'])
  await lacking.getByRole('link', { name: 'OpenTelemetry GenAI' }).click()
  await page.getByText('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT').first().waitFor()
})
