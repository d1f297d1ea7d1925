// Texts that say that something came to nothing: in English, in other languages by the words that deny or fail and mean nothing
// else, and in any language by holding nothing.

const FAILED_TEXT =
  /^\W*(error|exception|traceback|failed|failure|timed? ?out|none|null|nothing|n\/a|no|not|unknown|unable|could not|cannot|invalid|denied|forbidden|unavailable|miss|missing|deprecated|sorry|unfortunately|did you mean|too many requests)\b/i
const FAILED_INSIDE =
  /\b(not (found|available|supported|allowed|permitted|authorized|match|find)|\w+n't (find|match|exist|available|sold|have|supported)|(do|does|did) not (have|find|match|exist)|(is|are|was|were) not (available|listed|in stock|sold|supported)|no such|no longer|nowhere|not .{1,20} any(where)?|unavailable|offline|out of stock|sold out|refused|expired|(no|0) (results?|match(es)?|data|records?|items?|rows?|hits?|entries)|(found|returned|matched) (no|0)|error|failed|timed out|timeout|cache miss|deprecated|outdated|delayed|postponed|suspended|discontinued|overdue|rate.limit\w*|too many requests|try again|does not exist|(status|code|http)\W{1,4}[45]\d\d)\b/i
/** Germanic, Romance, Slavic and others, then scripts without spaces between words. */
const FAILED_ELSEWHERE =
  /(?<!\p{L})(keine?[nmrs]?|nicht (gefunden|vorhanden|verfügbar|erlaubt|möglich)|leider|unbekannt\p{L}*|onbekend|ausverkauft|vergriffen|fehler|fehlgeschlagen|gesperrt|geen|niet (gevonden|beschikbaar)|uitverkocht|inga|inget|ingen|hittades inte|ikke (fundet|funnet)|slutsåld|aucune?|introuvable|indisponible|épuisée?|erreur|échec|inconnue?|desconocid[ao]|ningun[ao]?|ningún|no se (ha|han|encontr\p{L}*|pudo)|sin resultados|agotad[ao]|nenhuma?|não (encontrad\p{L}*|há|existe|disponível)|esgotad[ao]|erro|sconosciut[ao]|nessun[ao]?|non (trovat\p{L}*|disponibil\p{L}*|esiste)|esaurit[ao]|errore|brak|nie (znaleziono|ma|istnieje)|niedostępn\p{L}*|błąd|nenalezen\p{L}*|žádn\p{L}*|nincs|ei (löytynyt|tuloksia)|bulunamadı|yok|hata|tidak (ada|ditemukan|tersedia)|không (tìm|có|tồn)|нет|ничего|не (найден\p{L}*|существует|доступ\p{L}*)|недоступ\p{L}*|ошибка|немає|לא נמצאו?|אין|لا (توجد|يوجد)|لم (يتم|نجد)|غير (متوفر|متاح|موجود)|خطأ|नहीं)(?!\p{L})|ません|不明|なし|無し|できず|エラー|没有|沒有|未找到|找不到|不存在|暂无|错误|錯誤|失败|없(습니다|음|어요|다)|오류|ไม่พบ|ไม่มี/iu

/** Longer texts are content: an article may mention an error. */
export const SHORT_TEXT = 200

/** Whether a text says that nothing came of it. Of a long one, its beginning tells. */
export function tellsOfFailure(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '') return true
  // NOT_FOUND is three words, and so is OutOfStock.
  const start = trimmed
    .slice(0, SHORT_TEXT)
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
  if (FAILED_TEXT.test(start)) return true
  if (trimmed.length > SHORT_TEXT) return false
  return FAILED_INSIDE.test(start) || FAILED_ELSEWHERE.test(start) || isEmptyFrame(text)
}

/** A value that stands for none: `-`, `なし`. */
export const isNone = (text: string): boolean => !WORD.test(text) || NONE.test(text)

const WORD = /[\p{L}\p{N}]/u
const NONE = /^\s*(none|null|nil|n\/a|なし|無し?|无|無|없음|нет|yok|aucune?|ningun[ao]|nenhum|nessuno|geen|brak)\s*$/iu

/** Marks without a word, tags without a text, a head of a table without a row: `<ul></ul>`, `id,name\n`. */
function isEmptyFrame(text: string): boolean {
  if (!WORD.test(text)) return true
  if (text.trimStart().startsWith('<')) return !WORD.test(text.replace(/<[^>]*>/g, ' '))
  const [head = '', ...rows] = text.split('\n')
  return HEAD.test(head) && rows.length > 0 && rows.every((row) => /^[\s|:+=-]*$/.test(row))
}

/** Two names or more, and no number. */
const HEAD = /^[^\d.!?:]*[^\d.!?:\s]\s*[,;|\t][^\d.!?:]*$/
