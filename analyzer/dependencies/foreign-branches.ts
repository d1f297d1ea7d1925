// Conditions in other languages than English. What such a sentence is about cannot be held against the English names of tools,
// so it is enough that there is one.

import { COMMON } from './information.ts'

/** `if`, `else` and their like that mean nothing else, in whatever text they stand. */
const CONDITION =
  /(?<!\p{L})(wenn|sofern|soweit|andernfalls|ansonsten|à condition|à moins|en caso|según|a menos|altrimenti|qualora|caso contrário|senão|tenzij|ifall|annars|hvis|ellers|jeśli|jeżeli|inaczej|pokud|jestliže|jinak|dacă|altfel|eğer|yoksa|nếu|jika|kalau|apabila|jikalau|если|иначе|якщо|інакше|ако|иначе|αν|εάν|αλλιώς|אם|אחרת|إذا|اذا|وإلا|اگر|अगर|यदि|वरना|যদি)(?!\p{L})|如果|若|假如|倘|要是|否则|否則|的话|的話|除非|もし|なら|場合|たら|れば|만약|만일|면(?!\p{L})|경우|ถ้า|หาก/iu
/** The same, where no English word is meant by them. */
const CONDITION_ELSEWHERE =
  /(?<!\p{L})(falls|sonst|je nachdem|si|s'il|s'ils|sinon|selon|en cas|sino|se|caso|als|indien|anders|om|ha|jos|muuten|gdy|když|daca)(?!\p{L})/iu

/** Words that only tell which language a text is in: of those that have a condition above. */
const KNOWN_LANGUAGE =
  /(?<!\p{L})(der|das|und|ist|für|le|les|est|des|une|el|los|las|para|il|che|di|per|os|uma|het|een|och|är|og|på|jest|oraz|na|je|este|pentru|bir|için|ve|của|và|dan|yang|ja|és|az)(?!\p{L})|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}]/iu

/** Of the words of English prose about half are such that everyone uses; of a terse order one in four, of another language few. Chosen. */
const ENGLISH_FROM = 0.25
const FOREIGN_BELOW = 0.05
/** Fewer words are names of things, in no language. Chosen. */
const MIN_WORDS = 8
/** What a text is written in shows at its beginning. UTF-16 code units. */
const SAMPLE = 2000

/** Whether a text makes something hang on an outcome in another language, or is in one of which nobody here can tell. */
export function hasForeignBranch(text: string): boolean {
  if (CONDITION.test(text)) return true
  const words =
    text
      .slice(0, SAMPLE)
      .toLowerCase()
      .match(/(?<![\p{L}\p{N}_/.-])[\p{Ll}\p{Lo}\p{M}]{2,}(?![\p{L}\p{N}_/-])/gu) ?? []
  // `en` is common as the name of a language, and half of Spanish and French.
  const english = words.filter((word) => word !== 'en' && COMMON.has(word)).length / Math.max(1, words.length)
  if (english >= ENGLISH_FROM) return false
  if (CONDITION_ELSEWHERE.test(text)) return true
  return english < FOREIGN_BELOW && new Set(words).size >= MIN_WORDS && !KNOWN_LANGUAGE.test(text)
}
