// Convolutions that apply their activation while the result is in the processor's cache, for evaluation alone.
//
// oneDNN has them; libtorch registers them for its compiler (`mkldnn::_convolution_pointwise`), and a build without oneDNN
// does not have them: a plain convolution with the activation behind it is then the answer.
#include <ATen/core/dispatch/Dispatcher.h>

#include <limits>

#include "guard.h"

using namespace ct;

namespace {

/// oneDNN's name of an activation.
std::string name(int activation) {
  switch (activation) {
    case CT_RELU: return "relu";
    case CT_RELU6: return "hardtanh";
    case CT_SILU: return "swish";
    default: return "none";
  }
}

/// What its name leaves open.
c10::List<std::optional<at::Scalar>> bounds(int activation) {
  c10::List<std::optional<at::Scalar>> result;
  if (activation == CT_RELU6) {
    result.push_back(at::Scalar(0.0));
    result.push_back(at::Scalar(6.0));
  }
  return result;
}

at::Tensor plain(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                 int64_t stride, int64_t padding, int64_t groups, int activation) {
  auto y = at::conv2d(x, weight, bias.to(x.scalar_type()), {stride, stride}, {padding, padding}, {1, 1}, groups);
  switch (activation) {
    case CT_RELU: return y.relu_();
    case CT_RELU6: return at::hardtanh_(y, 0, 6);
    case CT_SILU: return at::silu_(y);
    default: return y;
  }
}

/// By minimal filtering, of a weight that was packed for it.
at::Tensor filtered(const at::Tensor &x, const at::Tensor &packed, const at::Tensor &bias, int activation) {
  TORCH_CHECK(!at::GradMode::is_enabled() || !x.requires_grad(), "a convolution by a packed weight has no gradient");
  const float infinity = std::numeric_limits<float>::infinity();
  const bool is_linear = activation == CT_IDENTITY || activation == CT_SILU;
  auto y = convolution_3x3_finished(x, packed, bias, is_linear ? -infinity : 0, activation == CT_RELU6 ? 6 : infinity);
  return activation == CT_SILU ? at::silu_(y) : y;
}

/// An operation that this build of libtorch may lack.
std::optional<c10::OperatorHandle> operation(const char *name) {
  return c10::Dispatcher::singleton().findSchema({name, ""});
}

}  // namespace

ct_tensor ct_conv2d_activated(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                              int64_t padding, int64_t groups, int activation) {
  return make([&] {
    if (ref(weight).scalar_type() == at::kInt) return filtered(ref(x), ref(weight), ref(bias), activation);
    static auto fused = operation("mkldnn::_convolution_pointwise");
    if (!fused || !ref(x).device().is_cpu())
      return plain(ref(x), ref(weight), ref(bias), stride, padding, groups, activation);
    torch::jit::Stack stack{ref(x), ref(weight), ref(bias), std::vector<int64_t>{padding, padding},
                            std::vector<int64_t>{stride, stride}, std::vector<int64_t>{1, 1},
                            groups, name(activation), bounds(activation), std::string()};
    fused->callBoxed(stack);
    return stack.back().toTensor();
  });
}

ct_tensor ct_conv2d_packed_weight(ct_tensor weight, ct_tensor x, int64_t stride, int64_t padding,
                                  int64_t groups) {
  return make([&] {
    if (auto packed = packed_for_convolution_3x3(ref(x), ref(weight), stride, padding, groups)) return *packed;
    static auto fused = operation("mkldnn::_convolution_pointwise");
    static auto pack = operation("mkldnn::_reorder_convolution_weight");
    auto own = ref(weight).to(ref(x).scalar_type());
    if (!fused || !pack || !ref(x).device().is_cpu()) return own;
    torch::jit::Stack stack{own, std::vector<int64_t>{padding, padding},
                            std::vector<int64_t>{stride, stride}, std::vector<int64_t>{1, 1},
                            groups, ref(x).sizes().vec()};
    pack->callBoxed(stack);
    return stack.back().toTensor();
  });
}
