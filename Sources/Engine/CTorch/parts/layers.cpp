// What layers are made of.
#include <algorithm>

#include "guard.h"

using namespace ct;

namespace {

/// Whether libtorch convolves them in bfloat16.
bool are_convolved_in_bfloat16(std::initializer_list<const at::Tensor *> all) {
  return std::all_of(all.begin(), all.end(), [&](const at::Tensor *t) {
    return is_multiplied_in_bfloat16(*t) || (casts_to_bfloat16() && t->scalar_type() == at::kHalf);
  });
}

/// Whether a tap of the kernel meets no pixel of a line in any result, in bfloat16 at a stride above 1: oneDNN leaves its gradient as it was in
/// memory then (libtorch 2.13).
bool leaves_taps_unwritten(const at::Tensor &x, const at::Tensor &weight, ct_tensor bias, int64_t stride, int64_t padding,
                           int64_t dilation) {
  bool low = are_convolved_in_bfloat16({&x, &weight, bias ? &ref(bias) : &x});
  if (stride <= 1 || !low || !x.is_cpu() || x.dim() < 3 || weight.dim() != x.dim()) return false;
  int64_t side = x.size(-1), taps = weight.size(-1), last = side + 2 * padding - dilation * (taps - 1) - 1;
  auto meets = [&](int64_t tap) {
    for (int64_t first = 0; first <= last; first += stride)
      if (int64_t pixel = first + tap * dilation - padding; pixel >= 0 && pixel < side) return true;
    return false;
  };
  for (int64_t tap = 0; tap < taps; ++tap)
    if (!meets(tap)) return true;
  return false;
}

/// The convolution in float32, of weights that autocast has not rounded, rounded to bfloat16.
template <class Convolve>
at::Tensor in_float32(ct_tensor x, ct_tensor weight, ct_tensor bias, const Convolve &convolve) {
  c10::impl::ExcludeDispatchKeyGuard as_it_is(c10::DispatchKey::AutocastCPU);
  auto single = bias ? std::optional(ref(bias).to(at::kFloat)) : std::nullopt;
  return convolve(ref(x).to(at::kFloat), ref(weight).to(at::kFloat), single).to(at::kBFloat16);
}

}  // namespace

ct_tensor ct_matmul(ct_tensor x, ct_tensor other) {
  return make([&] { return at::matmul(ref(x), ref(other)); });
}
ct_tensor ct_pinv(ct_tensor x) {
  return make([&] { return at::linalg_pinv(ref(x)); });
}
ct_tensor ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias) {
  return make([&] { return at::linear(ref(x), ref(weight), maybe(bias)); });
}
ct_tensor ct_conv2d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                    int64_t padding, int64_t dilation, int64_t groups) {
  return make([&] {
    if (dilation == 1)
      if (auto y = depthwise_convolution(ref(x), ref(weight), maybe(bias), stride, padding, groups))
        return *y;
    if (!bias && dilation == 1) {
      if (auto y = convolution_1x1(ref(x), ref(weight), stride, padding, groups)) return *y;
      if (auto y = convolution_few_channels(ref(x), ref(weight), stride, padding, groups)) return *y;
      if (auto y = convolution_3x3(ref(x), ref(weight), stride, padding, groups)) return *y;
      if (auto y = convolution_3x3_strided(ref(x), ref(weight), stride, padding, groups)) return *y;
    }
    auto plain = [&](const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
      return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding}, {dilation, dilation}, groups);
    };
    if (leaves_taps_unwritten(ref(x), ref(weight), bias, stride, padding, dilation)) return in_float32(x, weight, bias, plain);
    return plain(ref(x), ref(weight), maybe(bias));
  });
}
ct_tensor ct_group_norm(ct_tensor x, int64_t groups, ct_tensor weight, ct_tensor bias,
                        double eps) {
  return make([&] { return at::group_norm(ref(x), groups, maybe(weight), maybe(bias), eps); });
}
ct_tensor ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double eps) {
  return make([&] {
    return at::layer_norm(ref(x), {ref(x).size(-1)}, maybe(weight), maybe(bias), eps);
  });
}
ct_tensor ct_attention(ct_tensor query, ct_tensor key, ct_tensor value) {
  return make([&] { return at::scaled_dot_product_attention(ref(query), ref(key), ref(value)); });
}
ct_tensor ct_conv1d(ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride, int64_t padding,
                    int64_t dilation, int64_t groups) {
  return make([&] {
    auto plain = [&](const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
      return at::conv1d(x, weight, bias, {stride}, {padding}, {dilation}, groups);
    };
    if (leaves_taps_unwritten(ref(x), ref(weight), bias, stride, padding, dilation)) return in_float32(x, weight, bias, plain);
    return plain(ref(x), ref(weight), maybe(bias));
  });
}
ct_tensor ct_max_pool1d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  return make([&] { return at::max_pool1d(ref(x), {kernel}, {stride}, {padding}); });
}
ct_tensor ct_resize_bicubic(ct_tensor x, int64_t height, int64_t width) {
  return make([&] {
    return at::_upsample_bicubic2d_aa(ref(x), {height, width}, /*align_corners=*/false);
  });
}
ct_tensor ct_max_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  return make([&] {
    return at::max_pool2d(ref(x), {kernel, kernel}, {stride, stride}, {padding, padding});
  });
}
ct_tensor ct_avg_pool2d(ct_tensor x, int64_t kernel, int64_t stride, int64_t padding) {
  return make([&] {
    return at::avg_pool2d(ref(x), {kernel, kernel}, {stride, stride}, {padding, padding});
  });
}
ct_tensor ct_adaptive_avg_pool2d(ct_tensor x, int64_t height, int64_t width) {
  return make([&] { return at::adaptive_avg_pool2d(ref(x), {height, width}); });
}
ct_tensor ct_hardtanh(ct_tensor x, double low, double high) {
  return make([&] { return at::hardtanh(ref(x), low, high); });
}
int ct_hardtanh_(ct_tensor x, double low, double high) {
  return act([&] { at::hardtanh_(ref(x), low, high); });
}
int ct_relu_(ct_tensor x) {
  return act([&] { at::relu_(ref(x)); });
}
