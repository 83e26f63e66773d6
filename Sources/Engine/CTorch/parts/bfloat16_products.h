// Products of matrices in bfloat16 by the instruction that multiplies pairs, on processors of x86 that have it. Sums are in float32.
//
// Two values that follow each other along the summed axis stand in one word: a row of x is its words already, what it is
// multiplied with is packed. Panels are of up to 32 columns, tiles of up to 12 rows, or of 16 columns and 24 rows: 24 sums in registers.
#pragma once
#include <algorithm>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>

namespace bfloat16_products {

#define STEELYARD_PAIRS __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))
#define STEELYARD_PAIRS_INLINE STEELYARD_PAIRS __attribute__((always_inline)) static inline
#define STEELYARD_PAIRS_MEMBER STEELYARD_PAIRS __attribute__((always_inline)) inline
#define STEELYARD_UNROLLED _Pragma("clang loop unroll(full)")

constexpr int64_t lanes = 16, tall = 12, panel = 2 * lanes;

/// Rows of the tallest tile of V vectors.
template <int V>
constexpr int tallest = int(2 * tall / V);

inline int64_t padded(int64_t columns) { return (columns + lanes - 1) / lanes * lanes; }

/// Where there is such an instruction, and none that multiplies whole tiles, which oneDNN knows to use.
inline bool serve() {
  static const bool answer = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl") &&
                             __builtin_cpu_supports("avx512bw") && !__builtin_cpu_supports("amx-bf16");
  return answer;
}

/// Which columns of a vector there are.
STEELYARD_PAIRS_INLINE __mmask16 columns_of(int64_t count) { return count >= lanes ? 0xffff : __mmask16((1u << count) - 1); }

/// A vector of sums, rounded where y is bfloat16, of whose columns `count` are there.
STEELYARD_PAIRS_INLINE void put(__m512 sum, uint16_t *y, int64_t count) {
  _mm256_mask_storeu_epi16(y, columns_of(count), (__m256i)_mm512_cvtneps_pbh(sum));
}
STEELYARD_PAIRS_INLINE void put(__m512 sum, float *y, int64_t count) { _mm512_mask_storeu_ps(y, columns_of(count), sum); }

/// y [R, 16 V] = x [R, 2 · pairs] times `packed` [pairs, 16 V] of words, of whose columns `count` are there.
template <int R, int V, class Y>
STEELYARD_PAIRS_INLINE void multiply_tile(const uint16_t *x, int64_t of_x, const uint32_t *packed, int64_t pairs, Y *y,
                                          int64_t of_y, int64_t count) {
  __m512 sum[R][V];
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) sum[r][v] = _mm512_setzero_ps();
  }
  for (int64_t k = 0; k < pairs; ++k) {
    __m512i right[V];
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) right[v] = _mm512_loadu_si512(packed + (k * V + v) * lanes);
    STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
      int word;
      __builtin_memcpy(&word, x + r * of_x + 2 * k, sizeof word);
      __m512i left = _mm512_set1_epi32(word);
      STEELYARD_UNROLLED for (int v = 0; v < V; ++v) sum[r][v] = _mm512_dpbf16_ps(sum[r][v], (__m512bh)left, (__m512bh)right[v]);
    }
  }
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) put(sum[r][v], y + r * of_y + v * lanes, count - v * lanes);
  }
}

/// y [R, 16 V] += left [pairs, R] of words, turned round, times right [pairs, 16 V] of words, begun at 0 where `anew`.
template <int R, int V>
STEELYARD_PAIRS_INLINE void accumulate_tile(const uint32_t *left, int64_t of_left, const uint32_t *right, int64_t of_right,
                                            int64_t pairs, float *y, int64_t of_y, bool anew) {
  __m512 sum[R][V];
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v)
      sum[r][v] = anew ? _mm512_setzero_ps() : _mm512_loadu_ps(y + r * of_y + v * lanes);
  }
  for (int64_t k = 0; k < pairs; ++k) {
    __m512i columns[V];
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) columns[v] = _mm512_loadu_si512(right + k * of_right + v * lanes);
    STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
      __m512i row = _mm512_set1_epi32(int(left[k * of_left + r]));
      STEELYARD_UNROLLED for (int v = 0; v < V; ++v) sum[r][v] = _mm512_dpbf16_ps(sum[r][v], (__m512bh)row, (__m512bh)columns[v]);
    }
  }
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) _mm512_storeu_ps(y + r * of_y + v * lanes, sum[r][v]);
  }
}

/// The tile of `rows` rows, 1 to the tallest.
template <int V, class Y, int R = tallest<V>>
STEELYARD_PAIRS_INLINE void multiply_rows(int64_t rows, const uint16_t *x, int64_t of_x, const uint32_t *packed,
                                          int64_t pairs, Y *y, int64_t of_y, int64_t count) {
  if (rows == R) return multiply_tile<R, V>(x, of_x, packed, pairs, y, of_y, count);
  if constexpr (R > 1) multiply_rows<V, Y, R - 1>(rows, x, of_x, packed, pairs, y, of_y, count);
}
template <int V, int R = tallest<V>>
STEELYARD_PAIRS_INLINE void accumulate_rows(int64_t rows, const uint32_t *left, int64_t of_left, const uint32_t *right,
                                            int64_t of_right, int64_t pairs, float *y, int64_t of_y, bool anew) {
  if (rows == R) return accumulate_tile<R, V>(left, of_left, right, of_right, pairs, y, of_y, anew);
  if constexpr (R > 1) accumulate_rows<V, R - 1>(rows, left, of_left, right, of_right, pairs, y, of_y, anew);
}

