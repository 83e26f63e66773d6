// Many tensors at once, in place: optimiser steps and what surrounds them.
#include "guard.h"

using namespace ct;

int ct_fused_sgd_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *momenta, int count,
                  double rate, double momentum, double decay, bool nesterov, bool first) {
  return act([&] {
    at::NoGradGuard off;
    std::vector<at::Tensor> buffers;
    if (momentum != 0) buffers = list(momenta, count);
    at::_fused_sgd_(list(x, count), list(grads, count), buffers, decay, momentum, rate,
                    /*dampening=*/0, nesterov, /*maximize=*/false, first);
  });
}
int ct_fused_adamw_(const ct_tensor *x, const ct_tensor *grads, const ct_tensor *means,
                    const ct_tensor *squares, const ct_tensor *steps, int count, double rate,
                    double beta1, double beta2, double decay, double eps) {
  return act([&] {
    at::NoGradGuard off;
    at::_fused_adamw_(list(x, count), list(grads, count), list(means, count), list(squares, count),
                      {}, list(steps, count), rate, beta1, beta2, decay, eps, /*amsgrad=*/false,
                      /*maximize=*/false);
  });
}
int ct_foreach_mul_(const ct_tensor *x, int count, double factor) {
  return act([&] {
    at::NoGradGuard off;
    at::_foreach_mul_(list(x, count), factor);
  });
}
int ct_foreach_lerp_(const ct_tensor *x, const ct_tensor *ends, int count, double weight) {
  return act([&] {
    at::NoGradGuard off;
    at::_foreach_lerp_(list(x, count), list(ends, count), weight);
  });
}
ct_tensor ct_foreach_norm(const ct_tensor *x, int count) {
  return make([&] {
    at::NoGradGuard off;
    return at::linalg_vector_norm(at::stack(at::_foreach_norm(list(x, count))));
  });
}
