// Products of matrices in bfloat16 by the instruction that multiplies pairs, on processors of x86 that have it. Sums are in float32.
//
// Two values that follow each other along the summed axis stand in one word: a row of x is its words already, what it is
// multiplied with is packed. Panels are of up to 32 columns, tiles of up to 12 rows: 24 sums in registers.
#pragma once
#include <algorithm>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>

namespace bfloat16_products {

#define STEELYARD_PAIRS __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))
#define STEELYARD_PAIRS_INLINE STEELYARD_PAIRS __attribute__((always_inline)) static inline
#define STEELYARD_UNROLLED _Pragma("clang loop unroll(full)")

constexpr int64_t lanes = 16, tall = 12, panel = 2 * lanes;

inline int64_t padded(int64_t columns) { return (columns + lanes - 1) / lanes * lanes; }

/// Where there is such an instruction, and none that multiplies whole tiles, which oneDNN knows to use.
inline bool serve() {
  static const bool answer = __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl") &&
                             __builtin_cpu_supports("avx512bw") && !__builtin_cpu_supports("amx-bf16");
  return answer;
}

/// Which columns of a vector there are.
STEELYARD_PAIRS_INLINE __mmask16 columns_of(int64_t count) { return count >= lanes ? 0xffff : __mmask16((1u << count) - 1); }

/// y [R, 16 V] = x [R, 2 · pairs] times `packed` [pairs, 16 V] of words, of whose columns `count` are there.
template <int R, int V>
STEELYARD_PAIRS_INLINE void multiply_tile(const uint16_t *x, int64_t of_x, const uint32_t *packed, int64_t pairs,
                                          uint16_t *y, int64_t of_y, int64_t count) {
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
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v)
      _mm256_mask_storeu_epi16(y + r * of_y + v * lanes, columns_of(count - v * lanes), (__m256i)_mm512_cvtneps_pbh(sum[r][v]));
  }
}

/// y [R, 16 V] += left [pairs, R] of words, turned round, times right [pairs, 16 V] of words.
template <int R, int V>
STEELYARD_PAIRS_INLINE void accumulate_tile(const uint32_t *left, int64_t of_left, const uint32_t *right, int64_t of_right,
                                            int64_t pairs, float *y, int64_t of_y) {
  __m512 sum[R][V];
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    STEELYARD_UNROLLED for (int v = 0; v < V; ++v) sum[r][v] = _mm512_loadu_ps(y + r * of_y + v * lanes);
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

/// The tile of `rows` rows, 1 to `tall`.
template <int V, int R = int(tall)>
STEELYARD_PAIRS_INLINE void multiply_rows(int64_t rows, const uint16_t *x, int64_t of_x, const uint32_t *packed,
                                          int64_t pairs, uint16_t *y, int64_t of_y, int64_t count) {
  if (rows == R) return multiply_tile<R, V>(x, of_x, packed, pairs, y, of_y, count);
  if constexpr (R > 1) multiply_rows<V, R - 1>(rows, x, of_x, packed, pairs, y, of_y, count);
}
template <int V, int R = int(tall)>
STEELYARD_PAIRS_INLINE void accumulate_rows(int64_t rows, const uint32_t *left, int64_t of_left, const uint32_t *right,
                                            int64_t of_right, int64_t pairs, float *y, int64_t of_y) {
  if (rows == R) return accumulate_tile<R, V>(left, of_left, right, of_right, pairs, y, of_y);
  if constexpr (R > 1) accumulate_rows<V, R - 1>(rows, left, of_left, right, of_right, pairs, y, of_y);
}

/// y [rows, columns] = x [rows, depth] times what is packed for it, [depth, columns].
STEELYARD_PAIRS inline void multiply(const uint16_t *x, const uint32_t *packed, uint16_t *y, int64_t rows, int64_t depth,
                                     int64_t columns) {
  int64_t pairs = depth / 2;
  for (int64_t c = 0; c < columns; c += panel, packed += pairs * panel)
    for (int64_t r = 0; r < rows; r += tall) {
      int64_t some = std::min(tall, rows - r), left = columns - c;
      if (left > lanes) multiply_rows<2>(some, x + r * depth, depth, packed, pairs, y + r * columns + c, columns, left);
      else multiply_rows<1>(some, x + r * depth, depth, packed, pairs, y + r * columns + c, columns, left);
    }
}

/// Words of what ``multiply`` takes of a matrix [depth, columns].
inline int64_t packed_words(int64_t depth, int64_t columns) { return depth / 2 * padded(columns); }

/// Two rows in one of words, `of` of them with zeros behind the columns; the second row may be null, for zeros.
STEELYARD_PAIRS_INLINE void interleave(const uint16_t *first, const uint16_t *second, int64_t columns, uint32_t *words,
                                       int64_t of) {
  for (int64_t c = 0; c < of; c += lanes) {
    __mmask16 there = columns_of(columns - c);
    __m512i low = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(there, first + c)), high = _mm512_setzero_si512();
    if (second) high = _mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(there, second + c)), 16);
    _mm512_storeu_si512(words + c, _mm512_or_si512(low, high));
  }
}

