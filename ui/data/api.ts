// The collector's API. Every failure becomes a sentence a person can act on.

import { err, ok, type Result } from '../../analyzer/base/result.ts'
import type { RunsPage } from '../../analyzer/model/api.ts'
import type { Override } from '../../analyzer/model/options.ts'
import { REPORT_SCHEMA, type Report } from '../../analyzer/model/report.ts'

export const PAGE_SIZE = 200

const NO_ANSWER = 'The collector does not answer. Is `tailrace` still running?'

/** A page of runs, newest first. `before` is the cursor of the page before it. */
export async function fetchRuns(before: string | null, signal?: AbortSignal): Promise<Result<RunsPage>> {
  const cursor = before === null ? '' : `&before=${encodeURIComponent(before)}`
  return getJson<RunsPage>(`/api/runs?limit=${PAGE_SIZE}${cursor}`, signal)
}

/** The report whose first run is the one asked for. */
export async function fetchReport(runId: string, signal?: AbortSignal): Promise<Result<Report>> {
  const answer = await getJson<Report>(`/api/runs/${encodeURIComponent(runId)}`, signal)
  if (!answer.ok) return answer
  if (answer.value.schema !== REPORT_SCHEMA) {
    return err(
      `The collector speaks “${String(answer.value.schema)}” and this page “${REPORT_SCHEMA}”. Reload the page.`,
    )
  }
  return answer.value.runs.length === 0 ? err('This run holds nothing that can be shown.') : answer
}

/** Has a word of the user's kept or forgotten. */
export async function changeOverride(
  method: 'PUT' | 'DELETE',
  runId: string,
  override: Override,
): Promise<Result<null>> {
  try {
    const response = await fetch(`/api/runs/${encodeURIComponent(runId)}/overrides`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(override),
    })
    return response.ok ? ok(null) : err(reasonIn(await response.text(), response.status))
  } catch {
    return err(NO_ANSWER)
  }
}

async function getJson<T>(path: string, signal?: AbortSignal): Promise<Result<T>> {
  let response: Response
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json' },
      ...(signal === undefined ? {} : { signal }),
    })
  } catch {
    return err(NO_ANSWER)
  }
  const text = await response.text().catch(() => '')
  if (!response.ok) {
    return err(
      response.status === 404
        ? 'The collector has no such run. If its agent is still going, the run shows up here when its spans arrive.'
        : reasonIn(text, response.status),
    )
  }
  try {
    return ok(JSON.parse(text) as T)
  } catch {
    return err('The collector sent something that is not JSON.')
  }
}

function reasonIn(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { error?: unknown; message?: unknown }
    const reason = body.message ?? body.error
    if (typeof reason === 'string' && reason !== '') return reason
  } catch {
    // Not JSON: the status has to do.
  }
  return `The collector answered with status ${status}.`
}
