;; Reads ASCII text word by word, sixteen bytes at a time, and looks each word up among those that are looked for.
;; `word-scan-module.ts` holds this file compiled; `npx tsx scripts/build-scan.ts` writes it anew. `word-scan.ts` lays out the
;; memory and handles what is rare; a test holds the two against `TokenReader` and `TokenTable`.
;;
;; Memory: from 0 on what the caller has laid down: where the table of words begins and ends, how far the hash is shifted, and
;; where the bytes are that say which words are known as names. At 16 what is left behind for the caller: the place to go on
;; from, whether a sentence begins there, why it stopped, the end of the digits there, and the last slot that was looked at. At
;; 512 room for 256 tokens. The table has 32 bytes a word: its small letters and digits, with zeros behind them, and its token
;; plus one. A whole number stands there as its digits.
(module
  (memory (export "memory") 2)

  (func $isDigit (param $code i32) (result i32)
    (i32.lt_u (i32.sub (local.get $code) (i32.const 48)) (i32.const 10)))

  (func $leave (param $at i32) (param $opens i32) (param $why i32) (param $digitsEnd i32)
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (local.get $opens))
    (i32.store (i32.const 24) (local.get $why))
    (i32.store (i32.const 28) (local.get $digitsEnd)))

  ;; Reads the text [at, end), from its token `count` on, until it has 256; returns how many there are. 16 bytes after the text
  ;; are overwritten. Stops early (1) at what may be a marker, (2) at a word of more than 16 bytes, (3) at a number that does not
  ;; end with its digits, (4) after a word that nobody knew to be a name.
  (func (export "read") (param $at i32) (param $end i32) (param $count i32) (param $opens i32) (result i32)
    (local $table i32) (local $tableEnd i32) (local $shift i64) (local $names i32)
    (local $letters i32) (local $bits i32) (local $length i32) (local $code i32) (local $zeros i32)
    (local $slot i32) (local $token i32)
    (local $raw v128) (local $small v128) (local $isLetter v128) (local $places v128)
    (local.set $places (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))
    (local.set $table (i32.load (i32.const 0)))
    (local.set $tableEnd (i32.load (i32.const 4)))
    (local.set $shift (i64.extend_i32_u (i32.load (i32.const 8))))
    (local.set $names (i32.load (i32.const 12)))
    (v128.store (local.get $end) (v128.const i32x4 0 0 0 0))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (br_if $done (i32.ge_u (local.get $count) (i32.const 256)))
        (local.set $raw (v128.load (local.get $at)))
        (local.set $small (v128.or (local.get $raw) (i8x16.splat (i32.const 0x20))))
        (local.set $isLetter
          (i8x16.lt_u (i8x16.sub (local.get $small) (i8x16.splat (i32.const 97))) (i8x16.splat (i32.const 26))))
        (local.set $letters (i8x16.bitmask (local.get $isLetter)))
        (local.set $bits
          (i32.or
            (local.get $letters)
            (i8x16.bitmask
              (i8x16.lt_u (i8x16.sub (local.get $raw) (i8x16.splat (i32.const 48))) (i8x16.splat (i32.const 10))))))

        ;; What separates: as far as it goes, or up to a bracket.
        (if (i32.eqz (i32.and (local.get $bits) (i32.const 1)))
          (then
            (local.set $length
              (i32.ctz
                (i32.or
                  (i32.or (local.get $bits) (i32.const 0x10000))
                  (i8x16.bitmask (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 91)))))))
            (if (i32.eqz (local.get $length))
              (then
                (if (i32.eq (i32.load8_u offset=1 (local.get $at)) (i32.const 114))
                  (then
                    (call $leave (local.get $at) (local.get $opens) (i32.const 1) (i32.const 0))
                    (return (local.get $count))))
                (local.set $length (i32.const 1))))
            ;; . ! ? : newline and quotes open a sentence.
            (local.set $opens
              (i32.or
                (local.get $opens)
                (v128.any_true
                  (v128.and
                    (i8x16.lt_u (local.get $places) (i8x16.splat (local.get $length)))
                    (v128.or
                      (v128.or
                        (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 46)))
                        (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 33))))
                      (v128.or
                        (v128.or
                          (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 63)))
                          (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 58))))
                        (v128.or
                          (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 10)))
                          (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 34))))))))))
            (local.set $at (i32.add (local.get $at) (local.get $length)))
            (br $next)))

        (local.set $length (i32.ctz (i32.xor (local.get $bits) (i32.const -1))))
        (if (i32.eq (local.get $length) (i32.const 16))
          (then
            (local.set $code (i32.load8_u offset=16 (local.get $at)))
            (if
              (i32.or
                (call $isDigit (local.get $code))
                (i32.lt_u
                  (i32.sub (i32.or (local.get $code) (i32.const 0x20)) (i32.const 97))
                  (i32.const 26)))
              (then
                (call $leave (local.get $at) (local.get $opens) (i32.const 2) (i32.const 0))
                (return (local.get $count))))))

        (local.set $zeros (i32.const 0))
        (if
          (i32.and
            (i32.eqz (i32.and (local.get $letters) (i32.sub (i32.shl (i32.const 1) (local.get $length)) (i32.const 1))))
            (i32.lt_u (local.get $length) (i32.const 16)))
          (then
            (local.set $code (i32.load8_u (i32.add (local.get $at) (local.get $length))))
            (if
              (i32.and
                (i32.or
                  (i32.eq (local.get $code) (i32.const 46))
                  (i32.and (i32.eq (local.get $code) (i32.const 44)) (i32.le_u (local.get $length) (i32.const 3))))
                (call $isDigit (i32.load8_u offset=1 (i32.add (local.get $at) (local.get $length)))))
              (then
                (call $leave
                  (local.get $at) (local.get $opens) (i32.const 3) (i32.add (local.get $at) (local.get $length)))
                (return (local.get $count))))
            ;; 007 is the number 7.
            (block $stripped
              (loop $strip
                (br_if $stripped (i32.ge_u (i32.add (local.get $zeros) (i32.const 1)) (local.get $length)))
                (br_if $stripped
                  (i32.ne (i32.load8_u (i32.add (local.get $at) (local.get $zeros))) (i32.const 48)))
                (local.set $zeros (i32.add (local.get $zeros) (i32.const 1)))
                (br $strip)))
            (if (local.get $zeros)
              (then (local.set $small (v128.load (i32.add (local.get $at) (local.get $zeros))))))))

        (local.set $small
          (v128.and
            (local.get $small)
            (i8x16.lt_u (local.get $places) (i8x16.splat (i32.sub (local.get $length) (local.get $zeros))))))
        (local.set $slot
          (i32.add
            (local.get $table)
            (i32.shl
              (i32.wrap_i64
                (i64.shr_u
                  (i64.add
                    (i64.mul (i64x2.extract_lane 0 (local.get $small)) (i64.const 0x9e3779b97f4a7c15))
                    (i64.mul (i64x2.extract_lane 1 (local.get $small)) (i64.const 0xc2b2ae3d27d4eb4f)))
                  (local.get $shift)))
              (i32.const 5))))
        (block $found
          (loop $probe
            (local.set $token (i32.load offset=16 (local.get $slot)))
            (br_if $found (i32.eqz (local.get $token)))
            (br_if $found
              (i32.eqz (v128.any_true (v128.xor (v128.load (local.get $slot)) (local.get $small)))))
            (local.set $slot (i32.add (local.get $slot) (i32.const 32)))
            (if (i32.eq (local.get $slot) (local.get $tableEnd))
              (then (local.set $slot (local.get $table))))
            (br $probe)))
        (local.set $token (i32.sub (local.get $token) (i32.const 1)))
        (i32.store offset=512 (i32.shl (local.get $count) (i32.const 2)) (local.get $token))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (local.set $code (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (local.get $length)))
        (if (i32.ge_s (local.get $token) (i32.const 0))
          (then
            (if
              (i32.and
                (i32.eqz (local.get $opens))
                (i32.lt_u (i32.sub (local.get $code) (i32.const 65)) (i32.const 26)))
              (then
                (if (i32.eqz (i32.load8_u (i32.add (local.get $names) (local.get $token))))
                  (then
                    (i32.store8 (i32.add (local.get $names) (local.get $token)) (i32.const 1))
                    (call $leave (local.get $at) (i32.const 0) (i32.const 4) (i32.const 0))
                    (return (local.get $count))))))))
        (local.set $opens (i32.const 0))
        ;; Mostly a space, which says nothing.
        (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 32))
          (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))
        (br $next)))
    (call $leave (local.get $at) (local.get $opens) (i32.const 0) (i32.const 0))
    (i32.store (i32.const 32) (local.get $slot))
    (local.get $count)))
