// The demo's three runs, and what the scripted model does in them. "As found" and "fixed" share the prompt, the tools and
// the plan: the one difference is a sentence in the agent's instructions, as it would be for a user who fixes theirs.

import { PARALLEL_WORDS, type Plan, planScript, resultValue } from './script.ts'
import { ORDER_TOOLS, type Tool, TRIP_TOOLS } from './tools.ts'

export interface Task {
  readonly agent: string
  readonly instructions: string
  readonly prompt: string
  readonly tools: readonly Tool[]
}

const TRIP_PROMPT =
  'Plan a trip from Berlin to Oslo on 2027-03-12 with 2 nights there: find a flight, look at the weather, and book the cheapest hotel.'
const ORDER_PROMPT = 'Where is the newest order of mara.lindqvist@example.com?'

export const DEMO_TASKS: readonly Task[] = [
  {
    agent: 'trip planner, as found',
    instructions: 'You plan trips. Use the tools, one step at a time.',
    prompt: TRIP_PROMPT,
    tools: TRIP_TOOLS,
  },
  {
    agent: 'trip planner, fixed',
    instructions: `You plan trips. Call all tools that do not need each other's results ${PARALLEL_WORDS}.`,
    prompt: TRIP_PROMPT,
    tools: TRIP_TOOLS,
  },
  {
    agent: 'order status',
    instructions: `You answer customers. Call all tools that do not need each other's results ${PARALLEL_WORDS}.`,
    prompt: ORDER_PROMPT,
    tools: ORDER_TOOLS,
  },
]

const TRIP: Plan = {
  prompt: TRIP_PROMPT,
  steps: [
    {
      tool: 'search_flights',
      needs: [],
      arguments: () => ({ from: 'Berlin', to: 'Oslo', date: '2027-03-12' }),
    },
    {
      tool: 'search_hotels',
      needs: [],
      arguments: () => ({ city: 'Oslo', check_in: '2027-03-12', nights: 2 }),
    },
    {
      tool: 'get_weather',
      needs: [],
      arguments: () => ({ city: 'Oslo', date: '2027-03-12' }),
    },
    {
      tool: 'book_hotel',
      needs: ['search_hotels'],
      arguments: (results) => ({
        hotel_id: resultValue(results, 'search_hotels', 'hotels', 0, 'hotel_id'),
        check_in: '2027-03-12',
        nights: 2,
      }),
    },
  ],
  answer: (results) =>
    `Your cheapest flight is ${resultValue(results, 'search_flights', 'flights', 1, 'flight')}. I booked ${resultValue(results, 'book_hotel', 'hotel')} (${resultValue(results, 'book_hotel', 'confirmation')}). Expect ${resultValue(results, 'get_weather', 'forecast')}.`,
}

const ORDER: Plan = {
  prompt: ORDER_PROMPT,
  steps: [
    {
      tool: 'find_customer',
      needs: [],
      arguments: () => ({ email: 'mara.lindqvist@example.com' }),
    },
    {
      tool: 'list_orders',
      needs: ['find_customer'],
      arguments: (results) => ({ customer_id: resultValue(results, 'find_customer', 'customer_id') }),
    },
    {
      tool: 'get_shipment',
      needs: ['list_orders'],
      arguments: (results) => ({ order_id: resultValue(results, 'list_orders', 'orders', 0, 'order_id') }),
    },
  ],
  answer: (results) =>
    `Your order ${resultValue(results, 'list_orders', 'orders', 0, 'order_id')} is ${resultValue(results, 'get_shipment', 'state')} with ${resultValue(results, 'get_shipment', 'carrier')}.`,
}

export const demoScript = planScript([TRIP, ORDER])
