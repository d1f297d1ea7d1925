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
  ['list_open_orders', 'read'],
  ['get_file_history', 'read'],
  ['search_replace', 'write'],
  ['list_remove', 'write'],
  ['test_deploy', 'write'],
  ['hash_delete', 'write'],
  ['tree_insert', 'write'],
  ['resolve_ticket', 'write'],
  ['get_or_create_user', 'write'],
  ['ask_user', 'session'],
  ['request_approval', 'session'],
  ['confirm', 'session'],
  ['browser_select_option', undefined],
  ['browser_evaluate', undefined],
  ['convert_file', 'write'],
  ['extract_archive', 'write'],
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
