// What every rule promises, on every drawing and every captured trace. What each rule finds is in the drawings.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readOtlpFile } from '../../collector/otlp/read-otlp-file.ts'
import { draw } from '../../fixtures/draw.ts'
import { analyze } from '../analyze.ts'
import { RULE_IDS, type RuleId } from '../model/options.ts'
import type { Report, ReportRun } from '../model/report.ts'
import type { Span } from '../model/span.ts'
import { RULES } from './index.ts'

const drawingsFolder = new URL('../../fixtures/drawings/', import.meta.url)
const capturesFolder = new URL('../../fixtures/captures/', import.meta.url)

const drawings = readdirSync(drawingsFolder).map((name) => ({
  name,
  text: readFileSync(new URL(name, drawingsFolder), 'utf8'),
}))

const samples: readonly { readonly name: string; readonly spans: readonly Span[] }[] = [
  ...drawings.map(({ name, text }) => ({ name, spans: draw(text).spans })),
  ...readdirSync(capturesFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const read = readOtlpFile(readFileSync(new URL(name, capturesFolder)))
      if (!read.ok) throw new Error(`${name}: ${read.error}`)
      return { name, spans: spansOf(read.value) }
    }),
]

function spansOf(value: readonly Span[] | { readonly spans: readonly Span[] }): readonly Span[] {
  return 'spans' in value ? value.spans : value
}

const everything = { minSavedMs: 0, minSavedShare: 0, nPlusOneCalls: 2, lateStartMs: 0, fanOutCalls: 2 }

test('the table holds every rule once', () => {
  expect(RULES.map(({ id }) => id).sort()).toEqual([...RULE_IDS].sort())
})

test.each(RULE_IDS)('%s has a drawing that fires it and one that looks alike and must not', (rule) => {
  const fires = drawings.filter(({ text }) => new RegExp(`^expect finding ${rule}\\b`, 'm').test(text))
  const quiet = drawings.filter(({ text }) => new RegExp(`^expect no finding ${rule}\\b`, 'm').test(text))
  expect({ fires: fires.length > 0, quiet: quiet.length > 0 }).toEqual({ fires: true, quiet: true })
})

describe.each(samples)('$name', ({ spans }) => {
  const reports: readonly Report[] = [analyze(spans), analyze(spans, { rules: everything })]
  const runs = reports.flatMap((report) => report.runs)
  const each = (look: (finding: ReportRun['findings'][number], run: ReportRun) => void) => {
    for (const run of runs) for (const finding of run.findings) look(finding, run)
  }

  test('findings are about calls of their run, in run order, each once', () => {
    each(({ calls }, run) => {
      const order = run.calls.map((call) => call.id)
      expect(calls.length).toBeGreaterThan(0)
      expect([...new Set(calls)]).toEqual(order.filter((id) => calls.includes(id)))
    })
  })

  test('savings are sure to best, never negative, and never more than the run could save', () => {
    each(({ savedMs, together, confidence, rule }, run) => {
      const { actual, plan } = run.schedules
      expect(savedMs.low).toBeGreaterThanOrEqual(0)
      expect(savedMs.high).toBeGreaterThanOrEqual(savedMs.low)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
      const isOfSchedule = !(['duplicate-call', 'late-start', 'over-capacity'] as RuleId[]).includes(rule)
      if (isOfSchedule) expect(savedMs.high).toBeLessThanOrEqual(actual.durationMs - plan.bestCaseMs + 0.01)
      if (together) expect(together.savedMs.low).toBeGreaterThanOrEqual(savedMs.low)
    })
  })

  test('titles, evidence and fixes are whole sentences without holes', () => {
    each(({ title, evidence, fix }) => {
      for (const text of [title, fix.summary, ...evidence]) {
        expect(text.trim()).not.toBe('')
        expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/)
        expect(text).not.toMatch(/touch the same thing \(read and read\)/)
      }
      expect(evidence.length).toBeGreaterThan(0)
      expect(fix.code).not.toMatch(/undefined|NaN|\[object Object\]/)
    })
  })

  test('findings that share calls point at each other', () => {
    each((finding, run) => {
      const at = run.findings.indexOf(finding)
      for (const other of finding.together?.findings ?? []) {
        expect(run.findings[other]?.together?.findings).toContain(at)
        expect(run.findings[other]?.together?.savedMs).toEqual(finding.together?.savedMs)
      }
    })
  })

  test('without content no value is told', () => {
    const told = JSON.stringify(analyze(spans, { content: false, rules: everything }).runs.map((run) => run.findings))
    for (const run of runs) {
      for (const call of run.calls) {
        for (const value of Object.values((call.arguments ?? {}) as object)) {
          if (typeof value === 'string' && value.length > 6 && !isPartOfAName(value, run))
            expect(told).not.toContain(value)
        }
      }
    }
  })
})

/** A value that some tool or model is called by as well says nothing. */
function isPartOfAName(value: string, run: ReportRun): boolean {
  return [run.framework, ...run.calls.map((call) => call.tool)].some((name) => name.includes(value))
}

describe('silence', () => {
  const text = drawings.find(({ name }) => name === 'one-call-per-user.txt')!.text
  const findings = (silence: Parameters<typeof analyze>[1]) => analyze(draw(text).spans, silence).runs[0]!
  const before = findings({})

  test('takes out the findings of a rule about these tools, and counts them', () => {
    const run = findings({
      silence: [{ rule: 'n-plus-one', tools: ['get_*'], reason: 'the service has no bulk endpoint' }],
    })
    expect(run.findings.map(({ rule }) => rule)).not.toContain('n-plus-one')
    expect(run.silenced).toBe(before.findings.length - run.findings.length)
    expect(run.schedules).toEqual(before.schedules)
  })

  test('of all rules where none is named, and of no other tool', () => {
    expect(findings({ silence: [{ tools: ['*'], reason: 'a test' }] }).findings).toEqual([])
    expect(findings({ silence: [{ tools: ['list_users'], reason: 'a test' }] }).findings).toEqual(before.findings)
  })
})
