;; Finds the places where one of a set of three-byte sequences stands, or an @: sixteen bytes at a time.
;; `scan-module.ts` holds this file compiled; `npx tsx scripts/build-scan.ts` writes it anew. `scan-plain.ts` does the same.
;;
;; Memory: from 0 on six tables of 16 bytes, for the low and the high four bits of the first, second and third byte (see
;; `sieve.ts`); at 1024 the table of sequences, one byte for each of 32,768 hashes; the text and the places found are where
;; the caller says.
(module
  (memory (export "memory") 24)

  ;; Looks at the bytes [from, to); 18 more after them must be readable. Writes the places (i32) from `out` on, and gives
  ;; the address after the last.
  (func (export "scan") (param $from i32) (param $to i32) (param $out i32) (result i32)
    (local $mask i32) (local $at i32)
    (local $raw v128) (local $first v128) (local $second v128) (local $third v128) (local $low v128) (local $fold v128)
    (local $firstLow v128) (local $firstHigh v128) (local $secondLow v128) (local $secondHigh v128)
    (local $thirdLow v128) (local $thirdHigh v128)
    (local.set $firstLow (v128.load (i32.const 0)))
    (local.set $firstHigh (v128.load (i32.const 16)))
    (local.set $secondLow (v128.load (i32.const 32)))
    (local.set $secondHigh (v128.load (i32.const 48)))
    (local.set $thirdLow (v128.load (i32.const 64)))
    (local.set $thirdHigh (v128.load (i32.const 80)))
    (local.set $low (i8x16.splat (i32.const 0x0f)))
    (local.set $fold (i8x16.splat (i32.const 0x20)))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $raw (v128.load (local.get $from)))
        (local.set $first (v128.or (local.get $raw) (local.get $fold)))
        (local.set $second (v128.or (v128.load offset=1 (local.get $from)) (local.get $fold)))
        (local.set $third (v128.or (v128.load offset=2 (local.get $from)) (local.get $fold)))
        (local.set $mask
          (i8x16.bitmask
            (v128.or
              (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 0x40)))
              (i8x16.ne
                (v128.and
                  (v128.and
                    (v128.and
                      (i8x16.swizzle (local.get $firstLow) (v128.and (local.get $first) (local.get $low)))
                      (i8x16.swizzle (local.get $firstHigh) (i8x16.shr_u (local.get $first) (i32.const 4))))
                    (v128.and
                      (i8x16.swizzle (local.get $secondLow) (v128.and (local.get $second) (local.get $low)))
                      (i8x16.swizzle (local.get $secondHigh) (i8x16.shr_u (local.get $second) (i32.const 4)))))
                  (v128.and
                    (i8x16.swizzle (local.get $thirdLow) (v128.and (local.get $third) (local.get $low)))
                    (i8x16.swizzle (local.get $thirdHigh) (i8x16.shr_u (local.get $third) (i32.const 4)))))
                (v128.const i32x4 0 0 0 0)))))
        (block $next
          (loop $bits
            (br_if $next (i32.eqz (local.get $mask)))
            (local.set $at (i32.add (local.get $from) (i32.ctz (local.get $mask))))
            (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
            (br_if $next (i32.ge_u (local.get $at) (local.get $to)))
            (br_if $bits
              (i32.eqz
                (i32.or
                  (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x40))
                  (i32.load8_u offset=1024
                    (i32.or
                      (i32.or
                        (i32.shl (i32.and (i32.load8_u (local.get $at)) (i32.const 31)) (i32.const 10))
                        (i32.shl (i32.and (i32.load8_u offset=1 (local.get $at)) (i32.const 31)) (i32.const 5)))
                      (i32.and (i32.load8_u offset=2 (local.get $at)) (i32.const 31)))))))
            (i32.store (local.get $out) (local.get $at))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (br $bits)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $blocks)))
    (local.get $out)))
