// Winograd's minimal filtering F(2 × 2, 3 × 3) over maps [N, H, W, C] of bfloat16, on processors that multiply pairs of it: what of a
// 3 × 3 convolution of stride 1 within a border of zeros is not a product of matrices.
//
//   y = Aᵀ ((G g Gᵀ) ⊙ (Bᵀ d B)) A,   d 4 × 4 of the maps, y 2 × 2 of the result, g the kernel;   16 multiplications in place of 36
//
//        ⎛1  0 −1  0⎞       ⎛ 1   0   0 ⎞
//   Bᵀ = ⎜0  1  1  0⎟   G = ⎜ ½   ½   ½ ⎟   Aᵀ = ⎛1  1  1  0⎞
//        ⎜0 −1  1  0⎟       ⎜ ½  −½   ½ ⎟        ⎝0  1 −1 −1⎠
//        ⎝0  1  0 −1⎠       ⎝ 0   0   1 ⎠
//
// Summed over channels, ⊙ is a product of matrices for each of 16 points. The gradient of the kernel is Gᵀ (Σ (A dy Aᵀ) ⊙ (Bᵀ d B)) G.
// Lavin and Gray, *Fast algorithms for convolutional neural networks*, CVPR 2016. Sums are in float32. What is multiplied is rounded to bfloat16:
// Bᵀ d B and A dy Aᵀ, of maps that are bfloat16 already, and G g Gᵀ, of kernels in float32.
#pragma once
#include <algorithm>

#include "bfloat16_products.h"

#if defined(__x86_64__)
namespace winograd {

using namespace bfloat16_products;

constexpr int64_t points = 16;

/// Squares of 2 × 2 results. A strip is those of two lines of an image; a block is so many strips that follow each other.
struct Squares {
  int64_t images, height, width, down, across, strips, of_block, blocks;

  /// Blocks of up to `most` squares, or of one strip, that leave the least of a register tile of rows empty.
  Squares(int64_t images, int64_t height, int64_t width, int64_t most)
      : images(images), height(height), width(width), down((height + 1) / 2), across((width + 1) / 2), strips(images * down),
        of_block(1) {
    double best = 0;
    for (int64_t n = 1; n <= strips && (n == 1 || n * across <= most); ++n) {
      int64_t rows = (n * across + tall - 1) / tall * tall;
      double filled = double(n * across) / double(rows);
      if (filled >= best) best = filled, of_block = n;
    }
    blocks = (strips + of_block - 1) / of_block;
  }
  int64_t first(int64_t block) const { return std::min(block * of_block, strips); }
  int64_t image(int64_t strip) const { return strip / down; }
  /// The first line of a strip's results.
  int64_t line(int64_t strip) const { return strip % down * 2; }
  /// The first pixel of a strip.
  int64_t pixel(int64_t strip) const { return (image(strip) * height + line(strip)) * width; }
  /// Squares of a strip by twos.
  int64_t pairs_across() const { return (across + 1) / 2; }
};

STEELYARD_PAIRS_INLINE __m512 widen(const uint16_t *from) {
  return (__m512)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)from)), 16);
}
STEELYARD_PAIRS_INLINE void put_rounded(__m512 values, uint16_t *to) {
  _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(values));
}
/// The same channel of two squares in each word.
STEELYARD_PAIRS_INLINE void put_pair(__m512 one, __m512 other, uint32_t *to) {
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4,
                                         19, 3, 18, 2, 17, 1, 16, 0);
  _mm512_storeu_si512(to, _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(other, one)));
}

/// R lines of an image, from `above` lines over a strip's first on; zeros where it has none.
template <int R>
struct Lines {
  const uint16_t *line[R];
  int64_t channels, width;
  __mmask16 there[R];

