// Making tensors, asking them, copying them.
#include "guard.h"

using namespace ct;

static const at::ScalarType kTypes[] = {at::kFloat, at::kDouble, at::kBFloat16, at::kHalf,
                                        at::kLong,  at::kInt,    at::kByte,     at::kBool};

at::ScalarType ct::dtype(int code) {
  TORCH_CHECK(code >= 0 && code < 8, "unknown dtype code ", code);
  return kTypes[code];
}

int ct::code(at::ScalarType type) {
  for (int i = 0; i < 8; ++i)
    if (kTypes[i] == type) return i;
  return -1;
}

at::Device ct::device(int kind, int index) {
  static const at::DeviceType kinds[] = {at::kCPU, at::kCUDA, at::kMPS};
  TORCH_CHECK(kind >= 0 && kind < 3, "unknown device code ", kind);
  return kind == CT_CPU ? at::Device(at::kCPU)
                        : at::Device(kinds[kind], static_cast<c10::DeviceIndex>(index));
}

void ct_free(ct_tensor x) { delete reinterpret_cast<at::Tensor *>(x); }

ct_tensor ct_from_bytes(const void *bytes, const int64_t *shape, int rank, int type) {
  return make([&] {
    auto x = at::empty(dims(shape, rank), at::TensorOptions().dtype(dtype(type)));
    if (x.numel() > 0) std::memcpy(x.data_ptr(), bytes, x.nbytes());
    return x;
  });
}
ct_tensor ct_full(const int64_t *shape, int rank, double value, int type, int kind, int index) {
  return make([&] {
    return at::full(dims(shape, rank), value,
                    at::TensorOptions().dtype(dtype(type)).device(device(kind, index)));
  });
}
ct_tensor ct_empty(const int64_t *shape, int rank, int type, int kind, int index) {
  return make([&] {
    return at::empty(dims(shape, rank),
                     at::TensorOptions().dtype(dtype(type)).device(device(kind, index)));
  });
}
ct_tensor ct_arange(int64_t end) {
  return make([&] { return at::arange(end, at::TensorOptions().dtype(at::kLong)); });
}

int ct_rank(ct_tensor x) { return static_cast<int>(ref(x).dim()); }
int64_t ct_size(ct_tensor x, int dim) { return ref(x).sizes()[dim]; }
int64_t ct_count(ct_tensor x) { return ref(x).numel(); }
int ct_dtype(ct_tensor x) { return code(ref(x).scalar_type()); }
int ct_device(ct_tensor x, int *index) {
  auto where = ref(x).device();
  *index = where.has_index() ? where.index() : 0;
  return where.is_cuda() ? CT_CUDA : where.is_mps() ? CT_MPS : CT_CPU;
}
bool ct_is_channels_last(ct_tensor x) {
  return ref(x).dim() == 4 && ref(x).is_contiguous(at::MemoryFormat::ChannelsLast);
}
bool ct_is_contiguous(ct_tensor x) { return ref(x).is_contiguous(); }

double ct_item(ct_tensor x, int *status) {
  double value = 0;
  *status = act([&] { value = ref(x).detach().to(at::kDouble).item<double>(); });
  return value;
}
int ct_copy_out(ct_tensor x, int type, void *bytes, int64_t count) {
  return act([&] {
    auto plain = ref(x).detach().to(at::kCPU, dtype(type)).contiguous();
    TORCH_CHECK(static_cast<int64_t>(plain.nbytes()) == count, "buffer of ", count,
                " bytes for a tensor of ", plain.nbytes());
    if (count > 0) std::memcpy(bytes, plain.data_ptr(), count);
  });
}
const void *ct_data(ct_tensor x) {
  const void *result = nullptr;
  act([&] { result = ref(x).const_data_ptr(); });
  return result;
}

ct_tensor ct_to_dtype(ct_tensor x, int type) {
  return make([&] { return ref(x).to(dtype(type)); });
}
// Bytes, at most, of a tensor that is copied to a GPU from pinned memory, which libtorch keeps for the next one: a batch of photographs.
static constexpr size_t kPinned = 64 << 20;

ct_tensor ct_to_device(ct_tensor x, int kind, int index) {
  return make([&] {
    const auto &from = ref(x);
    const auto to = device(kind, index);
    // From memory that is not pinned CUDA copies after all that it was asked for before, and the thread waits for it. From pinned memory
    // it copies while the thread prepares what comes next; libtorch reuses a block only when its copy is done.
    const bool ahead = from.is_cpu() && to.is_cuda() && !from.requires_grad() && from.is_non_overlapping_and_dense() &&
                       from.nbytes() <= kPinned;
    return (ahead ? from.pin_memory() : from).to(to, ahead);
  });
}
ct_tensor ct_contiguous(ct_tensor x) {
  return make([&] { return ref(x).contiguous(); });
}
ct_tensor ct_channels_last(ct_tensor x) {
  return make([&] { return ref(x).contiguous(at::MemoryFormat::ChannelsLast); });
}
ct_tensor ct_clone(ct_tensor x) {
  return make([&] { return ref(x).clone(); });
}
ct_tensor ct_detach(ct_tensor x) {
  return make([&] { return ref(x).detach(); });
}

// In place, and outside the graph: these change values that gradients must not see.
int ct_copy_(ct_tensor x, ct_tensor source) {
  return change([&] {
    ref(x).copy_(ref(source));
  });
}
int ct_add_(ct_tensor x, ct_tensor other, double scale) {
  return change([&] {
    ref(x).add_(ref(other), scale);
  });
}
int ct_mul_(ct_tensor x, double factor) {
  return change([&] {
    ref(x).mul_(factor);
  });
}
int ct_mul_tensor_(ct_tensor x, ct_tensor factor) {
  return change([&] {
    ref(x).mul_(ref(factor));
  });
}
int ct_fill_(ct_tensor x, double value) {
  return change([&] {
    ref(x).fill_(value);
  });
}
int ct_lerp_(ct_tensor x, ct_tensor end, double weight) {
  return change([&] {
    ref(x).lerp_(ref(end), weight);
  });
}
