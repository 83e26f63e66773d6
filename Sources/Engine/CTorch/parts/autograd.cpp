// Gradients and precision.
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "guard.h"

using namespace ct;

int ct_set_requires_grad(ct_tensor x, bool on) {
  return act([&] { ref(x).set_requires_grad(on); });
}
bool ct_requires_grad(ct_tensor x) { return ref(x).requires_grad(); }
ct_tensor ct_grad(ct_tensor x) {
  error().clear();
  // Not Tensor::mutable_grad, which would add gradient bookkeeping to a tensor that has none.
  const at::Tensor &grad = ref(x).unsafeGetTensorImpl()->grad();
  return grad.defined() ? make([&] { return grad; }) : nullptr;
}
int ct_clear_grad(ct_tensor x) {
  return act([&] {
    if (ref(x).unsafeGetTensorImpl()->grad().defined()) ref(x).mutable_grad().reset();
  });
}
int ct_backward(ct_tensor x) {
  return act([&] { ref(x).backward(); });
}
ct_tensor ct_gradient(ct_tensor value, ct_tensor x) {
  return make([&] { return torch::autograd::grad({ref(value)}, {ref(x)})[0]; });
}
ct_tensor ct_gradient_kept(ct_tensor value, ct_tensor x) {
  return make([&] {
    // Neither a graph of the gradient, nor an error where nothing leads to x.
    auto grad = torch::autograd::grad({ref(value)}, {ref(x)}, {}, true, false, true)[0];
    return grad.defined() ? grad : at::zeros_like(ref(x));
  });
}
bool ct_grad_mode(void) { return at::GradMode::is_enabled(); }
int ct_set_grad_mode(bool on) {
  return act([&] {
    at::GradMode::set_enabled(on);
    // A copy of a weight that autocast made outside the graph would cut it from its gradient.
    if (on) at::autocast::clear_cache();
  });
}

static int autocast_now(at::DeviceType where) {
  if (!at::autocast::is_autocast_enabled(where)) return -1;
  return code(at::autocast::get_autocast_dtype(where));
}

int ct_autocast_enter(int kind, int type, int *before) {
  return act([&] {
    auto where = device(kind, 0).type();
    *before = autocast_now(where);
    at::autocast::increment_nesting();
    if (type >= 0) at::autocast::set_autocast_dtype(where, dtype(type));
    at::autocast::set_autocast_enabled(where, type >= 0);
    // Copies of the weights in another type must not be found under this one.
    if (*before >= 0 && type >= 0 && type != *before) at::autocast::clear_cache();
  });
}
int ct_autocast_leave(int kind, int before) {
  return act([&] {
    auto where = device(kind, 0).type();
    int now = autocast_now(where);
    if (before >= 0) at::autocast::set_autocast_dtype(where, dtype(before));
    at::autocast::set_autocast_enabled(where, before >= 0);
    if (at::autocast::decrement_nesting() == 0 || (before >= 0 && now != before))
      at::autocast::clear_cache();
  });
}
