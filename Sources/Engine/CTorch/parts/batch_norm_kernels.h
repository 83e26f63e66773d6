// Batch normalisation with what is added to it and its activation, and their gradients, on plain arrays [rows, C] whose channels
// lie side by side: two passes over memory forward (statistics, result) and two back (sums, slopes).
//
//   z = (x − μ) a + β + r,  a = γ / √(σ² + ε),   y = act(z),   r is what is added, or 0
//   g = dy where act is not flat, else 0;   dr = g,   dβ = Σ g,   dγ = Σ g (x − μ) / √(σ² + ε)
//   dx = a (g − Σ g / n − (x − μ) Σ g (x − μ) / (n (σ² + ε)))
//
// Sums are taken over parts of a number of rows that depends on the shape and the type alone, in float32, and added in the order of the parts in
// float64: the number of threads changes no bit. A part stays in the processor's cache, so that its mean is known before its
// squares are summed: nothing cancels.
#pragma once
#include <algorithm>

#include "vectors.h"

namespace batch_norm {

using namespace vectors;

enum class Activation { identity, relu, relu6 };

/// Rows of one part at most: those of about 64 KiB.
inline int64_t rows_of_part(int64_t channels, int64_t bytes) {
  return std::clamp<int64_t>((64 << 10) / (channels * bytes), 16, 512);
}

/// What is the same for all rows, [C] each.
struct Channels {
  int64_t count;
  const float *mean, *scale, *shift;
};

template <Activation act>
STEELYARD_INLINE void activate(Floats &z) {
  Floats low = {}, high = low + 6.0f;
  if (act != Activation::identity) z = z < low ? low : z;
  if (act == Activation::relu6) z = z > high ? high : z;
}

/// `slope` where the activation of z, or of y that it gave, rises; 0 elsewhere. A NaN of z lets the slope through.
template <Activation act>
STEELYARD_INLINE void mask(const Floats &z, Floats &slope) {
  Floats low = {}, high = low + 6.0f;
  if (act != Activation::identity) slope = z <= low ? low : slope;
  if (act == Activation::relu6) slope = z >= high ? low : slope;
}

/// Loads and stores of whole vectors, and of the last channels that fill none.
template <bool whole>
struct Access {
  int64_t count;
  template <class T>
  STEELYARD_ALWAYS void get(const T *from, Floats &to) const {
    if constexpr (whole) load(from, to);
    else load_some(from, to, count);
  }
  template <class T>
  STEELYARD_ALWAYS void put(const Floats &from, T *to) const {
    if constexpr (whole) store(from, to);
    else store_some(from, to, count);
  }
};

/// Asks for the row behind the next one, of which the blocks of channels take a part each: the processor sees no line of theirs.
template <class T>
STEELYARD_INLINE void fetch(const T *row, int64_t channels) {
  for (int64_t c = 0; c < channels; c += 64 / sizeof(T)) __builtin_prefetch(row + 2 * channels + c);
}

/// Mean, and squares around it summed, of V vectors of channels.
template <class T, int V, bool whole>
STEELYARD_INLINE void moments(const T *x, int64_t rows, int64_t stride, int64_t first, float *mean, float *squares,
                              Access<whole> access) {
  x += first, mean += first, squares += first;
  Floats centre[V] = {}, sum[V] = {};
  for (int64_t r = 0; r < rows; ++r) {
    if (first == 0 && stride > 4 * lanes) fetch(x + r * stride, stride);
    for (int v = 0; v < V; ++v) {
      Floats value;
      access.get(x + r * stride + v * lanes, value);
      centre[v] += value;
    }
  }
  for (int v = 0; v < V; ++v) centre[v] /= float(rows);
  for (int64_t r = 0; r < rows; ++r)
    for (int v = 0; v < V; ++v) {
      Floats value;
      access.get(x + r * stride + v * lanes, value);
      value -= centre[v];
      sum[v] += value * value;
    }
  for (int v = 0; v < V; ++v) {
    access.put(centre[v], mean + v * lanes);
    access.put(sum[v], squares + v * lanes);
  }
}

/// Σ g and Σ g (x − μ) of V vectors of channels; where something was added, g is written to `kept` as well, and the activation is read off y.
template <class T, Activation act, bool added, int V, bool whole>
STEELYARD_INLINE void sums(const T *x, const T *dy, const T *y, T *kept, int64_t rows, const Channels &channels,
                           int64_t first, float *plain, float *centred, Access<whole> access) {
  int64_t stride = channels.count;
  Floats mean[V], scale[V], shift[V], one[V] = {}, two[V] = {};
  for (int v = 0; v < V; ++v) {
    access.get(channels.mean + first + v * lanes, mean[v]);
    access.get(channels.scale + first + v * lanes, scale[v]);
    access.get(channels.shift + first + v * lanes, shift[v]);
  }
  for (int64_t r = 0; r < rows; ++r) {
    if (first == 0 && stride > 4 * lanes) {
      fetch(x + r * stride, stride);
      fetch(dy + r * stride, stride);
      if constexpr (added) fetch(y + r * stride, stride);
    }
    for (int v = 0; v < V; ++v) {
      int64_t place = r * stride + first + v * lanes;
      Floats value, slope, z;
      access.get(x + place, value);
      access.get(dy + place, slope);
      value -= mean[v];
      if constexpr (added) access.get(y + place, z);
      else z = value * scale[v] + shift[v];
      mask<act>(z, slope);
      if constexpr (added) access.put(slope, kept + place);
      one[v] += slope;
      two[v] += slope * value;
    }
  }
  for (int v = 0; v < V; ++v) {
    access.put(one[v], plain + first + v * lanes);
    access.put(two[v], centred + first + v * lanes);
  }
}

/// `body` for four vectors of channels at a time, then for one, then for the rest.
#define STEELYARD_BLOCKS(count, body)                                                      \
  int64_t c = 0;                                                                           \
  for (; c + 4 * lanes <= (count); c += 4 * lanes) { constexpr int V = 4; constexpr bool whole = true; body; }  \
  for (; c + lanes <= (count); c += lanes) { constexpr int V = 1; constexpr bool whole = true; body; }          \
  if (c < (count)) { constexpr int V = 1; constexpr bool whole = false; body; }

template <class T>
STEELYARD_INLINE void moments_of_part(const T *x, int64_t rows, int64_t channels, float *mean, float *squares) {
  STEELYARD_BLOCKS(channels, (moments<T, V, whole>(x, rows, channels, c, mean, squares, {channels - c})))
}

template <class T, Activation act, bool added>
STEELYARD_INLINE void sums_of_part(const T *x, const T *dy, const T *y, T *kept, int64_t rows, const Channels &channels,
                                   float *plain, float *centred) {
  STEELYARD_BLOCKS(channels.count, (sums<T, act, added, V, whole>(x, dy, y, kept, rows, channels, c, plain, centred,
                                                                  {channels.count - c})))
}

/// y of one vector of channels of one row.
template <class T, Activation act, bool added, bool whole>
STEELYARD_INLINE void forward(const T *x, const T *r, T *y, const Channels &channels, int64_t c, Access<whole> access) {
  Floats value, other, mean, scale, shift;
  access.get(x + c, value);
  access.get(channels.mean + c, mean);
  access.get(channels.scale + c, scale);
  access.get(channels.shift + c, shift);
  value = (value - mean) * scale + shift;
  if constexpr (added) {
    access.get(r + c, other);
    value += other;
  }
  activate<act>(value);
  access.put(value, y + c);
}

template <class T, Activation act, bool added>
STEELYARD_INLINE void forward_rows(const T *x, const T *r, T *y, int64_t rows, const Channels &channels) {
  for (int64_t row = 0; row < rows; ++row) {
    int64_t place = row * channels.count, c = 0;
    for (; c + lanes <= channels.count; c += lanes)
      forward<T, act, added, true>(x + place, r + place, y + place, channels, c, {lanes});
    if (c < channels.count)
      forward<T, act, added, false>(x + place, r + place, y + place, channels, c, {channels.count - c});
  }
}

/// dx = a g − p − (x − μ) q of one vector of channels of one row, where p = a Σ g / n and
/// q = a Σ g (x − μ) / (n (σ² + ε)). `x` and `dy` begin at channel `c`.
template <Activation act, class T, bool whole>
STEELYARD_INLINE void slope(const T *x, const T *dy, const Channels &channels, const float *p, const float *q, int64_t c,
                            Access<whole> access, Floats &dx) {
  Floats value, slope, mean, scale, shift, level, tilt;
  access.get(x, value);
  access.get(dy, slope);
  access.get(channels.mean + c, mean);
  access.get(channels.scale + c, scale);
  access.get(channels.shift + c, shift);
  access.get(p + c, level);
  access.get(q + c, tilt);
  value -= mean;
  mask<act>(value * scale + shift, slope);
  dx = slope * scale - level - value * tilt;
}

template <class T, Activation act, bool whole>
STEELYARD_INLINE void backward(const T *x, const T *dy, T *dx, const Channels &channels, const float *p, const float *q,
                               int64_t c, Access<whole> access) {
  Floats result;
  slope<act>(x + c, dy + c, channels, p, q, c, access, result);
  access.put(result, dx + c);
}

template <class T, Activation act>
STEELYARD_INLINE void backward_rows(const T *x, const T *dy, T *dx, int64_t rows, const Channels &channels, const float *p,
                                    const float *q) {
  for (int64_t row = 0; row < rows; ++row) {
    int64_t place = row * channels.count, c = 0;
    for (; c + lanes <= channels.count; c += lanes)
      backward<T, act, true>(x + place, dy + place, dx + place, channels, p, q, c, {lanes});
    if (c < channels.count)
      backward<T, act, false>(x + place, dy + place, dx + place, channels, p, q, c, {channels.count - c});
  }
}

/// `body` with the activation as a constant.
#define STEELYARD_ACTIVATION(value, body)                                            \
  switch (value) {                                                                   \
    case Activation::identity: { constexpr auto act = Activation::identity; body; break; } \
    case Activation::relu: { constexpr auto act = Activation::relu; body; break; }         \
    default: { constexpr auto act = Activation::relu6; body; break; }                      \
  }

/// Mean of `rows` rows, and squares around it summed.
template <class T>
void moments(const T *x, int64_t rows, int64_t channels, float *mean, float *squares) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS { moments_of_part(as<S>(x), rows, channels, mean, squares); });
}

