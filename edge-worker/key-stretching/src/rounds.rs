//! SHA-256 of one digest more, written for 32-bit words: what WebAssembly computes with.
//!
//! Half of the block is always the same (the end of a message of known length), and the compiler works that half out
//! beforehand. Names and formulas are those of FIPS 180-4, section 6.2.2, but for *Maj*, where one exclusive or is
//! remembered from the round before: `Maj(a, b, c) = b ^ ((a ^ b) & (b ^ c))`.

use super::State;

/// FIPS 180-4, section 4.2.2.
#[rustfmt::skip]
const K: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

/// The digest of one block, which led to `state`, and of a digest behind it.
///
/// Never inlined: V8 begins with quickly compiled code and replaces it between two calls, never in the middle of a
/// loop. So the whole work must not be one call.
#[inline(never)]
pub(super) fn take_in_digest(state: &State, digest: &State) -> State {
    let [w0, w1, w2, w3, w4, w5, w6, w7] = *digest;
    let mut w = [
        w0,
        w1,
        w2,
        w3,
        w4,
        w5,
        w6,
        w7,
        0x8000_0000,
        0,
        0,
        0,
        0,
        0,
        0,
        768,
    ];
    let mut v = *state;
    let mut b_xor_c = v[1] ^ v[2];

    macro_rules! round {
        ($t:expr) => {{
            let [a, b, c, d, e, f, g, h] = v;
            let t1 = h
                .wrapping_add(K[$t])
                .wrapping_add(w[$t % 16])
                .wrapping_add(g ^ (e & (f ^ g)))
                .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25));
            let a_xor_b = a ^ b;
            let t2 = (b ^ (a_xor_b & b_xor_c))
                .wrapping_add(a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22));
            b_xor_c = a_xor_b;
            v = [t1.wrapping_add(t2), a, b, c, d.wrapping_add(t1), e, f, g];
        }};
    }
    macro_rules! extend {
        ($t:expr) => {{
            let near = w[($t + 1) % 16];
            let far = w[($t + 14) % 16];
            w[$t % 16] = w[$t % 16]
                .wrapping_add(near.rotate_right(7) ^ near.rotate_right(18) ^ (near >> 3))
                .wrapping_add(w[($t + 9) % 16])
                .wrapping_add(far.rotate_right(17) ^ far.rotate_right(19) ^ (far >> 10));
        }};
    }
    macro_rules! first_rounds {
        ($($t:literal)+) => {$( round!($t); )+};
    }
    macro_rules! later_rounds {
        ($($t:literal)+) => {$( extend!($t); round!($t); )+};
    }
    first_rounds!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
    later_rounds!(16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
    later_rounds!(32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47);
    later_rounds!(48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63);

    // What the last round remembers, no round reads.
    let _ = b_xor_c;
    for (word, before) in v.iter_mut().zip(state) {
        *word = word.wrapping_add(*before);
    }
    v
}