/// The first `columns` of rows of `of_x`, by twos as words, [⌈rows / 2⌉, of].
STEELYARD_PAIRS inline void pair_rows(const uint16_t *x, int64_t rows, int64_t columns, int64_t of_x, uint32_t *words,
                                      int64_t of) {
  for (int64_t r = 0; r < rows; r += 2)
    interleave(x + r * of_x, r + 1 < rows ? x + (r + 1) * of_x : nullptr, columns, words + r / 2 * of, of);
}

/// y [left columns, of_right] += left [rows, columns] turned round times right [rows, …], both by twos as words.
STEELYARD_PAIRS inline void accumulate(const uint32_t *left, int64_t of_left, int64_t left_columns, const uint32_t *right,
                                       int64_t of_right, int64_t pairs, float *y) {
  for (int64_t c = 0; c < of_right; c += panel)
    for (int64_t r = 0; r < left_columns; r += tall) {
      int64_t some = std::min(tall, left_columns - r);
      if (of_right - c > lanes) accumulate_rows<2>(some, left + r, of_left, right + c, of_right, pairs, y + r * of_right + c, of_right);
      else accumulate_rows<1>(some, left + r, of_left, right + c, of_right, pairs, y + r * of_right + c, of_right);
    }
}

/// For ``multiply``: panel `p` of a matrix [depth, columns] whose transpose is `weight` [columns, depth]; `to` begins with the first panel.
STEELYARD_PAIRS inline void pack_transposed(const uint16_t *weight, int64_t depth, int64_t columns, int64_t p, uint32_t *to) {
  int64_t pairs = depth / 2, first = p * panel, wide = std::min(panel, padded(columns) - first);
  to += p * pairs * panel;
  for (int64_t c = 0; c < wide; ++c)
    for (int64_t k = 0; k < pairs; ++k) {
      uint32_t word = 0;
      if (first + c < columns) __builtin_memcpy(&word, weight + (first + c) * depth + 2 * k, sizeof word);
      to[k * wide + c] = word;
    }
}

/// For ``multiply``: panel `p` of a matrix `weight` [depth, columns].
STEELYARD_PAIRS inline void pack(const uint16_t *weight, int64_t depth, int64_t columns, int64_t p, uint32_t *to) {
  int64_t pairs = depth / 2, first = p * panel, wide = std::min(panel, padded(columns) - first);
  to += p * pairs * panel;
  for (int64_t k = 0; k < pairs; ++k)
    interleave(weight + 2 * k * columns + first, weight + (2 * k + 1) * columns + first,
               std::min(columns - first, wide), to + k * wide, wide);
}

}  // namespace bfloat16_products
#endif
