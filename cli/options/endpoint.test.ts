import { expect, test } from 'vitest'
import { baseUrl, isLoopback, parseEndpoint, parsePort } from './endpoint.ts'

test('an endpoint is a base URL without slashes at its end', () => {
  expect(parseEndpoint('http://127.0.0.1:4318/')).toEqual({ ok: true, value: 'http://127.0.0.1:4318' })
  expect(parseEndpoint('https://otel.example/base//')).toEqual({ ok: true, value: 'https://otel.example/base' })
})

test.each(['', '4318', 'localhost:4318', 'ftp://a.example', '//a.example'])('%s is no endpoint', (text) => {
  expect(parseEndpoint(text)).toEqual({ ok: false, error: expect.stringContaining('http://127.0.0.1:4318') })
})

test('a port is a whole number up to 65535', () => {
  expect(parsePort('4318')).toEqual({ ok: true, value: 4318 })
  expect(parsePort('0')).toEqual({ ok: true, value: 0 })
  for (const bad of ['', '65536', '-1', '80.5', 'http', '0x50']) expect(parsePort(bad).ok, bad).toBe(false)
})

test('an IPv6 host gets brackets in a URL', () => {
  expect(baseUrl('127.0.0.1', 80)).toBe('http://127.0.0.1:80')
  expect(baseUrl('::1', 80)).toBe('http://[::1]:80')
})

test('loopback is told from everything else', () => {
  for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]']) expect(isLoopback(host), host).toBe(true)
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'otel.example']) {
    expect(isLoopback(host), host).toBe(false)
  }
})
