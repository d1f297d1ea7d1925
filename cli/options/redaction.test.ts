import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parseRedactKey, redactionOf, redactKeyOption, redactOption } from './redaction.ts'

const parse = (...args: string[]) => {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  return command.addOption(redactOption()).addOption(redactKeyOption()).parse(args, { from: 'user' }).opts()
}

describe('--redact and --redact-key', () => {
  it('take out secrets unless told otherwise', () => expect(parse()).toEqual({ redact: 'secrets' }))

  it('collect names', () => {
    expect(parse('--redact', 'secrets+email', '--redact-key', 'customer_ref', '--redact-key', 'iban')).toEqual({
      redact: 'secrets+email',
      redactKey: ['customer_ref', 'iban'],
    })
  })

  it.each([
    ['--redact', 'everything'],
    ['--redact-key', '-'],
    ['--redact-key', 'id'],
  ])('refuse %s %s', (...args) => expect(() => parse(...args)).toThrow())

  it('say what is wrong with a name', () =>
    expect(parseRedactKey('id')).toEqual({ ok: false, error: expect.stringContaining('too short') }))

  it('become what the collector is told', () => {
    expect(redactionOf('off', ['iban'])).toBe(false)
    expect(redactionOf('secrets')).toEqual({ email: false, names: [] })
    expect(redactionOf('secrets+email', ['iban'])).toEqual({ email: true, names: ['iban'] })
  })
})