/// Rows in tiles of about as many each: in a tile of few rows a sum would wait for itself.
struct Shares {
  int64_t rows, count;
  Shares(int64_t rows, int64_t tallest) : rows(rows), count((rows + tallest - 1) / tallest) {}
  int64_t first(int64_t tile) const { return rows * tile / count; }
};

/// y [rows, 16 V] = x [rows, 2 · pairs] times a panel of V vectors, of whose columns `count` are there.
template <int V, class Y>
STEELYARD_PAIRS inline void multiply_panel(const uint16_t *x, int64_t of_x, const uint32_t *packed, int64_t pairs, Y *y,
                                           int64_t of_y, int64_t rows, int64_t count) {
  Shares shares(rows, tallest<V>);
  for (int64_t tile = 0; tile < shares.count; ++tile) {
    int64_t first = shares.first(tile);
    multiply_rows<V>(shares.first(tile + 1) - first, x + first * of_x, of_x, packed, pairs, y + first * of_y, of_y, count);
  }
}

/// y [left columns, 16 V] += left [pairs, left columns] turned round times right [pairs, 16 V], both of words, begun at 0 where `anew`.
template <int V>
STEELYARD_PAIRS inline void accumulate_panel(const uint32_t *left, int64_t of_left, int64_t left_columns, const uint32_t *right,
                                             int64_t of_right, int64_t pairs, float *y, int64_t of_y, bool anew) {
  Shares shares(left_columns, tallest<V>);
  for (int64_t tile = 0; tile < shares.count; ++tile) {
    int64_t first = shares.first(tile);
    accumulate_rows<V>(shares.first(tile + 1) - first, left + first, of_left, right, of_right, pairs, y + first * of_y, of_y,
                       anew);
  }
}

/// y [rows, columns] = x [rows, depth] times what is packed for it, [depth, columns].
STEELYARD_PAIRS inline void multiply(const uint16_t *x, const uint32_t *packed, uint16_t *y, int64_t rows, int64_t depth,
                                     int64_t columns) {
  int64_t pairs = depth / 2;
  for (int64_t c = 0; c < columns; c += panel, packed += pairs * panel) {
    int64_t left = columns - c;
    if (left > lanes) multiply_panel<2>(x, depth, packed, pairs, y + c, columns, rows, left);
    else multiply_panel<1>(x, depth, packed, pairs, y + c, columns, rows, left);
  }
}

/// Words of what ``multiply`` takes of a matrix [depth, columns].
inline int64_t packed_words(int64_t depth, int64_t columns) { return depth / 2 * padded(columns); }

