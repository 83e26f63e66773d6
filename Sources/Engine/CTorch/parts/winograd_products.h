// Blocks of squares of a 3 × 3 convolution and of the gradient of its kernel, each in the cache of one thread.
#pragma once
#include "winograd_transforms.h"

#if defined(__x86_64__)
namespace winograd {

/// Values or words from one point to the next: more than they take by a line of the cache or two, for a power of two puts all points in the same
/// places of it.
inline int64_t apart(int64_t count) { return count + 2 * lanes; }

/// Rows of the products of four points at once.
constexpr int64_t rows_of_column = 6;

/// Aᵀ m of a column of four points, [2, R, 16] from [4, R, inputs] and [4, inputs, 16]: half of what is stored and read again of each point
/// on its own, which counts where inputs are few.
template <int R>
STEELYARD_PAIRS_INLINE void multiply_column(const uint16_t *x, int64_t of_x, int64_t of_v, const uint32_t *packed,
                                            int64_t of_packed, int64_t pairs, float *y, int64_t of_y) {
  __m512 sum[4][R];
  STEELYARD_UNROLLED for (int i = 0; i < 4; ++i) {
    STEELYARD_UNROLLED for (int r = 0; r < R; ++r) sum[i][r] = _mm512_setzero_ps();
  }
  for (int64_t k = 0; k < pairs; ++k) {
    STEELYARD_UNROLLED for (int i = 0; i < 4; ++i) {
      __m512i right = _mm512_loadu_si512(packed + i * of_packed + k * lanes);
      STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
        int word;
        __builtin_memcpy(&word, x + i * of_v + r * of_x + 2 * k, sizeof word);
        sum[i][r] = _mm512_dpbf16_ps(sum[i][r], (__m512bh)_mm512_set1_epi32(word), (__m512bh)right);
      }
    }
  }
  STEELYARD_UNROLLED for (int r = 0; r < R; ++r) {
    _mm512_storeu_ps(y + r * lanes, sum[0][r] + sum[1][r] + sum[2][r]);
    _mm512_storeu_ps(y + of_y + r * lanes, sum[1][r] - sum[2][r] - sum[3][r]);
  }
}
template <int R = int(rows_of_column)>
STEELYARD_PAIRS_INLINE void multiply_columns(int64_t rows, const uint16_t *x, int64_t of_x, int64_t of_v, const uint32_t *packed,
                                             int64_t of_packed, int64_t pairs, float *y, int64_t of_y) {
  if (rows == R) return multiply_column<R>(x, of_x, of_v, packed, of_packed, pairs, y, of_y);
  if constexpr (R > 1) multiply_columns<R - 1>(rows, x, of_x, of_v, packed, of_packed, pairs, y, of_y);
}

/// Products of a share of the squares of a block: of up to 12 squares m [16, squares, 32], and where a panel has one vector, of up to 24
/// squares Aᵀ m [4, 2, squares, 16].
struct Products {
  const uint16_t *v;
  int64_t of_v, inputs, pairs;
  const uint32_t *packed;
  int64_t of_packed;
  float *m;
  static constexpr int64_t of_m = tall * panel + 2 * lanes;

  STEELYARD_PAIRS_MEMBER void multiply_wide(int64_t first, int64_t rows) const {
    for (int64_t point = 0; point < points; ++point)
      multiply_rows<2>(rows, v + point * of_v + first * inputs, inputs, packed + point * of_packed, pairs, m + point * of_m, panel,
                       panel);
  }
  STEELYARD_PAIRS_MEMBER void multiply_narrow(int64_t first, int64_t rows) const {
    for (int64_t j = 0; j < 4; ++j)
      for (int64_t r = 0; r < rows; r += rows_of_column)
        multiply_columns(std::min(rows_of_column, rows - r), v + j * of_v + (first + r) * inputs, inputs, 4 * of_v,
                         packed + j * of_packed, 4 * of_packed, pairs, m + 2 * j * of_m + r * lanes, of_m);
  }
};

/// What a result has to itself before it is rounded: nothing.
struct AsItIs {
  AsItIs from(int64_t) const { return {}; }
  STEELYARD_PAIRS_MEMBER __m512 operator()(__m512 result, int64_t) const { return result; }
};

/// A summand of its channel, and limits; a NaN stays one.
struct Finished {
  const float *bias;
  float low, high;
  Finished from(int64_t channel) const { return {bias + channel, low, high}; }
  STEELYARD_PAIRS_MEMBER __m512 operator()(__m512 result, int64_t channel) const {
    __m512 sum = result + _mm512_loadu_ps(bias + channel);
    return _mm512_min_ps(_mm512_set1_ps(high), _mm512_max_ps(_mm512_set1_ps(low), sum));
  }
};

