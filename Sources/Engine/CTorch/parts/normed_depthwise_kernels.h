// A depthwise convolution of what a batch normalisation and its activation give, and the gradients of both, a band of lines at a
// time: neither the activated maps nor the gradient of the convolution's result stand in memory.
//
//   a = act((x − μ) s + β),   z[n, h, w, c] = Σ_i,j a[n, h·S + i − p, w·S + j − q, c] · W[c, i, j]
//   da[n, y, u, c] = Σ_i,j dz[n, (y + p − i) / S, (u + q − j) / S, c] · W[c, i, j]   where the quotients are whole
//   dW[c, i, j]    = Σ_n,h,w dz[n, h, w, c] · a[n, h·S + i − p, w·S + j − q, c]
//
// The weight is [C / lanes, K, K, lanes] in float32 here, filled up with zeros, and so is its gradient. What is summed is summed in float32
// within a band and then over the bands of a group; both follow from the shape alone, so that the number of threads changes no bit.
#pragma once
#include "depthwise_tile.h"

namespace normed_depthwise {

/// Calls `emit` with the column and the vector of each result of a line, at stride 1: K lines are read a column after another, and K results are
/// open at a time.
template <int K, class Emit>
STEELYARD_INLINE void filter_dense(const float *lines, int64_t stride_of_lines, const Floats *weight, int64_t width,
                                   const Emit &emit) {
  Floats open[K] = {};
  for (int64_t v = 0; v < width + K - 1; ++v) {
    Floats column[K];
    for (int i = 0; i < K; ++i) {
      Floats value;
      load(lines + i * stride_of_lines + v * lanes, value);
      for (int j = 0; j < K; ++j) column[j] = i == 0 ? value * weight[j] : column[j] + value * weight[i * K + j];
    }
    // open[j] is the result of column v − j.
    for (int j = K - 1; j > 0; --j) open[j] = open[j - 1] + column[j];
    open[0] = column[0];
    if (v >= K - 1) emit(v - (K - 1), open[K - 1]);
  }
}

/// The same at stride 2, each result from its K × K values.
template <int K, class Emit>
STEELYARD_INLINE void filter_strided(const float *lines, int64_t stride_of_lines, const Floats *weight, int64_t width,
                                     const Emit &emit) {
  for (int64_t w = 0; w < width; ++w) {
    Floats sum = {};
    for (int i = 0; i < K; ++i)
      for (int j = 0; j < K; ++j) {
        Floats value;
        load(lines + i * stride_of_lines + (2 * w + j) * lanes, value);
        sum += value * weight[i * K + j];
      }
    emit(w, sum);
  }
}

/// `body` for each block of `lanes` channels and for what is left of them: the block, its first channel and how to load it.
template <class Body>
STEELYARD_INLINE void each_block(int64_t channels, const Body &body) {
  int64_t whole = channels / lanes;
  for (int64_t block = 0; block < whole; ++block) body(block, block * lanes, batch_norm::Access<true>{lanes});
  int64_t rest = channels - whole * lanes;
  if (rest > 0) body(whole, whole * lanes, batch_norm::Access<false>{rest});
}

/// z of the lines `first` ..< `end` of one image, [OH, OW, C], from `tile`, which holds a of all lines they need.
template <class T, int K, bool dense>
STEELYARD_INLINE void convolve(const Tile &tile, const float *weights, T *z, const Shape &s, int64_t first, int64_t end) {
  each_block(s.channels, [&](int64_t block, int64_t c, auto access) STEELYARD_ALWAYS {
    Floats weight[K * K];
    for (int k = 0; k < K * K; ++k) load(weights + (block * K * K + k) * lanes, weight[k]);
    for (int64_t h = first; h < end; ++h) {
      T *out = z + h * s.out_width * s.channels + c;
      if (block == 0) fetch_to_write(out, s.out_width * s.channels);
      auto emit = [&](int64_t w, const Floats &value) STEELYARD_ALWAYS { access.put(value, out + w * s.channels); };
      const float *lines = tile.at(block, h * s.stride - s.top - tile.first);
      if constexpr (dense) filter_dense<K>(lines, tile.columns * lanes, weight, s.out_width, emit);
      else filter_strided<K>(lines, tile.columns * lanes, weight, s.out_width, emit);
    }
  });
}

/// a of the lines of `tile`, from x of one image.
template <class T, Activation act>
STEELYARD_INLINE void fill_normalized(const Tile &tile, const T *x, const Shape &s, const Channels &by) {
  fill(tile, s, s.height, s.width, [&](int64_t place, int64_t c, auto access, float *out) STEELYARD_ALWAYS {
    Floats value, mean, scale, shift;
    access.get(x + place, value);
    access.get(by.mean + c, mean);
    access.get(by.scale + c, scale);
    access.get(by.shift + c, shift);
    value = (value - mean) * scale + shift;
    batch_norm::activate<act>(value);
    store(value, out);
  }, x);
}

/// dz of the lines of `tile`, from z and the gradient of what its normalisation gives (batch_norm_kernels.h: p and q).
template <class T, Activation act>
STEELYARD_INLINE void fill_slopes(const Tile &tile, const T *z, const T *dy, const Shape &s, const Channels &by,
                                  const float *p, const float *q) {
  fill(tile, s, s.out_height, s.out_width, [&](int64_t place, int64_t c, auto access, float *out) STEELYARD_ALWAYS {
    Floats slope;
    batch_norm::slope<act>(z + place, dy + place, by, p, q, c, access, slope);
    store(slope, out);
  }, z, dy);
}

/// dW of one line: K lines of dz beside one of a, which has K − 1 zeros before and behind it. At stride 1.
template <int K>
STEELYARD_INLINE void weigh_dense(const float *lines, int64_t stride_of_lines, const float *line, int64_t columns,
                                  Floats *of_weight) {
  for (int64_t v = 0; v < columns; ++v)
    for (int i = 0; i < K; ++i) {
      Floats slope;
      load(lines + i * stride_of_lines + v * lanes, slope);
      for (int j = 0; j < K; ++j) {
        Floats value;
        load(line + (v + j) * lanes, value);
        of_weight[(K - 1 - i) * K + j] += slope * value;
      }
    }
}

/// The taps of one axis that reach a place at a stride of 2: every other one from `first` on; the first one's output is `out`.
struct Taps {
  int64_t first, out;
  Taps(int64_t place, int64_t before) : first((place + before) % 2), out((place + before) / 2) {}
};

/// Calls `emit` with Σ_i,j dz W of every other column from `start` on, at stride 2: R lines of dz have a part in it, the last one and those
/// before it, and of each Q columns.
template <int K, int R, int Q, class Emit>
STEELYARD_INLINE void spread(const float *last_line, int64_t stride_of_lines, int64_t i, const Floats *turned, int64_t start,
                             const Shape &s, int64_t before, const Emit &emit) {
  Taps taps(start, s.left);
  Floats weight[R * Q];
  for (int r = 0; r < R; ++r)
    for (int q = 0; q < Q; ++q) weight[r * Q + q] = turned[K * K - 1 - ((i + 2 * r) * K + taps.first + 2 * q)];
  const float *from = last_line + (taps.out + before) * lanes;
  for (int64_t u = start; u < s.width; u += 2, from += lanes) {
    Floats sum = {};
    for (int r = 0; r < R; ++r)
      for (int q = 0; q < Q; ++q) {
        Floats slope;
        load(from - r * stride_of_lines - q * lanes, slope);
        sum += slope * weight[r * Q + q];
      }
    emit(u, sum);
  }
}

/// dW of one line of R lines of dz: at stride 2; `line` has K − 1 zeros before it and behind it.
template <int K, int R>
STEELYARD_INLINE void weigh(const float *last_line, int64_t stride_of_lines, int64_t i, const float *line, const Shape &s,
                            int64_t before, Floats *of_weight) {
  Floats part[R * K] = {};
  for (int64_t w = 0; w < s.out_width; ++w) {
    Floats slope[R];
    for (int r = 0; r < R; ++r) load(last_line + (w + before) * lanes - r * stride_of_lines, slope[r]);
    for (int j = 0; j < K; ++j) {
      Floats value;
      load(line + (K - 1 + 2 * w + j - s.left) * lanes, value);
      for (int r = 0; r < R; ++r) part[r * K + j] += slope[r] * value;
    }
  }
  for (int r = 0; r < R; ++r)
    for (int j = 0; j < K; ++j) of_weight[(i + 2 * r) * K + j] += part[r * K + j];
}

/// Both gradients of line y of the image, at stride 2.
template <int K, class Emit>
STEELYARD_INLINE void gradients_strided(const Tile &slopes, int64_t block, int64_t y, const Floats *turned,
                                        const float *line, const Shape &s, const Emit &emit, Floats *of_weight) {
  constexpr int most = (K + 1) / 2;
  Taps taps(y, s.top);
  const float *last = slopes.at(block, taps.out - slopes.first);
  int64_t step = slopes.columns * lanes;
  auto lines = [&]<int R>() STEELYARD_ALWAYS {
    for (int64_t start = 0; start < 2; ++start)
      if (Taps(start, s.left).first == 0) spread<K, R, most>(last, step, taps.first, turned, start, s, slopes.left, emit);
      else spread<K, R, most - 1>(last, step, taps.first, turned, start, s, slopes.left, emit);
    weigh<K, R>(last, step, taps.first, line, s, slopes.left, of_weight);
  };
  if (taps.first == 0) lines.template operator()<most>();
  else lines.template operator()<most - 1>();
}

/// What bands add to: [C] each, and dW as the weight lies.
struct Sums {
  float *plain, *centred, *weight;
};

template <bool whole>
STEELYARD_INLINE void add(const Floats &value, float *to, batch_norm::Access<whole> access) {
  Floats sum;
  access.get(to, sum);
  access.put(sum + value, to);
}

/// g = da where act is not flat, to dx, of the lines `first` ..< `end` of one image; Σ g, Σ g (x − μ) and dW are added to.
/// `slopes` holds dz of all lines they need, `active` a of them with K − 1 columns before and behind.
template <class T, int K, bool dense, Activation act>
STEELYARD_INLINE void gradients(const Tile &slopes, const Tile &active, const float *weights, const T *x, T *dx,
                                const Shape &s, const Channels &by, int64_t first, int64_t end, const Sums &sums) {
  each_block(s.channels, [&](int64_t block, int64_t c, auto access) STEELYARD_ALWAYS {
    Floats mean, plain = {}, centred = {};
    access.get(by.mean + c, mean);
    // Turned round, as a gradient reads it.
    Floats turned[K * K], of_weight[K * K] = {};
    for (int k = 0; k < K * K; ++k) load(weights + (block * K * K + K * K - 1 - k) * lanes, turned[k]);
    for (int64_t y = first; y < end; ++y) {
      const float *line = active.at(block, y - active.first);
      int64_t place = y * s.width * s.channels + c;
      if (block == 0) fetch_to_write(dx + place, s.width * s.channels);
      auto emit = [&](int64_t u, Floats slope) STEELYARD_ALWAYS {
        Floats value, result;
        load(line + (K - 1 + u) * lanes, result);
        batch_norm::mask<act>(result, slope);
        access.get(x + place + u * s.channels, value);
        plain += slope;
        centred += slope * (value - mean);
        access.put(slope, dx + place + u * s.channels);
      };
      if constexpr (dense) {
        const float *lines = slopes.at(block, y + s.top - (K - 1) - slopes.first);
        filter_dense<K>(lines, slopes.columns * lanes, turned, s.width, emit);
        weigh_dense<K>(lines, slopes.columns * lanes, line, slopes.columns, of_weight);
      } else {
        gradients_strided<K>(slopes, block, y, turned, line, s, emit, of_weight);
      }
    }
    add(plain, sums.plain + c, access);
    add(centred, sums.centred + c, access);
    for (int k = 0; k < K * K; ++k)
      add(of_weight[k], sums.weight + (block * K * K + k) * lanes, batch_norm::Access<true>{lanes});
  });
}

/// `body` with the kernel's side (3 or 5) and whether the stride is 1 as constants.
template <class Body>
STEELYARD_INLINE void with_form(const Shape &s, const Body &body) {
  bool dense = s.stride == 1;
  if (s.kernel == 3 && dense) body.template operator()<3, true>();
  else if (s.kernel == 3) body.template operator()<3, false>();
  else if (dense) body.template operator()<5, true>();
  else body.template operator()<5, false>();
}

/// z of the lines `first` ..< `end` of one image, and of each channel their mean and the squares around it summed; `tile` has
/// room for a of the lines they need.
template <class T>
void forward(const T *x, const float *weights, T *z, const Tile &tile, const Shape &s, const Channels &by,
             Activation activation, int64_t first, int64_t end, float *mean, float *squares) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (fill_normalized<S, act>(tile, as<S>(x), s, by)))
    with_form(s, [&]<int K, bool dense>() STEELYARD_ALWAYS { convolve<S, K, dense>(tile, weights, as<S>(z), s, first, end); });
    batch_norm::moments_of_part(as<S>(z) + first * s.out_width * s.channels, (end - first) * s.out_width, s.channels, mean, squares);
  });
}

/// dz of the lines of `tile`, of one image.
template <class T>
void slopes(const Tile &tile, const T *z, const T *dy, const Shape &s, const Channels &by, const float *p, const float *q,
            Activation activation) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (fill_slopes<S, act>(tile, as<S>(z), as<S>(dy), s, by, p, q)))
  });
}

/// g of the lines `first` ..< `end` of one image, and their sums; `active` has room for a of them.
template <class T>
void backward(const Tile &slopes, const Tile &active, const float *weights, const T *x, T *dx, const Shape &s,
              const Channels &by, Activation activation, int64_t first, int64_t end, const Sums &sums) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (fill_normalized<S, act>(active, as<S>(x), s, by)))
    with_form(s, [&]<int K, bool dense>() STEELYARD_ALWAYS {
      STEELYARD_ACTIVATION(
          activation, (gradients<S, K, dense, act>(slopes, active, weights, as<S>(x), as<S>(dx), s, by, first, end, sums)))
    });
  });
}

}  // namespace normed_depthwise
