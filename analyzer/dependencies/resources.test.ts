import { expect, test } from 'vitest'
import { comparerOf } from './comparer.ts'
import { leavesOf } from './leaves.ts'
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
  [{ path: 'file:///a%20b/c' }, ['path:/a b/c']],
  [{ uri: 'file:///a%20b/c' }, ['path:/a b/c']],
  [{ url: 'https://ann@example.org:443/x' }, ['url:example.org']],
  [{ source_id: 12 }, ['id:source 12']],
  [{ seat: '12A' }, ['seat:12a']],
])('%j touches %j', (args, resources) => {
  expect(resourcesOf('get_order', leavesOf(args))).toEqual(resources)
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
  // Patterns and variables may be anything in their folder.
  [['path:src/*.ts'], ['path:src/a.ts'], 'unknown'],
  [['path:src/*.ts'], ['path:docs/a.md'], 'different'],
  [['path:$home/a.txt'], ['path:/home/ann/a.txt'], 'unknown'],
  [['path:app/[id]/page.tsx'], ['path:app/layout.tsx'], 'different'],
  // Ticket 12 into 15, then 15 into 20.
  [['id:source 12', 'id:target 15'], ['id:source 15', 'id:target 20'], 'unknown'],
  [['id:source 12', 'id:target 15'], ['id:source 16', 'id:target 20'], 'different'],
  [['to:ann'], ['topic:news'], 'unknown'],
  [['id:order 1'], ['id:order 2'], 'different'],
  [['id:order 1'], ['id:user 1'], 'unknown'],
  // The second line is another one after the first was inserted; in another file it is not.
  [['id:line 3'], ['id:line 5'], 'unknown'],
  [['id:line 3'], ['id:line 3'], 'same'],
  [['id:line 3', 'path:a.md'], ['id:line 5', 'path:b.md'], 'different'],
  [['id:step 1'], ['id:step 2'], 'unknown'],
  [[], ['path:/a'], 'unknown'],
  [['id:order #12'], ['id:order 0012'], 'same'],
  [['id:order ord-12'], ['id:order 12'], 'unknown'],
  [['id:order 121'], ['id:order 12'], 'different'],
  [['channel:#ops'], ['channel:ops'], 'same'],
  [['branch:refs/heads/main'], ['branch:main'], 'unknown'],
  [['repo:acme/web'], ['repo:https://github.com/acme/web.git'], 'unknown'],
  [['url:www.example.org'], ['url:api.example.org'], 'unknown'],
  [['url:example.org'], ['url:example.net'], 'different'],
  [['cart:c1', 'id:item 1'], ['cart:c1', 'id:item 2'], 'unknown'],
  [['cart:c1', 'id:item 1'], ['cart:c2', 'id:item 2'], 'different'],
  [['cart:c1'], ['cart:c2'], 'unknown'],
] as [string[], string[], string][])('%j and %j: %s', (a, b, relation) => {
  expect(compareResources(a, b)).toBe(relation)
})

test('a deed into something names it, unless an argument does or nothing else is named', () => {
  expect(resourcesOf('add_to_cart', leavesOf({ item_id: 1 }))).toEqual(['id:item 1', 'in:cart'])
  expect(resourcesOf('merge_request', leavesOf({ request_id: 7 }))).toEqual(['id:request 7', 'in:history'])
  expect(resourcesOf('enqueue_song', leavesOf({ song_id: 1 }))).toEqual(['id:song 1', 'in:queue'])
  expect(resourcesOf('add_to_cart', leavesOf({ item_id: 1, cart: 'c1' }))).toEqual(['cart:c1', 'id:item 1'])
  expect(resourcesOf('add_to_cart', leavesOf({ text: 'lamp' }))).toEqual([])
})

test('of calls that name very many things nothing is cleared', () => {
  const many = (from: number) => Array.from({ length: 10_000 }, (_, i) => `path:/a/${from + i}.txt`)
  const compare = comparerOf([many(0), many(20_000), ['path:/a/9.txt'], ['path:/b/7.txt']])
  expect(compare(0, 1)).toBe('same')
  expect(compareResources(many(0), many(20_000))).toBe('unknown')
  expect(compare(2, 3)).toBe('different')
})

test('what a thing will be called is a thing', () => {
  expect(resourcesOf('rename_branch', leavesOf({ branch: 'main', new_name: 'old' }))).toEqual([
    'branch:main',
    'branch:old',
  ])
  expect(resourcesOf('create_branch', leavesOf({ branch: 'main', display_name: 'old' }))).toEqual(['branch:main'])
})
