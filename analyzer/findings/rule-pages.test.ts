import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RULE_IDS } from '../model/options.ts'

const page = (name: string) => new URL(`../../docs/rules/${name}.md`, import.meta.url)

test.each(RULE_IDS)('%s has a page that says what it means, when it is wrong and how to silence it', (rule) => {
  expect(existsSync(page(rule))).toBe(true)
  const text = readFileSync(page(rule), 'utf8')
  for (const part of [`\`${rule}\``, '## What to change', '## When it is wrong', '## Silence it', '```']) {
    expect(text).toContain(part)
  }
  expect(readFileSync(page('README'), 'utf8')).toContain(`](${rule}.md)`)
})