  Lines(const uint16_t *maps, const Squares &squares, int64_t channels, int64_t strip, int64_t above)
      : channels(channels), width(squares.width) {
    int64_t image = squares.image(strip), first = squares.line(strip) - above;
    for (int i = 0; i < R; ++i) {
      there[i] = first + i >= 0 && first + i < squares.height ? 0xffff : 0;
      int64_t near = std::clamp<int64_t>(first + i, 0, squares.height - 1);
      line[i] = maps + (image * squares.height + near) * width * channels;
    }
  }
  STEELYARD_PAIRS_MEMBER bool has(int64_t column) const { return column >= 0 && column < width; }
  /// 16 channels from `channel` on of a pixel.
  STEELYARD_PAIRS_MEMBER __m512 at(int i, int64_t column, int64_t channel) const {
    return _mm512_maskz_mov_ps(there[i], widen(line[i] + column * channels + channel));
  }
};

/// A column of Bᵀ d.
STEELYARD_PAIRS_INLINE void column_of_maps(const Lines<4> &d, int64_t column, int64_t channel, __m512 (&to)[4]) {
  if (!d.has(column)) {
    STEELYARD_UNROLLED for (int i = 0; i < 4; ++i) to[i] = _mm512_setzero_ps();
    return;
  }
  __m512 d0 = d.at(0, column, channel), d1 = d.at(1, column, channel);
  __m512 d2 = d.at(2, column, channel), d3 = d.at(3, column, channel);
  to[0] = d0 - d2, to[1] = d1 + d2, to[2] = d2 - d1, to[3] = d1 - d3;
}

/// A column of A dy.
STEELYARD_PAIRS_INLINE void column_of_slopes(const Lines<2> &dy, int64_t column, int64_t channel, __m512 (&to)[4]) {
  __m512 zero = _mm512_setzero_ps(), y0 = zero, y1 = zero;
  if (dy.has(column)) y0 = dy.at(0, column, channel), y1 = dy.at(1, column, channel);
  to[0] = y0, to[1] = y0 + y1, to[2] = y0 - y1, to[3] = zero - y1;
}

/// Bᵀ d B of strips `from` to before `to`, [16, squares, C], of which C fills vectors; `of_point` values stand from one point to the next.
STEELYARD_PAIRS inline void transform_maps(const uint16_t *x, const Squares &squares, int64_t channels, int64_t from, int64_t to,
                                           uint16_t *v, int64_t of_point) {
  // So few squares at a time that a line of the cache, of 32 channels, is full before it leaves the first cache.
  const int64_t some = channels == lanes ? squares.across : 4;
  for (int64_t strip = from; strip < to; ++strip, v += squares.across * channels) {
    Lines<4> d(x, squares, channels, strip, 1);
    for (int64_t first = 0; first < squares.across; first += some)
      for (int64_t c = 0; c < channels; c += lanes) {
        __m512 a[4], b[4], e[4], f[4];
        column_of_maps(d, 2 * first - 1, c, a);
        column_of_maps(d, 2 * first, c, b);
        for (int64_t square = first; square < std::min(first + some, squares.across); ++square) {
          column_of_maps(d, 2 * square + 1, c, e);
          column_of_maps(d, 2 * square + 2, c, f);
          uint16_t *at = v + square * channels + c;
          STEELYARD_UNROLLED for (int i = 0; i < 4; ++i, at += 4 * of_point) {
            put_rounded(a[i] - e[i], at);
            put_rounded(b[i] + e[i], at + of_point);
            put_rounded(e[i] - b[i], at + 2 * of_point);
            put_rounded(b[i] - f[i], at + 3 * of_point);
            a[i] = e[i], b[i] = f[i];
          }
        }
      }
  }
}

/// Where 16 channels of words [pairs, C] stand that are kept in panels of up to 32 channels, each [pairs, 32 or 16].
struct Place {
  int64_t first, of_pair;
  Place(int64_t channel, int64_t channels, int64_t pairs)
      : first(channel / panel * panel * pairs + channel % panel), of_pair(std::min(panel, channels - channel / panel * panel)) {}
};