/// The results of squares `first` to before `last` of the strips from `from` on, each to its pixels of y [pixels, outputs]: of V vectors of
/// channels from where y, and what `finish` knows of channels, begin.
template <int V, class Finish>
STEELYARD_PAIRS void scatter_results(Products products, const Squares &squares, int64_t from, int64_t first, int64_t last,
                                     uint16_t *y, int64_t outputs, const Finish &finish) {
  const float *m = products.m;
  int64_t strip = from + first / squares.across, column = first % squares.across;
  for (int64_t square = first; square < last; ++strip, column = 0) {
    bool below = squares.line(strip) + 1 < squares.height;
    uint16_t *at = y + (squares.pixel(strip) + 2 * column) * outputs;
    for (; square < last && column < squares.across; ++square, ++column, at += 2 * outputs, m += V * lanes) {
      bool right = 2 * column + 1 < squares.width;
      STEELYARD_UNROLLED for (int v = 0; v < V; ++v) {
        __m512 found[2][2];
        if constexpr (V == 1) half_results(m, products.of_m, found);
        else results(m + v * lanes, products.of_m, found);
        uint16_t *here = at + v * lanes, *next = here + squares.width * outputs;
        put_rounded(finish(found[0][0], v * lanes), here);
        if (right) put_rounded(finish(found[0][1], v * lanes), here + outputs);
        if (below) put_rounded(finish(found[1][0], v * lanes), next);
        if (right && below) put_rounded(finish(found[1][1], v * lanes), next + outputs);
      }
    }
  }
}

/// y of block `block`, [pixels, outputs], each finished, of x [pixels, inputs]; `packed` is [16, inputs, outputs] as ``multiply`` takes each point.
/// `v` is of 16 · apart(squares · inputs) values, `m` of 16 · apart(12 · 32).
template <class Finish>
STEELYARD_PAIRS inline void convolve_block(const uint16_t *x, const uint32_t *packed, uint16_t *y, const Squares &squares,
                                           int64_t inputs, int64_t outputs, const Finish &finish, int64_t block, uint16_t *v,
                                           float *m) {
  int64_t from = squares.first(block), to = squares.first(block + 1), rows = (to - from) * squares.across;
  int64_t of_v = apart(squares.of_block * squares.across * inputs), pairs = inputs / 2;
  transform_maps(x, squares, inputs, from, to, v, of_v);
  for (int64_t c = 0; c < outputs; c += panel) {
    bool wide = outputs - c > lanes;
    Products products{v, of_v, inputs, pairs, packed + pairs * c, pairs * outputs, m};
    Shares shares(rows, wide ? tallest<2> : tallest<1>);
    for (int64_t share = 0; share < shares.count; ++share) {
      int64_t first = shares.first(share), last = shares.first(share + 1);
      if (wide) {
        products.multiply_wide(first, last - first);
        scatter_results<2>(products, squares, from, first, last, y + c, outputs, finish.from(c));
      } else {
        products.multiply_narrow(first, last - first);
        scatter_results<1>(products, squares, from, first, last, y + c, outputs, finish.from(c));
      }
    }
  }
}

/// What a gradient of a kernel is summed over at a time: a range of inputs and one of outputs.
struct Range {
  int64_t first_input, last_input, first_output, last_output;
  int64_t inputs() const { return last_input - first_input; }
  int64_t outputs() const { return last_output - first_output; }
};

/// u [16, outputs, inputs] += Σ (A dy Aᵀ) ⊙ (Bᵀ d B) over block `block`, of a range of it, begun at 0 where `anew`. `left` is of 16 · apart(pairs · range.outputs())
/// words, `right` of 16 · apart(pairs · range.inputs()).
STEELYARD_PAIRS inline void accumulate_block(const uint16_t *x, const uint16_t *dy, const Squares &squares, int64_t inputs,
                                             int64_t outputs, const Range &range, int64_t block, uint32_t *left, uint32_t *right,
                                             float *u, bool anew) {
  int64_t from = squares.first(block), to = squares.first(block + 1), pairs = (to - from) * squares.pairs_across();
  int64_t most = squares.of_block * squares.pairs_across(), wide = range.outputs();
  int64_t left_of_point = apart(most * wide), right_of_point = apart(most * range.inputs());
  pair_slopes(dy, squares, outputs, range.first_output, range.last_output, from, to, left, left_of_point);
  pair_maps(x, squares, inputs, range.first_input, range.last_input, from, to, right, right_of_point);
  for (int64_t point = 0; point < points; ++point)
    for (int64_t c = 0; c < range.inputs(); c += panel) {
      int64_t columns = std::min(panel, range.inputs() - c);
      const uint32_t *here = right + point * right_of_point + c * pairs;
      float *sums = u + (point * outputs + range.first_output) * inputs + range.first_input + c;
      if (columns > lanes) accumulate_panel<2>(left + point * left_of_point, wide, wide, here, columns, pairs, sums, inputs, anew);
      else accumulate_panel<1>(left + point * left_of_point, wide, wide, here, columns, pairs, sums, inputs, anew);
    }
}

}  // namespace winograd
#endif
