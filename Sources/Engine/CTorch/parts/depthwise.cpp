// Strided depthwise convolution in bfloat16 on the processor.
//
// oneDNN falls back to plain loops for its data gradient: 35 ms where the forward pass takes 0.5 ms
// (MobileNetV2's first strided block at 96 pixels, batch 16, AVX512-BF16), two fifths of a whole
// training step. The same gradient is a convolution of stride 1, which has a fast kernel: put
// `stride - 1` zeros between the elements of the output's gradient and turn the kernel round.
#include <torch/csrc/autograd/custom_function.h>

#include "guard.h"

using namespace ct;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

at::Tensor convolve(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                    at::IntArrayRef padding) {
  return at::conv2d(x, weight, {}, {stride, stride}, padding, {1, 1}, x.size(1));
}

at::Tensor data_gradient(const at::Tensor &grad, const at::Tensor &x, const at::Tensor &weight,
                         int64_t stride, int64_t padding) {
  int64_t kernel_h = weight.size(2), kernel_w = weight.size(3);
  auto spread = at::empty({x.size(0), x.size(1), x.size(2) - kernel_h + 1 + 2 * padding,
                           x.size(3) - kernel_w + 1 + 2 * padding},
                          grad.options().memory_format(x.suggest_memory_format()))
                    .zero_();  // at::zeros would lose the memory format
  spread.slice(2, 0, (grad.size(2) - 1) * stride + 1, stride)
      .slice(3, 0, (grad.size(3) - 1) * stride + 1, stride)
      .copy_(grad);
  return convolve(spread, weight.flip({2, 3}), 1, {kernel_h - 1 - padding, kernel_w - 1 - padding});
}

struct Depthwise : torch::autograd::Function<Depthwise> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight,
                            int64_t stride, int64_t padding) {
    context->save_for_backward({x, weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    return convolve(x, weight, stride, {padding, padding});
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    auto saved = context->get_saved_variables();
    auto stride = context->saved_data["stride"].toInt();
    auto padding = context->saved_data["padding"].toInt();
    at::Tensor x, weight;
    if (context->needs_input_grad(0))
      x = data_gradient(grads[0], saved[0], saved[1], stride, padding);
    if (context->needs_input_grad(1))
      weight = std::get<1>(at::convolution_backward(
          grads[0], saved[0], saved[1], at::OptionalIntArrayRef(), {stride, stride},
          {padding, padding}, {1, 1}, /*transposed=*/false, {0, 0}, saved[0].size(1),
          {false, true, false}));
    return {x, weight, at::Tensor(), at::Tensor()};
  }
};

}  // namespace

std::optional<at::Tensor> ct::strided_depthwise(const at::Tensor &x, const at::Tensor &weight,
                                                int64_t stride, int64_t padding,
                                                int64_t groups) {
  bool depthwise = x.dim() == 4 && weight.dim() == 4 && groups > 1 && x.size(1) == groups &&
                   weight.size(0) == groups && weight.size(1) == 1;
  bool inside = padding < weight.size(-1) && padding < weight.size(-2);
  bool recorded = at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad());
  if (!depthwise || !inside || !recorded || stride == 1 || !x.is_cpu()) return std::nullopt;
  auto low_x = x, low_weight = weight;
  if (at::autocast::is_autocast_enabled(at::kCPU)) {
    auto type = at::autocast::get_autocast_dtype(at::kCPU);
    low_x = at::autocast::cached_cast(type, x, at::kCPU);
    low_weight = at::autocast::cached_cast(type, weight, at::kCPU);
  }
  if (low_x.scalar_type() != at::kBFloat16 || low_weight.scalar_type() != at::kBFloat16)
    return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return Depthwise::apply(low_x, low_weight, stride, padding);
}
