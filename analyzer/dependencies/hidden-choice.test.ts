// Runs made to be read wrongly: every value of the later call was known before the earlier one returned, and yet the later
// call was made, or made so, because of what the earlier one returned. None may be called independent.

import { expect, test } from 'vitest'
import { inferDependencies } from './infer-dependencies.ts'
import { options, type TestCall, type TestTurn, testRun } from './test-run.ts'

const call = (tool: string, args: TestCall['args'], result: TestCall['result']): TestCall => ({
  tool,
  args: args ?? {},
  result: result ?? null,
})

/** H01 to H25. */
const HOTELS = Array.from({ length: 25 }, (_, i) => `H${String(i + 1).padStart(2, '0')}`)
const MORE_HOTELS = Array.from({ length: 40 }, (_, i) => `hotel${i + 1}`)

interface Nasty {
  readonly what: string
  readonly prompt: string
  readonly system?: string
  readonly script: readonly TestTurn[]
  /** Indices of the calls of the pair; the last two if left out. */
  readonly pair?: readonly [number, number]
}

const NASTY: readonly Nasty[] = [
  {
    what: 'the second place, as the first had nothing',
    prompt: 'Show the settings: they are in .toolrc or in site.yaml.',
    script: [
      [call('read_file', { path: '.toolrc' }, 'Error: no such file')],
      [call('read_file', { path: 'site.yaml' }, 'port: 1')],
    ],
  },
  {
    what: 'a number that was said of something else',
    prompt: 'We run 3 copies of the shop. What changed in the release that is live?',
    script: [
      [call('get_live', { app: 'shop' }, { app: 'shop', live: { rev: 3, since: 'May' } })],
      [call('get_changes', { app: 'shop', number: 3 }, ['faster search'])],
    ],
  },
  {
    what: 'a setting that the user spoke of, as a file spells it',
    prompt: 'Find the setting of the retry limit and its page of the manual.',
    script: [
      [call('grep', { pattern: 'retry' }, 'app.yaml:3: retry_limit: 5')],
      [call('search_manual', { query: 'retry_limit' }, ['Retries'])],
    ],
  },
  {
    what: 'what whoever has the token may see',
    prompt: 'List the projects of client c-88.',
    script: [
      [call('get_access_token', { client: 'c-88' }, { expires: 3600 })],
      [call('list_projects', { client: 'c-88' }, ['north'])],
    ],
  },
  {
    what: 'what is there after a while',
    prompt: 'Wait 30 seconds and read sensor T-4.',
    script: [[call('sleep', { seconds: 30 }, 30)], [call('read_sensor', { sensor: 'T-4' }, 21.5)]],
  },
  {
    what: 'what is there when a job that was started is done',
    prompt: 'Export the album Q7 and give me its address.',
    script: [
      [call('start_export', { album: 'Q7' }, { job: 'exp-8831' })],
      [call('get_export', { job: 'exp-8831' }, { job: 'exp-8831', files: 12, status: 'done' })],
      [call('get_address', { album: 'Q7' }, { address: 'https://files.example/Q7' })],
    ],
  },
  {
    what: 'the cheaper of two ids',
    prompt: 'Show me the details of the cheaper of A12 and B34.',
    script: [
      [call('get_price', { item: 'A12' }, { amount: 80 }), call('get_price', { item: 'B34' }, { amount: 75 })],
      [call('get_details', { item: 'B34' }, { text: 'blue' })],
    ],
  },
  {
    what: 'the cheaper of two ids, by the price of the other one',
    prompt: 'Show me the details of the cheaper of A12 and B34.',
    script: [
      [call('get_price', { item: 'A12' }, { amount: 80 })],
      [call('get_price', { item: 'B34' }, { amount: 75 })],
      [call('get_details', { item: 'B34' }, { text: 'blue' })],
    ],
    pair: [0, 2],
  },
  {
    what: 'names in small letters',
    prompt: 'Of hotel aurora and hotel borealis, show photos of the one with the better rating.',
    script: [
      [call('get_rating', { hotel: 'aurora' }, 4.1)],
      [call('get_rating', { hotel: 'borealis' }, 4.6)],
      [call('list_photos', { hotel: 'borealis' }, ['p.jpg'])],
    ],
    pair: [0, 2],
  },
  {
    what: 'candidates in sentences of their own',
    prompt: 'We sell SKU-11. We sell SKU-12 as well. And there is SKU-13. Get the manual for the one in stock.',
    script: [
      [call('check_stock', {}, { 'SKU-11': 0, 'SKU-12': 9, 'SKU-13': 0 })],
      [call('get_manual', { sku: 'SKU-12' }, { text: 'Plug in.' })],
    ],
  },
  {
    what: 'whichever',
    prompt: 'Look up trains to Lima and Quito and get the seat map of whichever is faster.',
    script: [
      [call('find_trains', { to: 'Lima' }, { hours: 7 }), call('find_trains', { to: 'Quito' }, { hours: 5 })],
      [call('get_seat_map', { to: 'Quito' }, { seats: 50 })],
    ],
  },
  {
    what: 'a superlative over offices',
    prompt: 'Our offices: Oslo, Bergen, Hamar. What is the weather where most of us work?',
    script: [
      [call('count_staff', {}, { Oslo: 12, Bergen: 41, Hamar: 3 })],
      [call('get_weather', { city: 'Bergen' }, { sky: 'rain' })],
    ],
  },
  {
    what: 'a numbered list',
    prompt: 'Candidates:\n1) falcon\n2) heron\n3) osprey\nRead the changelog of the newest one.',
    script: [
      [call('list_releases', {}, [{ falcon: '2031-01-02' }, { heron: '2031-03-04' }, { osprey: '2030-05-06' }])],
      [call('read_changelog', { name: 'heron' }, { text: 'Fixes.' })],
    ],
  },
  {
    what: 'the better of two days',
    prompt: 'Is May 14th or May 15th cheaper? Show the schedule of the better day.',
    script: [
      [call('get_fares', { from: '2031-05-14', to: '2031-05-15' }, [120, 90])],
      [call('get_schedule', { date: '2031-05-15' }, ['8:00'])],
    ],
  },
  {
    what: 'departments of the system prompt',
    system: 'You route tickets. Departments: billing, technical, sales. Look up the agents of the right one.',
    prompt: 'Ticket T-881 came in. Who can take it?',
    script: [
      [call('read_ticket', { id: 'T-881' }, { body: 'I was charged twice this month.' })],
      [call('list_agents', { department: 'billing' }, ['Ann'])],
    ],
  },
  {
    what: 'languages of the system prompt',
    system: 'Glossaries exist for fr, de and es.',
    prompt: 'Load the glossary for document D-17.',
    script: [
      [call('detect_language', { document: 'D-17' }, { language: 'fr' })],
      [call('load_glossary', { language: 'fr' }, { terms: 12 })],
    ],
  },
  {
    what: 'warehouses named beforehand',
    prompt: 'Our warehouses are W1, W2 and W3. How full is the one nearest to customer C-5510?',
    script: [
      [call('locate_customer', { id: 'C-5510' }, { town: 'Lyon' })],
      [call('get_fill_level', { warehouse: 'W2' }, { share: 0.4 })],
    ],
  },
  {
    what: 'two adults and room 2',
    prompt: 'Find a room for 2 adults and show me its photos.',
    script: [
      [call('find_rooms', { adults: 2 }, [{ room: 2, price: 80 }])],
      [call('get_photos', { room: 2 }, ['p.jpg'])],
    ],
  },
  {
    what: 'two adults and a quantity of 2',
    prompt: 'We are 2 adults. Is there enough bedding, and what does it cost?',
    script: [
      [call('check_bedding', { house: 'lake' }, { quantity: 2 })],
      [call('quote_bedding', { quantity: 2 }, { price: 18 })],
    ],
  },
  {
    what: 'three nights and page 3',
    prompt: 'I stay for 3 nights. Find the page of the handbook about parking and read it to me.',
    script: [
      [call('search_handbook', { text: 'parking' }, { page: 3 })],
      [call('read_page', { page: 3 }, { text: 'Behind the house.' })],
    ],
  },
  {
    what: 'nine to five and slot 9',
    prompt: 'Between 9 and 17, when is the team free? Which rooms are free then?',
    script: [[call('find_free_hour', { team: 'core' }, { hour: 9 })], [call('list_free_rooms', { hour: 9 }, ['blue'])]],
  },
  {
    what: 'a rent and the number of a listing',
    prompt: 'Find a flat for 1250 a month and show it to me.',
    script: [
      [call('search_flats', { town: 'Graz' }, [{ listing: 1250, rent: 1190 }])],
      [call('get_listing', { listing: 1250 }, { rooms: 3 })],
    ],
  },
  {
    what: 'who asks and who owns',
    prompt: 'Kim asked me for this: find the owner of document D-77 and show their calendar.',
    script: [
      [call('get_document', { id: 'D-77' }, { title: 'Plan', owner: 'Kim' })],
      [call('get_calendar', { owner: 'Kim' }, [])],
    ],
  },
  {
    what: 'who asks and whom a text names',
    prompt: 'Kim asked me for this: find out who is on call for the checkout and show their calendar.',
    script: [
      [call('read_rota', { service: 'checkout' }, 'On call this week: Kim, then Lou.')],
      [call('get_calendar', { person: 'Kim' }, [])],
    ],
  },
  {
    what: 'a plan that the usage decides',
    prompt: 'There are the plans basic, pro and max. What would the right one for account 5521 cost?',
    script: [
      [call('get_usage', { account: '5521' }, { gigabytes: 48 })],
      [call('get_plan_price', { plan: 'pro' }, { monthly: 20 })],
    ],
  },
  {
    what: 'only when the money is there',
    prompt: 'Check the balance of account 4411. Only when it covers 90 euros, show me offer 77.',
    script: [
      [call('get_balance', { account: '4411' }, { balance: 130 })],
      [call('get_offer', { offer: 77 }, { text: 'A chair.' })],
    ],
  },
  {
    what: 'a fallback that shares no word',
    prompt: 'Find the phone number of Ann Lee. Her firm is Brightwater.',
    script: [
      [call('search_people', { name: 'Ann Lee' }, [])],
      [call('search_firms', { firm: 'Brightwater' }, [{ phone: '555-0100' }])],
    ],
  },
  {
    what: 'an open shop',
    prompt: 'Is the shop Luigi open now? Then what is on its menu?',
    script: [
      [call('get_hours', { shop: 'Luigi' }, { status: 'open' })],
      [call('get_menu', { shop: 'Luigi' }, ['pizza'])],
    ],
  },
  {
    what: 'a file written, then its folder listed by id',
    prompt: 'Set the text of file fx_9Qe2 to "hello", and show me folder fd_71Kz.',
    script: [
      [call('write_file', { file_id: 'fx_9Qe2', content: 'hello' }, { ok: true })],
      [call('list_folder', { folder_id: 'fd_71Kz' }, [{ id: 'fx_9Qe2', bytes: 5 }])],
    ],
  },
  {
    what: 'one of the files of a folder, in one turn with the folder',
    prompt: 'Look into folder fd_71Kz. Then set the text of file fx_9Qe2 to "hello" and show me the folder again.',
    script: [
      [call('list_folder', { folder_id: 'fd_71Kz' }, [{ id: 'fx_9Qe2', bytes: 1 }])],
      [
        call('write_file', { file_id: 'fx_9Qe2', content: 'hello' }, { ok: true }),
        call('get_folder_size', { folder_id: 'fd_71Kz' }, { bytes: 5 }),
      ],
    ],
  },
  {
    what: 'a folder deleted after a file of it was read',
    prompt: 'Show me file fx_9Qe2, then delete folder fd_71Kz.',
    script: [
      [call('list_folder', { folder_id: 'fd_71Kz' }, [{ id: 'fx_9Qe2', bytes: 1 }])],
      [
        call('read_file', { file_id: 'fx_9Qe2' }, { text: 'hello' }),
        call('delete_folder', { folder_id: 'fd_71Kz' }, { ok: true }),
      ],
    ],
  },
  {
    what: 'a record through its parent, two levels up',
    prompt: 'Close issue is_55Tq. What is the progress of epic ep_20Xd?',
    script: [
      [call('get_epic', { epic_id: 'ep_20Xd' }, { stories: [{ id: 'st_10Wz', issues: [{ id: 'is_55Tq' }] }] })],
      [
        call('close_issue', { issue_id: 'is_55Tq' }, { ok: true }),
        call('get_progress', { epic_id: 'ep_20Xd' }, { done: 0.5 }),
      ],
    ],
  },
  {
    what: 'a part and its whole, of one kind and by one name',
    prompt: 'Look into fd_71Kz. Set the text of fx_9Qe2 to "hello". Show fd_71Kz again.',
    script: [
      [call('list_items', { id: 'fd_71Kz' }, [{ id: 'fx_9Qe2', bytes: 1 }])],
      [
        call('update_item', { id: 'fx_9Qe2', text: 'hello' }, { ok: true }),
        call('get_item', { id: 'fd_71Kz' }, { bytes: 5 }),
      ],
    ],
  },
  {
    what: 'a page that shows another page, a turn later',
    prompt: 'Look into fd_71Kz. Set the text of fx_9Qe2 to "hello". Show fd_71Kz again.',
    script: [
      [call('list_pages', { page_id: 'fd_71Kz' }, [{ page_id: 'fx_9Qe2' }])],
      [call('edit_page', { page_id: 'fx_9Qe2', text: 'hello' }, { ok: true })],
      [call('render_page', { page_id: 'fd_71Kz' }, { html: 'hello' })],
    ],
  },
  {
    what: 'candidates in JSON in the prompt',
    prompt:
      'Endpoints: {"eu": "https://eu.example.org/v1", "us": "https://us.example.org/v1"}. Ping the one of user u_881.',
    script: [
      [call('get_user', { id: 'u_881' }, { country: 'France' })],
      [call('ping', { url: 'https://eu.example.org/v1' }, { ms: 20 })],
    ],
  },
  {
    what: 'a yes made of a status',
    prompt: 'What does item A12 cost for customer C-77?',
    script: [
      [call('get_customer', { id: 'C-77' }, { membership: 'gold' })],
      [call('get_price', { item: 'A12', member: true }, 3)],
    ],
  },
  {
    what: 'the second of a list',
    prompt: 'Show the fare rules of the flight to Oslo that leaves at noon.',
    script: [
      [call('search_flights', { to: 'Oslo' }, [{ leaves: '07:10' }, { leaves: '12:00' }])],
      [call('get_fare_rules', { option: 2 }, 'No refund.')],
    ],
  },
  {
    what: 'French as fr',
    prompt: 'Show the glossary for document D-17.',
    script: [
      [call('detect_language', { document: 'D-17' }, { language: 'French' })],
      [call('get_glossary', { lang: 'fr' }, ['mot'])],
    ],
  },
  {
    what: 'days between two days',
    prompt: 'How will the weather in Oslo be during trip T-81?',
    script: [
      [call('get_trip', { trip: 'T-81' }, { from: '14 May', to: '21 May' })],
      [call('get_forecast', { city: 'Oslo', days: 7 }, ['rain'])],
    ],
  },
  {
    what: 'the end of a media type',
    prompt: 'Get the text of file D-17.',
    script: [
      [call('get_metadata', { file: 'D-17' }, { mime: 'application/pdf' })],
      [call('get_text', { file: 'D-17', format: 'pdf' }, 'Hello.')],
    ],
  },
  {
    what: 'a sign without a letter',
    prompt: 'In table prices of shop S-4 find the rows whose change has the sign of index I-9.',
    script: [
      [call('get_index', { id: 'I-9' }, { trend: 'falling' })],
      [call('find_rows', { table: 'prices', shop: 'S-4', op: '<' }, ['x'])],
    ],
  },
  {
    what: 'two adults and room 2 in a text',
    prompt: 'Find a room for 2 adults and show me its photos.',
    script: [
      [call('find_rooms', { adults: 2 }, 'Room 2 is free for 80 EUR.')],
      [call('get_photos', { room: 2 }, ['p.jpg'])],
    ],
  },
  {
    what: 'a rent and the id of a listing',
    prompt: 'Find a flat for 1250 a month and show it to me.',
    script: [
      [call('search_flats', { town: 'Graz' }, [{ id: 1250, rent: 1190 }])],
      [call('get_listing', { listing_id: 1250 }, { rooms: 3 })],
    ],
  },
  {
    what: 'who asks and who owns, by another name',
    prompt: 'Kim asked me for this: show the calendar of the owner of document D-77.',
    script: [
      [call('get_document', { id: 'D-77' }, { title: 'Plan', owner: 'Kim' })],
      [call('get_calendar', { user: 'Kim' }, [])],
    ],
  },
  {
    what: 'one of 25 hotels, the last one',
    prompt: `Hotels: ${HOTELS.join(', ')}. Show photos of the best rated one.`,
    script: [
      [call('get_ratings', { town: 'Graz' }, { H24: 4.1, H25: 4.9 })],
      [call('get_photos', { hotel: 'H25' }, ['p.jpg'])],
    ],
  },
  {
    what: 'one of 40 hotels that were asked about one by one',
    prompt: `Rate ${MORE_HOTELS.join(' ')}, and show photos of the best rated.`,
    script: [
      MORE_HOTELS.map((hotel) => call('get_rating', { hotel }, 4)),
      [call('get_photos', { hotel: 'hotel40' }, ['p.jpg'])],
    ],
    pair: [0, 40],
  },
  {
    what: 'departments of a long system prompt',
    system: `You route tickets. Departments: billing, technical, sales. Look up the agents of the right one.${' Be kind.'.repeat(440)}`,
    prompt: 'Ticket T-881 came in. Who can take it?',
    script: [
      [call('read_ticket', { id: 'T-881' }, { body: 'I was charged twice this month.' })],
      [call('list_agents', { department: 'billing' }, ['Ann'])],
    ],
  },
  {
    what: 'a rule of the system prompt about late flights',
    system: 'If a flight is more than 3 hours late, look up its compensation rules.',
    prompt: 'Tell me about flight SK882.',
    script: [
      [call('get_flight', { flight: 'SK882' }, { delay: '4 h' })],
      [call('get_compensation_rules', { flight: 'SK882' }, { euros: 400 })],
    ],
  },
  {
    what: 'in which case',
    prompt: 'Flight SK882 may be late, in which case I want the compensation rules of SK882.',
    script: [
      [call('get_flight', { flight: 'SK882' }, { delay: '4 h' })],
      [call('get_compensation_rules', { flight: 'SK882' }, { euros: 400 })],
    ],
  },
  {
    what: 'an airport that nobody named, used twice',
    prompt: 'Look at booking B-5521. Which flights and lounges are there at its destination?',
    script: [
      [call('get_booking', { id: 'B-5521' }, { hotel: 'Plaza, New York' })],
      [call('search_flights', { airport: 'JFK' }, ['x1'])],
      [call('search_lounges', { airport: 'JFK' }, ['y1'])],
    ],
    pair: [0, 2],
  },
  {
    what: 'a word that nobody said, taken out of a query and put into the next',
    prompt: 'Look at booking B-5521. Which flights and lounges are there at its destination?',
    script: [
      [call('get_booking', { id: 'B-5521' }, { hotel: 'Plaza, New York' })],
      [call('search', { query: 'flights to JFK' }, ['x1'])],
      [call('search_lounges', { airport: 'JFK' }, ['y1'])],
      [call('search', { query: 'JFK lounges' }, ['y1'])],
    ],
    pair: [0, 3],
  },
  {
    what: 'a day worked out and used twice',
    prompt: 'Look at booking B-5521. Which flights and lounges are there when I leave?',
    script: [
      [call('get_booking', { id: 'B-5521' }, { arrival: '14 May 2031', nights: 3 })],
      [call('search_flights', { until: '2031-05-17' }, ['x1'])],
      [call('search_lounges', { until: '2031-05-17' }, ['y1'])],
    ],
    pair: [0, 2],
  },
  {
    what: 'a version that reads like a day',
    prompt: 'Host db-1 runs Postgres 14.5. When is it down? Who can be called then?',
    script: [
      [call('get_maintenance', { host: 'db-1' }, { starts: '2031-05-14' })],
      [call('list_on_call', { day: '2031-05-14' }, ['Ann'])],
    ],
  },
  {
    what: 'a price that reads like an hour',
    prompt: 'Find a free slot of Dr Lee, it may cost 9.30 EUR, and the rooms open at that hour.',
    script: [
      [call('find_slot', { doctor: 'Lee' }, { start: '21:30' })],
      [call('list_rooms', { at: '21:30' }, ['blue'])],
    ],
  },
  {
    what: 'a threshold without if',
    prompt: 'Get the temperature at sensor S1. Above 30 show the manual M-hot, below it the manual M-cold.',
    script: [
      [call('read_sensor', { sensor: 'S1' }, { celsius: 34 })],
      [call('get_manual', { manual: 'M-hot' }, { text: 'Open the valve.' })],
    ],
  },
  {
    what: 'who of the people named has a duty, asked for',
    prompt: 'Find out who has keys today and get me that extension. Ben runs storage, Ana does networks.',
    script: [
      [call('get_key_holder', {}, { first: 'Ana', second: 'Lou' })],
      [call('get_extension', { name: 'Ana' }, { extension: '4411' })],
    ],
  },
  {
    what: 'a code that is a word of the question in its language',
    prompt: '¿En qué idioma está el correo m-71 de la lista? Traduce el texto "Bonjour".',
    script: [
      [call('detect_language', { mail: 'm-71' }, { language: 'de' })],
      [call('translate_text', { text: 'Bonjour', source: 'de' }, { text: 'Hola' })],
    ],
  },
  {
    what: 'a kind that a text was found to be of, a word of the text',
    prompt:
      'Sort this letter and list what we wrote about such: "The invoice says delivery, and nothing ever arrived here in Graz."',
    script: [
      [
        call(
          'classify_letter',
          { text: 'The invoice says delivery, and nothing ever arrived here in Graz.' },
          { topic: 'delivery' },
        ),
      ],
      [call('list_notes', { topic: 'delivery' }, ['n1'])],
    ],
  },
  {
    what: 'something similar in place of what was too dear',
    prompt: 'Get the rates of Hotel Nord in Graz, or something similar there.',
    script: [
      [call('get_rates', { hotel: 'Hotel Nord', town: 'Graz' }, [{ euros: 310 }])],
      [call('search_hotels', { town: 'Graz' }, ['Sued'])],
    ],
  },
  {
    what: 'the same question in fewer words',
    prompt: 'How many leave days can I carry over into 2031? Search the handbook.',
    script: [
      [call('search_handbook', { question: 'carry over leave days 2031' }, ['Asking for leave', 'Sick leave'])],
      [call('search_handbook', { question: 'leave carry over' }, ['Carrying over'])],
    ],
  },
  {
    what: 'what led to the same question in fewer words led to what its answer was used for',
    prompt: 'How many leave days can I carry over into 2031? Search the handbook.',
    script: [
      [call('search_handbook', { question: 'carry over leave days 2031' }, ['hb-3', 'hb-9'])],
      [call('search_handbook', { question: 'leave carry over' }, ['hb-15'])],
      [call('get_page', { page: 'hb-15' }, { text: 'Five days.' })],
    ],
    pair: [0, 2],
  },
  {
    what: 'whoever is on duty, of people named in passing',
    prompt: 'I sell with Ana. Ben runs storage. Look at the rota and get the extension of that colleague.',
    script: [
      [call('get_rota', {}, { on_duty: 'Ben' })],
      [call('get_extension', { name: 'Ben' }, { extension: '4411' })],
    ],
  },
  {
    what: 'how many, though a day in the task has the number',
    prompt: 'Search tables on 4 November at 19:04 for the party of reservation GX-77.',
    script: [
      [call('get_reservation', { id: 'GX-77' }, { guests: 4 })],
      [call('search_tables', { seats: 4, date: '4 November' }, ['T1'])],
    ],
  },
  {
    what: 'another train where this one is cancelled',
    prompt: 'I take train S511 from Graz to Linz. Get me there.',
    script: [
      [call('get_train_status', { train: 'S511' }, { train: 'S511', status: 'CANCELLED', since: '07:10' })],
      [call('search_trains', { origin: 'Graz', destination: 'Linz' }, ['S513'])],
    ],
  },
  {
    what: 'the same tool, asked again on a condition in another language',
    prompt: '如果格拉茨没有空房,就看看林茨。',
    script: [
      [call('search_hotels', { area: '格拉茨' }, { beds: 2 })],
      [call('search_hotels', { area: '林茨' }, { beds: 9 })],
    ],
  },
  {
    what: 'another site where too little is left',
    prompt: 'We need part P-71 in Graz. Look in Linz, too.',
    script: [
      [call('get_parts', { site: 'Graz' }, { stock: 0 })],
      [call('get_supplier', { part: 'P-71' }, { name: 'Ohm' })],
    ],
  },
  {
    what: 'the second place, where the first has nothing, in its own words',
    prompt: 'Find the price of the book Faust in the shop or on the market.',
    script: [
      [call('search_shop', { title: 'Faust' }, 'Kein Buch mit diesem Titel gefunden.')],
      [call('search_market', { book: 'Faust' }, [{ price: 4 }])],
    ],
  },
  {
    what: 'which of two the user left open, by its own name',
    prompt: 'Le contrat de Morin est-il au tarif Solo ou Duo ? Liste les options de son tarif.',
    script: [
      [call('get_contract', { client: 'Morin' }, { tarif: 'Duo', depuis: '2022' })],
      [call('list_options', { tarif: 'Duo' }, ['TV'])],
    ],
  },
  {
    what: 'which of two the user left open, in a text',
    prompt: '今日開いているのは北店それとも南店ですか。電話番号を教えて。',
    script: [
      [call('get_branches', { day: '今日' }, '南店のみ、十時から')],
      [call('get_phone', { branch: '南店' }, '555')],
    ],
  },
]

