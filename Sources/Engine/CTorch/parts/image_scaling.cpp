// Images of any size in bytes, scaled to one size in the whole numbers of the module Imaging: the same bytes on every device.
#include "guard.h"

using namespace ct;

namespace {

/// Of a weight 1, as the module Imaging has it.
enum { BITS = 22 };

/// One axis mixed: `taken(tap)` are the samples of a tap, and `weights` [N, length, taps] its weights in 2^-BITS, seen as `shape`.
template <class Taken>
at::Tensor mixed(const at::Tensor &weights, at::IntArrayRef shape, Taken taken) {
  at::Tensor sums;
  for (int64_t tap = 0; tap < weights.size(2); ++tap) {
    auto part = taken(tap).to(at::kInt).mul_(weights.select(2, tap).reshape(shape));
    sums = tap == 0 ? part.add_(int64_t(1) << (BITS - 1)) : sums.add_(part);
  }
  return sums.bitwise_right_shift_(at::Scalar(BITS)).clamp_(0, 255).to(at::kByte);
}

at::Tensor places_of(int64_t length, const at::Tensor &like) { return at::arange(length, like.options().dtype(at::kLong)); }

}  // namespace

ct_tensor ct_images_scaled(ct_tensor x, ct_tensor places, ct_tensor column_starts, ct_tensor column_weights, ct_tensor row_starts,
                           ct_tensor row_weights, int64_t largest_width, int64_t largest_height, bool height_first) {
  return make([&]() -> at::Tensor {
    auto &pixels = ref(x);
    TORCH_CHECK(pixels.dim() == 2 && pixels.size(1) == 3 && pixels.scalar_type() == at::kByte, "expected bytes [P, 3]");
    const auto count = ref(places).size(0), width = ref(column_starts).size(1), height = ref(row_starts).size(1);
    auto part = [&](int64_t place) { return ref(places).select(1, place).view({-1, 1, 1}); };
    auto first = part(0), widths = part(1), heights = part(2);
    // The tap of each place along an axis; beyond the end its weight is 0.
    auto along = [](ct_tensor starts, int64_t tap, const at::Tensor &lengths) {
      return at::minimum(ref(starts).unsqueeze(1).add(tap), lengths.sub(1));
    };
    // Of rows that are told by their first pixel.
    auto picked = [&](const at::Tensor &rows, const at::Tensor &columns) {
      auto from = rows.add(columns);
      return pixels.index_select(0, from.view(-1)).view({count, from.size(1), from.size(2), 3});
    };
    auto begun = [&](const at::Tensor &rows) { return rows.mul(widths).add_(first); };
    if (!height_first) {
      auto lines = begun(at::minimum(places_of(largest_height, pixels).view({1, -1, 1}), heights.sub(1)));
      auto wide = mixed(ref(column_weights), {count, 1, width, 1},
                        [&](int64_t tap) { return picked(lines, along(column_starts, tap, widths)); });
      return mixed(ref(row_weights), {count, height, 1, 1}, [&](int64_t tap) {
        auto rows = along(row_starts, tap, heights).view({count, height, 1, 1});
        return wide.gather(1, rows.expand({count, height, width, 3}));
      });
    }
    auto columns = at::minimum(places_of(largest_width, pixels).view({1, 1, -1}), widths.sub(1));
    auto high = mixed(ref(row_weights), {count, height, 1, 1},
                      [&](int64_t tap) { return picked(begun(along(row_starts, tap, heights).transpose(1, 2)), columns); });
    return mixed(ref(column_weights), {count, 1, width, 1}, [&](int64_t tap) {
      auto places = along(column_starts, tap, widths).view({count, 1, width, 1});
      return high.gather(2, places.expand({count, height, width, 3}));
    });
  });
}
