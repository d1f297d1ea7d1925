import { expect, test } from 'vitest'
import { asksPerson } from './person-tools.ts'

test.each([
  'ask_user',
  'AskUserQuestion',
  'mcp__chat__ask_human',
  'ask-the-user',
  'ask_for_approval',
  'confirm_with_user',
  'request_human_approval',
  'wait_for_confirmation',
  'human_input',
  'getUserInput',
])('%s asks a person', (tool) => {
  expect(asksPerson(tool)).toBe(true)
})

test.each(['get_user', 'approve_user', 'confirm_booking', 'save_user_input', 'task_user_list', 'get_approval_status'])(
  '%s does not',
  (tool) => {
    expect(asksPerson(tool)).toBe(false)
  },
)
