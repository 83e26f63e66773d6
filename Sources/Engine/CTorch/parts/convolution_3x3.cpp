// Convolutions of 3 × 3 and stride 1 within a border of one zero in bfloat16, and their gradients, by Winograd's minimal filtering
// (winograd_transforms.h), on processors that multiply pairs: 4 / 9 of the multiplications that oneDNN makes, of maps of even sides.
//
// An infinity may be taken off itself on the way: results that it reaches may be no numbers. A NaN reaches the same results as without it.
#include "differentiable.h"
#include "matrices.h"
#include "winograd_products.h"

using namespace ct;

#if defined(__x86_64__)
namespace {

using winograd::Squares, winograd::Range;

Squares squares_of(const at::Tensor &maps, int64_t most) {
  return Squares(maps.size(0), maps.size(2), maps.size(3), most);
}

int64_t packed_count(const at::Tensor &weight) { return winograd::points * weight.size(0) * weight.size(1) / 2; }

/// G g Gᵀ of a weight as the products take each point: [16, I, O], or turned, [16, O, I], for the gradient of the data.
void pack_kernels(const at::Tensor &weight, bool turned, uint32_t *packed) {
  int64_t outputs = weight.size(0), inputs = weight.size(1), count = outputs * inputs;
  auto kernels = channels_last(weight.to(at::kFloat));  // [O, 3, 3, I]
  auto plain = std::make_unique_for_overwrite<uint16_t[]>(winograd::points * count);
  in_parts(outputs, moving * 9 * count, [&](int64_t from, int64_t to) {
    winograd::transform_kernels(in<float>(kernels), outputs, inputs, from, to, plain.get());
  });
  int64_t panels = ((turned ? inputs : outputs) + products::panel - 1) / products::panel;
  in_parts(winograd::points * panels, moving * winograd::points * count, [&](int64_t from, int64_t to) {
    for (int64_t task = from; task < to; ++task) {
      int64_t point = task / panels, panel = task % panels;
      const uint16_t *of_point = plain.get() + (turned ? winograd::turned(point) : point) * count;
      uint32_t *place = packed + point * count / 2;
      if (turned) products::pack(of_point, outputs, inputs, panel, place);
      else products::pack_transposed(of_point, inputs, outputs, panel, place);
    }
  });
}
WordBuffer packed_kernels(const at::Tensor &weight, bool turned) {
  auto packed = words(packed_count(weight));
  pack_kernels(weight, turned, packed.get());
  return packed;
}

/// y of x and what is packed of a weight, each value finished.
template <class Finish = winograd::AsItIs>
void convolve(const at::Tensor &x, const uint32_t *packed, const at::Tensor &y, const Finish &finish = {}) {
  int64_t inputs = x.size(1), outputs = y.size(1);
  auto squares = squares_of(x, 48);
  in_parts(squares.blocks, x.numel() * outputs, [&](int64_t from, int64_t to) {
    int64_t of_point = winograd::apart(squares.of_block * squares.across * inputs);
    auto v = std::make_unique_for_overwrite<uint16_t[]>(winograd::points * of_point);
    auto m = std::make_unique_for_overwrite<float[]>(winograd::points * winograd::apart(products::tall * products::panel));
    for (int64_t block = from; block < to; ++block)
      winograd::convolve_block(in<uint16_t>(x), packed, out<uint16_t>(y), squares, inputs, outputs, finish, block, v.get(), m.get());
  });
}

/// The gradient of a weight, [O, I, 3, 3] in float32, its channels side by side.
at::Tensor kernel_gradient(const at::Tensor &dy, const at::Tensor &x) {
  int64_t inputs = x.size(1), outputs = dy.size(1), count = outputs * inputs;
  auto squares = squares_of(dy, 96);
  // Tasks follow from the shape alone: ranges of channels whose sums a cache holds, and where these are few, groups of blocks whose sums are
  // added.
  constexpr int64_t most_inputs = 256, most_outputs = 64, most_groups = 8;
  int64_t across = (inputs + most_inputs - 1) / most_inputs, ranges = (outputs + most_outputs - 1) / most_outputs * across;
  int64_t groups = std::clamp<int64_t>(most_groups / ranges, 1, squares.blocks);
  auto sums = std::make_unique_for_overwrite<float[]>(groups * winograd::points * count);
  in_parts(groups * ranges, dy.numel() * inputs, [&](int64_t from, int64_t to) {
    int64_t pairs = squares.of_block * squares.pairs_across();
    auto left = words(winograd::points * winograd::apart(pairs * std::min(most_outputs, outputs)));
    auto right = words(winograd::points * winograd::apart(pairs * std::min(most_inputs, inputs)));
    for (int64_t task = from; task < to; ++task) {
      int64_t group = task / ranges, input = task % across * most_inputs, output = task % ranges / across * most_outputs;
      Range range{input, std::min(input + most_inputs, inputs), output, std::min(output + most_outputs, outputs)};
      int64_t first = group * squares.blocks / groups, last = (group + 1) * squares.blocks / groups;
      for (int64_t block = first; block < last; ++block)
        winograd::accumulate_block(in<uint16_t>(x), in<uint16_t>(dy), squares, inputs, outputs, range, block, left.get(),
                                   right.get(), &sums[group * winograd::points * count], block == first);
    }
  });
  auto result = at::empty({outputs, inputs, 3, 3}, at::kFloat, at::MemoryFormat::ChannelsLast);
  in_parts(outputs, moving * groups * winograd::points * count, [&](int64_t from, int64_t to) {
    winograd::kernel_slopes(sums.get(), groups, outputs, inputs, from, to, out<float>(result));
  });
  return result;
}

struct Convolution3x3 : torch::autograd::Function<Convolution3x3> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &maps, const at::Tensor &weight) {
    auto x = channels_last(maps);
    auto y = at::empty({x.size(0), weight.size(0), x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
    convolve(x, packed_kernels(weight, /*turned=*/false).get(), y);
    // The weight itself: if it changes before the gradient is asked for, libtorch says so.
    context->save_for_backward({x, weight});
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    auto saved = context->get_saved_variables();
    auto x = saved[0], weight = saved[1], dy = channels_last(grads[0]);
    at::Tensor of_x, of_weight;
    if (context->needs_input_grad(0)) {
      of_x = at::empty_like(x);
      convolve(dy, packed_kernels(weight, /*turned=*/true).get(), of_x);
    }
    if (context->needs_input_grad(1)) of_weight = kernel_gradient(dy, x).to(weight.scalar_type());
    return {of_x, of_weight};
  }
};

/// Whether minimal filtering serves.
bool filters_minimally(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding, int64_t groups) {
  bool shape = x.dim() == 4 && weight.dim() == 4 && groups == 1 && stride == 1 && padding == 1 && weight.size(2) == 3 &&
               weight.size(3) == 3 && weight.size(1) == x.size(1);
  if (!shape || !multiplies_pairs(x, weight)) return false;
  if (x.size(1) % products::lanes != 0 || weight.size(0) % products::lanes != 0) return false;
  // Of one line or column most of a square is border; lines too long leave the cache. How many images there are decides nothing, or a row's
  // answer would depend on its batch.
  return x.size(2) > 1 && x.size(3) > 1 && x.size(3) <= 256;
}

}  // namespace
#endif

