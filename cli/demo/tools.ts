// The tools of the demo's agents: each waits as a service would, then answers from a fixed table.

import type { Json } from '../../analyzer/model/json.ts'
import type { JsonObject } from './chat-api.ts'

export interface Tool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject
  /** How long the service behind it takes, in milliseconds. */
  readonly latencyMs: number
  /** Throws an Error when the arguments name nothing that exists. */
  readonly run: (args: JsonObject) => Json
}

const HOTELS = [
  { hotel_id: 'htl_88127', name: 'Bryggen Guesthouse', price_eur: 118 },
  { hotel_id: 'htl_40316', name: 'Hotel Fjordlys', price_eur: 164 },
]

export const TRIP_TOOLS: readonly Tool[] = [
  {
    name: 'search_flights',
    description: 'Lists flights between two cities on a day.',
    parameters: object({ from: 'string', to: 'string', date: 'string' }),
    latencyMs: 900,
    run: (args) => ({
      flights: [
        { flight: 'SK1476', departs: '07:05', price_eur: 189 },
        { flight: 'DY1109', departs: '18:40', price_eur: 142 },
      ],
      to: args.to ?? null,
    }),
  },
  {
    name: 'search_hotels',
    description: 'Lists hotels with a free room in a city, cheapest first.',
    parameters: object({ city: 'string', check_in: 'string', nights: 'integer' }),
    latencyMs: 700,
    run: (args) => ({ city: args.city ?? null, hotels: HOTELS }),
  },
  {
    name: 'get_weather',
    description: 'Gives the weather forecast of a city for a day.',
    parameters: object({ city: 'string', date: 'string' }),
    latencyMs: 450,
    run: (args) => ({ city: args.city ?? null, forecast: 'light snow', high_c: -1 }),
  },
  {
    name: 'book_hotel',
    description: 'Books a room in a hotel.',
    parameters: object({ hotel_id: 'string', check_in: 'string', nights: 'integer' }),
    latencyMs: 500,
    run: (args) => {
      const hotel = HOTELS.find((candidate) => candidate.hotel_id === args.hotel_id)
      if (!hotel) throw new Error(`no hotel has the id ${String(args.hotel_id)}`)
      return { confirmation: 'BK-5530914', hotel: hotel.name }
    },
  },
]

export const ORDER_TOOLS: readonly Tool[] = [
  {
    name: 'find_customer',
    description: 'Finds a customer by e-mail address.',
    parameters: object({ email: 'string' }),
    latencyMs: 350,
    run: () => ({ customer_id: 'cus_7Q2MX9KD', name: 'Mara Lindqvist' }),
  },
  {
    name: 'list_orders',
    description: "Lists a customer's orders, newest first.",
    parameters: object({ customer_id: 'string' }),
    latencyMs: 600,
    run: () => ({ orders: [{ order_id: 'ord_40417953', total_eur: 86.5 }] }),
  },
  {
    name: 'get_shipment',
    description: 'Tells where the shipment of an order is.',
    parameters: object({ order_id: 'string' }),
    latencyMs: 450,
    run: () => ({ carrier: 'Nordpost', state: 'out for delivery' }),
  },
]

function object(fields: Readonly<Record<string, string>>): JsonObject {
  const properties = Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }]))
  return { type: 'object', properties, required: Object.keys(fields), additionalProperties: false }
}
