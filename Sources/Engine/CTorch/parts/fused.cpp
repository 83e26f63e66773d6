// Many tensors at once, in place: optimiser steps and what surrounds them.
#include "guard.h"

using namespace ct;

/// The fused kernels walk raw memory: element `i` of every list must be laid out as `x[i]` is.
static void check_layout(const char *what, const std::vector<at::Tensor> &x,
                         const std::vector<at::Tensor> &others) {
  for (size_t i = 0; i < x.size(); ++i) {
    TORCH_CHECK(x[i].sizes() == others[i].sizes(), what, " ", i, " has shape ", others[i].sizes(),
                ", its parameter ", x[i].sizes());
    for (int64_t d = 0; d < x[i].dim(); ++d)
      TORCH_CHECK(x[i].size(d) == 1 || x[i].stride(d) == others[i].stride(d), what, " ", i,
                  " has strides ", others[i].strides(), ", its parameter ", x[i].strides());
  }
}

/// A fused kernel changes tensors unseen by autograd: who kept one for a gradient would compute it from another value and not know.
static void tell_changed(const std::vector<at::Tensor> &x) {
  for (const auto &each : x) each.unsafeGetTensorImpl()->bump_version();
}

int ct_fused_sgd_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *momenta, int count,
                  double rate, double momentum, double decay, bool nesterov, bool first) {
  return change([&] {
    auto params = list(x, count), slopes = list(grads, count);
    std::vector<at::Tensor> buffers;
    if (momentum != 0) buffers = list(momenta, count);
    check_layout("gradient", params, slopes);
    if (momentum != 0) check_layout("momentum buffer", params, buffers);
    at::_fused_sgd_(params, slopes, buffers, decay, momentum, rate,
                    /*dampening=*/0, nesterov, /*maximize=*/false, first);
    tell_changed(params);
  });
}
int ct_fused_adamw_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *means,
                    const ct_tensor *squares, const ct_tensor *steps, int count, double rate,
                    double beta1, double beta2, double decay, double eps) {
  return change([&] {
    auto params = list(x, count), slopes = list(grads, count);
    auto first = list(means, count), second = list(squares, count);
    check_layout("gradient", params, slopes);
    check_layout("first moment", params, first);
    check_layout("second moment", params, second);
    at::_fused_adamw_(params, slopes, first, second, {}, list(steps, count), rate, beta1, beta2, decay, eps, /*amsgrad=*/false,
                      /*maximize=*/false);
    tell_changed(params);
  });
}
int ct_foreach_mul_(const ct_tensor *x, int count, ct_tensor factor) {
  return change([&] {
    at::_foreach_mul_(list(x, count), ref(factor));
  });
}
int ct_foreach_lerp_(const ct_tensor *x, const ct_tensor *ends, int count, double weight) {
  return change([&] {
    at::_foreach_lerp_(list(x, count), list(ends, count), weight);
  });
}
ct_tensor ct_foreach_norm(const ct_tensor *x, int count) {
  return make([&] {
    at::NoGradGuard off;
    return at::linalg_vector_norm(at::stack(at::_foreach_norm(list(x, count))));
  });
}
