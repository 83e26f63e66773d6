#pragma once
// A depthwise convolution between two batch normalisations, forward and back, an image's band of lines after another on libtorch's threads.
#include "batch_statistics.h"
#include "differentiable.h"
#include "normed_depthwise_kernels.h"

namespace ct {

/// How the kernel moves, and what stands before and after it.
struct DepthwiseForm {
  int64_t stride, top, left, out_height, out_width;
  Running before, after;

  explicit DepthwiseForm(const ct_depthwise &of)
      : stride(of.stride), top(of.top), left(of.left), out_height(of.height), out_width(of.width), before(of.before),
        after(of.after) {}

  /// What the gradient needs of it.
  void keep(AutogradContext *context) const {
    context->saved_data["form"] = std::vector<int64_t>{
        stride, top, left, out_height, out_width, int64_t(before.activation), int64_t(after.activation)};
  }
  explicit DepthwiseForm(AutogradContext *context)
      : DepthwiseForm(context->saved_data["form"].toIntVector()) {}

  normed_depthwise::Shape shape(const at::Tensor &x, const at::Tensor &kernel) const {
    return {x.size(0), x.size(1), x.size(2), x.size(3), out_height, out_width, kernel.size(2), stride, top, left};
  }
  bool has_variance(const at::Tensor &x) const { return x.size(0) * out_height * out_width > 1; }
  void check(const at::Tensor &x, const at::Tensor &kernel) const {
    auto reaches = [&](int64_t zeros, int64_t out, int64_t side) {
      return zeros >= 0 && zeros < kernel.size(2) && out > 0 && (out - 1) * stride - zeros < side;
    };
    TORCH_CHECK(reaches(top, out_height, x.size(2)) && reaches(left, out_width, x.size(3)),
                "a depthwise convolution's kernel lies outside the maps");
  }