/// The first `count` of 32 values, rounded where they are float32, with zeros behind them.
STEELYARD_PAIRS_INLINE __m512i halves_of(const uint16_t *from, int64_t count) {
  return _mm512_maskz_loadu_epi16(count >= 2 * lanes ? 0xffffffff : (uint32_t(1) << count) - 1, from);
}
STEELYARD_PAIRS_INLINE __m512i halves_of(const float *from, int64_t count) {
  __m512 low = _mm512_maskz_loadu_ps(columns_of(count), from);
  __m512 high = _mm512_maskz_loadu_ps(columns_of(std::max<int64_t>(count - lanes, 0)), from + lanes);
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

/// The first `count` values, rounded where they are float32.
template <class W>
STEELYARD_PAIRS inline void copy_halves(const W *from, int64_t count, uint16_t *to) {
  for (int64_t at = 0; at < count; at += 2 * lanes) {
    int64_t left = count - at;
    _mm512_mask_storeu_epi16(to + at, left >= 2 * lanes ? 0xffffffff : (uint32_t(1) << left) - 1, halves_of(from + at, left));
  }
}

/// Two rows in one of words, `of` of them with zeros behind the columns; the second row may be null, for zeros.
template <class W>
STEELYARD_PAIRS_INLINE void interleave(const W *first, const W *second, int64_t columns, uint32_t *words, int64_t of) {
  const __m512i low = _mm512_set_epi16(47, 15, 46, 14, 45, 13, 44, 12, 43, 11, 42, 10, 41, 9, 40, 8, 39, 7, 38, 6, 37, 5, 36, 4, 35,
                                       3, 34, 2, 33, 1, 32, 0);
  const __m512i high = _mm512_add_epi16(low, _mm512_set1_epi16(lanes));
  for (int64_t c = 0; c < of; c += 2 * lanes) {
    __m512i one = halves_of(first + c, columns - c);
    __m512i other = second ? halves_of(second + c, columns - c) : _mm512_setzero_si512();
    _mm512_storeu_si512(words + c, _mm512_permutex2var_epi16(one, low, other));
    if (c + lanes < of) _mm512_storeu_si512(words + c + lanes, _mm512_permutex2var_epi16(one, high, other));
  }
}

/// Two rows of `columns` in one of words, with zeros behind them.
STEELYARD_PAIRS inline void pair_two(const uint16_t *first, const uint16_t *second, int64_t columns, uint32_t *words) {
  interleave(first, second, columns, words, padded(columns));
}

/// The first `columns` of rows of `of_x`, by twos as words, [⌈rows / 2⌉, of].
STEELYARD_PAIRS inline void pair_rows(const uint16_t *x, int64_t rows, int64_t columns, int64_t of_x, uint32_t *words,
                                      int64_t of) {
  for (int64_t r = 0; r < rows; r += 2)
    interleave(x + r * of_x, r + 1 < rows ? x + (r + 1) * of_x : nullptr, columns, words + r / 2 * of, of);
}

/// y [left columns, of_right] += left [rows, columns] turned round times right [rows, …], both by twos as words, begun at 0 where `anew`.
STEELYARD_PAIRS inline void accumulate(const uint32_t *left, int64_t of_left, int64_t left_columns, const uint32_t *right,
                                       int64_t of_right, int64_t pairs, float *y, bool anew) {
  for (int64_t c = 0; c < of_right; c += panel) {
    if (of_right - c > lanes) accumulate_panel<2>(left, of_left, left_columns, right + c, of_right, pairs, y + c, of_right, anew);
    else accumulate_panel<1>(left, of_left, left_columns, right + c, of_right, pairs, y + c, of_right, anew);
  }
}

/// A square of 16 rows and columns of words, turned round.
STEELYARD_PAIRS_INLINE void transpose(__m512i (&rows)[lanes]) {
  __m512i a[lanes], b[lanes];
  STEELYARD_UNROLLED for (int i = 0; i < 16; i += 2) {
    a[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  STEELYARD_UNROLLED for (int i = 0; i < 16; i += 4) {
    STEELYARD_UNROLLED for (int j = 0; j < 2; ++j) {
      b[i + 2 * j] = _mm512_unpacklo_epi64(a[i + j], a[i + j + 2]);
      b[i + 2 * j + 1] = _mm512_unpackhi_epi64(a[i + j], a[i + j + 2]);
    }
  }
  // Quarter q of b[4 i + j] is column 4 q + j of rows 4 i to 4 i + 3.
  STEELYARD_UNROLLED for (int j = 0; j < 4; ++j) {
    __m512i even = _mm512_shuffle_i32x4(b[j], b[4 + j], 0x88), odd = _mm512_shuffle_i32x4(b[j], b[4 + j], 0xdd);
    __m512i later_even = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0x88);
    __m512i later_odd = _mm512_shuffle_i32x4(b[8 + j], b[12 + j], 0xdd);
    rows[j] = _mm512_shuffle_i32x4(even, later_even, 0x88);
    rows[4 + j] = _mm512_shuffle_i32x4(odd, later_odd, 0x88);
    rows[8 + j] = _mm512_shuffle_i32x4(even, later_even, 0xdd);
    rows[12 + j] = _mm512_shuffle_i32x4(odd, later_odd, 0xdd);
  }
}

/// For ``multiply``: panel `p` of a matrix [depth, columns] whose transpose is `weight` [columns, depth]; `to` begins with the first panel.
template <class W>
STEELYARD_PAIRS inline void pack_transposed(const W *weight, int64_t depth, int64_t columns, int64_t p, uint32_t *to) {
  int64_t pairs = depth / 2, first = p * panel, wide = std::min(panel, padded(columns) - first);
  to += p * pairs * panel;
  for (int64_t c = 0; c < wide; c += lanes)
    for (int64_t k = 0; k < pairs; k += lanes) {
      __m512i square[lanes];
      STEELYARD_UNROLLED for (int i = 0; i < lanes; ++i) {
        int64_t row = first + c + i;
        square[i] = row < columns ? halves_of(weight + row * depth + 2 * k, depth - 2 * k) : _mm512_setzero_si512();
      }
      transpose(square);
      STEELYARD_UNROLLED for (int i = 0; i < lanes; ++i)
        if (k + i < pairs) _mm512_storeu_si512(to + (k + i) * wide + c, square[i]);
    }
}

/// For ``multiply``: panel `p` of a matrix `weight` [depth, columns].
template <class W>
STEELYARD_PAIRS inline void pack(const W *weight, int64_t depth, int64_t columns, int64_t p, uint32_t *to) {
  int64_t pairs = depth / 2, first = p * panel, wide = std::min(panel, padded(columns) - first);
  to += p * pairs * panel;
  for (int64_t k = 0; k < pairs; ++k)
    interleave(weight + 2 * k * columns + first, weight + (2 * k + 1) * columns + first,
               std::min(columns - first, wide), to + k * wide, wide);
}

}  // namespace bfloat16_products
#endif
