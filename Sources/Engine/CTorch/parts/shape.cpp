// Shape and choice.
#include "guard.h"

using namespace ct;

ct_tensor ct_reshape(ct_tensor x, const int64_t *shape, int rank) {
  return make([&] { return ref(x).reshape(dims(shape, rank)); });
}
ct_tensor ct_expand(ct_tensor x, const int64_t *shape, int rank) {
  return make([&] { return ref(x).expand(dims(shape, rank)); });
}
ct_tensor ct_permute(ct_tensor x, const int64_t *order, int rank) {
  return make([&] { return ref(x).permute(dims(order, rank)); });
}
ct_tensor ct_transpose(ct_tensor x, int64_t a, int64_t b) {
  return make([&] { return ref(x).transpose(a, b); });
}
ct_tensor ct_flatten(ct_tensor x, int64_t from) {
  return make([&] { return ref(x).flatten(from); });
}
ct_tensor ct_squeeze(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).squeeze(dim); });
}
ct_tensor ct_unsqueeze(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).unsqueeze(dim); });
}
ct_tensor ct_narrow(ct_tensor x, int64_t dim, int64_t start, int64_t length) {
  return make([&] { return ref(x).narrow(dim, start, length); });
}
ct_tensor ct_flip(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).flip({dim}); });
}
ct_tensor ct_cat(const ct_tensor *x, int count, int64_t dim) {
  return make([&] { return at::cat(list(x, count), dim); });
}
ct_tensor ct_stack(const ct_tensor *x, int count, int64_t dim) {
  return make([&] { return at::stack(list(x, count), dim); });
}
ct_tensor ct_index_select(ct_tensor x, int64_t dim, ct_tensor indices) {
  return make([&] { return ref(x).index_select(dim, ref(indices)); });
}
ct_tensor ct_gather(ct_tensor x, int64_t dim, ct_tensor indices) {
  return make([&] { return ref(x).gather(dim, ref(indices)); });
}
ct_tensor ct_one_hot(ct_tensor x, int64_t classes) {
  return make([&] { return at::one_hot(ref(x), classes); });
}
ct_tensor ct_pad(ct_tensor x, const int64_t *sides, int count, double value) {
  return make([&] { return at::constant_pad_nd(ref(x), dims(sides, count), value); });
}