 private:
  explicit DepthwiseForm(const std::vector<int64_t> &kept)
      : stride(kept[0]), top(kept[1]), left(kept[2]), out_height(kept[3]), out_width(kept[4]),
        before(batch_norm::Activation(kept[5])), after(batch_norm::Activation(kept[6])) {}
};

inline bool serves(const ct_normalization &norm, int64_t channels) {
  return is_of_channels(ref(norm.weight), channels) && is_of_channels(ref(norm.bias), channels) &&
         is_of_channels(maybe(norm.mean), channels) && is_of_channels(maybe(norm.variance), channels) &&
         norm.activation != CT_SILU;
}
/// Whether the loops know kernel and stride, and both normalisations are of so many channels.
inline bool serves(const ct_depthwise &filter, int64_t channels) {
  const auto &kernel = ref(filter.kernel);
  int64_t side = kernel.dim() == 4 ? kernel.size(2) : 0;
  return (filter.stride == 1 || filter.stride == 2) && (side == 3 || side == 5) && kernel.size(3) == side &&
         kernel.size(0) == channels && kernel.size(1) == 1 && kernel.is_cpu() && kernel.scalar_type() == at::kFloat &&
         kernel.is_contiguous() && serves(filter.before, channels) && serves(filter.after, channels);
}

/// Bands of lines of `width` pixels, of which a task takes one; `columns` are those of its tiles for each of the lines. They follow from
/// the shape alone.
struct Bands {
  int64_t images, height, lines, per_image;
  Bands(const normed_depthwise::Shape &s, int64_t height, int64_t width, int64_t columns) : images(s.images), height(height) {
    // Tiles of about 512 KiB, which the second level of a processor's cache holds, and sums in float32 of at most 1,024 pixels or four lines.
    int64_t bytes = 4 * normed_depthwise::lanes * s.blocks() * columns;
    lines = std::min<int64_t>((512 << 10) / bytes, 1024 / width);
    lines = std::clamp<int64_t>(lines, std::min<int64_t>(4, height), height);
    per_image = (height + lines - 1) / lines;
    lines = (height + per_image - 1) / per_image;
  }
  int64_t count() const { return images * per_image; }
  int64_t image(int64_t band) const { return band / per_image; }
  int64_t first(int64_t band) const { return band % per_image * lines; }
  int64_t end(int64_t band) const { return std::min(height, first(band) + lines); }
  /// Bands in a row whose sums are added, in at most 16 groups.
  int64_t of_group() const { return (count() + 15) / 16; }
  int64_t groups() const { return (count() + of_group() - 1) / of_group(); }
};

/// Not yet written.
inline std::unique_ptr<float[]> floats(int64_t count) { return std::make_unique_for_overwrite<float[]>(count); }

inline int64_t floor_of(int64_t value, int64_t by) { return value >= 0 ? value / by : -((by - 1 - value) / by); }

/// A kernel [C, 1, K, K] as the loops read it, [C / lanes, K, K, lanes].
inline std::vector<float> packed_kernel(const at::Tensor &kernel, const normed_depthwise::Shape &s) {
  constexpr int64_t lanes = normed_depthwise::lanes;
  int64_t area = s.kernel * s.kernel;
  std::vector<float> result(s.blocks() * area * lanes);
  const float *from = in<float>(kernel);
  for (int64_t c = 0; c < s.channels; ++c)
    for (int64_t k = 0; k < area; ++k) result[(c / lanes * area + k) * lanes + c % lanes] = from[c * area + k];
  return result;
}
inline at::Tensor unpacked_kernel(const std::vector<double> &packed, const at::Tensor &like, const normed_depthwise::Shape &s) {
  constexpr int64_t lanes = normed_depthwise::lanes;
  int64_t area = s.kernel * s.kernel;
  auto result = at::empty_like(like);
  float *to = out<float>(result);
  for (int64_t c = 0; c < s.channels; ++c)
    for (int64_t k = 0; k < area; ++k) to[c * area + k] = float(packed[(c / lanes * area + k) * lanes + c % lanes]);
  return result;
}

/// z = the convolution of what `norm` makes of x; its moments.
template <class T>
Moments filter(const at::Tensor &x, const Normalization &norm, batch_norm::Activation activation, const at::Tensor &kernel,
               const at::Tensor &z, const normed_depthwise::Shape &s) {
  auto weights = packed_kernel(kernel, s);
  auto by = norm.by();
  int64_t columns = (s.out_width - 1) * s.stride + s.kernel;
  Bands bands(s, s.out_height, s.out_width, columns * s.stride);
  int64_t read = (bands.lines - 1) * s.stride + s.kernel;
  PartSums means(bands.count(), s.channels), squares(bands.count(), s.channels);
  in_parts(bands.count(), moving * x.numel(), [&](int64_t from, int64_t to) {
    auto room = floats(normed_depthwise::size(s, read, columns));
    for (int64_t band = from; band < to; ++band) {
      int64_t image = bands.image(band), first = bands.first(band);
      normed_depthwise::Tile tile{room.get(), first * s.stride - s.top, read, s.left, columns};
      normed_depthwise::forward(in<T>(x) + image * s.height * s.width * s.channels, weights.data(),
                                out<T>(z) + image * s.out_height * s.out_width * s.channels, tile, s, by, activation, first,
                                bands.end(band), means[band], squares[band]);
    }
  });
  return Moments(means, squares, bands.count(),
                 [&](int64_t band) { return (bands.end(band) - bands.first(band)) * s.out_width; });
}

/// The gradient of what `norm` makes of x where its activation is not flat, Σ g and Σ g (x − μ), and the kernel's gradient.
struct FilterGradient {
  at::Tensor g, of_kernel;
  PartSums plain, centred;
};

/// From `dy`, the gradient of what `next` and its activation make of z.
template <class T>
FilterGradient filter_gradient(const at::Tensor &x, const at::Tensor &z, const at::Tensor &dy, const at::Tensor &kernel,
                               const Normalization &norm, const Normalization &next, const Slopes &next_slopes,
                               const DepthwiseForm &form) {
  auto s = form.shape(x, kernel);
  // The lines and columns of z that the lines of x from `first` to before `end` reach.
  int64_t reach = s.kernel - 1;
  int64_t before = -floor_of(s.left - reach, s.stride);
  int64_t columns = floor_of(s.width - 1 + s.left, s.stride) + before + 1;
  Bands bands(s, s.height, s.width, columns / s.stride + s.width + 2 * reach);
  int64_t read = floor_of(bands.lines + reach - 1, s.stride) + 2;
  auto weights = packed_kernel(kernel, s);
  auto by = norm.by(), next_by = next.by();
  auto g = at::empty_like(x);
  PartSums plain(bands.groups(), s.channels), centred(bands.groups(), s.channels);
  PartSums of_kernel(bands.groups(), s.blocks() * normed_depthwise::lanes * s.kernel * s.kernel);
  in_parts(bands.groups(), moving * x.numel(), [&](int64_t from, int64_t to) {
    auto room = floats(normed_depthwise::size(s, read, columns));
    auto second = floats(normed_depthwise::size(s, bands.lines, s.width + 2 * reach));
    // Bands of a group add to its sums.
    for (auto *sums : {&plain, &centred, &of_kernel}) std::fill((*sums)[from], (*sums)[to], 0.0f);
    for (int64_t band = from * bands.of_group(); band < std::min(to * bands.of_group(), bands.count()); ++band) {
      int64_t image = bands.image(band), first = bands.first(band), end = bands.end(band), group = band / bands.of_group();
      int64_t at = image * s.height * s.width * s.channels, z_at = image * s.out_height * s.out_width * s.channels;
      normed_depthwise::Tile slopes{room.get(), floor_of(first + s.top - reach, s.stride), read, before, columns};
      normed_depthwise::Tile active{second.get(), first, end - first, reach, s.width + 2 * reach};
      normed_depthwise::slopes(slopes, in<T>(z) + z_at, in<T>(dy) + z_at, s, next_by, next_slopes.level.data(),
                               next_slopes.tilt.data(), form.after.activation);
      normed_depthwise::backward(slopes, active, weights.data(), in<T>(x) + at, out<T>(g) + at, s, by,
                                 form.before.activation, first, end, {plain[group], centred[group], of_kernel[group]});
    }
  });
  return {g, unpacked_kernel(of_kernel.total(), kernel, s), std::move(plain), std::move(centred)};
}

}  // namespace ct
