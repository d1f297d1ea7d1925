;; Finds where a JSON string ends: sixteen bytes at a time up to the next quote, backslash or control character.
;; `string-end-module.ts` holds this file compiled; `npx tsx scripts/build-string-end.ts` writes it anew.
(module
  (memory (export "memory") 6)

  ;; Looks at the bytes [from, to) from inside a string on; 16 more after them must be readable. Gives the address of the
  ;; closing quote, or of the first byte that is no quote and may not be passed over: a control character, a backslash
  ;; that is not followed by one of "\/bfnrt (so \u is left to the caller, as is an escape that `to` cuts), or `to`.
  (func (export "stringEnd") (param $from i32) (param $to i32) (result i32)
    (local $block v128) (local $mask i32) (local $next i32)
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $block (v128.load (local.get $from)))
        (local.set $mask
          (i8x16.bitmask
            (v128.or
              (v128.or
                (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x22)))
                (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x5c))))
              (i8x16.lt_u (local.get $block) (i8x16.splat (i32.const 0x20))))))
        (if (i32.eqz (local.get $mask))
          (then
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (br $blocks)))
        (local.set $from (i32.add (local.get $from) (i32.ctz (local.get $mask))))
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (br_if $done (i32.ne (i32.load8_u (local.get $from)) (i32.const 0x5c)))
        (br_if $done (i32.ge_u (i32.add (local.get $from) (i32.const 1)) (local.get $to)))
        (local.set $next (i32.load8_u offset=1 (local.get $from)))
        (if
          (i32.or
            (i32.or
              (i32.or (i32.eq (local.get $next) (i32.const 0x22)) (i32.eq (local.get $next) (i32.const 0x5c)))
              (i32.or (i32.eq (local.get $next) (i32.const 0x6e)) (i32.eq (local.get $next) (i32.const 0x2f))))
            (i32.or
              (i32.or (i32.eq (local.get $next) (i32.const 0x62)) (i32.eq (local.get $next) (i32.const 0x66)))
              (i32.or (i32.eq (local.get $next) (i32.const 0x72)) (i32.eq (local.get $next) (i32.const 0x74)))))
          (then
            (local.set $from (i32.add (local.get $from) (i32.const 2)))
            (br $blocks)))))
    (if (result i32) (i32.gt_u (local.get $from) (local.get $to))
      (then (local.get $to))
      (else (local.get $from)))))
