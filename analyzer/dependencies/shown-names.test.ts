// Names whose words were all known, and that only a result put together so; and answers that say what to do. None of the second
// calls of the first table may be called independent.

import { expect, test } from 'vitest'
import type { Json } from '../model/json.ts'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, testRun } from './test-run.ts'

type Two = readonly [prompt: string, first: TestCall, then: TestCall]

const call = (tool: string, args: Json, result: Json = 'x'): TestCall => ({ tool, args, result })
const list = (files: Json): TestCall => call('list_files', { dir: 'src' }, files)
const read = (path: string): TestCall => call('read_file', { path })
const shell = (command: string, result: Json = 'x'): TestCall => call('bash', { command }, result)
const PARSER = 'Fix the bug in the parser.'

const SHOWN: readonly Two[] = [
  // The name of a file in a listing, the folder that was listed, and the word that was asked for.
  [PARSER, list(['lexer.ts', 'parser.ts']), read('src/parser.ts')],
  [PARSER, list('lexer.ts\nparser.ts'), read('./src/parser.ts')],
  [PARSER, list({ files: [{ name: 'parser.ts', size: 3 }] }), read('/home/ann/app/src/parser.ts')],
  [PARSER, list(['lexer.ts', 'parser.ts']), read('src\\parser.ts')],
  [`${PARSER} See README.md and index.ts.`, list(['lexer.ts', 'parser.ts']), read('src/parser.ts')],
  ['Fix the test of the user service.', list(['user-service.test.ts']), read('src/user-service.test.ts')],
  [PARSER, shell('ls src', 'lexer.ts\nparser.ts'), shell('head -n 5 src/parser.ts | wc -l')],
  // A path put together of what is known, as a result may have said.
  ['What does the config do?', call('read_file', { path: 'src/index.ts' }, "from './config'"), read('src/config.ts')],
  ['Look at the user page.', call('list_files', { dir: 'pages' }, ['user', 'order']), read('pages/user')],
  ['Look at the user page.', shell('ls pages', 'user\norder'), shell('ls pages/user')],
  // A short end that a result gave.
  [
    'Who is Ann at Brightwater?',
    call('find_company', { name: 'Brightwater' }, { domain: 'brightwater.io' }),
    call('find_person', { email: 'ann@brightwater.io' }),
  ],
  [
    'What does Brightwater charge?',
    call('search', { q: 'Brightwater' }, 'Brightwater, https://brightwater.io'),
    call('fetch', { url: 'https://brightwater.io/pricing' }),
  ],
  // Words that a result wrote as one.
  [
    'Who is in the team platform?',
    call('get_team', { name: 'platform' }, { id: 'team-platform' }),
    call('list_shifts', { team: 'team-platform' }),
  ],
  [
    'Show the orders of Ann Lee.',
    call('find_user', { name: 'Ann Lee' }, { login: 'ann.lee' }),
    call('list_orders', { login: 'ann.lee' }),
  ],
  [
    'Open issue 12 of acme web.',
    call('list_repos', {}, ['acme/web', 'acme/api']),
    call('get_issue', { repo: 'acme/web', number: 12 }),
  ],
  [
    'Who is in the team platform?',
    call('get_teams', {}, { 'team-platform': { people: 5 } }),
    call('list_shifts', { team: 'team-platform' }),
  ],
  [
    'Who is in the team platform?',
    call('get_team', { name: 'platform' }, { id: 'team_platform' }),
    call('list_shifts', { team: 'team_platform' }),
  ],
  [
    'Fix the user service test. See foo.test.ts.',
    list(['foo.test.ts', 'user-service.test.ts']),
    read('src/user-service.test.ts'),
  ],
  // Words of every sentence.
  [
    'Find a hotel near the tower.',
    call('search_hotels', { near: 'the tower' }, [{ name: 'A' }, { name: 'B' }]),
    call('get_reviews', { hotel: 'A' }),
  ],
  [
    'Load the glossary for it: document D-17.',
    call('detect_language', { document: 'D-17' }, { language: 'it' }),
    call('list_glossaries', { language: 'it' }),
  ],
  [
    'Tell us where Ann lives, and the holidays there.',
    call('get_contact', { name: 'Ann' }, { country: 'US' }),
    call('get_holidays', { country: 'US' }),
  ],
  [
    'Tell us where Ann lives, and the holidays there.',
    call('get_contact', { name: 'Ann' }, 'Ann lives in US, in a city.'),
    call('get_holidays', { country: 'US' }),
  ],
  [
    'Show the people of the it department.',
    call('find_department', { q: 'the it department' }, { code: 'IT' }),
    call('list_people', { department: 'IT' }),
  ],
  // What says whether to go on, and how.
  [
    'Is Ann a member? Show document D1.',
    call('get_membership', { user: 'Ann' }, { content: [{ type: 'text', text: 'true' }], isError: false }),
    call('get_document', { id: 'D1' }),
  ],
  [
    'Show the result of job J-55 at e.org/jobs/J-55/result.',
    call('get_job_status_v2', { id: 'J-55' }, { percent: 100 }),
    call('fetch', { url: 'e.org/jobs/J-55/result' }),
  ],
  ['Look up X.', call('search_wikipedia', { q: 'X' }, 'Y'), call('search_google', { query: 'x', limit: 5 })],
  [
    'Check what Ann may see and show document D1.',
    call('get_access', { user: 'Ann', document: 'D1' }, 'allowed'),
    call('get_document', { id: 'D1' }),
  ],
  [
    'Get the instructions; they are about the orders of Ann.',
    call('get_instructions', {}, 'Look at the orders of Ann.'),
    call('get_orders', { customer: 'Ann' }),
  ],
  [
    'Show the result of job 5.',
    call('get_job_status', { id: 5 }, { id: 5, status: 'completed', progress: 100 }),
    call('get_job_result', { id: 5 }),
  ],
  ['Show the result of job 5.', call('get_job_status', {}, 'SUCCEEDED'), call('get_job_result', { id: 5 })],
  [
    'What came of order 5?',
    call('get_order', { id: 5 }, { hint: 'call get_shipping for details' }),
    call('shop__get_shipping', { order: 5 }),
  ],
  // Said in other words than "if".
  [
    'Show the weather in Oslo. List museums in Oslo when it rains.',
    call('get_weather', { city: 'Oslo' }, 'rain'),
    call('list_museums', { city: 'Oslo' }),
  ],
  [
    'Plan my day in Oslo according to the weather.',
    call('get_weather', { city: 'Oslo' }, 'rain'),
    call('list_museums', { city: 'Oslo' }),
  ],
  [
    'After checking the stock of X, show its price.',
    call('get_stock', { item: 'X' }, 5),
    call('get_price', { item: 'X' }),
  ],
  [
    'Compare Oslo and Rome and show museums of the warmer city.',
    call('get_weather', { city: 'Oslo' }, 5),
    call('list_museums', { city: 'Rome' }),
  ],
  // The same, asked elsewhere, since the first place had not enough.
  ['Look up X.', call('wiki_search', { q: 'X' }, 'Y is a letter'), call('web_search', { q: 'X' })],
  ['Look up X.', call('cache_get', { key: 'X' }, 'old'), call('db_get', { key: 'X' })],
  ['Get the user X.', call('get_user_v2', { id: 'X' }, { name: 'x' }), call('get_user_v1', { id: 'X' })],
  // One of two, in small letters.
  [
    'Show the newest of app.log and web.log.',
    call('list_entries', {}, 'app.log 10:00, web.log 11:00'),
    call('show_entry', { name: 'web.log' }),
  ],
  [
    'Which of src/x.ts and src/y.ts is newer? Show it.',
    call('list_times', {}, '10:00 11:00'),
    call('show_entry', { name: 'src/y.ts' }),
  ],
  [
    'Show the newest of main and dev.',
    call('list_entries', {}, 'main 10:00, dev 11:00'),
    call('show_entry', { name: 'dev' }),
  ],
  // Plain words of a question that a list turns into names.
  ['How many users are there?', call('list_tables', {}, ['users', 'orders']), call('get_schema', { table: 'users' })],
  [
    'How many users are there?',
    call('list_tables', {}, [{ name: 'users', rows: 5 }]),
    call('get_schema', { table: 'users' }),
  ],
  ['How many users are there?', call('list_tables', {}, '- orders\n- users'), call('get_schema', { table: 'users' })],
]

