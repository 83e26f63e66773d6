// Gradients and precision.
#include <ATen/autocast_mode.h>

#include "guard.h"

using namespace ct;

int ct_set_requires_grad(ct_tensor x, bool on) {
  return act([&] { ref(x).set_requires_grad(on); });
}
bool ct_requires_grad(ct_tensor x) { return ref(x).requires_grad(); }
ct_tensor ct_grad(ct_tensor x) {
  error().clear();
  auto &grad = ref(x).mutable_grad();
  return grad.defined() ? own(grad) : nullptr;
}
void ct_clear_grad(ct_tensor x) { ref(x).mutable_grad().reset(); }
int ct_backward(ct_tensor x) {
  return act([&] { ref(x).backward(); });
}
bool ct_grad_mode(void) { return at::GradMode::is_enabled(); }
void ct_set_grad_mode(bool on) { at::GradMode::set_enabled(on); }

int ct_set_autocast(int kind, int type) {
  static const at::DeviceType kinds[] = {at::kCPU, at::kCUDA, at::kMPS};
  auto where = kinds[kind];
  int before = -1;
  act([&] {
    if (at::autocast::is_autocast_enabled(where))
      before = at::autocast::get_autocast_dtype(where) == at::kHalf ? CT_FLOAT16 : CT_BFLOAT16;
    at::autocast::set_autocast_enabled(where, type >= 0);
    if (type >= 0) at::autocast::set_autocast_dtype(where, dtype(type));
    // The cache keeps low-precision copies of the weights; they must not outlive an update.
    if (type < 0) at::autocast::clear_cache();
    at::autocast::set_autocast_cache_enabled(type >= 0);
  });
  return before;
}
