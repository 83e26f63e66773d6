#include <string.h>

#include "cimaging.h"

// Written with the compiler's vectors and compiled for AVX2 beside what every processor has; both give the same bytes,
// for all sums are of whole numbers. Weights sum to 2^22 within half a unit for each, and their sizes to less than 1.5 times that,
// so a sum stays within 31 bits.

#define INLINE static inline __attribute__((always_inline))

enum { BITS = CI_WEIGHT_BITS, HALF = 1 << (BITS - 1), LANES = 16, ROWS = 4 };

typedef int32_t Four __attribute__((vector_size(16)));
typedef uint8_t FourBytes __attribute__((vector_size(4)));
typedef int32_t Many __attribute__((vector_size(4 * LANES)));
typedef uint8_t ManyBytes __attribute__((vector_size(LANES)));

INLINE uint8_t level(int32_t sum) {
  sum >>= BITS;
  return (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

// One channel of one row; `step` samples from pixel to pixel.
INLINE void mix_samples(const uint8_t *row, int step, const ci_axis *axis, uint8_t *out) {
  for (int32_t x = 0; x < axis->count; x++) {
    const uint8_t *pixel = row + (size_t)axis->starts[x] * step;
    int32_t sum = HALF;
    for (int32_t tap = axis->offsets[x]; tap < axis->offsets[x + 1]; tap++, pixel += step) {
      sum += axis->weights[tap] * *pixel;
    }
    out[(size_t)x * step] = level(sum);
  }
}

// `rows` rows of RGB at once, at most ROWS. A pixel is read as four bytes: one byte behind the last row must be there.
INLINE void mix_rgb(const uint8_t *source, size_t stride, const ci_axis *axis, uint8_t *target, int rows) {
  size_t out_stride = 3 * (size_t)axis->count;
  for (int32_t x = 0; x < axis->count; x++) {
    const uint8_t *pixel = source + 3 * (size_t)axis->starts[x];
    Four sums[ROWS];
    for (int row = 0; row < rows; row++) sums[row] = (Four){HALF, HALF, HALF, HALF};
    for (int32_t tap = axis->offsets[x]; tap < axis->offsets[x + 1]; tap++, pixel += 3) {
      int32_t weight = axis->weights[tap];
      for (int row = 0; row < rows; row++) {
        FourBytes bytes;
        memcpy(&bytes, pixel + row * stride, sizeof bytes);
        sums[row] += weight * __builtin_convertvector(bytes, Four);
      }
    }
    for (int row = 0; row < rows; row++) {
      Four levels = __builtin_elementwise_max(__builtin_elementwise_min(sums[row] >> BITS, (Four){255, 255, 255, 255}), (Four){0});
      FourBytes bytes = __builtin_convertvector(levels, FourBytes);
      memcpy(target + row * out_stride + 3 * (size_t)x, &bytes, 3);
    }
  }
}

INLINE void columns_kernel(const uint8_t *source, int width, int height, int channels, const ci_axis *axis, uint8_t *target) {
  size_t stride = (size_t)width * channels, out_stride = (size_t)axis->count * channels;
  int y = 0;
  if (channels == 3) {
    for (; y + ROWS < height; y += ROWS) mix_rgb(source + y * stride, stride, axis, target + y * out_stride, ROWS);
    for (; y + 1 < height; y++) mix_rgb(source + y * stride, stride, axis, target + y * out_stride, 1);
  }
  for (; y < height; y++) {
    for (int channel = 0; channel < channels; channel++) {
      mix_samples(source + y * stride + channel, channels, axis, target + y * out_stride + channel);
    }
  }
}

INLINE void rows_kernel(const uint8_t *source, size_t stride, const ci_axis *axis, uint8_t *target) {
  for (int32_t y = 0; y < axis->count; y++, target += stride) {
    const uint8_t *first = source + axis->starts[y] * stride;
    const int32_t *weights = axis->weights + axis->offsets[y];
    int32_t taps = axis->offsets[y + 1] - axis->offsets[y];
    size_t i = 0;
    for (; i + LANES <= stride; i += LANES) {
      Many sums = (Many){0} + HALF;
      for (int32_t tap = 0; tap < taps; tap++) {
        ManyBytes bytes;
        memcpy(&bytes, first + tap * stride + i, sizeof bytes);
        sums += weights[tap] * __builtin_convertvector(bytes, Many);
      }
      Many levels = __builtin_elementwise_max(__builtin_elementwise_min(sums >> BITS, (Many){0} + 255), (Many){0});
      ManyBytes bytes = __builtin_convertvector(levels, ManyBytes);
      memcpy(target + i, &bytes, sizeof bytes);
    }
    for (; i < stride; i++) {
      int32_t sum = HALF;
      for (int32_t tap = 0; tap < taps; tap++) sum += weights[tap] * first[tap * stride + i];
      target[i] = level(sum);
    }
  }
}

#if defined(__x86_64__)
#define ON_AVX2 __attribute__((target("avx2")))
ON_AVX2 static void columns_avx2(const uint8_t *source, int width, int height, int channels, const ci_axis *axis, uint8_t *target) {
  columns_kernel(source, width, height, channels, axis, target);
}
ON_AVX2 static void rows_avx2(const uint8_t *source, size_t stride, const ci_axis *axis, uint8_t *target) {
  rows_kernel(source, stride, axis, target);
}
#endif

void ci_resample_columns(const uint8_t *source, int width, int height, int channels, const ci_axis *axis, uint8_t *target) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return columns_avx2(source, width, height, channels, axis, target);
#endif
  columns_kernel(source, width, height, channels, axis, target);
}

void ci_resample_rows(const uint8_t *source, size_t stride, const ci_axis *axis, uint8_t *target) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return rows_avx2(source, stride, axis, target);
#endif
  rows_kernel(source, stride, axis, target);
}
