// Element by element.
#include "guard.h"

using namespace ct;

#define CT_DEFINE_UNARY(name) \
  ct_tensor ct_##name(ct_tensor x) { return make([&] { return at::name(ref(x)); }); }
#define CT_DEFINE_BINARY(name)                       \
  ct_tensor ct_##name(ct_tensor x, ct_tensor other) { \
    return make([&] { return at::name(ref(x), ref(other)); }); \
  }
#define CT_DEFINE_SCALAR(name)                              \
  ct_tensor ct_##name##_scalar(ct_tensor x, double other) { \
    return make([&] { return at::name(ref(x), at::Scalar(other)); }); \
  }
CT_UNARY(CT_DEFINE_UNARY)
CT_BINARY(CT_DEFINE_BINARY)
CT_SCALAR(CT_DEFINE_SCALAR)

ct_tensor ct_clamp(ct_tensor x, double low, double high) {
  return make([&] { return at::clamp(ref(x), at::Scalar(low), at::Scalar(high)); });
}
ct_tensor ct_where(ct_tensor mask, ct_tensor x, ct_tensor other) {
  return make([&] { return at::where(ref(mask), ref(x), ref(other)); });
}
