import { expect, test } from 'vitest'
import { hasForeignBranch } from './foreign-branches.ts'

test.each([
  'Ist der Flug SK882 verspätet? Wenn ja, zeige die Regeln für SK882.',
  'Le vol SK882 est-il en retard ? Si oui, montre les règles pour SK882.',
  '¿Llega tarde el vuelo SK882? Si es así, muestra las reglas.',
  'Si llueve en Oslo, lista museos en Oslo.',
  'Jeśli lot SK882 jest opóźniony, pokaż zasady.',
  'Если рейс SK882 опаздывает, покажи правила.',
  '查询航班 SK882。如果晚点，显示赔偿规则。',
  '便SK882が遅れている場合、規則を見せて。',
  // Zulu: nothing here knows how it puts a condition.
  'Hlola ukuthi indiza ifike nini ekuseni, bese ubheka imithetho yokubuyisela imali yamakhasimende ethu onke.',
])('%s', (text) => {
  expect(hasForeignBranch(text)).toBe(true)
})

test.each([
  'Weather in Oslo, museums in Bergen.',
  'How high are the Iguazu falls, and who is Si Newhouse?',
  'Wie wird das Wetter in Oslo, und welche Museen hat Bergen?',
  'Quel temps fait-il à Oslo et quels musées sont ouverts à Bergen ?',
  '奥斯陆天气怎么样？卑尔根有哪些博物馆？',
  'falcon, heron, osprey',
  '{"a": 12, "b": [10, 8]}',
  '',
])('not %j', (text) => {
  expect(hasForeignBranch(text)).toBe(false)
})

// With a search from each letter this would not end.
test('a million letters without a break are read in one pass', () => {
  expect(hasForeignBranch('se'.repeat(500_000))).toBe(false)
})