/// Bᵀ d B of channels `first` to before `last` by twos of squares, as words in panels, [16, pairs, last − first]. A strip of an odd number of
/// squares has one more at its end.
STEELYARD_PAIRS inline void pair_maps(const uint16_t *x, const Squares &squares, int64_t channels, int64_t first, int64_t last,
                                      int64_t from, int64_t to, uint32_t *v, int64_t of_point) {
  int64_t pairs = (to - from) * squares.pairs_across();
  for (int64_t strip = from; strip < to; ++strip) {
    Lines<4> d(x, squares, channels, strip, 1);
    for (int64_t c = first; c < last; c += lanes) {
      Place place(c - first, last - first, pairs);
      uint32_t *row = v + place.first + (strip - from) * squares.pairs_across() * place.of_pair;
      __m512 a[4], b[4], e[4], f[4], g[4], h[4];
      column_of_maps(d, -1, c, a);
      column_of_maps(d, 0, c, b);
      for (int64_t square = 0; square < squares.across; square += 2, row += place.of_pair) {
        column_of_maps(d, 2 * square + 1, c, e);
        column_of_maps(d, 2 * square + 2, c, f);
        column_of_maps(d, 2 * square + 3, c, g);
        column_of_maps(d, 2 * square + 4, c, h);
        uint32_t *at = row;
        STEELYARD_UNROLLED for (int i = 0; i < 4; ++i, at += 4 * of_point) {
          put_pair(a[i] - e[i], e[i] - g[i], at);
          put_pair(b[i] + e[i], f[i] + g[i], at + of_point);
          put_pair(e[i] - b[i], g[i] - f[i], at + 2 * of_point);
          put_pair(b[i] - f[i], f[i] - h[i], at + 3 * of_point);
          a[i] = g[i], b[i] = h[i];
        }
      }
    }
  }
}

/// A dy Aᵀ of channels `first` to before `last` by twos of squares, as words [16, pairs, last − first].
STEELYARD_PAIRS inline void pair_slopes(const uint16_t *dy, const Squares &squares, int64_t channels, int64_t first, int64_t last,
                                        int64_t from, int64_t to, uint32_t *v, int64_t of_point) {
  int64_t wide = last - first;
  for (int64_t strip = from; strip < to; ++strip) {
    Lines<2> y(dy, squares, channels, strip, 0);
    for (int64_t c = first; c < last; c += lanes) {
      uint32_t *row = v + (strip - from) * squares.pairs_across() * wide + c - first;
      for (int64_t square = 0; square < squares.across; square += 2, row += wide) {
        __m512 zero = _mm512_setzero_ps(), a[4], b[4], e[4], f[4];
        column_of_slopes(y, 2 * square, c, a);
        column_of_slopes(y, 2 * square + 1, c, b);
        column_of_slopes(y, 2 * square + 2, c, e);
        column_of_slopes(y, 2 * square + 3, c, f);
        uint32_t *at = row;
        STEELYARD_UNROLLED for (int i = 0; i < 4; ++i, at += 4 * of_point) {
          put_pair(a[i], e[i], at);
          put_pair(a[i] + b[i], e[i] + f[i], at + of_point);
          put_pair(a[i] - b[i], e[i] - f[i], at + 2 * of_point);
          put_pair(zero - b[i], zero - f[i], at + 3 * of_point);
        }
      }
    }
  }
}

/// (Aᵀ m) A of 16 channels of a square: four results.
STEELYARD_PAIRS_INLINE void results_of(const __m512 (&half)[2][4], __m512 (&y)[2][2]) {
  STEELYARD_UNROLLED for (int i = 0; i < 2; ++i) {
    y[i][0] = half[i][0] + half[i][1] + half[i][2];
    y[i][1] = half[i][1] - half[i][2] - half[i][3];
  }
}

/// The same of m [16, …], which begins with the first point.
STEELYARD_PAIRS_INLINE void results(const float *m, int64_t of_point, __m512 (&y)[2][2]) {
  __m512 half[2][4];
  STEELYARD_UNROLLED for (int j = 0; j < 4; ++j) {
    const float *at = m + j * of_point;
    __m512 m1 = _mm512_loadu_ps(at + 4 * of_point), m2 = _mm512_loadu_ps(at + 8 * of_point);
    half[0][j] = _mm512_loadu_ps(at) + m1 + m2;
    half[1][j] = m1 - m2 - _mm512_loadu_ps(at + 12 * of_point);
  }
  results_of(half, y);
}

