// The two gradients of a depthwise convolution, on plain arrays in channels-last order.
//
//   dw[c, i, j]    = Σ_n,h,w  g[n, h, w, c] · x[n, h·s + i − p, w·s + j − p, c]
//   dx[n, y, u, c] = Σ_i,j    g[n, (y + p − i) / s, (u + p − j) / s, c] · w[c, i, j]   where the quotients are whole
//
// x is [N, H, W, C], g [N, OH, OW, C], the weight [C, K, K]; terms outside are left out. Products are summed in float32:
// an image at a time, images in their order, so that neither the sum nor its rounding depends on the number of threads.
#pragma once
#include <algorithm>

#include "vectors.h"

namespace depthwise {

struct Shape {
  int64_t images, channels, height, width, out_height, out_width, kernel, stride, padding;
};

using namespace vectors;

/// dw of `lanes` channels from `first` on, into sums [K, K, lanes]; all of them are there.
template <class T, int K>
STEELYARD_INLINE void weight_gradient(const T *x, const T *g, float *sums, const Shape &s, int64_t first) {
  Floats total[K * K] = {};
  for (int64_t n = 0; n < s.images; ++n) {
    Floats image[K * K] = {};
    for (int64_t h = 0; h < s.out_height; ++h) {
      const T *row = g + (n * s.out_height + h) * s.out_width * s.channels + first;
      for (int i = 0; i < K; ++i) {
        int64_t y = h * s.stride + i - s.padding;
        if (y < 0 || y >= s.height) continue;
        const T *line = x + (n * s.height + y) * s.width * s.channels + first;
        Floats part[K] = {};
        for (int64_t w = 0; w < s.out_width; ++w) {
          Floats grad;
          load(row + w * s.channels, grad);
          int64_t left = w * s.stride - s.padding;
          if (left >= 0 && left + K <= s.width) {
            for (int j = 0; j < K; ++j) {
              Floats value;
              load(line + (left + j) * s.channels, value);
              part[j] += grad * value;
            }
          } else {
            for (int j = 0; j < K; ++j) {
              if (left + j < 0 || left + j >= s.width) continue;
              Floats value;
              load(line + (left + j) * s.channels, value);
              part[j] += grad * value;
            }
          }
        }
        for (int j = 0; j < K; ++j) image[i * K + j] += part[j];
      }
    }
    for (int k = 0; k < K * K; ++k) total[k] += image[k];
  }
  std::memcpy(sums, total, sizeof total);
}

/// dw of one channel, for those that fill no vector.
template <class T>
STEELYARD_INLINE void weight_gradient_of_one(const T *x, const T *g, float *sums, const Shape &s, int64_t channel) {
  std::fill(sums, sums + s.kernel * s.kernel, 0.0f);
  for (int64_t i = 0; i < s.kernel; ++i)
    for (int64_t j = 0; j < s.kernel; ++j)
      for (int64_t n = 0; n < s.images; ++n) {
        float image = 0;
        for (int64_t h = 0; h < s.out_height; ++h) {
          int64_t y = h * s.stride + i - s.padding;
          if (y < 0 || y >= s.height) continue;
          for (int64_t w = 0; w < s.out_width; ++w) {
            int64_t u = w * s.stride + j - s.padding;
            if (u < 0 || u >= s.width) continue;
            image += single(g[((n * s.out_height + h) * s.out_width + w) * s.channels + channel]) *
                     single(x[((n * s.height + y) * s.width + u) * s.channels + channel]);
          }
        }
        sums[i * s.kernel + j] += image;
      }
}

/// dx of one line of one image, [W, C]; the weight is [K, K, C] in float32.
template <class T>
STEELYARD_INLINE void data_gradient(const T *g, const float *weight, T *dx, const Shape &s, int64_t n, int64_t y) {
  const T *grads[64];
  const float *weights[64];
  for (int64_t u = 0; u < s.width; ++u) {
    int terms = 0;
    for (int64_t i = 0; i < s.kernel; ++i) {
      int64_t h = y + s.padding - i;
      if (h < 0 || h % s.stride != 0 || h / s.stride >= s.out_height) continue;
      for (int64_t j = 0; j < s.kernel; ++j) {
        int64_t w = u + s.padding - j;
        if (w < 0 || w % s.stride != 0 || w / s.stride >= s.out_width) continue;
        grads[terms] = g + ((n * s.out_height + h / s.stride) * s.out_width + w / s.stride) * s.channels;
        weights[terms++] = weight + (i * s.kernel + j) * s.channels;
      }
    }
    T *out = dx + ((n * s.height + y) * s.width + u) * s.channels;
    int64_t c = 0;
    for (; c + lanes <= s.channels; c += lanes) {
      Floats sum = {};
      for (int t = 0; t < terms; ++t) {
        Floats a, b;
        load(grads[t] + c, a);
        load(weights[t] + c, b);
        sum += a * b;
      }
      store(sum, out + c);
    }
    if (c == s.channels) continue;
    // The last channels as a vector that is filled up with zeros.
    Floats sum = {};
    for (int t = 0; t < terms; ++t) {
      Floats a, b;
      load_some(grads[t] + c, a, s.channels - c);
      load_some(weights[t] + c, b, s.channels - c);
      sum += a * b;
    }
    store_some(sum, out + c, s.channels - c);
  }
}

template <class T>
STEELYARD_INLINE void weight_block(const T *x, const T *g, float *dw, const Shape &s, int64_t block) {
  int64_t first = block * lanes, area = s.kernel * s.kernel;
  if (first + lanes > s.channels) {
    for (int64_t c = first; c < s.channels; ++c) weight_gradient_of_one(x, g, dw + c * area, s, c);
    return;
  }
  float sums[49 * lanes];
  switch (s.kernel) {
    case 3: weight_gradient<T, 3>(x, g, sums, s, first); break;
    case 5: weight_gradient<T, 5>(x, g, sums, s, first); break;
    default: weight_gradient<T, 7>(x, g, sums, s, first); break;
  }
  for (int64_t c = 0; c < lanes; ++c)
    for (int64_t k = 0; k < area; ++k) dw[(first + c) * area + k] = sums[k * lanes + c];
}

template <class T>
STEELYARD_INLINE void data_lines(const T *g, const float *weight, T *dx, const Shape &s, int64_t from, int64_t to) {
  for (int64_t line = from; line < to; ++line) data_gradient(g, weight, dx, s, line / s.height, line % s.height);
}

/// dw of one block of `lanes` channels, [C, K, K] in float32; K is 3, 5 or 7.
template <class T>
void weight_part(const T *x, const T *g, float *dw, const Shape &s, int64_t block) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS { weight_block(as<S>(x), as<S>(g), dw, s, block); });
}

/// dx of the lines from `from` to before `to` of N · H; K is at most 7.
template <class T>
void data_part(const T *g, const float *weight, T *dx, const Shape &s, int64_t from, int64_t to) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS { data_lines(as<S>(g), weight, as<S>(dx), s, from, to); });
}

}  // namespace depthwise
