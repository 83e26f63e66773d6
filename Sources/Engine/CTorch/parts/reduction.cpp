// Reductions. An empty list of dimensions means all of them.
#include "guard.h"

using namespace ct;

static std::vector<int64_t> all(ct_tensor x, const int64_t *values, int count) {
  if (count > 0) return std::vector<int64_t>(values, values + count);
  std::vector<int64_t> every(ref(x).dim());
  for (size_t i = 0; i < every.size(); ++i) every[i] = static_cast<int64_t>(i);
  return every;
}

ct_tensor ct_sum(ct_tensor x, const int64_t *d, int count, bool keep) {
  return make([&] { return ref(x).sum(all(x, d, count), keep); });
}
ct_tensor ct_mean(ct_tensor x, const int64_t *d, int count, bool keep) {
  return make([&] { return ref(x).mean(all(x, d, count), keep); });
}
ct_tensor ct_var(ct_tensor x, const int64_t *d, int count, bool unbiased, bool keep) {
  return make([&] { return ref(x).var(all(x, d, count), unbiased, keep); });
}
ct_tensor ct_amax(ct_tensor x, const int64_t *d, int count, bool keep) {
  return make([&] { return ref(x).amax(all(x, d, count), keep); });
}
ct_tensor ct_amin(ct_tensor x, const int64_t *d, int count, bool keep) {
  return make([&] { return ref(x).amin(all(x, d, count), keep); });
}
ct_tensor ct_eigenvectors(ct_tensor x) {
  return make([&] { return std::get<1>(at::linalg_eigh(ref(x))); });
}
ct_tensor ct_norm(ct_tensor x) {
  return make([&] { return at::linalg_vector_norm(ref(x)); });
}
ct_tensor ct_argmax(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).argmax(dim); });
}
ct_tensor ct_sort(ct_tensor x, int64_t dim, bool descending) {
  return make([&] { return std::get<0>(ref(x).sort(dim, descending)); });
}
ct_tensor ct_largest(ct_tensor x, int64_t count, int64_t dim) {
  return make([&] { return std::get<0>(ref(x).topk(count, dim)); });
}
ct_tensor ct_logsumexp(ct_tensor x, int64_t dim, bool keep) {
  return make([&] { return ref(x).logsumexp(dim, keep); });
}
ct_tensor ct_softmax(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).softmax(dim); });
}
ct_tensor ct_log_softmax(ct_tensor x, int64_t dim) {
  return make([&] { return ref(x).log_softmax(dim); });
}
ct_tensor ct_norm_dims(ct_tensor x, const int64_t *axes, int count, bool keep) {
  return make([&] { return at::linalg_vector_norm(ref(x), 2, dims(axes, count), keep); });
}