std::optional<at::Tensor> ct::convolution_3x3(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding,
                                              int64_t groups) {
#if defined(__x86_64__)
  if (!filters_minimally(x, weight, stride, padding, groups)) return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return Convolution3x3::apply(x, weight);
#else
  return std::nullopt;
#endif
}

std::optional<at::Tensor> ct::packed_for_convolution_3x3(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                                         int64_t padding, int64_t groups) {
#if defined(__x86_64__)
  if (!filters_minimally(x, weight.to(x.scalar_type()), stride, padding, groups)) return std::nullopt;
  auto packed = at::empty({packed_count(weight)}, at::TensorOptions(at::kInt));
  pack_kernels(weight, /*turned=*/false, static_cast<uint32_t *>(packed.mutable_data_ptr()));
  return packed;
#else
  return std::nullopt;
#endif
}

at::Tensor ct::convolution_3x3_finished(const at::Tensor &maps, const at::Tensor &packed, const at::Tensor &bias, float low,
                                        float high) {
#if defined(__x86_64__)
  auto x = channels_last(maps), summands = bias.to(at::kFloat).contiguous();
  TORCH_CHECK(x.dim() == 4 && x.scalar_type() == at::kBFloat16 && packed.numel() == 8 * x.size(1) * summands.numel(),
              "expected bfloat16 [N, I, H, W], what is packed of [O, I, 3, 3], and a bias [O]");
  auto y = at::empty({x.size(0), summands.numel(), x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
  winograd::Finished finish{in<float>(summands), low, high};
  convolve(x, static_cast<const uint32_t *>(packed.const_data_ptr()), y, finish);
  return y;
#else
  TORCH_CHECK(false, "nothing is packed so on this processor");
#endif
}
