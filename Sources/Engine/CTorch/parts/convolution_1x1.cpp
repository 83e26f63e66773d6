// Convolutions of 1 × 1 in bfloat16 and their gradients as products of matrices, on processors that multiply pairs.
//
// A map whose channels lie side by side is a matrix [N · H · W, C]. For small maps oneDNN takes long to prepare each call, a tenth of a
// millisecond for the three of a layer, and its gradient of the weight reaches 90 to 160 of the 230 GFLOP/s of one thread (AMD EPYC).
#include "differentiable.h"
#include "matrices.h"

using namespace ct;

#if defined(__x86_64__)
namespace {

/// y [rows, columns] = x [rows, depth] times what is packed, [depth, columns].
void multiply(const at::Tensor &x, const at::Tensor &y, const WordBuffer &packed) {
  int64_t depth = x.size(1), columns = y.size(1), rows = x.numel() / depth;
  // Rows of which x stays in the cache.
  constexpr int64_t some = 4 * products::tall;
  in_parts((rows + some - 1) / some, rows * depth * columns, [&](int64_t from, int64_t to) {
    for (int64_t first = from * some; first < std::min(to * some, rows); first += some)
      products::multiply(in<uint16_t>(x) + first * depth, packed.get(), out<uint16_t>(y) + first * columns,
                         std::min(some, rows - first), depth, columns);
  });
}

/// Σ over rows of dy [rows, O] and x [rows, I]: [O, I] in float32.
at::Tensor weight_gradient(const at::Tensor &dy, const at::Tensor &x) {
  int64_t outputs = dy.size(1), inputs = x.size(1), rows = x.numel() / inputs, wide = products::padded(inputs);
  // Tasks follow from the shape alone: ranges of outputs, and where these are few, groups of rows whose sums are added.
  constexpr int64_t range = 16 * products::tall, most = 192;
  int64_t ranges = (outputs + range - 1) / range, chunks = (rows + most - 1) / most;
  int64_t of_chunk = ((rows + chunks - 1) / chunks + 1) / 2 * 2;
  // An even number where it can be, so that two threads have as much each.
  int64_t groups = std::clamp<int64_t>(16 / ranges / 2 * 2, 1, chunks);
  GradientSums sums(groups, outputs, inputs);
  in_parts(groups * ranges, rows * outputs * inputs, [&](int64_t from, int64_t to) {
    auto left = words(most / 2 * products::padded(outputs)), right = words(most / 2 * wide);
    for (int64_t task = from; task < to; ++task) {
      int64_t group = task / ranges, first_output = task % ranges * range;
      int64_t some = std::min(range, outputs - first_output), of_left = products::padded(some);
      int64_t first_chunk = group * chunks / groups, last_chunk = (group + 1) * chunks / groups;
      for (int64_t chunk = first_chunk; chunk < last_chunk; ++chunk) {
        int64_t first = chunk * of_chunk, count = std::min(of_chunk, rows - first);
        products::pair_rows(in<uint16_t>(x) + first * inputs, count, inputs, inputs, right.get(), wide);
        products::pair_rows(in<uint16_t>(dy) + first * outputs + first_output, count, some, outputs, left.get(), of_left);
        products::accumulate(left.get(), of_left, some, right.get(), wide, (count + 1) / 2,
                             sums[group] + first_output * wide, chunk == first_chunk);
      }
    }
  });
  return sums.total();
}

struct Convolution1x1 : torch::autograd::Function<Convolution1x1> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &maps, const at::Tensor &weight) {
    auto x = channels_last(maps);
    auto y = at::empty({x.size(0), weight.size(0), x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
    multiply(x, y, packed_transposed(weight));
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
      multiply(dy, of_x, packed_rows(weight));
    }
    if (context->needs_input_grad(1)) {
      of_weight = weight_gradient(dy, x).to(weight.scalar_type());
    }
    return {of_x, of_weight};
  }
};

}  // namespace
#endif

std::optional<at::Tensor> ct::convolution_1x1(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                              int64_t padding, int64_t groups) {
#if defined(__x86_64__)
  bool shape = x.dim() == 4 && weight.dim() == 4 && groups == 1 && stride == 1 && padding == 0 && weight.size(2) == 1 &&
               weight.size(3) == 1 && weight.size(1) == x.size(1) && x.size(1) % 2 == 0 && weight.size(0) % 2 == 0;
  if (!shape || !multiplies_pairs(x, weight)) return std::nullopt;
  // Beside the work of large maps preparing is nothing, and oneDNN is as fast.
  if (x.numel() * weight.size(0) > (int64_t(1) << 27)) return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return Convolution1x1::apply(x, weight);
#else
  return std::nullopt;
#endif
}
