import type { EffectKind } from '../../analyzer/model/dependency.ts'
import type { ReportCall } from '../../analyzer/model/report.ts'
import type { Words } from './words.ts'

/** The user's own word on what a tool does, for all its calls. Pressing it again takes it back. */
export function EffectButtons({ call, words }: { readonly call: ReportCall; readonly words: Words }) {
  const said = words.all.find((o) => o.kind === 'effect' && o.tool === call.tool)
  const saidEffect = said?.kind === 'effect' ? said.effect : null
  const say = (effect: EffectKind) =>
    said !== undefined && saidEffect === effect
      ? words.takeBack(said)
      : words.say({ kind: 'effect', tool: call.tool, effect })
  const choices = (['read', 'write'] as const).filter((effect) => saidEffect !== null || call.effect.kind !== effect)
  return (
    <p class="effect-buttons">
      {choices.map((effect) => (
        <button
          key={effect}
          type="button"
          class="button small"
          aria-pressed={saidEffect === effect}
          onClick={() => say(effect)}
        >
          {effect === 'read' ? 'This tool only reads' : 'This tool writes'}
        </button>
      ))}
    </p>
  )
}