/// The same of Aᵀ m, [4 columns, 2 rows, …].
STEELYARD_PAIRS_INLINE void half_results(const float *m, int64_t of_point, __m512 (&y)[2][2]) {
  __m512 half[2][4];
  STEELYARD_UNROLLED for (int j = 0; j < 4; ++j) {
    STEELYARD_UNROLLED for (int i = 0; i < 2; ++i) half[i][j] = _mm512_loadu_ps(m + (2 * j + i) * of_point);
  }
  results_of(half, y);
}

/// G g Gᵀ of the kernels `from` to before `to` of [O, 3, 3, I], rounded: [16, O, I]. I fills vectors.
STEELYARD_PAIRS inline void transform_kernels(const float *g, int64_t outputs, int64_t inputs, int64_t from, int64_t to,
                                              uint16_t *u) {
  __m512 half = _mm512_set1_ps(.5f);
  for (int64_t o = from; o < to; ++o)
    for (int64_t c = 0; c < inputs; c += lanes) {
      __m512 columns[4][3];
      STEELYARD_UNROLLED for (int j = 0; j < 3; ++j) {
        const float *at = g + (o * 9 + j) * inputs + c;
        __m512 g0 = _mm512_loadu_ps(at), g1 = half * _mm512_loadu_ps(at + 3 * inputs), g2 = _mm512_loadu_ps(at + 6 * inputs);
        __m512 ends = half * (g0 + g2);
        columns[0][j] = g0, columns[1][j] = ends + g1, columns[2][j] = ends - g1, columns[3][j] = g2;
      }
      uint16_t *at = u + o * inputs + c;
      STEELYARD_UNROLLED for (int i = 0; i < 4; ++i, at += 4 * outputs * inputs) {
        __m512 middle = half * columns[i][1], ends = half * (columns[i][0] + columns[i][2]);
        put_rounded(columns[i][0], at);
        put_rounded(ends + middle, at + outputs * inputs);
        put_rounded(ends - middle, at + 2 * outputs * inputs);
        put_rounded(columns[i][2], at + 3 * outputs * inputs);
      }
    }
}

/// The point of kernels turned by 180 degrees at which G g Gᵀ is what it is at `point` of the others.
inline int64_t turned(int64_t point) {
  constexpr int64_t other[4] = {3, 1, 2, 0};
  return other[point / 4] * 4 + other[point % 4];
}

/// Gᵀ u G of the kernels `from` to before `to`, [O, 3, 3, I], of `groups` sums u [16, O, I] added in their order.
STEELYARD_PAIRS inline void kernel_slopes(const float *u, int64_t groups, int64_t outputs, int64_t inputs, int64_t from, int64_t to,
                                          float *g) {
  __m512 half = _mm512_set1_ps(.5f);
  for (int64_t o = from; o < to; ++o)
    for (int64_t c = 0; c < inputs; c += lanes) {
      __m512 columns[3][4];
      STEELYARD_UNROLLED for (int j = 0; j < 4; ++j) {
        __m512 sum[4] = {};
        for (int64_t group = 0; group < groups; ++group) {
          STEELYARD_UNROLLED for (int i = 0; i < 4; ++i)
            sum[i] += _mm512_loadu_ps(u + ((group * points + 4 * i + j) * outputs + o) * inputs + c);
        }
        __m512 both = half * (sum[1] + sum[2]);
        columns[0][j] = sum[0] + both, columns[1][j] = half * (sum[1] - sum[2]), columns[2][j] = both + sum[3];
      }
      float *at = g + o * 9 * inputs + c;
      STEELYARD_UNROLLED for (int i = 0; i < 3; ++i, at += 3 * inputs) {
        __m512 both = half * (columns[i][1] + columns[i][2]);
        _mm512_storeu_ps(at, columns[i][0] + both);
        _mm512_storeu_ps(at + inputs, half * (columns[i][1] - columns[i][2]));
        _mm512_storeu_ps(at + 2 * inputs, both + columns[i][3]);
      }
    }
}

}  // namespace winograd
#endif