const SAID: readonly Two[] = [
  ['Fix the bug in src/parser.ts. The lexer is fine.', list(['lexer.ts', 'parser.ts']), read('src/parser.ts')],
  [
    'In src, read parser.ts and lexer.ts.',
    call('read_file', { path: 'src/parser.ts' }, 'the lexer'),
    read('src/lexer.ts'),
  ],
  [
    'Compare the pages on Norway and Sweden at e.org/wiki.',
    call('fetch', { url: 'https://e.org/wiki/Norway' }, 'Norway, near Sweden'),
    call('fetch', { url: 'https://e.org/wiki/Sweden' }),
  ],
  ['Read notes/a.md and notes/b.md.', call('read_file', { path: 'notes/a.md' }, 'hello'), read('notes/b.md')],
  [
    'Compare python and go.',
    call('search', { q: 'python' }, 'Python vs Java: a comparison'),
    call('search', { q: 'go vs python' }),
  ],
  [
    'Show the orders of "ann.lee", and who she is.',
    call('find_user', { login: 'ann.lee' }, { login: 'ann.lee', name: 'Ann Lee' }),
    call('list_orders', { login: 'ann.lee' }),
  ],
  [
    'Show the issues of acme/web, and its readme.',
    call('get_readme', { repo: 'acme/web' }, '# acme/web: the page'),
    call('list_issues', { repo: 'acme/web' }),
  ],
  [
    'How is the weather in Oslo, and which museums are there?',
    call('get_weather', { city: 'Oslo' }, 'rain'),
    call('get_museums', { city: 'Oslo' }),
  ],
  ['Search the wiki for X and the web for Y.', call('wiki_search', { q: 'X' }, 'a'), call('web_search', { q: 'Y' })],
  ['Show app.log and web.log.', call('read_file', { path: 'app.log' }, 'started'), read('web.log')],
  [
    'Compare the prices of apples and pears.',
    call('get_price', { of: 'apples' }, 'cheaper than pears'),
    call('get_price', { of: 'pears' }),
  ],
  ['Describe the table users.', call('list_tables', {}, ['users', 'orders']), call('get_schema', { table: 'users' })],
  [
    'Show the status of job 5, and the result of job 6.',
    call('get_job_status', { id: 5 }, { status: 'completed' }),
    call('get_job_result', { id: 6 }),
  ],
  ['Orders of Ann', call('list_customers', {}, ['Ann', 'Bob']), call('list_orders', { customer: 'Ann' })],
  [
    'Show options A and B.',
    call('get_option', { option: 'A' }, { id: 'A', next: 'B' }),
    call('get_option', { option: 'B' }),
  ],
  [
    'What are the holidays in the US, and how is the weather in Oslo?',
    call('get_weather', { city: 'Oslo' }, { country: 'NO', partner: 'US' }),
    call('get_holidays', { country: 'US' }),
  ],
]

