// Convolutions of 3 × 3 and stride 2 of few channels in bfloat16, whose kernel's gradient oneDNN computes at a fifth of the rate of others
// (70 GFLOP/s of two threads, 16 and 32 channels, AMD EPYC): here a product of matrices for each of the nine taps.
#include "differentiable.h"
#include "matrices.h"

using namespace ct;

#if defined(__x86_64__)
namespace {

constexpr int64_t taps = 9;

/// Lines of results and the pixels that each tap meets, by twos.
struct StridedLines {
  int64_t height, width, out_height, out_width, pairs, lines, of_block, blocks;

  StridedLines(const at::Tensor &x, const at::Tensor &dy)
      : height(x.size(2)), width(x.size(3)), out_height(dy.size(2)), out_width(dy.size(3)), pairs((out_width + 1) / 2),
        lines(dy.size(0) * out_height), of_block(std::max<int64_t>(48 / pairs, 1)), blocks((lines + of_block - 1) / of_block) {}

  /// `channels` values of each of a line's pixels as words [pairs, padded channels]: of a line of `count` pixels, or of zeros where `x` is null,
  /// every `step`-th from number `at` on; zeros outside.
  void pair(const uint16_t *x, int64_t channels, int64_t at, int64_t step, int64_t count, const uint16_t *zeros, uint32_t *to) const {
    auto pixel = [&](int64_t column) { return x && column >= 0 && column < count ? x + column * channels : zeros; };
    for (int64_t p = 0; p < pairs; ++p, at += 2 * step, to += products::padded(channels))
      products::pair_two(pixel(at), pixel(at + step), channels, to);
  }
};

/// The gradient of a weight, [O, I, 3, 3] in float32, its channels side by side.
at::Tensor strided_kernel_gradient(const at::Tensor &dy, const at::Tensor &x) {
  int64_t inputs = x.size(1), outputs = dy.size(1), wide = products::padded(inputs), of_left = products::padded(outputs);
  StridedLines s(x, dy);
  int64_t groups = std::min<int64_t>(8, s.blocks);
  GradientSums sums(groups, taps * outputs, inputs);
  in_parts(groups, x.numel() * outputs, [&](int64_t from, int64_t to) {
    int64_t most = s.of_block * s.pairs;
    auto left = words(most * of_left), right = words(most * wide);
    std::vector<uint16_t> zeros(std::max(inputs, outputs));
    for (int64_t group = from; group < to; ++group) {
      int64_t first_block = group * s.blocks / groups;
      for (int64_t block = first_block; block < (group + 1) * s.blocks / groups; ++block) {
        int64_t first = block * s.of_block, last = std::min(first + s.of_block, s.lines);
        for (int64_t line = first; line < last; ++line)
          s.pair(in<uint16_t>(dy) + line * s.out_width * outputs, outputs, 0, 1, s.out_width, zeros.data(),
                 left.get() + (line - first) * s.pairs * of_left);
        for (int64_t tap = 0; tap < taps; ++tap) {
          for (int64_t line = first; line < last; ++line) {
            int64_t image = line / s.out_height, y = line % s.out_height * 2 + tap / 3 - 1;
            const uint16_t *row = y < 0 || y >= s.height ? nullptr : in<uint16_t>(x) + (image * s.height + y) * s.width * inputs;
            s.pair(row, inputs, tap % 3 - 1, 2, s.width, zeros.data(), right.get() + (line - first) * s.pairs * wide);
          }
          products::accumulate(left.get(), of_left, outputs, right.get(), wide, (last - first) * s.pairs,
                               sums[group] + tap * outputs * wide, block == first_block);
        }
      }
    }
  });
  return sums.total().view({3, 3, outputs, inputs}).permute({2, 3, 0, 1}).contiguous(at::MemoryFormat::ChannelsLast);
}

struct StridedConvolution3x3 : torch::autograd::Function<StridedConvolution3x3> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &maps, const at::Tensor &weight) {
    auto x = channels_last(maps), kernel = channels_last(weight.to(at::kBFloat16));
    context->save_for_backward({x, kernel});
    context->saved_data["type"] = weight.scalar_type();
    return at::conv2d(x, kernel, {}, {2, 2}, {1, 1});
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    auto saved = context->get_saved_variables();
    auto x = saved[0], kernel = saved[1], dy = channels_last(grads[0]);
    at::Tensor of_x, of_weight;
    if (context->needs_input_grad(0))
      of_x = std::get<0>(at::convolution_backward(dy, x, kernel, at::OptionalIntArrayRef(), {2, 2}, {1, 1}, {1, 1},
                                                  /*transposed=*/false, {0, 0}, 1, {true, false, false}));
    if (context->needs_input_grad(1))
      of_weight = strided_kernel_gradient(dy, x).to(context->saved_data["type"].toScalarType());
    return {of_x, of_weight};
  }
};

}  // namespace
#endif

std::optional<at::Tensor> ct::convolution_3x3_strided(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding,
                                                      int64_t groups) {
#if defined(__x86_64__)
  bool shape = x.dim() == 4 && weight.dim() == 4 && groups == 1 && stride == 2 && padding == 1 && weight.size(2) == 3 &&
               weight.size(3) == 3 && weight.size(1) == x.size(1);
  bool recorded = at::GradMode::is_enabled() && weight.requires_grad();
  if (!shape || !recorded || !multiplies_pairs(x, weight)) return std::nullopt;
  // Of more channels oneDNN is as fast; of few, as of images, a vector is mostly empty. Of one or two columns a tap meets no pixel, and the
  // answer is that of ct_conv2d in float32, recorded or not.
  if (x.size(1) < products::lanes || x.size(1) > 64 || x.size(3) <= 2) return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return StridedConvolution3x3::apply(x, weight);
#else
  return std::nullopt;
#endif
}
