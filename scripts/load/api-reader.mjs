// Asks for the list of runs again and again and reports how long each answer took. A thread of its own: the clients'
// work on the main one would count as the server's.

import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { url, everyMs } = workerData
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

for (;;) {
  const beganMs = performance.now()
  const { status, error } = await get()
  const tookMs = performance.now() - beganMs
  parentPort.postMessage({ tookMs, error: status === 200 ? null : `GET ${url}: ${status || error}` })
  await sleep(Math.max(1, everyMs - tookMs))
}

function get() {
  return new Promise((resolve) => {
    const fail = (error) => resolve({ status: 0, error: error.message })
    const request = http.get(url, { agent }, (response) => {
      response.on('end', () => resolve({ status: response.statusCode, error: null }))
      response.on('error', fail)
      response.resume()
    })
    request.on('error', fail)
  })
}
