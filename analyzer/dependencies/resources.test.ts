import { expect, test } from 'vitest'
import { compareResources, resourcesOf } from './resources.ts'

test.each([
  [{ path: './a/b/' }, ['path:a/b']],
  [{ path: 'src/../a//./b.txt' }, ['path:a/b.txt']],
  [{ path: '/../a' }, ['path:/a']],
  [{ path: '../a' }, ['path:../a']],
  [{ order_id: 123 }, ['id:order 123']],
  [{ orderId: 'X1' }, ['id:order x1']],
  [{ id: 7 }, ['id:order 7']],
  [{ url: 'https://Example.org/x?y' }, ['url:example.org']],
  [{ channels: ['Ops', 'design'] }, ['channel:design', 'channel:ops']],
  [{ text: 'hello', limit: 5 }, []],
])('%j touches %j', (args, resources) => {
  expect(resourcesOf('get_order', args)).toEqual(resources)
})

test.each([
  [['path:/a'], ['path:/a'], 'same'],
  [['path:/a'], ['path:/a/b'], 'same'],
  [['path:/a'], ['path:/ab'], 'different'],
  [['path:/repo/src/a.ts'], ['path:src/a.ts'], 'same'],
  [['path:/repo/src/a.ts'], ['path:../src/a.ts'], 'same'],
  [['path:/repo/src/a.ts'], ['path:b.ts'], 'different'],
  [['path:/repo'], ['path:b.ts'], 'unknown'],
  [['path:.'], ['path:b.ts'], 'same'],
  [['path:/a b'], ['path:/a c'], 'different'],
  [['to:ann'], ['topic:news'], 'unknown'],
  [['id:order 1'], ['id:order 2'], 'different'],
  [['id:order 1'], ['id:user 1'], 'unknown'],
  [[], ['path:/a'], 'unknown'],
] as [string[], string[], string][])('%j and %j: %s', (a, b, relation) => {
  expect(compareResources(a, b)).toBe(relation)
})