test.each(SHOWN)('shown by a result: %s %j, %j', (...two) => {
  expect(verdictOf(...two)).not.toBe('independent')
})

test('a word that many documents have may be in a result all the same', () => {
  const notes = Array.from({ length: 9 }, (_, n) => [call('get_note', { q: `user note ${n}` }, 'x')])
  const script = [...notes, [list(['user', 'order'])], [read('pages/user')]]
  const run = testRun('Look at the user page.', script)
  expect(inferDependencies(run, options()).verdict(9, 10).verdict).not.toBe('independent')
})

test('a tool that a result names may have a namesake of another server', () => {
  const shipping = (server: string): TestCall => call(`mcp__${server}__get_shipping`, { order: 5 })
  const order = call('get_order', { id: 5 }, { hint: 'call get_shipping for details' })
  const run = testRun('What came of order 5?', [[order], [shipping('shop')], [shipping('store')]])
  expect([1, 2].map((j) => inferDependencies(run, options()).verdict(0, j).verdict)).toEqual(['unknown', 'unknown'])
})

test.each(SAID)('said by the user: %s %j, %j', (...two) => {
  expect(verdictOf(...two)).toBe('independent')
})

const verdictOf = (...[prompt, first, then]: Two) =>
  inferDependencies(testRun(prompt, [[first], [then]]), options()).verdict(0, 1).verdict
