import { expect, test } from 'vitest'
import { effectOfName, serviceOf } from './tool-lexicon.ts'

test.each([
  ['list_directory', 'read'],
  ['searchIssues', 'read'],
  ['read-text-file', 'read'],
  ['mcp__github__get_pull_request', 'read'],
  ['lookUpOrder', 'read'],
  ['create_or_update_file', 'write'],
  ['search_and_book', 'write'],
  ['slack.post_message', 'write'],
  ['sendEmail', 'write'],
  ['move_file', 'write'],
  ['browser_click', 'session'],
  ['cd', 'session'],
  ['logIn', 'session'],
  ['frobnicate', undefined],
  ['', undefined],
])('%s: %s', (name, effect) => {
  expect(effectOfName(name)).toBe(effect)
})

test.each([
  ['mcp__github__get_issue', 'github'],
  ['Files.readText', 'files'],
  ['get_issue', ''],
])('%s belongs to "%s"', (name, service) => {
  expect(serviceOf(name)).toBe(service)
})
