import { describe, expect, it } from 'vitest'
import { createRedactor, type RedactorOptions } from './redactor.ts'

const KEY = Buffer.alloc(16, 7)

/** The text without its secrets; each marker without its digest: `[openai-key]`. */
function redact(text: string, options: RedactorOptions = {}): string {
  const bytes = Buffer.from(`…${text}"`)
  const out = createRedactor({ digestKey: KEY, ...options }).redact(bytes, 3, bytes.length - 1, false)
  return out === null
    ? text
    : Buffer.from(out)
        .toString()
        .replace(/\[redacted:([a-z-]+):[0-9a-f]{8}\]/g, '[$1]')
}

/** The same text as a string inside JSON, `depth` levels down. */
function escaped(text: string, depth: number): string {
  return depth === 0 ? text : escaped(JSON.stringify(text).slice(1, -1), depth - 1)
}

const LETTERS = 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9dE1fG3'
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

describe('keys of services, by shape', () => {
  it.each([
    [`sk-${LETTERS}`, 'openai-key'],
    [`sk-proj-${LETTERS}_x-y`, 'openai-key'],
    [`sk-ant-api03-${LETTERS}-AA`, 'anthropic-key'],
    ['sk-0123456789abcdef0123456789abcdef', 'openai-key'],
    [`ghp_${LETTERS.slice(0, 36)}`, 'github-token'],
    [`github_pat_11ABCDEFG0${LETTERS}_${LETTERS}`, 'github-token'],
    ['xoxb-123456789012-1234567890123-abcdefghijklmnopqrstuvwx', 'slack-token'],
    ['xoxp-123456789012-1234567890123-abcdefghijklmnopqrstuvwx', 'slack-token'],
    ['AKIAIOSFODNN7EXAMPLE', 'aws-key'],
    [`AIza${LETTERS.slice(0, 35)}`, 'google-key'],
    [`hf_${LETTERS.slice(0, 34)}`, 'hugging-face-token'],
    [`sk_live_${LETTERS.slice(0, 24)}`, 'stripe-key'],
    ['glrt-abcdefghij0123456789', 'gitlab-token'],
    ['xoxc-123456789012-1234567890123-abcdefghijklmnop', 'slack-token'],
    [`ya29.a0${LETTERS}`, 'google-token'],
    [`nvapi-${LETTERS}`, 'nvidia-key'],
    [`hvs.CAES${LETTERS}`, 'vault-token'],
    [`dop_v1_${'0123456789abcdef'.repeat(4)}`, 'digitalocean-token'],
    [JWT, 'jwt'],
  ])('%s', (key, kind) => {
    for (const around of [
      '@',
      'key=@',
      'use @.',
      '"@"',
      '(@)',
      'x: @,',
      '[@]',
      'https://h/?q=@&r=1',
      'a\\n@\\n',
      'x_@',
      '%3D@',
      '\\u003d@',
    ]) {
      expect(redact(around.replace('@', key))).toBe(around.replace('@', `[${kind}]`))
    }
  })

  it('takes a bearer token without its scheme, whatever its shape', () => {
    expect(redact('curl -H "Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015"')).toBe(
      'curl -H "Authorization: Bearer [secret]"',
    )
    expect(redact('bearer abc.def~ghi/jkl+mno12345678901234567890==')).toBe('bearer [secret]')
    expect(redact(`Bearer ${JWT}, then`)).toBe('Bearer [jwt], then')
  })

  it('takes a private key from fence to fence, or as far as it goes', () => {
    const pem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA${LETTERS}\n${LETTERS}==\n-----END RSA PRIVATE KEY-----`
    expect(redact(`key:\n${pem}\nend`)).toBe('key:\n[private-key]\nend')
    expect(redact(JSON.stringify({ key: pem, n: 1 }))).toBe('{"key":"[private-key]","n":1}')
    expect(redact(pem.slice(0, 60))).toBe('[private-key]')
    expect(redact(`-----BEGIN PRIVATE KEY-----\n${LETTERS}`)).toBe('[private-key]')
    const pgp = `-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2.0.22 (GNU/Linux)\n\n${LETTERS}\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----`
    expect(redact(`key:\n${pgp}\nend`)).toBe('key:\n[private-key]\nend')
    expect(redact(JSON.stringify({ key: pgp, n: 1 }))).toBe('{"key":"[private-key]","n":1}')
    expect(redact('-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----')).toMatch(/^-----BEGIN PUBLIC/)
  })

  it('takes the password out of a URL and leaves the user', () => {
    expect(redact('postgres://app:hunter2@db.local:5432/x')).toBe('postgres://app:[secret]@db.local:5432/x')
    expect(redact('redis://:pw@h')).toBe('redis://:[secret]@h')
    expect(redact('https://u:p@ss@h.com/a@b')).toBe('https://u:[secret]@h.com/a@b')
    for (const clean of [
      'https://h:80/@x',
      'https://user@h/',
      'git@github.com:a/b.git',
      'a: b@c',
      '//a:b@c',
      'http://h/a:b@c',
    ]) {
      expect(redact(clean)).toBe(clean)
    }
  })

  it('takes e-mail addresses only if asked', () => {
    const text = 'Write to ann.lee+x@mail.example.org, or @ann, or a@b.'
    expect(redact(text)).toBe(text)
    expect(redact(text, { email: true })).toBe('Write to [email], or @ann, or a@b.')
    expect(redact('x\\nann@example.org\\ny', { email: true })).toBe('x\\n[email]\\ny')
  })
})

describe('values after the name of a secret', () => {
  it.each([
    ['{"password":"hunter2"}', '{"password":"[secret]"}'],
    ['{"user":"ann", "db.password" : "a\\"b\\\\", "n":1}', '{"user":"ann", "db.password" : "[secret]", "n":1}'],
    [
      '{"apiKey":"k","API_KEY":"k","x-api-key":"k","openaiApiKey":"k"}',
      '{"apiKey":"[secret]","API_KEY":"[secret]","x-api-key":"[secret]","openaiApiKey":"[secret]"}',
    ],
    ['{"client_secret":"x","accessToken":"abcdefgh"}', '{"client_secret":"[secret]","accessToken":"[secret]"}'],
    [
      '{"Authorization":"Basic dXNlcjpwYXNz","Cookie":"a=b; c=d"}',
      '{"Authorization":"Basic [secret]","Cookie":"[secret]"}',
    ],
    ['{"set-cookie":["a=b","c=d"],"n":[1]}', '{"set-cookie":["[secret]","[secret]"],"n":[1]}'],
    ['{"password": 123456, "pin": 4}', '{"password": "[secret]", "pin": 4}'],
    [
      '{"db_pass":"x","smtpPwd":"y","OPENAI_KEY":"k"}',
      '{"db_pass":"[secret]","smtpPwd":"[secret]","OPENAI_KEY":"[secret]"}',
    ],
    ['{"password2":"x","password_confirmation":"y"}', '{"password2":"[secret]","password_confirmation":"[secret]"}'],
  ])('%s', (text, wanted) => {
    for (const depth of [0, 1, 2, 3]) {
      const inside = `{"arguments":"${escaped(text, 1)}"}`
      expect(redact(escaped(text, depth)).replaceAll('\\', '')).toBe(escaped(wanted, depth).replaceAll('\\', ''))
      expect(JSON.parse(JSON.parse(redact(inside)).arguments)).toEqual(JSON.parse(wanted))
    }
  })

  it('a string inside of another that is cut off at a backslash leaves the other one whole', () => {
    for (const depth of [1, 2, 3]) {
      let text = 'password="hunter2\\'
      for (let i = 0; i < depth; i++) text = JSON.stringify([text])
      let read = redact(text)
      for (let i = 0; i < depth; i++) [read] = JSON.parse(read) as [string]
      expect(read).toBe('password="[secret]\\')
    }
  })

  it.each([
    ["{'password': 'hunter2', 'user': 'ann'}", "{'password': '[secret]', 'user': 'ann'}"],
    ['password="hunter2", user="ann"', 'password="[secret]", user="ann"'],
    ["db_password = 'x'", "db_password = '[secret]'"],
    ['https://api.example.org/v1?api_key=abc123&q=oslo', 'https://api.example.org/v1?api_key=[secret]&q=oslo'],
    ['user=ann&password=hunter2&x=1', 'user=ann&password=[secret]&x=1'],
    ['PATH=/bin\nOPENAI_API_KEY=abc123\nX=1', 'PATH=/bin\nOPENAI_API_KEY=[secret]\nX=1'],
    ['"PATH=/bin\\nOPENAI_API_KEY=abc123\\nX=1"', '"PATH=/bin\\nOPENAI_API_KEY=[secret]\\nX=1"'],
    ['mysql --password hunter2 -u ann', 'mysql --password [secret] -u ann'],
    ['mysql --password=hunter2 -u ann', 'mysql --password=[secret] -u ann'],
    ['Server=x;User Id=ann;Password=hunter2;', 'Server=x;User Id=ann;Password=[secret];'],
    ['Server=x;Uid=ann;Pwd=hunter2;', 'Server=x;Uid=ann;Pwd=[secret];'],
    ['AccountName=x;AccountKey=aB3+/dE5==;EndpointSuffix=y', 'AccountName=x;AccountKey=[secret];EndpointSuffix=y'],
    ['DB_PASS=hunter2\nMYSQL_PWD=hunter2', 'DB_PASS=[secret]\nMYSQL_PWD=[secret]'],
    ['a: b\npassword: hunter2 # of the test\n', 'a: b\npassword: [secret] # of the test\n'],
    [
      'A=1\nexport db_password=hunter2\ndb_password=hunter2\n',
      'A=1\nexport db_password=[secret]\ndb_password=[secret]\n',
    ],
    ['psql "host=h password=hunter2 user=ann"', 'psql "host=h password=[secret] user=ann"'],
    ['helm install --set auth.password=hunter2 x', 'helm install --set auth.password=[secret] x'],
    ['//registry.example.org/:_authToken=abcd1234-5678', '//registry.example.org/:_authToken=[secret]'],
    [
      '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPx\naws_session_token = FwoGZXIvYXdzEBYa12abc==\n',
      '[default]\naws_access_key_id = [aws-key]\naws_secret_access_key = [secret]\naws_session_token = [secret]\n',
    ],
    ['password => "hunter2"', 'password => "[secret]"'],
    ['password := "hunter2"', 'password := "[secret]"'],
    ['curl -s -u admin:hunter2 https://h/', 'curl -s -u admin:[secret] https://h/'],
    ["curl -X POST --user 'ann:hunter 2' h", "curl -X POST --user 'ann:[secret]' h"],
    ['{"command":"curl -u \\"ann:hunter2\\" h"}', '{"command":"curl -u \\"ann:[secret]\\" h"}'],
    ['curl -uann:hunter2 h', 'curl -uann:[secret] h'],
    ['os.environ["OPENAI_API_KEY"] = "hunter22"', 'os.environ["OPENAI_API_KEY"] = "[secret]"'],
    ["env['TOKEN']='hunter22'", "env['TOKEN']='[secret]'"],
    ['X-Api-Key: abc123def\r\nHost: h', 'X-Api-Key: [secret]\r\nHost: h'],
    ["curl -H 'Cookie: sid=abc; b=c' h", "curl -H 'Cookie: [secret]' h"],
    ['user: ann\npassword: hunter2\n', 'user: ann\npassword: [secret]\n'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [secret]'],
  ])('%s', (text, wanted) => expect(redact(text)).toBe(wanted))

  it('takes names that were asked for', () => {
    const text = '{"customer_ref":"K-1","customerRef":"K-2","ref":"K-3"}'
    expect(redact(text, { names: ['customer_ref'] })).toBe(
      '{"customer_ref":"[secret]","customerRef":"[secret]","ref":"K-3"}',
    )
  })

  it('takes shapes that were asked for', () => {
    const shapes = [{ kind: 'acme-key', prefix: 'acme_', atLeast: 12 }]
    expect(redact('use acme_0123456789ab now', { shapes })).toBe('use [acme-key] now')
  })
})

describe('lists of names and values', () => {
  it.each([
    '{"name":"Authorization","value":"@"}',
    '{"name": "X-Api-Key", "value": "@", "enabled": true}',
    '[{ "key" : "DB_PASSWORD" ,\n "value" : "@" }, {"key":"other","value":"this stays"}]',
    "{'name': 'Authorization', 'value': 'Bearer @'}",
    '{"header":"Cookie","value":"@"}',
  ])('%s', (text) => {
    for (const depth of [0, 1, 2]) {
      const whole = escaped(text, depth)
      expect(redact(whole.replace('@', 'hunter22aB'))).toBe(whole.replace('@', '[secret]'))
    }
  })

  it.each([
    '{"name":"password","type":"string","value":"x"}',
    '{"name":"city","value":"Oslo-12345"}',
    '{"label":"password","value":"forgotten"}',
    '["password","value","of the day"]',
    '{"name":"password","value":{"type":"string"}}',
  ])('not %s', (text) => expect(redact(text)).toBe(text))
})

describe('letters that are written as escapes', () => {
  it.each([
    ['{"pass\\u0077ord":"hunter2"}', '{"password":"[secret]"}'],
    ['{"pass\\\\u0077ord":"hunter2"}', '{"password":"[secret]"}'],
    ['https://h/?a=b\\u0026api_key=hunter22', 'https://h/?a=b&api_key=[secret]'],
    [`\\u0073k\\u002Dproj-${LETTERS}`, '[openai-key]'],
  ])('%s', (text, wanted) => expect(redact(text)).toBe(wanted))

  it('stay where they hide nothing', () => {
    for (const text of ['a \\u0026 b', '\\u003cb\\u003e', 'caf\\u00e9 \\u0022password\\u0022', 'C:\\u0041'])
      expect(redact(text)).toBe(text)
  })

  it('are read in linear time, by the million', () => {
    const text = `${'\\'.repeat(1_000_000)}\\u0041${'\\u0041'.repeat(200_000)}`
    // Quadratic would take hours.
    expect(redact(text) === text).toBe(true)
  })

  it('tell the name of an attribute', () => {
    const name = Buffer.from('db.pass\\u0077ord')
    expect(createRedactor().isSecretName(name, 0, name.length)).toBe(true)
  })
})

describe('what looks like a secret and is none', () => {
  it.each([
    '{"input_tokens":1200,"output_tokens":30,"max_tokens":4096,"total_tokens":"1230"}',
    '{"token_count":{"prompt":3},"tokenType":"bearer","token_type":"Bearer"}',
    '{"next_page_token":"CAUQAA0123456789","nextPageToken":"CAUQAA0123456789","pageToken":"abcdefghijk"}',
    '{"token":"Hello","logprob":-0.1}',
    '{"token":" a longer piece of text"}',
    '{"password":"[REDACTED]","token":"[object Object]"}',
    '{"id":"550e8400-e29b-41d4-a716-446655440000"}',
    '{"sha":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}',
    '{"order":"ORD-2026-0001234567-AB12","sku":"SKU_88123_BLUE_XL_2026"}',
    '{"tool_call_id":"call_aB3dE5fG7hI9jK1lM3nO5pQ7","id":"toolu_01A09q90qw90lq917835lq9"}',
    '{"id":"chatcmpl-9x8aB3dE5fG7hI9jK1lM3nO5pQ7rS","run":"run_aB3dE5fG7hI9jK1lM3nO5pQ7"}',
    '{"type":"object","properties":{"password":{"type":"string","description":"The password"}},"required":["password"]}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder as shells write it
    '{"api_key":"$1.output","password":"${DB_PASSWORD}","secret":"{{secret}}","token":"<your token>"}',
    '{"password":null,"secret":true,"has_password":false,"password":""}',
    '{"primary_key":"id","public_key":"abc","sort_key":"x","key":"v","keyboard":"y"}',
    '{"message":"Enter password: ","next":"x"}',
    '{"message":"Your token=","next":"x"}',
    '{"a":["password: ","x"],"b":{"c":"secret:"}}',
    'The password: required, at least 8 characters. The secret: practice. token = next',
    'Bearer of bad news; a Bearer authentication-required-response is sent',
    'class="sk-toggleable__control-label-arrow sk-estimator-doc-link fitted"',
    'task-1234567890123456789012 risk-aB3dE5fG7hI9jK1lM3nO5pQ7 desk-0123456789abcdef0123456789abcdef',
    'node_modules/@scope/package/dist/some-long-file-name-2026.js',
    'const token = await getToken(); password = get_password()',
    'AKIA is four letters; AKIAIOSFODNN7EXAMPLES is too long; akiaiosfodnn7example is not upper-case',
    'eyJhbGciOiJIUzI1NiJ9 alone, or version.1.2.3, or eyJ.eyJ.x',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    '2026-11-21T11:08:20.123456789Z 1700000000000000000 +47 400 00 000 DE89370400440532013000',
    'authorization: none; cookie: accepted; secretary=1; passwordless=yes; tokenizer=cl100k_base',
    'PASS=12 FAIL=3 PWD=/home/ann1 OLDPWD=/home/ann2; pass: 12, {"pass":"yes","pwd":"/home/ann1","test_pass":"12"}',
    'f(a, password=password1, token=next_token1) g(password=user.password2)\npassword = input1()\n  api_key = config.api_key1\n',
    'token = next_token1\n  apiKey: process.env.KEY1\n  token = tokens[i1]\npassword=password1.strip()\nsecret = b if c1 else d\n',
    'curl -u ann: h; curl -u $USER:$PASS h; curl -H "a: b" h:80; docker run -u 1000:1000 x; a curl -U x:y',
    'if d["token"] == "hunter22" or d["password"] in x: y = ["a", "password"]',
    'Authorization: Bearer YOUR_API_KEY, api_key="your-key", OPENAI_API_KEY=your-api-key-here\nsecret = hashlib.sha256\n',
    'Azure Key Vault: vault1; openai key findings: 3',
    'export TOKEN=$TOKEN PASSWORD=$(cat pw) --token $TOKEN --password -p',
  ])('%s', (text) => {
    for (const depth of [0, 1, 2]) expect(redact(escaped(text, depth), { email: true })).toBe(escaped(text, depth))
  })
})