test.each(NASTY)('$what', (nasty) => {
  expect(verdictOf(nasty)).not.toBe('independent')
})

/** The same words, in runs in which nothing is hidden: each of these must stay independent. */
const PLAIN: readonly Nasty[] = [
  {
    what: 'how much to return, and how',
    prompt: 'What does item A12 cost, and what does customer C-77 owe?',
    script: [
      [call('get_customer', { id: 'C-77' }, { owes: 12 })],
      [call('get_price', { item: 'A12', limit: 2, include_tax: true, verbose: true, note: null, lang: 'en' }, 3)],
    ],
  },
  {
    what: 'a number in a word',
    prompt: 'Show the fare rules for two to Oslo, and the weather in Bergen.',
    script: [
      [call('get_weather', { city: 'Bergen' }, 'rain')],
      [call('get_fare_rules', { to: 'Oslo', people: 2, refundable: false }, 'No refund.')],
    ],
  },
  {
    what: 'listing 1250, whatever else is listed',
    prompt: 'Search flats in Graz and show me listing 1250.',
    script: [
      [call('search_flats', { town: 'Graz' }, [{ id: 1250, rent: 1190 }])],
      [call('get_listing', { listing_id: 1250 }, { rooms: 3 })],
    ],
  },
  {
    what: 'an owner whom the user named as such',
    prompt: 'Show document D-77 and the calendar of its owner Kim.',
    script: [
      [call('get_document', { id: 'D-77' }, { title: 'Plan', owner: 'Kim' })],
      [call('get_calendar', { user: 'Kim' }, [])],
    ],
  },
  {
    what: 'a name under a word that says nothing',
    prompt: 'Show document D-77, and the calendar of Kim by name.',
    script: [
      [call('get_document', { id: 'D-77' }, { title: 'Plan', name: 'Kim' })],
      [call('get_calendar', { user: 'Kim' }, [])],
    ],
  },
  {
    what: 'photos of all of 40 hotels',
    prompt: `Rate ${MORE_HOTELS.join(' ')}, and show photos of each.`,
    script: [
      MORE_HOTELS.map((hotel) => call('get_rating', { hotel }, 4)),
      MORE_HOTELS.map((hotel) => call('get_photos', { hotel }, ['p.jpg'])),
    ],
  },
  {
    what: 'departments of a long system prompt that is about none of them',
    system: `Departments: billing, technical, sales.${' Be kind.'.repeat(440)}`,
    prompt: 'Read ticket T-881, and list the agents of billing.',
    script: [
      [call('read_ticket', { id: 'T-881' }, { body: 'I was charged twice this month.' })],
      [call('list_agents', { department: 'billing' }, ['Ann'])],
    ],
  },
  {
    what: 'a rule of the system prompt about something else',
    system: 'If a hotel is full, look up another hotel.',
    prompt: 'Show flight SK882, and the compensation rules of SK882.',
    script: [
      [call('get_flight', { flight: 'SK882' }, { delay: '4 h' })],
      [call('get_compensation_rules', { flight: 'SK882' }, { euros: 400 })],
    ],
  },
  {
    what: 'an airport made up before the booking was read, used after it',
    prompt: 'Which flights to New York are there? Look at booking B-5521, too, and find lounges in New York.',
    script: [
      [call('search_flights', { airport: 'JFK' }, ['x1'])],
      [call('get_booking', { id: 'B-5521' }, { hotel: 'Plaza' })],
      [call('search_lounges', { airport: 'JFK' }, ['y1'])],
    ],
  },
  {
    what: 'a day in another form, whatever a result says',
    prompt: 'Host db-1 runs Postgres 14.5. When is it down, and who can be called on 14.5.2031?',
    script: [
      [call('get_maintenance', { host: 'db-1' }, { starts: '2031-05-14' })],
      [call('list_on_call', { day: '2031-05-14' }, ['Ann'])],
    ],
  },
  {
    what: 'an hour with its half of the day',
    prompt: 'Which slots has Dr Lee, and which rooms are open at 9.30 p.m.?',
    script: [
      [call('find_slot', { doctor: 'Lee' }, { start: '10:00' })],
      [call('list_rooms', { at: '21:30' }, ['blue'])],
    ],
  },
  {
    what: 'two questions that share words',
    prompt: 'Search when The Salt Road came out, and when Northern Harbour came out.',
    script: [
      [call('search_films', { question: 'Salt Road came out' }, ['1969'])],
      [call('search_films', { question: 'Northern Harbour came out' }, ['1974'])],
    ],
  },
  {
    what: 'a town that a short question repeats',
    prompt: 'Show me the weather in Oslo, and the news of Oslo.',
    script: [
      [call('get_weather', { place: 'Oslo, Norway' }, { city: 'Oslo', sky: 'rain' })],
      [call('get_news', { city: 'Oslo' }, ['n1'])],
    ],
  },
  {
    what: 'how many, said beside a day that has the number',
    prompt: 'Show reservation GX-77. Search tables for 4 on 4 November.',
    script: [
      [call('get_reservation', { id: 'GX-77' }, { id: 'GX-77', guests: 4 })],
      [call('search_tables', { seats: 4, day: '4 November' }, ['T1'])],
    ],
  },
]

test.each(PLAIN)('not hidden: $what', (plain) => {
  expect(verdictOf(plain)).toBe('independent')
})

function verdictOf({ prompt, system, script, pair }: Nasty) {
  const plain = testRun(prompt, script)
  const run =
    system === undefined
      ? plain
      : { ...plain, messages: [{ beforeTurn: 0, role: 'system' as const, text: system }, ...plain.messages] }
  const [i, j] = pair ?? [run.calls.length - 2, run.calls.length - 1]
  return inferDependencies(run, options()).verdict(i, j).verdict
}
