#pragma once
// Weights of convolutions as matrices of bfloat16 for products of pairs, and their gradients.
#include <memory>

#include "batch_statistics.h"
#include "bfloat16_products.h"

#if defined(__x86_64__)
namespace ct {

namespace products = bfloat16_products;

using WordBuffer = std::unique_ptr<uint32_t[]>;
/// Not yet written.
inline WordBuffer words(int64_t count) { return std::make_unique_for_overwrite<uint32_t[]>(count); }

/// Whether data and weight are bfloat16, or become that by autocast, with the data's channels side by side, where pairs of it are multiplied.
inline bool multiplies_pairs(const at::Tensor &x, const at::Tensor &weight) {
  return x.is_cpu() && weight.is_cpu() && x.scalar_type() == at::kBFloat16 && x.numel() > 0 && weight.numel() > 0 &&
         x.suggest_memory_format() == at::MemoryFormat::ChannelsLast && products::serve() && is_multiplied_in_bfloat16(weight);
}

namespace matrices {
template <class Pack>
WordBuffer packed_panels(int64_t depth, int64_t columns, const Pack &pack) {
  auto result = words(products::packed_words(depth, columns));
  constexpr int64_t panel = products::panel;
  in_parts((columns + panel - 1) / panel, moving * depth * columns, [&](int64_t from, int64_t to) {
    for (int64_t p = from; p < to; ++p) pack(p, result.get());
  });
  return result;
}
}  // namespace matrices

/// For x times the transpose of a weight [O, I, 1, 1] in float32 or bfloat16.
inline WordBuffer packed_transposed(const at::Tensor &weight) {
  int64_t outputs = weight.size(0), inputs = weight.size(1);
  auto kept = weight.contiguous();
  return matrices::packed_panels(inputs, outputs, [&](int64_t panel, uint32_t *to) {
    if (kept.scalar_type() == at::kFloat) products::pack_transposed(in<float>(kept), inputs, outputs, panel, to);
    else products::pack_transposed(in<uint16_t>(kept), inputs, outputs, panel, to);
  });
}
/// For a gradient times such a weight.
inline WordBuffer packed_rows(const at::Tensor &weight) {
  int64_t outputs = weight.size(0), inputs = weight.size(1);
  auto kept = weight.contiguous();
  return matrices::packed_panels(outputs, inputs, [&](int64_t panel, uint32_t *to) {
    if (kept.scalar_type() == at::kFloat) products::pack(in<float>(kept), outputs, inputs, panel, to);
    else products::pack(in<uint16_t>(kept), outputs, inputs, panel, to);
  });
}

/// The gradient of a matrix [O, I, 1, 1], one sum for each group of rows, [groups, O, padded I]. It is not initialised: a group's first product
/// begins `anew`, for all of O.
class GradientSums {
 public:
  GradientSums(int64_t groups, int64_t outputs, int64_t inputs)
      : groups(groups), outputs(outputs), inputs(inputs), wide(products::padded(inputs)),
        sums(std::make_unique_for_overwrite<float[]>(groups * outputs * wide)) {}
  float *operator[](int64_t group) { return &sums[group * outputs * wide]; }

  /// The groups added in their order, in float32.
  at::Tensor total() const {
    auto result = at::empty({outputs, inputs, 1, 1}, at::kFloat);
    float *to = out<float>(result);
    in_parts(outputs, moving * groups * outputs * inputs, [&](int64_t from, int64_t end) {
      for (int64_t o = from; o < end; ++o) {
        std::copy_n(&sums[o * wide], inputs, to + o * inputs);
        for (int64_t group = 1; group < groups; ++group)
          for (int64_t i = 0; i < inputs; ++i) to[o * inputs + i] += sums[(group * outputs + o) * wide + i];
      }
    });
    return result;
  }

 private:
  int64_t groups, outputs, inputs, wide;
  std::unique_ptr<float[]> sums;
};

}  // namespace ct
#endif
