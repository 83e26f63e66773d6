#pragma once
// What every file of the shim shares: handles, and the net that catches each exception.
#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>

#include <string>

#include "ctorch.h"

namespace ct {

/// The message of this thread's last failure.
std::string &error();

inline at::Tensor &ref(ct_tensor x) { return *reinterpret_cast<at::Tensor *>(x); }
inline ct_tensor own(at::Tensor x) {
  return reinterpret_cast<ct_tensor>(new at::Tensor(std::move(x)));
}
inline std::optional<at::Tensor> maybe(ct_tensor x) {
  return x ? std::optional<at::Tensor>(ref(x)) : std::nullopt;
}
inline std::vector<at::Tensor> list(const ct_tensor *x, int count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int i = 0; i < count; ++i) result.push_back(ref(x[i]));
  return result;
}
inline at::IntArrayRef dims(const int64_t *values, int count) {
  return at::IntArrayRef(values, static_cast<size_t>(count));
}
/// `x` with its channels side by side in memory.
inline at::Tensor channels_last(const at::Tensor &x) { return x.contiguous(at::MemoryFormat::ChannelsLast); }
/// Whether autocast makes bfloat16 of what is float32.
inline bool casts_to_bfloat16() {
  return at::autocast::is_autocast_enabled(at::kCPU) && at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
}
/// Whether a product of it is one of bfloat16: it is that, or float32 that autocast makes that; autocast to another type would make that of both.
inline bool is_multiplied_in_bfloat16(const at::Tensor &x) {
  const bool casts = casts_to_bfloat16();
  if (at::autocast::is_autocast_enabled(at::kCPU) && !casts) return false;
  return x.scalar_type() == at::kBFloat16 || (casts && x.scalar_type() == at::kFloat);
}
at::ScalarType dtype(int code);
int code(at::ScalarType type);
at::Device device(int kind, int index);

/// A depthwise convolution whose gradients oneDNN computes slowly, with fast ones; nothing where
/// conv2d serves as well (depthwise.cpp).
std::optional<at::Tensor> depthwise_convolution(const at::Tensor &x, const at::Tensor &weight,
                                                const std::optional<at::Tensor> &bias,
                                                int64_t stride, int64_t padding, int64_t groups);

/// A convolution of 1 × 1 in bfloat16 by products of matrices; nothing where conv2d serves as well (convolution_1x1.cpp).
std::optional<at::Tensor> convolution_1x1(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                          int64_t padding, int64_t groups);
/// A convolution of 3 × 3 and stride 1 in bfloat16 by minimal filtering; nothing where conv2d serves as well (convolution_3x3.cpp).
std::optional<at::Tensor> convolution_3x3(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                          int64_t padding, int64_t groups);
/// What evaluation keeps of the weight of such a one, which may be float32, int32 [8 · O · I]; nothing where another serves as well.
std::optional<at::Tensor> packed_for_convolution_3x3(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding,
                                                     int64_t groups);
/// The convolution by it with a summand a channel, float32 [O], within limits; without gradients.
at::Tensor convolution_3x3_finished(const at::Tensor &maps, const at::Tensor &packed, const at::Tensor &bias, float low, float high);
/// One of up to four channels, as of images; nothing of other types and processors (convolution_few_channels.cpp).
std::optional<at::Tensor> convolution_few_channels(const at::Tensor &x, const at::Tensor &weight, int64_t stride, int64_t padding,
                                                   int64_t groups);
/// One of stride 2 with a kernel's gradient of the engine's own; nothing where oneDNN's is as fast (convolution_3x3_strided.cpp).
std::optional<at::Tensor> convolution_3x3_strided(const at::Tensor &x, const at::Tensor &weight, int64_t stride,
                                                  int64_t padding, int64_t groups);

template <class Body>
int act(Body body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &e) {
    error() = e.what_without_backtrace();
  } catch (const std::exception &e) {
    error() = e.what();
  } catch (...) {
    error() = "unknown C++ exception";
  }
  return -1;
}

/// Changes values in place, outside the graph. Autocast keeps low-precision copies of the weights
/// while it is on; they are forgotten, for they may be of what has just changed.
template <class Body>
int change(Body body) noexcept {
  return act([&] {
    at::NoGradGuard off;
    body();
    at::autocast::clear_cache();
  });
}

template <class Body>
ct_tensor make(Body body) noexcept {
  ct_tensor result = nullptr;
  act([&] { result = own(body()); });
  return result;
}

}  // namespace ct
