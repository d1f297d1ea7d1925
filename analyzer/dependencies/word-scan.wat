;; Reads ASCII text word by word, sixteen bytes at a time, looks each word up among those that are looked for, and each two
;; neighbours among the pairs. `word-scan-module.ts` holds this file compiled; `npx tsx scripts/build-scan.ts` writes it anew.
;; `word-scan.ts` lays out the memory and handles what is rare; a test holds the two against `TokenReader` and `TokenTable`.
;;
;; Memory, from 0 on what the caller has laid down: where the table of words begins and ends; how far its hash is shifted; for
;; each token, and before them for -1, where the bytes are that say whether it is known as a name, and where the last document
;; is in which it was found; the number of this document; where the tags of an `IntPairMap` are, where its slots, and how many
;; less one. From 64 on what is read at the start and left at the end: the place to go on from, whether a sentence begins there,
;; why it stopped, the end of the digits there, the last slot of the table that was looked at, how many words were read, the
;; token of the last one, and what is -1 if none was looked for. At 512 room for 128 finds of three numbers: which word of the
;; text, its token, the pair that it ends or -1. The table has 32 bytes a word: its small letters and digits, with zeros behind
;; them, and its token plus one. A whole number stands there as its digits.
(module
  (memory (export "memory") 2)

  (func $isDigit (param $code i32) (result i32)
    (i32.lt_u (i32.sub (local.get $code) (i32.const 48)) (i32.const 10)))

  ;; As `IntPairMap.get`, of a pair and its hash.
  (func $pairOf (param $a i32) (param $b i32) (param $mixed i32) (result i32)
    (local $tag i32) (local $found i32) (local $slot i32)
    (local.set $tag (i32.or (i32.shr_u (local.get $mixed) (i32.const 24)) (i32.const 1)))
    (loop $probe
      (local.set $mixed (i32.and (local.get $mixed) (i32.load (i32.const 32))))
      (local.set $found (i32.load8_u (i32.add (i32.load (i32.const 24)) (local.get $mixed))))
      (if (i32.eqz (local.get $found)) (then (return (i32.const -1))))
      (if (i32.eq (local.get $found) (local.get $tag))
        (then
          (local.set $slot
            (i32.add (i32.load (i32.const 28)) (i32.mul (local.get $mixed) (i32.const 12))))
          (if
            (i32.and
              (i32.eq (i32.load (local.get $slot)) (local.get $a))
              (i32.eq (i32.load offset=4 (local.get $slot)) (local.get $b)))
            (then (return (i32.load offset=8 (local.get $slot)))))))
      (local.set $mixed (i32.add (local.get $mixed) (i32.const 1)))
      (br $probe))
    (unreachable))

  ;; Reads on in a text that ends at `end`, until there are 128 finds; returns how many there are, of which the first `finds` were
  ;; there already. 16 bytes after the text are overwritten. Stops early (1) at what may be a marker, (2) at a word of more than 16
  ;; bytes, (3) at a number that does not end with its digits, (4) after a word that nobody knew to be a name.
  (func (export "read") (param $end i32) (param $finds i32) (result i32)
    (local $at i32) (local $opens i32) (local $why i32) (local $count i32) (local $before i32) (local $wanted i32)
    (local $table i32) (local $tableEnd i32) (local $shift i64) (local $names i32) (local $seen i32) (local $document i32)
    (local $letters i32) (local $bits i32) (local $length i32) (local $code i32) (local $zeros i32)
    (local $slot i32) (local $token i32) (local $pair i32) (local $isNew i32) (local $find i32)
    (local $mixed i32) (local $tags i32) (local $pairMask i32) (local $seenAt i32)
    (local $raw v128) (local $small v128) (local $isLetter v128) (local $places v128)
    (local.set $places (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))
    (local.set $table (i32.load (i32.const 0)))
    (local.set $tableEnd (i32.load (i32.const 4)))
    (local.set $shift (i64.extend_i32_u (i32.load (i32.const 8))))
    (local.set $names (i32.load (i32.const 12)))
    (local.set $seen (i32.load (i32.const 16)))
    (local.set $document (i32.load (i32.const 20)))
    (local.set $tags (i32.load (i32.const 24)))
    (local.set $pairMask (i32.load (i32.const 32)))
    (local.set $at (i32.load (i32.const 64)))
    (local.set $opens (i32.load (i32.const 68)))
    (local.set $count (i32.load (i32.const 84)))
    (local.set $before (i32.load (i32.const 88)))
    (local.set $wanted (i32.load (i32.const 92)))
    (v128.store (local.get $end) (v128.const i32x4 0 0 0 0))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (br_if $done (i32.ge_u (local.get $finds) (i32.const 128)))
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
                    (local.set $why (i32.const 1))
                    (br $done)))
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
                (local.set $why (i32.const 2))
                (br $done)))))

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
                (local.set $why (i32.const 3))
                (i32.store (i32.const 76) (i32.add (local.get $at) (local.get $length)))
                (br $done)))
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
        (loop $probe
          (local.set $token (i32.load offset=16 (local.get $slot)))
          (if
            (i32.and
              (i32.ne (local.get $token) (i32.const 0))
              (v128.any_true (v128.xor (v128.load (local.get $slot)) (local.get $small))))
            (then
              (local.set $slot (i32.add (local.get $slot) (i32.const 32)))
              (if (i32.eq (local.get $slot) (local.get $tableEnd))
                (then (local.set $slot (local.get $table))))
              (br $probe))))
        (local.set $token (i32.sub (local.get $token) (i32.const 1)))

        ;; From here on -1 goes the way of a token: it is in no pair, was seen in every document, and is a name. A branch that is
        ;; guessed wrong takes longer than all that is done for nothing.
        (local.set $wanted (i32.and (local.get $wanted) (local.get $token)))
        (local.set $mixed
          (i32.mul
            (i32.xor (i32.mul (local.get $before) (i32.const 0x9e3779b1)) (local.get $token))
            (i32.const 0x85ebca6b)))
        (local.set $mixed (i32.xor (local.get $mixed) (i32.shr_u (local.get $mixed) (i32.const 15))))
        (local.set $pair (i32.const -1))
        (if (i32.load8_u (i32.add (local.get $tags) (i32.and (local.get $mixed) (local.get $pairMask))))
          (then
            (local.set $pair (call $pairOf (local.get $before) (local.get $token) (local.get $mixed)))))
        (local.set $seenAt (i32.add (local.get $seen) (i32.shl (local.get $token) (i32.const 2))))
        (local.set $isNew (i32.lt_s (i32.load (local.get $seenAt)) (local.get $document)))
        (if (i32.or (local.get $isNew) (i32.ge_s (local.get $pair) (i32.const 0)))
          (then
            (local.set $find (i32.mul (local.get $finds) (i32.const 12)))
            (i32.store offset=512 (local.get $find) (local.get $count))
            (i32.store offset=516 (local.get $find) (local.get $token))
            (i32.store offset=520 (local.get $find) (local.get $pair))
            (local.set $finds (i32.add (local.get $finds) (i32.const 1)))
            (if (local.get $isNew)
              (then (i32.store (local.get $seenAt) (local.get $document))))))
        (local.set $before (local.get $token))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (local.set $code (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (local.get $length)))
        (if
          (i32.and
            (i32.eqz (i32.or (local.get $opens) (i32.load8_u (i32.add (local.get $names) (local.get $token)))))
            (i32.lt_u (i32.sub (local.get $code) (i32.const 65)) (i32.const 26)))
          (then
            (i32.store8 (i32.add (local.get $names) (local.get $token)) (i32.const 1))
            (local.set $why (i32.const 4))
            (br $done)))
        (local.set $opens (i32.const 0))
        ;; Mostly a space, which says nothing.
        (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 32))
          (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))
        (br $next)))
    (i32.store (i32.const 64) (local.get $at))
    (i32.store (i32.const 68) (local.get $opens))
    (i32.store (i32.const 72) (local.get $why))
    (i32.store (i32.const 80) (local.get $slot))
    (i32.store (i32.const 84) (local.get $count))
    (i32.store (i32.const 88) (local.get $before))
    (i32.store (i32.const 92) (local.get $wanted))
    (local.get $finds)))
