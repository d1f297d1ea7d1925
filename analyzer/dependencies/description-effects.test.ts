import { expect, test } from 'vitest'
import { MAX_DESCRIPTION } from '../model/run.ts'
import { effectOfDescription } from './description-effects.ts'

const effectOf = (description: string, actions: readonly string[] = []) =>
  effectOfDescription({ tool: 'desk', description, actions })

test.each([
  ['Returns the opening hours of a shop.', 'read'],
  ['Looks up a customer by phone number, without changing anything.', 'read'],
  ['Lists name, type and status of all parcels.', 'read'],
  ['This tool searches the archive. Use it before you cancel an order.', 'read'],
  ['Get the weather', 'read'],
  ['A read-only view of the ledger.', 'read'],
  ['Finds a seat and books it for the user.', 'write'],
  ['Search and book flights', 'write'],
  ['Gets the user; if it does not exist, creates it.', 'write'],
  ['Creates an invoice', 'write'],
  ['Tool to send a letter', 'write'],
  ['Fetches the queue, then deletes what it fetched.', 'write'],
  ['Reads a file without locking it and updates the index.', 'write'],
  ['Returns the number of the ticket that it creates.', 'write'],
  ['Return an item of a delivered parcel.', undefined],
  ['Lists duplicates. Useful for deleting them.', undefined],
  ['Gives a user access to a folder.', undefined],
  ['Reports a user to the moderators.', undefined],
  ['Tells everyone in the channel something.', undefined],
  ['Provides feedback to a student.', undefined],
  ['Returns a borrowed book to the library.', undefined],
  ['Powers off a server.', undefined],
  ['Scans a drive and quarantines infected files.', undefined],
  ['Scan a drive and quarantine the files.', undefined],
  ['Lists files and folders of a drive.', 'read'],
  ['Lists users, groups and roles.', 'read'],
  ['Returns the way to the hotel.', 'read'],
  ['Returns up to 20 rooms that belong to a hotel.', 'read'],
  ['Get the name and address of a guest', 'read'],
  ['The desk of the hotel.', undefined],
  ['', undefined],
] as const)('%s: %s', (description, kind) => {
  expect(effectOf(description)).toBe(kind)
})

test('a tool whose argument chooses among deeds is a write, whatever its description begins with', () => {
  expect(effectOf('Looks at rooms.', ['list', 'show'])).toBe('read')
  expect(effectOf('Looks at rooms.', ['list', 'delete'])).toBe('write')
})

test('a description that was cut is no proof of a look', () => {
  const long = `Lists rooms. ${'All of them. '.repeat(MAX_DESCRIPTION)}`.slice(0, MAX_DESCRIPTION)
  expect(effectOf(long)).toBeUndefined()
  expect(effectOf(long.slice(0, -1))).toBe('read')
})
