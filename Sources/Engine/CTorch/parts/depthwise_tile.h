// A band of lines of one image in float32, a vector of channels at a time: what a depthwise convolution and its gradients read while it
// stays in the processor's cache.
//
// The tile is [C / lanes, lines, columns, lanes]; lines and columns outside the image, and channels that fill no vector, are 0.
#pragma once
#include <algorithm>

#include "batch_norm_kernels.h"

namespace normed_depthwise {

using namespace vectors;
using batch_norm::Activation;
using batch_norm::Channels;

struct Shape {
  int64_t images, channels, height, width, out_height, out_width, kernel, stride, top, left;
  int64_t blocks() const { return (channels + lanes - 1) / lanes; }
};

/// Lines `first` … of an image and its columns from `left` before it on; either may lie outside.
struct Tile {
  float *values;
  int64_t first, lines, left, columns;
  float *at(int64_t block, int64_t line) const { return values + (block * lines + line) * columns * lanes; }
};

/// Floats of a tile.
inline int64_t size(const Shape &s, int64_t lines, int64_t columns) { return s.blocks() * lines * columns * lanes; }

/// Zeros around the part of an image that `tile` covers.
STEELYARD_INLINE void clear_edges(const Tile &tile, const Shape &s, int64_t height, int64_t width) {
  int64_t before = std::clamp<int64_t>(tile.left, 0, tile.columns);
  int64_t end = std::clamp<int64_t>(tile.left + width, before, tile.columns);
  for (int64_t block = 0; block < s.blocks(); ++block)
    for (int64_t line = 0; line < tile.lines; ++line) {
      float *row = tile.at(block, line);
      int64_t y = tile.first + line;
      bool outside = y < 0 || y >= height;
      Floats zero = {};
      for (int64_t v = 0; v < (outside ? tile.columns : before); ++v) store(zero, row + v * lanes);
      for (int64_t v = outside ? tile.columns : end; v < tile.columns; ++v) store(zero, row + v * lanes);
    }
}

/// Asks for what a pass over rows of channels reads next: the processor sees no further than a page.
template <class T>
STEELYARD_INLINE void fetch_ahead(const T *row, int64_t channels) {
  constexpr int64_t line = 64 / sizeof(T), ahead = 1024 / sizeof(T);
  for (int64_t c = 0; c < channels; c += line) __builtin_prefetch(row + ahead + c);
}

/// Asks for the line behind one that is written, of which the blocks of channels write a part each.
template <class T>
STEELYARD_INLINE void fetch_to_write(T *line, int64_t count) {
  for (int64_t at = 0; at < count; at += 64 / sizeof(T)) __builtin_prefetch(line + count + at, 1);
}

/// Fills `tile` from an image of `height` × `width`: `value` has the place of the first of up to `lanes` channels of a pixel, that
/// channel, how to load, and where its vector goes. `sources` are what it reads.
template <class Value, class... Sources>
STEELYARD_INLINE void fill(const Tile &tile, const Shape &s, int64_t height, int64_t width, const Value &value,
                           const Sources *...sources) {
  clear_edges(tile, s, height, width);
  int64_t whole = s.channels / lanes, step = tile.lines * tile.columns * lanes;
  int64_t from = std::max<int64_t>(-tile.left, 0), to = std::min(width, tile.columns - tile.left);
  for (int64_t line = 0; line < tile.lines; ++line) {
    int64_t y = tile.first + line;
    if (y < 0 || y >= height) continue;
    for (int64_t u = from; u < to; ++u) {
      float *out = tile.at(0, line) + (u + tile.left) * lanes;
      int64_t place = (y * width + u) * s.channels, c = 0;
      (fetch_ahead(sources + place, s.channels), ...);
      for (int64_t block = 0; block < whole; ++block, c += lanes)
        value(place + c, c, batch_norm::Access<true>{lanes}, out + block * step);
      if (c < s.channels) value(place + c, c, batch_norm::Access<false>{s.channels - c}, out + whole * step);
    }
  }
}

}  // namespace normed_depthwise
