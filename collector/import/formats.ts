// The one table of formats that are JSON.

import { claudeCode } from './claude-code.ts'
import { codex } from './codex.ts'
import type { ImportFormat } from './format.ts'
import { jaeger } from './jaeger.ts'
import { langfuse } from './langfuse.ts'
import { otlpJson } from './otlp-json.ts'
import { phoenix } from './phoenix.ts'

/** The first that recognises a file reads it; their keys have little in common. */
export const formats: readonly ImportFormat[] = [otlpJson, jaeger, langfuse, phoenix, codex, claudeCode]