/// y of `rows` rows; `r` may be null.
template <class T>
void forward(const T *x, const T *r, T *y, int64_t rows, const Channels &channels, Activation activation) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (r ? forward_rows<S, act, true>(as<S>(x), as<S>(r), as<S>(y), rows, channels)
                                        : forward_rows<S, act, false>(as<S>(x), as<S>(x), as<S>(y), rows, channels)))
  });
}

/// Σ g and Σ g (x − μ) of `rows` rows; where y is given, the activation is read off it and g goes to `kept`.
template <class T>
void sums(const T *x, const T *dy, const T *y, T *kept, int64_t rows, const Channels &channels, Activation activation,
          float *plain, float *centred) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (y ? sums_of_part<S, act, true>(as<S>(x), as<S>(dy), as<S>(y), as<S>(kept), rows,
                                                                     channels, plain, centred)
                                        : sums_of_part<S, act, false>(as<S>(x), as<S>(dy), as<S>(y), as<S>(kept), rows,
                                                                      channels, plain, centred)))
  });
}

/// dx of `rows` rows, of dy before the activation; dx may be dy.
template <class T>
void backward(const T *x, const T *dy, T *dx, int64_t rows, const Channels &channels, const float *p, const float *q,
              Activation activation) {
  on_this_processor<T>([&]<class S>() STEELYARD_ALWAYS {
    STEELYARD_ACTIVATION(activation, (backward_rows<S, act>(as<S>(x), as<S>(dy), as<S>(dx), rows, channels, p, q)))
  });
}

#undef STEELYARD_BLOCKS

}  // namespace batch_norm
