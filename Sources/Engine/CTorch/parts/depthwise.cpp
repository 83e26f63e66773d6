// The gradients of depthwise convolutions on the processor, where oneDNN's are slow.
//
// oneDNN has a fast kernel for a few shapes alone. One thread of an AMD EPYC, channels last, batch 32, ours after it:
//   gradient of the weight, 5 × 5, 240 channels of 8 × 8        float32 4.9 and 1.6 ms, bfloat16 15 and 0.4 ms
//   the same of 1,152 channels of 7 × 7                         30 and 6.7 ms, 129 and 3.0 ms
//   the same of 3 × 3, where an image has 2 × 2                 3.2 and 0.1 ms, 19 and 0.1 ms
//   gradient of the data, 3 × 3, stride 2, 96 of 32 × 32        7.8 and 1.2 ms, 43 and 0.8 ms
// What it does fast (3 × 3 at stride 1, all forward passes) is left to it.
#include "depthwise_kernels.h"
#include "differentiable.h"
#include "guard.h"
#include "parallel.h"

using namespace ct;

namespace {

depthwise::Shape shape(const at::Tensor &x, const at::Tensor &grad, const at::Tensor &weight, int64_t stride,
                       int64_t padding) {
  return {x.size(0),    x.size(1),    x.size(2),      x.size(3), grad.size(2),
          grad.size(3), weight.size(2), stride, padding};
}

int64_t work(const depthwise::Shape &s) {
  return s.images * s.channels * s.out_height * s.out_width * s.kernel * s.kernel;
}

template <class T>
at::Tensor weight_gradient(const at::Tensor &grad, const at::Tensor &x, const at::Tensor &weight,
                           const depthwise::Shape &s) {
  auto result = at::empty({s.channels, 1, s.kernel, s.kernel}, weight.options().dtype(at::kFloat));
  auto from = static_cast<const T *>(x.const_data_ptr()), slope = static_cast<const T *>(grad.const_data_ptr());
  auto to = result.mutable_data_ptr<float>();
  in_parts((s.channels + depthwise::lanes - 1) / depthwise::lanes, work(s), [&](int64_t first, int64_t end) {
    for (int64_t block = first; block < end; ++block) depthwise::weight_part(from, slope, to, s, block);
  });
  return result.to(weight.scalar_type());
}

template <class T>
at::Tensor data_gradient(const at::Tensor &grad, const at::Tensor &x, const at::Tensor &weight,
                         const depthwise::Shape &s) {
  auto result = at::empty_like(x);
  auto kernel = weight.to(at::kFloat).view({s.channels, -1}).t().contiguous();
  auto slope = static_cast<const T *>(grad.const_data_ptr());
  auto by = static_cast<const float *>(kernel.const_data_ptr());
  auto to = static_cast<T *>(result.mutable_data_ptr());
  in_parts(s.images * s.height, work(s), [&](int64_t first, int64_t end) {
    depthwise::data_part(slope, by, to, s, first, end);
  });
  return result;
}

/// Whether oneDNN's gradient of the weight is the slow one.
bool slow_weight(const depthwise::Shape &s) { return s.kernel > 3 || std::min(s.height, s.width) < s.kernel; }

struct Depthwise : torch::autograd::Function<Depthwise> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight,
                            const std::optional<at::Tensor> &bias, int64_t stride, int64_t padding) {
    context->save_for_backward({x, weight});
    context->saved_data["bias"] = bias.has_value();
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    // With its bias, so that bfloat16 is rounded once, as where nothing is recorded.
    return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding}, {1, 1}, x.size(1));
  }

  static variable_list backward(AutogradContext *context, variable_list grads) {
    c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
    auto saved = context->get_saved_variables();
    auto stride = context->saved_data["stride"].toInt();
    auto padding = context->saved_data["padding"].toInt();
    auto x = channels_last(saved[0]), grad = channels_last(grads[0]), weight = saved[1].contiguous();
    auto s = shape(x, grad, weight, stride, padding);
    bool low = x.scalar_type() == at::kBFloat16;
    bool has_bias = context->saved_data["bias"].toBool();
    std::array<bool, 3> left = {context->needs_input_grad(0), context->needs_input_grad(1), false};
    at::Tensor of_x, of_weight, of_bias;
    if (has_bias && context->needs_input_grad(2)) of_bias = grad.sum(at::IntArrayRef{0, 2, 3});
    if (left[0] && stride > 1) {
      of_x = low ? data_gradient<uint16_t>(grad, x, weight, s) : data_gradient<float>(grad, x, weight, s);
      left[0] = false;
    }
    if (left[1] && slow_weight(s)) {
      of_weight = low ? weight_gradient<uint16_t>(grad, x, weight, s) : weight_gradient<float>(grad, x, weight, s);
      left[1] = false;
    }
    if (left[0] || left[1]) {
      auto [data, kernel, bias] = at::convolution_backward(
          grad, saved[0], saved[1], at::OptionalIntArrayRef(), {stride, stride}, {padding, padding}, {1, 1},
          /*transposed=*/false, {0, 0}, x.size(1), left);
      if (left[0]) of_x = data;
      if (left[1]) of_weight = kernel;
    }
    return {of_x, of_weight, of_bias, at::Tensor(), at::Tensor()};
  }
};

}  // namespace

std::optional<at::Tensor> ct::depthwise_convolution(const at::Tensor &x, const at::Tensor &weight,
                                                    const std::optional<at::Tensor> &bias, int64_t stride,
                                                    int64_t padding, int64_t groups) {
  bool depthwise = x.dim() == 4 && weight.dim() == 4 && groups > 1 && x.size(1) == groups &&
                   weight.size(0) == groups && weight.size(1) == 1;
  bool recorded = at::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad());
  if (!depthwise || !recorded || !x.is_cpu() || x.suggest_memory_format() != at::MemoryFormat::ChannelsLast)
    return std::nullopt;
  int64_t kernel = weight.size(2);
  bool square = kernel == weight.size(3) && (kernel == 3 || kernel == 5 || kernel == 7);
  bool inside = padding < kernel && x.size(2) + 2 * padding >= kernel && x.size(3) + 2 * padding >= kernel;
  bool slow = stride > 1 || kernel > 3 || std::min(x.size(2), x.size(3)) < kernel;
  if (!square || !inside || !slow) return std::nullopt;
  auto own_x = x, own_weight = weight;
  auto own_bias = bias;
  if (at::autocast::is_autocast_enabled(at::kCPU)) {
    auto type = at::autocast::get_autocast_dtype(at::kCPU);
    own_x = at::autocast::cached_cast(type, x, at::kCPU);
    own_weight = at::autocast::cached_cast(type, weight, at::kCPU);
    if (bias) own_bias = at::autocast::cached_cast(type, *bias, at::kCPU);
  }
  auto type = own_x.scalar_type();
  if (type != own_weight.scalar_type() || (type != at::kBFloat16 && type != at::kFloat)) return std::nullopt;
  if (own_bias && own_bias->scalar_type() != type) return std::nullopt;
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  return Depthwise::apply(own_x, own_weight, own_bias, stride, padding);
}
